"""What a whole row says of its record: one answer a variable, from one column or several."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from casereview.casebook.acts.records import Answer
from casereview.interchange.raw import Ranges
from casereview.study.cells import NOTHING, Said, Sense, Unreadable
from casereview.study.sources import RowsSource
from casereview.study.study import Study

Cells = Mapping[str, str]
Labels = Mapping[str, Mapping[str, str]]
Outcome = Answer | Unreadable | None
"""None: the row says nothing of the variable."""
Answering = Callable[[Cells], Outcome]

DISTINCT = 20_000
"""How many different cells of a column are remembered with what they say."""


@dataclass(frozen=True)
class RowReader:
    """Reads rows of one file in one wave, by variable."""

    answering: tuple[Answering, ...]

    @classmethod
    def of(
        cls, study: Study, source: RowsSource, labels: Labels, wave: str, missing: Mapping[str, Ranges] | None = None
    ) -> "RowReader":
        """Everything that does not depend on the row is worked out here. missing: what an SPSS file declares missing."""
        senses: dict[str, list[Sense]] = {}
        for name, column in source.columns.items():
            sense = Sense(study, name, column, wave, labels.get(name, {}), (missing or {}).get(name, ()))
            senses.setdefault(column.variable, []).append(sense)
        return cls(tuple(_answering(study, variable, several) for variable, several in senses.items()))

    def __call__(self, cells: Cells) -> tuple[tuple[Answer, ...], list[Unreadable]]:
        """The answers of a row, and what of it cannot be read."""
        outcomes = [outcome for answering in self.answering if (outcome := answering(cells)) is not None]
        unreadable = [one for one in outcomes if isinstance(one, Unreadable)]
        return tuple(one for one in outcomes if not isinstance(one, Unreadable)), unreadable


def _answering(study: Study, variable: str, senses: Sequence[Sense]) -> Answering:
    if any(sense.column.category is not None for sense in senses):
        return _from_columns(variable, senses, list(study.categories(variable)))
    each = [_from_cell(sense, study) for sense in senses]
    return each[0] if len(each) == 1 else _agreeing(variable, each)


def _from_cell(sense: Sense, study: Study) -> Answering:
    """An answer that stands in one cell. Each different cell is worked out once; free text, which seldom repeats, always."""
    kind, name = study.variable(sense.column.variable).type, sense.name
    work = _list(sense, list(study.categories(sense.column.variable))) if kind == "multiple" else _single(sense)
    outcome = work if kind == "text" else lru_cache(DISTINCT)(work)
    return lambda cells: outcome(cells[name])


def _single(sense: Sense) -> Callable[[str], Outcome]:
    def outcome(text: str) -> Outcome:
        said = sense.read(text)
        if isinstance(said, Unreadable):
            return said
        return None if said == NOTHING else (sense.column.variable, said.value, said.absent, text)

    return outcome


def _list(sense: Sense, order: Sequence[str]) -> Callable[[str], Outcome]:
    """A multiple response whose answers stand in one cell."""
    variable, none = sense.column.variable, frozenset(sense.column.none)

    def outcome(text: str) -> Outcome:
        parts = _parts(sense, text)
        nothing = [part for part in parts if not none.isdisjoint(sense.names(part))]
        if len(nothing) == len(parts):
            return (variable, "[]", None, text)
        said = [sense.read(part) for part in parts if part not in nothing]
        fault = _fault(said)
        if fault is None and nothing:
            cause = f"column “{sense.name}” ({variable}) says that none was chosen, and something else beside it"
            fault = Unreadable("cell-unreadable", cause, "Correct the file: either answers, or that there are none.")
        chosen, absent = _parted(said)
        if fault is None and (len(absent) > 1 or (absent and chosen)):
            cause = f"column “{sense.name}” ({variable}) gives more than one absence, or an absence beside answers"
            fault = Unreadable("cell-unreadable", cause, "Correct the file: either answers, or one reason why there are none.")
        if fault is not None or not (chosen or absent):
            return fault
        return (variable, None, absent.pop(), text) if absent else (variable, _written(chosen, order), None, text)

    return outcome


def _parts(sense: Sense, text: str) -> list[str]:
    """What stands in a cell, apart; the cell whole where sources.yaml knows it so. Nothing but separators is an empty cell."""
    if not sense.column.split or not {*sense.column.absent, *sense.column.none}.isdisjoint(sense.names(text)):
        return [text]
    return [part for part in text.split(sense.column.split) if part.strip()] or [""]


def _from_columns(variable: str, senses: Sequence[Sense], order: Sequence[str]) -> Answering:
    """A multiple response with a column a category. None of them is known only where every column says so: an empty list."""
    columns = [(sense.name, lru_cache(DISTINCT)(sense.tick)) for sense in senses]

    def answer(cells: Cells) -> Outcome:
        said = [tick(cells[name]) for name, tick in columns]
        recorded = {name: cells[name] for name, _ in columns if cells[name].strip()}
        fault = _fault(said)
        chosen, absent = _parted(said)
        silent = len(recorded) < len(columns)
        if fault is not None or (silent and not (chosen or absent)):
            return fault
        written = json.dumps(recorded, ensure_ascii=False)
        return (
            (variable, None, min(absent), written)
            if absent and not chosen
            else (variable, _written(chosen, order), None, written)
        )

    return answer


def _agreeing(variable: str, several: Sequence[Answering]) -> Answering:
    """Several columns for one answer: the first known one, if no other says otherwise."""

    def answer(cells: Cells) -> Outcome:
        given = [one for answering in several if (one := answering(cells)) is not None]
        fault = next((one for one in given if isinstance(one, Unreadable)), None)
        said = [one for one in given if not isinstance(one, Unreadable)]
        known = [one for one in said if one[1] is not None] or said
        if fault is None and len({one[1:3] for one in known}) > 1:
            cause = f"several columns give different answers to “{variable}”"
            fault = Unreadable("columns-disagree", cause, "Correct the file, or map only one of the columns.")
        return fault or (known[0] if known else None)

    return answer


def _fault(said: Iterable[Said | Unreadable]) -> Unreadable | None:
    return next((one for one in said if isinstance(one, Unreadable)), None)


def _parted(said: Iterable[Said | Unreadable]) -> tuple[set[str], set[str]]:
    """The categories chosen, and the absences given."""
    read = [one for one in said if isinstance(one, Said)]
    return {one.value for one in read if one.value is not None}, {one.absent for one in read if one.absent is not None}


def _written(chosen: set[str], order: Sequence[str]) -> str:
    return json.dumps([category for category in order if category in chosen])
