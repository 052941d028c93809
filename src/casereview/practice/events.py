"""A chronology: the events of one case in order, what its sources could have recorded, and what else a question may ask of."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from casereview.study.practice import Pattern


@dataclass(frozen=True)
class Dates:
    """A day that is known to lie between two, these among them; the same two where it is known."""

    first: date
    last: date


@dataclass(frozen=True)
class Event:
    """One event of a chronology. `details`: detail → what is recorded of it, at least one; what is not recorded is not there.

    `one_with`: the event that stands for all that were found to be one with it; left out, itself.
    """

    id: str
    case: str
    first: date
    last: date
    agency: str
    kind: str
    source: str
    people: frozenset[str] = frozenset()
    what: str = ""
    details: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    time: str | None = None
    one_with: str = ""
    days: tuple[int, int] = field(init=False, repr=False, compare=False)
    """Its first and last day, counted."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "one_with", self.one_with or self.id)
        object.__setattr__(self, "days", (self.first.toordinal(), self.last.toordinal()))

    @cached_property
    def words(self) -> str:
        """What happened, as its words in small letters, each between spaces; empty where nothing is said."""
        return words(self.what)


_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> str:
    """A text as its words in small letters, each between spaces, so that a phrase is found whole."""
    found = _WORD.findall(text.lower())
    return f" {' '.join(found)} " if found else ""


@dataclass(frozen=True)
class Records:
    """What a source can record. None: anything; so it is with a chronology that people entered whole."""

    kinds: frozenset[str] | None = None
    details: frozenset[str] | None = None
    agencies: frozenset[str] | None = None

    def kind(self, name: str) -> bool:
        """Whether it can record a kind of event."""
        return self.kinds is None or name in self.kinds

    def detail(self, name: str) -> bool:
        """Whether it can record a detail of an event."""
        return self.details is None or name in self.details

    def of(self, agencies: Collection[str]) -> bool:
        """Whether it can hold what any of these agencies recorded; of none: whether it can hold anything."""
        return not agencies or self.agencies is None or not self.agencies.isdisjoint(agencies)


@dataclass(frozen=True)
class Timeline:
    """The chronology of one case. `records`: source → what it can record, of the sources of these events.

    `born`: of each child of the case between which days it was born, None where that is not known; `incident`, likewise.
    `answers`: the case's own, None where there is none.
    """

    case: str
    events: tuple[Event, ...]
    records: Mapping[str, Records]
    born: tuple[Dates | None, ...] = ()
    incident: Dates | None = None
    answers: Mapping[str, str | Collection[str] | None] = field(default_factory=dict)

    @cached_property
    def begins(self) -> int:
        """The day from which it certainly tells of everything."""
        return min(event.days[1] for event in self.events)

    @cached_property
    def ends(self) -> int:
        """The day up to which it certainly tells of everything that could matter: its last event, or the incident before it."""
        told = max(event.days[0] for event in self.events)
        return told if self.incident is None else min(told, self.incident.first.toordinal())


def kinds_not_recorded(pattern: Pattern, records: Mapping[str, Records]) -> tuple[str, ...]:
    """The kinds of a pattern that no source of a chronology could record of its agencies."""
    here = _of_agencies(pattern, records)
    return tuple(kind for kind in pattern.kinds if not any(one.kind(kind) for one in here))


def details_not_recorded(pattern: Pattern, records: Mapping[str, Records]) -> tuple[str, ...]:
    """The details of a pattern that no source of a chronology could record of its agencies."""
    here = _of_agencies(pattern, records)
    asked = dict.fromkeys((*pattern.lacks, *pattern.has, *pattern.only, *pattern.at_most))
    return tuple(detail for detail in asked if not any(one.detail(detail) for one in here))


def _of_agencies(pattern: Pattern, records: Mapping[str, Records]) -> list[Records]:
    return [one for one in records.values() if one.of(pattern.agencies)]


def ordered(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events in the order of a chronology."""
    return tuple(sorted(events, key=lambda event: (event.first, event.last, event.time or "", event.id)))
