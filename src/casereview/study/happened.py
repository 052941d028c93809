"""What a row of a chronology says: an event in the words of practice.yaml, or all that keeps it from being one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from casereview.study.cells import Unreadable
from casereview.study.intervals import Interval, dated, in_future, spanned, time_of_day
from casereview.study.mistakes import nearest
from casereview.study.practice import Named
from casereview.study.sources import EventsSource, Written
from casereview.study.study import Study

LONGEST = 20_000
"""Characters of what happened, and of a detail that is a text."""

Details = dict[str, list[str]]
"""Detail → its categories, or its text."""


@dataclass(frozen=True)
class Happened:
    """An event, apart from its case and its source."""

    date: Interval
    time: str
    agency: str
    kind: str
    people: tuple[str, ...]
    what: str
    details: Details = field(default_factory=dict)

    def said(self) -> list[object]:
        """All of it as JSON takes it."""
        return [*map(str, self.date), self.time, self.agency, self.kind, list(self.people), self.what, self.details]


@dataclass(frozen=True)
class EventReader:
    """Reads the rows of one source. agency: what the file's name says it is, if it says so; today: nothing happened after it."""

    study: Study
    source: EventsSource
    today: date
    agency: str = ""

    def read(self, cells: Mapping[str, str]) -> tuple[Happened | None, list[Unreadable], int]:
        """The event; or what is wrong with the row; and how many people or details of it were left out."""
        faults: list[Unreadable] = []
        when = self._date(cells, faults)
        agency, kind = self._agency(cells, faults), self._kind(cells, faults)
        people, left = self._several(self.source.people, self._people, "person", "people", cells, faults)
        details, more = self._details(cells, faults)
        what = _text(cells.get(self.source.what or "", ""))
        if faults or when is None:
            return None, faults, 0
        return Happened(when, self._time(cells), agency, kind, tuple(people), what, details), [], left + more

    def _date(self, cells: Mapping[str, str], faults: list[Unreadable]) -> Interval | None:
        first = self._one_date(self.source.date, cells, faults)
        until = self.source.until
        if first is None or until is None or not cells[until].strip():
            return self._not_in_future(first, faults)
        last = self._one_date(until, cells, faults)
        if last is not None and last.last < first.first:
            cause = f"it ends (column “{until}”) before it begins (column “{self.source.date}”)"
            faults.append(Unreadable("event-ends-before", cause, "Correct one of the dates."))
            return None
        return self._not_in_future(Interval(first.first, last.last) if last else None, faults)

    def _one_date(self, column: str, cells: Mapping[str, str], faults: list[Unreadable]) -> Interval | None:
        text = " ".join(cells[column].split())
        if not text:
            cause = f"column “{column}” is empty, and an event without a date has no place in a chronology"
            remedy = f"Write when it was, if only the year; a merged cell of a workbook counts for its first row alone. {BY_HAND}"
            faults.append(Unreadable("event-no-date", cause, remedy))
            return None
        found = spanned(self._in_words[text.casefold()]) if text.casefold() in self._in_words else dated(text, self.source.dates)
        if found is None:
            cause = f"column “{column}” holds “{text[:60]}”, which is no date written as sources.yaml says"
            remedy = f"Say how under “dates:”, or what it means under “date_values:”; or correct the file. {BY_HAND}"
            faults.append(Unreadable("event-date-unreadable", cause, remedy))
        return found

    def _not_in_future(self, found: Interval | None, faults: list[Unreadable]) -> Interval | None:
        if found is not None and in_future(found, self.today):
            day = found.first if found.first > self.today else found.last
            cause = f"its date, {day.isoformat()}, is in the future"
            faults.append(Unreadable("event-in-future", cause, "Correct the date; day and month may have changed places."))
        return found

    def _time(self, cells: Mapping[str, str]) -> str:
        """From its column; else what a spreadsheet has of it beside the day."""
        written = cells[self.source.time].strip() if self.source.time else ""
        _, _, beside = cells[self.source.date].strip().partition("T")
        return time_of_day(written or beside) if written or beside.replace(":", "").isdigit() else ""

    def _agency(self, cells: Mapping[str, str], faults: list[Unreadable]) -> str:
        if self.source.agency is not None:
            return self.source.agency
        written = self.source.agency_column
        text = " ".join((cells[written.column] if written else self.agency).split())
        where = f"column “{written.column}”" if written else "the file’s name"
        found = self._found(text, written.values if written else {}, self._agencies)
        return found or self._unknown("agency", "agencies", where, text, faults, self._agencies)

    def _kind(self, cells: Mapping[str, str], faults: list[Unreadable]) -> str:
        event = self.source.event
        if event.column is None:
            return event.other or ""
        text = " ".join(cells[event.column].split())
        found = self._found(text, event.values, self._kinds) or event.other
        return found or self._unknown("kind", "kinds", f"column “{event.column}”", text, faults, self._kinds)

    def _details(self, cells: Mapping[str, str], faults: list[Unreadable]) -> tuple[Details, int]:
        said: Details = {}
        left = 0
        for name, written in self.source.details.items():
            detail = self.study.practice.details[name]
            if not detail.categories:
                found = _absent(written, [text] if (text := _text(cells[written.column])) else [])
            else:
                found, more = self._several(written, _named(detail.categories), "detail", f"answers to “{name}”", cells, faults)
                left += more
            said |= {name: found} if found else {}
        return said, left

    def _several(
        self,
        written: Written | None,
        known: Mapping[str, str],
        what: str,
        key: str,
        cells: Mapping[str, str],
        faults: list[Unreadable],
    ) -> tuple[list[str], int]:
        """The names in a cell, in the order of practice.yaml, each once; and how many words were left out."""
        if written is None:
            return [], 0
        cell = cells[written.column]
        parts = [" ".join(part.split()) for part in (cell.split(written.split) if written.split else [cell])]
        parts = _absent(written, [part for part in parts if part])
        found = {part: self._found(part, written.values, known) for part in parts}
        unknown = [part for part, name in found.items() if name is None]
        if unknown and not written.left_out:
            self._unknown(what, key, f"column “{written.column}”", unknown[0], faults, known)
        names = set(found.values())
        return [name for name in dict.fromkeys(known.values()) if name in names], len(unknown)

    @staticmethod
    def _found(text: str, values: Mapping[str, str], known: Mapping[str, str]) -> str | None:
        """What the file's words mean by sources.yaml, else by name or label."""
        mapped = {" ".join(word.split()).casefold(): name for word, name in values.items()}
        return mapped.get(text.casefold()) or known.get(text.casefold())

    @staticmethod
    def _unknown(what: str, key: str, where: str, text: str, faults: list[Unreadable], known: Mapping[str, str]) -> str:
        if not text:
            cause = f"{where} says no {what}"
            faults.append(Unreadable(f"event-{what}-unknown", cause, f"Fill it in, or say one for every row. {BY_HAND}"))
            return ""
        cause = f"{where} holds “{text[:60]}”, which is none of the {key} of practice.yaml"
        close = nearest(text.casefold(), list(known), f"The {key} are listed in practice.yaml.")
        remedy = f"{close} Say what it means under “values:” in sources.yaml, or add it to practice.yaml."
        faults.append(Unreadable(f"event-{what}-unknown", cause, remedy))
        return ""

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


BY_HAND = "Or enter the event in the workbench."


def _named(labels: Mapping[str, Named]) -> dict[str, str]:
    """Name or label, in small letters → name."""
    return {name.casefold(): slug for slug, one in labels.items() for name in (one.label, slug)}


def _absent(written: Written, parts: Sequence[str]) -> list[str]:
    nothing = {one.casefold() for one in written.none}
    return [part for part in parts if part.casefold() not in nothing]


def _text(cell: str) -> str:
    """Without blanks at its ends and the null character; its lines stay apart."""
    lines = (" ".join(line.split()) for line in cell.replace("\x00", "\ufffd").splitlines())
    return "\n".join(line for line in lines if line)[:LONGEST]
