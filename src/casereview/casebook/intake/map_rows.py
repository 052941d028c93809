"""What the rows of a table draw of a case: parts of its pathway, or of the map of its system."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casereview.casebook.intake import names
from casereview.casebook.models.maps import BEHIND, CHANCE, LED_TO, LINK, LOOKED, PATHWAY, PROBLEM, SYSTEM
from casereview.casebook.parts import Part, unfit
from casereview.interchange import RawRow
from casereview.study.problems import Place, Problem
from casereview.study.sources import ConditionsSource, LinksSource
from casereview.study.study import Study

MapsSource = LinksSource | ConditionsSource


@dataclass(frozen=True)
class MapRow:
    """A row as the file has it. parts: each with its note; resting: those that its quotes are for."""

    key: str
    place: Place
    case: str
    coder: str
    parts: tuple[tuple[Part, str], ...]
    resting: tuple[Part, ...]
    document: str
    quotes: tuple[str, ...]


def columns(source: MapsSource) -> tuple[str, ...]:
    """The columns that a source is read from."""
    of_kind = (
        (source.start, source.end, source.chance, source.date)
        if isinstance(source, LinksSource)
        else (source.problem, source.made_sense, source.condition, source.behind)
    )
    every = (source.case, *of_kind, source.document, source.quote, source.note, source.coder)
    return tuple(one for one in every if one)


class MapReader:
    """Reads the rows of one source."""

    def __init__(self, study: Study, source: MapsSource) -> None:
        self.study = study
        self.source = source
        self.factors = _named({slug: one.label for slug, one in study.pathways.factors.items()})
        self.problems = _named({slug: one.label for slug, one in study.systems.problems.items()})
        self.conditions = _named({slug: one.label for slug, one in study.systems.conditions.items()})

    def read(self, file: str, raw: RawRow) -> MapRow | list[Problem]:
        """A row, or all that is wrong with it."""
        place = Place(file, raw.number)
        if raw.problem:
            return [Problem(place, raw.problem.code, raw.problem.cause, raw.problem.remedy)]
        cells = {column: raw.cells[column].strip() for column in columns(self.source)}
        parts = tuple(self._links(cells) if isinstance(self.source, LinksSource) else self._conditions(cells, self.source))
        problems = [problem for part, _ in parts for problem in unfit(self.study, part, place)]
        coder, quotes = self._cell(cells, self.source.coder), self._quotes(cells)
        if coder and (fault := names.fault(coder)):
            problems.append(Problem(place, "coder-unusable", f"column “{self.source.coder}” {fault}", "Shorten the name."))
        if quotes and not self._cell(cells, self.source.document):
            problems.append(Problem(place, "document-unknown", "its quote is of no document", "Name the document of the quote."))
        if problems:
            return problems
        key = hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()
        resting = (parts[-1][0],)
        return MapRow(key, place, cells[self.source.case], coder, parts, resting, self._cell(cells, self.source.document), quotes)

    def _links(self, cells: Mapping[str, str]) -> Iterator[tuple[Part, str]]:
        source = self.source
        assert isinstance(source, LinksSource)  # noqa: S101  # asked before
        start, end = (_slug(self.factors, cells[column]) for column in (source.start, source.end))
        chance, date = _slug(self.factors, self._cell(cells, source.chance)), self._cell(cells, source.date)
        note = self._cell(cells, source.note)
        if chance:
            yield Part(CHANCE, start, end, chance, date), note
        elif start or end:
            yield Part(LINK, start, end), note
        else:
            yield Part(LOOKED, PATHWAY), note

    def _conditions(self, cells: Mapping[str, str], source: ConditionsSource) -> Iterator[tuple[Part, str]]:
        problem, condition = _slug(self.problems, cells[source.problem]), _slug(self.conditions, cells[source.condition])
        behind, note = _slug(self.conditions, self._cell(cells, source.behind)), self._cell(cells, source.note)
        if problem:
            yield Part(PROBLEM, problem), self._cell(cells, source.made_sense)
        if behind:
            yield Part(LED_TO, behind, condition), "" if problem else note
        if condition and problem:
            yield Part(BEHIND, condition, problem), note
        elif condition and not behind:
            yield Part(BEHIND, condition, ""), note
        elif not problem and not behind:
            yield Part(LOOKED, SYSTEM), note

    def _quotes(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        cell, split = self._cell(cells, self.source.quote), self.source.split
        return tuple(filter(None, (part.strip() for part in (cell.split(split) if split else [cell]))))

    @staticmethod
    def _cell(cells: Mapping[str, str], column: str | None) -> str:
        return cells[column] if column else ""


def _slug(named: Mapping[str, str], written: str) -> str:
    """A slug by name or label; what is neither stays as it is written."""
    return named.get(written.casefold(), written)


def _named(labels: Mapping[str, str]) -> dict[str, str]:
    """Slug or label, in small letters → slug."""
    return {name.casefold(): slug for slug, label in labels.items() for name in (label, slug)}
