"""What a row of a chronology says: an event in the words of practice.yaml, or all that keeps it from being one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from casereview.study.cells import Unreadable
from casereview.study.event_words import EventWords, Faults, text
from casereview.study.intervals import Interval, in_future, time_of_day
from casereview.study.sources import EventsSource
from casereview.study.study import Study

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
        faults: Faults = []
        when = self._date(cells, faults)
        agency, kind = self._words.agency(cells, faults), self._words.kind(cells, faults)
        people, left = self._words.people(cells, faults)
        details, more = self._details(cells, faults)
        what = text(cells.get(self.source.what or "", ""))
        if faults or when is None:
            return None, faults, 0
        return Happened(when, self._time(cells), agency, kind, tuple(people), what, details), [], left + more

    @cached_property
    def _words(self) -> EventWords:
        return EventWords(self.study, self.source, self.agency)

    def _date(self, cells: Mapping[str, str], faults: Faults) -> Interval | None:
        first = self._words.day(self.source.date, cells, faults)
        until = self.source.until
        if first is None or until is None or not cells[until].strip():
            return self._not_in_future(first, faults)
        last = self._words.day(until, cells, faults)
        if last is not None and last.last < first.first:
            cause = f"it ends (column “{until}”) before it begins (column “{self.source.date}”)"
            faults.append(Unreadable("event-ends-before", cause, "Correct one of the dates."))
            return None
        return self._not_in_future(Interval(first.first, last.last) if last else None, faults)

    def _not_in_future(self, found: Interval | None, faults: Faults) -> Interval | None:
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

    def _details(self, cells: Mapping[str, str], faults: Faults) -> tuple[Details, int]:
        said: Details = {}
        left = 0
        for name in self.source.details:
            found, more = self._words.detail(name, cells, faults)
            left += more
            said |= {name: found} if found else {}
        return said, left
