"""What the words of a chronology's file mean: agencies, kinds, people, details and dates, by sources.yaml and practice.yaml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from casereview.study.cells import Unreadable
from casereview.study.intervals import Interval, dated, spanned
from casereview.study.practice import Named
from casereview.study.sources import EventRecordsSource, EventsSource, Written
from casereview.study.study import Study

LONGEST = 20_000
"""Characters of what happened, and of a detail that is a text."""
BY_HAND = "Or enter the event in the workbench."

_OR = {"people": "leave out what is no role with “left_out: true”; names are never taken along"}
"""What else can be done about a word that is not known; where nothing is said, it is added to practice.yaml."""

Faults = list[Unreadable]


@dataclass(frozen=True)
class EventWords:
    """Reads the cells of one source. What cannot be read is added to `faults`. agency: what the file's name says, if it does."""

    study: Study
    source: EventsSource | EventRecordsSource
    agency_said: str = ""

    def agency(self, cells: Mapping[str, str], faults: Faults) -> str:
        """An agency; empty if it is not known."""
        if self.source.agency is not None:
            return self.source.agency
        written = self.source.agency_column
        text = " ".join((cells[written.column] if written else self.agency_said).split())
        where = f"column “{written.column}”" if written else "the file’s name"
        found = _found(text, written.values if written else {}, self._agencies)
        return found or _unknown("agency", "agencies", where, text, faults, self._agencies)

    def kind(self, cells: Mapping[str, str], faults: Faults) -> str:
        """A kind of event; empty if it is not known."""
        event = self.source.event
        if event.column is None:
            return event.other or ""
        text = " ".join(cells[event.column].split())
        found = _found(text, event.values, self._kinds) or event.other
        return found or _unknown("kind", "kinds", f"column “{event.column}”", text, faults, self._kinds)

    def people(self, cells: Mapping[str, str], faults: Faults) -> tuple[list[str], int]:
        """The roles in a cell; and how many words were left out."""
        written = self.source.people
        return _several(written, self._people, "person", "people", cells[written.column], faults) if written else ([], 0)

    def detail(self, name: str, cells: Mapping[str, str], faults: Faults) -> tuple[list[str], int]:
        """What is recorded of a detail; and how many words were left out."""
        written, detail = self.source.details[name], self.study.practice.details[name]
        cell = cells[written.column]
        if detail.categories:
            return _several(written, _named(detail.categories), "detail", f"answers to “{name}”", cell, faults)
        return _absent(written, [said] if (said := text(cell)) else []), 0

    def day(self, column: str, cells: Mapping[str, str], faults: Faults) -> Interval | None:
        """The first and the last day that a date can be."""
        said = " ".join(cells[column].split())
        if not said:
            cause = f"column “{column}” is empty, and an event without a date has no place in a chronology"
            remedy = f"Write when it was, if only the year; a merged cell of a workbook counts for its first row alone. {BY_HAND}"
            faults.append(Unreadable("event-no-date", cause, remedy))
            return None
        found = spanned(self._in_words[said.casefold()]) if said.casefold() in self._in_words else dated(said, self.source.dates)
        if found is None:
            cause = f"column “{column}” holds “{said[:60]}”, which is no date written as sources.yaml says"
            remedy = f"Say how under “dates:”, or what it means under “date_values:”; or correct the file. {BY_HAND}"
            faults.append(Unreadable("event-date-unreadable", cause, remedy))
        return found

    @cached_property
    def _in_words(self) -> dict[str, str]:
        return {" ".join(word.split()).casefold(): meant for word, meant in self.source.date_values.items()}

    @cached_property
    def _agencies(self) -> dict[str, str]:
        return _named(self.study.practice.agencies)

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return _named(self.study.practice.kinds)

    @cached_property
    def _people(self) -> dict[str, str]:
        return _named(self.study.practice.people)


def text(cell: str) -> str:
    """Without blanks at its ends and the null character; its lines stay apart."""
    lines = (" ".join(line.split()) for line in cell.replace("\x00", "\ufffd").splitlines())
    return "\n".join(line for line in lines if line)[:LONGEST]


def _several(written: Written, known: Mapping[str, str], what: str, key: str, cell: str, faults: Faults) -> tuple[list[str], int]:
    """The names in a cell, in the order of practice.yaml, each once; and how many words were left out."""
    parts = [" ".join(part.split()) for part in (cell.split(written.split) if written.split else [cell])]
    parts = _absent(written, [part for part in parts if part])
    found = {part: _found(part, written.values, known) for part in parts}
    unknown = [part for part, name in found.items() if name is None]
    if unknown and not written.left_out:
        _unknown(what, key, f"column “{written.column}”", unknown[0], faults, known)
    names = set(found.values())
    return [name for name in dict.fromkeys(known.values()) if name in names], len(unknown)


def _found(said: str, values: Mapping[str, str], known: Mapping[str, str]) -> str | None:
    """What the file's words mean by sources.yaml, else by name or label."""
    mapped = {" ".join(word.split()).casefold(): name for word, name in values.items()}
    return mapped.get(said.casefold()) or known.get(said.casefold())


def _unknown(what: str, key: str, where: str, said: str, faults: Faults, known: Mapping[str, str]) -> str:
    if not said:
        cause = f"{where} says no {what}"
        faults.append(Unreadable(f"event-{what}-unknown", cause, f"Fill it in, or say one for every row. {BY_HAND}"))
        return ""
    cause = f"{where} holds “{said[:60]}”, which is none of the {key} of practice.yaml"
    near = get_close_matches(said.casefold(), known, n=1, cutoff=0.6)
    close = f"Did you mean “{near[0]}”?" if near else _listed(key, known)
    remedy = f"{close} Say what it means under “values:” in sources.yaml, or {_OR.get(key, 'add it to practice.yaml')}."
    faults.append(Unreadable(f"event-{what}-unknown", cause, remedy))
    return ""


def _listed(key: str, known: Mapping[str, str]) -> str:
    """What there is, by its labels; where there are many, where they stand."""
    labels = list({slug: name for name, slug in reversed(list(known.items()))}.values())[::-1]
    return f"Use one of: {', '.join(labels)}." if 0 < len(labels) <= 24 else f"The {key} are listed in practice.yaml."


def _named(labels: Mapping[str, Named]) -> dict[str, str]:
    """Name or label, in small letters → name."""
    return {name.casefold(): slug for slug, one in labels.items() for name in (one.label, slug)}


def _absent(written: Written, parts: Sequence[str]) -> list[str]:
    nothing = {one.casefold() for one in written.none}
    return [part for part in parts if part.casefold() not in nothing]
