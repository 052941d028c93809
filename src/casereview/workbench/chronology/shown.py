"""The lines of a chronology in words: each event with its source, what it may be the same as, and where they contradict.

Words are made when they are asked for: a long chronology has thousands of events, of which a page shows some.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from casereview.casebook.chronology import Standing
from casereview.practice.events import Event
from casereview.practice.in_time import ages_in_words, to_incident
from casereview.practice.integrated import DATE, TIME, Contradiction, Line
from casereview.study.practice import Practice, label_of
from casereview.study.sources import ENTERED
from casereview.workbench.chronology.frame import Frame
from casereview.workbench.chronology.words import detail_in_words, details_of, when

MOST = 3
"""Of events that may be the same as one, how many its line names: enough to see what kind of day it was."""


@dataclass(frozen=True, eq=False)
class Shown:
    """One event in words. frame: what its days are told by."""

    event: Event
    standing: Standing
    practice: Practice
    frame: Frame

    @property
    def address(self) -> str:
        """Of its page."""
        return reverse("event", args=[self.event.case, self.event.id])

    @property
    def when(self) -> str:
        """Its date, as exactly as it is known, and its time."""
        return when(self.event)

    @property
    def agency(self) -> str:
        """Who recorded it."""
        return label_of(self.practice.agencies, self.event.agency)

    @property
    def kind(self) -> str:
        """What kind of event it is."""
        return label_of(self.practice.kinds, self.event.kind)

    @property
    def people(self) -> str:
        """Whom it was about."""
        return ", ".join(label_of(self.practice.people, role) for role in self.standing.event.people)

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """Label → what is recorded."""
        return details_of(self.practice, self.event)

    @property
    def row(self) -> str:
        """Where it stands in its source; or who entered it."""
        of = self.standing.of
        return of.row if of.source != ENTERED else f"entered by {of.coder}"

    @property
    def age(self) -> str:
        """How old the children were."""
        return ages_in_words(self.event, self.frame.born)

    @property
    def before(self) -> str:
        """How long it was to the incident."""
        return to_incident(self.event, self.frame.incident)

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


@dataclass(frozen=True, eq=False)
class LineShown:
    """A line of the table: events that are one, those that may be the same, and where they contradict. every: name → event."""

    line: Line
    every: Mapping[str, Shown]

    @cached_property
    def events(self) -> tuple[Shown, ...]:
        """Those that are one."""
        return tuple(self.every[one.id] for one in self.line.events)

    @cached_property
    def doubles(self) -> tuple[Shown, ...]:
        """What may be the same, first what contradicts it least, then what is nearest to it."""
        against = Counter(name for one in self.line.contradictions if one.open for name in (one.one, one.other))

        def order(one: Shown) -> tuple[int, int, str, str]:
            event = one.event
            return against[event.id], abs(event.days[0] - self.line.first.days[0]), event.time or "", event.id

        return tuple(sorted((self.every[name] for name in self.line.doubles), key=order))

    @cached_property
    def differing(self) -> tuple[Differing, ...]:
        """Where they contradict."""
        return differing(self.line.contradictions, self.every)

    @property
    def name(self) -> str:
        """By which it is found on the page."""
        return f"event-{self.line.first.id}"

    @property
    def names(self) -> list[str]:
        """That, and what it would be by the others that are one with it."""
        return [f"event-{one.id}" for one in self.line.events]

    @property
    def differs(self) -> bool:
        """Whether events that are one contradict each other; those that only may be one do not yet."""
        return any(not one.open for one in self.line.contradictions)

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


def differing(contradictions: Iterable[Contradiction], every: Mapping[str, Shown]) -> tuple[Differing, ...]:
    """Contradictions in words. every: name → event."""
    return tuple(_differing(one, every) for one in contradictions)


def _differing(found: Contradiction, every: Mapping[str, Shown]) -> Differing:
    one, other = every[found.one], every[found.other]
    held = every.get(found.holds or "")
    label = {DATE: "When", TIME: "Time"}.get(found.field) or one.practice.details[found.field].label
    return Differing(
        label,
        (one, _of(one, found.field)),
        (other, _of(other, found.field)),
        held.agency if held else "",
        found.field,
        found.open,
    )


def _of(shown: Shown, field: str) -> str:
    if field == DATE:
        return shown.when
    if field == TIME:
        return shown.event.time or ""
    return detail_in_words(shown.practice, field, shown.event.details.get(field, ()))
