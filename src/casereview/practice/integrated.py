"""One chronology made of those of several agencies: what may be one event is proposed, what was found to be is one, and where two
that are one differ is shown. Nothing is dropped, and nothing is put right by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from casereview.practice.events import Event, ordered
from casereview.study.practice import Practice
from casereview.study.sources import ENTERED

LOOSEST = 31
"""Days that a date may leave open for a double to be proposed: a whole year could be any of its events."""

DATE, TIME = "date", "time"
"""What two events can differ in, besides their details."""


@dataclass(frozen=True)
class Ruling:
    """What was said of two events. same: None where people say both. settled: field → the event that holds."""

    same: bool | None
    settled: Mapping[str, str]


Rulings = Mapping[tuple[str, str], Ruling]
"""The names of two events, the lesser first → what was said of them."""


@dataclass(frozen=True)
class Contradiction:
    """Where two events that are, or may be, one differ. field: `date`, `time` or a detail. holds: the event that was found to.

    open: whether they only may be one, so that it is a contradiction only if they are.
    """

    one: str
    other: str
    field: str
    holds: str | None = None
    open: bool = False


@dataclass(frozen=True)
class Line:
    """An event of the integrated chronology: one, or several that were found to be one, in order.

    doubles: the events that may be the same as one of these; contradictions: with these and with one another.
    """

    events: tuple[Event, ...]
    doubles: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def first(self) -> Event:
        """The one by which it stands in the chronology."""
        return self.events[0]


def integrated(events: Sequence[Event], practice: Practice, rulings: Rulings) -> tuple[Line, ...]:
    """The lines of a chronology, in the order of their first events."""
    several = _joined(events, rulings)
    line_of = {event.id: number for number, line in enumerate(several) for event in line}
    proposed: dict[str, list[str]] = {}
    for pair in doubles(events, practice.doubles.within, rulings):
        if line_of[pair[0]] != line_of[pair[1]]:
            for one, other in (pair, pair[::-1]):
                proposed.setdefault(one, []).append(other)
    by_id = {event.id: event for event in events}
    return tuple(_line(line, proposed, by_id, practice, rulings) for line in several)


def as_one(events: Sequence[Event], rulings: Rulings) -> list[Event]:
    """The events, each knowing which of those that were found to be one stands for them."""
    if not any(ruling.same for ruling in rulings.values()):
        return list(events)
    several = _joined(events, rulings)
    return [replace(event, one_with=line[0].id) if len(line) > 1 else event for line in several for event in line]


def doubles(events: Sequence[Event], within: int, rulings: Rulings) -> list[tuple[str, str]]:
    """Pairs of events that may be one, of which nobody has said, or people say both, whether they are."""
    by_kind: dict[str, list[Event]] = {}
    for event in ordered(events):
        if event.days[1] - event.days[0] < LOOSEST:
            by_kind.setdefault(event.kind, []).append(event)
    found = []
    for several in by_kind.values():
        for place, one in enumerate(several):
            for other in several[place + 1 :]:
                if other.days[0] - one.days[0] >= LOOSEST + within:
                    break
                ruling = rulings.get(pair_of(one, other))
                if may_be_one(one, other, within) and (ruling is None or ruling.same is None):
                    found.append(pair_of(one, other))
    return sorted(found)


def may_be_one(one: Event, other: Event, within: int) -> bool:
    """Whether two events could be the same: of one kind, two agencies, and so many days apart at most as far as is known; and
    not of different people, where both say whom they were about.

    Of one agency, only those that people entered, on one day: two people may have entered the same.
    """
    if one.people and other.people and one.people.isdisjoint(other.people):
        return False
    apart = max(one.days[0], other.days[0]) - min(one.days[1], other.days[1])
    if one.agency == other.agency:
        return one.kind == other.kind and one.source == other.source == ENTERED and apart <= 0
    return one.kind == other.kind and apart <= within


def pair_of(one: Event, other: Event) -> tuple[str, str]:
    """The names of two events, the lesser first."""
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)


def differences(one: Event, other: Event, practice: Practice) -> list[str]:
    """In what two events that are one would contradict each other. A date that is only less exact does not."""
    found = []
    if one.days[0] > other.days[1] or other.days[0] > one.days[1]:
        found.append(DATE)
    if one.time and other.time and one.time != other.time and DATE not in found:
        found.append(TIME)
    for name, detail in practice.details.items():
        said, also = (set(event.details.get(name, ())) for event in (one, other))
        if detail.categories and said and also and (said.isdisjoint(also) if detail.several else said != also):
            found.append(name)
    return found


def _joined(events: Sequence[Event], rulings: Rulings) -> list[tuple[Event, ...]]:
    """The events, those that were found to be one together; what is one with one of several is one with all."""
    of = {event.id: event.id for event in events}

    def root(name: str) -> str:
        while of[name] != name:
            name = of[name]
        return name

    for (one, other), ruling in rulings.items():
        if ruling.same and one in of and other in of:
            of[root(other)] = root(one)
    lines: dict[str, list[Event]] = {}
    for event in ordered(events):
        lines.setdefault(root(event.id), []).append(event)
    return [tuple(line) for line in lines.values()]


def _line(
    line: tuple[Event, ...],
    proposed: Mapping[str, Sequence[str]],
    by_id: Mapping[str, Event],
    practice: Practice,
    rulings: Rulings,
) -> Line:
    others = [other for event in line for other in proposed.get(event.id, ())]
    pairs = [(one, other, False) for place, one in enumerate(line) for other in line[place + 1 :]]
    pairs += [(event, by_id[other], True) for event in line for other in proposed.get(event.id, ())]
    found = []
    for one, other, may in pairs:
        ruling = rulings.get(pair_of(one, other))
        settled = ruling.settled if ruling and ruling.same else {}
        found += [Contradiction(one.id, other.id, name, settled.get(name), may) for name in differences(one, other, practice)]
    return Line(line, tuple(dict.fromkeys(others)), tuple(found))
