"""Which events of a chronology stand: what sources say, in the place of which what people mended stands.

What is said of one event, by name, is one current row of whoever recorded it first, and one of each person who has mended it. The
newest of the mended ones stands; else the first. Once a source no longer holds its row, nothing of it stands: a row that was
corrected in its file is another event.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from casereview.casebook.models import Case, Event, EventPair
from casereview.casebook.seen import Seen
from casereview.practice import events as pure
from casereview.practice.integrated import Ruling
from casereview.study.practice import Practice
from casereview.study.sources import ENTERED


@dataclass(frozen=True)
class Standing:
    """An event as it stands. of: what was recorded first, with the source and the row; by: all that is said of it now."""

    event: Event
    of: Event
    by: tuple[Event, ...]


@dataclass(frozen=True)
class Judged:
    """What is said of two events together. settled: field → the name of the event that holds."""

    same: Literal["yes", "no", "unclear"]
    settled: dict[str, str] = field(default_factory=dict)


def standing(rows: Iterable[Event]) -> list[Standing]:
    """Of current rows of one case, the events that stand, in the order of their dates."""
    return sorted((one for one in versions(rows) if not one.event.struck), key=in_order)


def versions(rows: Iterable[Event]) -> list[Standing]:
    """The events, struck ones too."""
    named: dict[str, list[Event]] = {}
    for row in rows:
        named.setdefault(row.name, []).append(row)
    return [made for several in named.values() if (made := _version(several))]


def _version(several: Sequence[Event]) -> Standing | None:
    first = next((one for one in several if not one.mended), None)
    if first is None:
        return None
    mended = [one for one in several if one.mended]
    newest = max(mended, key=lambda one: one.pk) if mended else first
    return Standing(newest, first, tuple(sorted(several, key=lambda one: (one.mended, one.coder))))


def in_order(one: Standing) -> tuple[object, ...]:
    """By the earliest day, the latest, the time, and the name."""
    return one.event.first, one.event.last, one.event.time, one.event.name


def taken_out(coder: str, case: Case) -> list[Event]:
    """What somebody has taken out of a chronology, and not put back: the newest of each event that is no longer shown."""
    mine = Event.objects.filter(case=case, source=ENTERED, coder=coder).order_by("pk")
    newest = {one.name: one for one in mine}
    return [one for one in newest.values() if (one.struck if one.current else not one.mended)]


def of_case(case: Case, seen: Seen) -> list[Standing]:
    """The events of a case that somebody may see."""
    return standing(seen.chronology().filter(case=case))


def of_cases(cases: Collection[int], seen: Seen) -> dict[int, list[Standing]]:
    """The events of some cases, by the numbers of these."""
    named: dict[int, list[Event]] = {}
    for one in seen.chronology().filter(case__in=cases):
        named.setdefault(one.case_id, []).append(one)
    return {case: standing(rows) for case, rows in named.items()}


def as_event(one: Standing, case: str) -> pure.Event:
    """An event that stands, as the pure rooms know it. case: its identifier."""
    event, details = one.event, {name: tuple(said) for name, said in one.event.details.items()}
    return pure.Event(
        event.name,
        case,
        event.first,
        event.last,
        event.agency,
        event.kind,
        one.of.source,
        frozenset(event.people),
        event.what,
        details,
        event.time or None,
    )


def rulings(pairs: Iterable[EventPair]) -> dict[tuple[str, str], Ruling]:
    """What people say of pairs of events; where they say both, nothing is ruled."""
    said: dict[tuple[str, str], list[EventPair]] = {}
    for one in sorted(pairs, key=lambda pair: pair.coder):
        said.setdefault((one.one, one.other), []).append(one)
    found = {names: judged(several) for names, several in said.items()}
    return {names: Ruling({"yes": True, "no": False, "unclear": None}[one.same], one.settled) for names, one in found.items()}


def rulings_of(cases: Collection[int], seen: Seen) -> dict[int, dict[tuple[str, str], Ruling]]:
    """What people say of pairs of events of some cases, by the numbers of these."""
    said: dict[int, list[EventPair]] = {}
    for one in seen.event_pairs().filter(case__in=cases):
        said.setdefault(one.case_id, []).append(one)
    return {case: rulings(pairs) for case, pairs in said.items()}


def strange_words(practice: Practice, event: Event) -> Iterator[tuple[str, str]]:
    """(what it is, name) of the words of an event that practice.yaml does not have."""
    said = (
        ("agency", [event.agency], practice.agencies),
        ("kind of event", [event.kind], practice.kinds),
        ("role of people", event.people, practice.people),
        ("detail", event.details, practice.details),
    )
    for what, names, known in said:
        yield from ((what, name) for name in names if name not in known)
    for name, detail in practice.details.items():
        answers = event.details.get(name, ()) if detail.categories else ()
        yield from ((f"answer to “{name}”", answer) for answer in answers if answer not in detail.categories)


def version_of(event: Event) -> str:
    """What tells whether an event still says what a page showed; it counts nothing."""
    said = [event.first, event.last, event.time, event.agency, event.kind, event.people, event.what, event.details, event.struck]
    return hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()[:16]


def judged(several: Sequence[EventPair]) -> Judged:
    """What people say of the same two events; what is settled, as the last of them in the order given settled it."""
    said = {one.same for one in several}
    if len(said) > 1:
        return Judged("unclear")
    settled = {name: holds for one in several for name, holds in one.settled.items()}
    return Judged("yes" if said == {True} else "no", settled if said == {True} else {})
