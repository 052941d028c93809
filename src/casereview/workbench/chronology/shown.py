"""A case's integrated chronology in words: each line with its sources, what it may be the same as, and where they contradict."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse

from casereview.casebook import chronology
from casereview.casebook.chronology import Standing
from casereview.casebook.models import Case
from casereview.casebook.models import Event as Row
from casereview.practice.events import Event
from casereview.practice.in_time import ages_in_words, to_incident
from casereview.practice.integrated import DATE, TIME, Contradiction, Line, Rulings, integrated
from casereview.study.practice import label_of
from casereview.study.sources import ENTERED
from casereview.study.study import Study
from casereview.workbench.chronology.asked import Asked
from casereview.workbench.chronology.frame import Frame, frame_of
from casereview.workbench.chronology.words import detail_in_words, details_of, when
from casereview.workbench.visibility import Sight

MOST = 3
"""Of events that may be the same as one, how many its line names: enough to see what kind of day it was."""


@dataclass(frozen=True)
class Shown:
    """One event in words. details: label → what is recorded."""

    event: Event
    standing: Standing
    address: str
    when: str
    agency: str
    kind: str
    people: str
    details: tuple[tuple[str, str], ...]
    row: str
    age: str
    before: str

    @property
    def said(self) -> str:
        """In one line, as links and pictures name it."""
        return f"{self.when}, {self.agency}: {self.kind}"


@dataclass(frozen=True)
class Differing:
    """A contradiction in words. holds: the agency whose word was found to, if one was. open: one only if the two are the same."""

    label: str
    one: tuple[Shown, str]
    other: tuple[Shown, str]
    holds: str
    field: str
    open: bool

    @property
    def sides(self) -> tuple[tuple[Shown, str], tuple[Shown, str]]:
        """Each event with what it says."""
        return self.one, self.other

    @property
    def said(self) -> str:
        """In a sentence or two."""
        sides = "; ".join(f"{side.agency} says {said}" for side, said in self.sides)
        what = "If they are the same, a contradiction." if self.open else "Contradiction."
        return f"{what} {self.label}: {sides}.{f' Settled: {self.holds} holds.' if self.holds else ''}"

    def against(self, event: Shown) -> list[tuple[Shown, str]]:
        """What the other says, if one of the two is this event."""
        there = any(side[0] is event for side in self.sides)
        return [side for side in self.sides if there and side[0] is not event]


@dataclass(frozen=True)
class LineShown:
    """A line of the table: events that are one, those that may be the same, and where they contradict."""

    events: tuple[Shown, ...]
    doubles: tuple[Shown, ...]
    differing: tuple[Differing, ...]

    @property
    def name(self) -> str:
        """By which it is found on the page."""
        return f"event-{self.events[0].event.id}"

    @property
    def differs(self) -> bool:
        """Whether events that are one contradict each other; those that only may be one do not yet."""
        return any(not one.open for one in self.differing)

    @property
    def told(self) -> list[Differing]:
        """The contradictions that there is room for: all of events that are one, and those with the others that are named."""
        named = self.doubles[:MOST]
        return [one for one in self.differing if not one.open or any(side[0] is other for side in one.sides for other in named)]

    @property
    def pairs(self) -> tuple[tuple[str, str, Shown], ...]:
        """(name, name, which) of the first that may be the same, as the page of these has the pair: the lesser name first."""
        mine = self.events[0].event.id
        return tuple((min(mine, one.event.id), max(mine, one.event.id), one) for one in self.doubles[:MOST])

    @property
    def further(self) -> int:
        """How many more may be the same."""
        return max(0, len(self.doubles) - MOST)


@dataclass(frozen=True)
class CaseChronology:
    """The chronology of a case, as somebody may see it."""

    study: Study
    sight: Sight
    case: Case

    @cached_property
    def standing(self) -> list[Standing]:
        """The events that stand, in order."""
        return chronology.of_case(self.case, self.sight)

    @cached_property
    def events(self) -> dict[str, Shown]:
        """Name → event, in order."""
        return {one.event.name: self._shown(one) for one in self.standing}

    @cached_property
    def rulings(self) -> Rulings:
        """What was said of two events."""
        return chronology.rulings(self.sight.event_pairs().filter(case=self.case))

    @cached_property
    def frame(self) -> Frame:
        """The incident, and when the children were born."""
        return frame_of(self.study, self.sight, self.case)

    @cached_property
    def lines(self) -> tuple[LineShown, ...]:
        """The integrated chronology."""
        found = integrated([one.event for one in self.events.values()], self.study.practice, self.rulings)
        return tuple(self._line(one) for one in found)

    def asked_for(self, asked: Asked) -> list[LineShown]:
        """The lines of which an event is asked for."""
        found = [line for line in self.lines if any(asked.admits(one.event) for one in line.events)]
        if asked.which == "doubles":
            return [line for line in found if line.doubles]
        return [line for line in found if line.differing] if asked.which == "differing" else found

    def differing(self, contradictions: Iterable[Contradiction]) -> tuple[Differing, ...]:
        """Contradictions in words."""
        return tuple(self._differing(one) for one in contradictions)

    def as_shown(self, row: Row, standing: Standing) -> Shown:
        """What one says of an event, in words."""
        return self._shown(replace(standing, event=row))

    def study_source(self, source: str) -> str:
        """A source as people know it."""
        held = self.study.sources.sources.get(source)
        return f"{source} ({held.note})" if held is not None and held.note else source

    def _line(self, line: Line) -> LineShown:
        events = tuple(self.events[one.id] for one in line.events)
        doubles = tuple(self.events[name] for name in self._likeliest(line))
        return LineShown(events, doubles, self.differing(line.contradictions))

    def _likeliest(self, line: Line) -> list[str]:
        """What may be the same as a line, first what contradicts it least, then what is nearest to it."""
        against = Counter(name for one in line.contradictions if one.open for name in (one.one, one.other))
        apart = {name: abs(self.events[name].event.days[0] - line.first.days[0]) for name in line.doubles}
        return sorted(line.doubles, key=lambda name: (against[name], apart[name], self.events[name].event.time or "", name))

    def _differing(self, found: Contradiction) -> Differing:
        one, other = self.events[found.one], self.events[found.other]
        holds = self.events[found.holds].agency if found.holds in self.events else ""
        label = {DATE: "When", TIME: "Time"}.get(found.field) or self.study.practice.details[found.field].label
        sides = [(side, self._of(side, found.field)) for side in (one, other)]
        return Differing(label, sides[0], sides[1], holds, found.field, found.open)

    def _of(self, shown: Shown, field: str) -> str:
        if field == DATE:
            return shown.when
        if field == TIME:
            return shown.event.time or ""
        return detail_in_words(self.study.practice, field, shown.event.details.get(field, ()))

    def _shown(self, one: Standing) -> Shown:
        event = chronology.as_event(one, self.case.key)
        practice = self.study.practice
        return Shown(
            event,
            one,
            reverse("event", args=[self.case.key, event.id]),
            when(event),
            label_of(practice.agencies, event.agency),
            label_of(practice.kinds, event.kind),
            ", ".join(label_of(practice.people, role) for role in one.event.people),
            details_of(practice, event),
            one.of.row if one.of.source != ENTERED else f"entered by {one.of.coder}",
            ages_in_words(event, self.frame.born),
            to_incident(event, self.frame.incident),
        )
