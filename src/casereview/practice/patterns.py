"""Whether an event is one that a pattern means."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from casereview.practice.events import Event, Records, words
from casereview.practice.truth import PEOPLE, TEXT, Truth, every
from casereview.study.practice import Pattern, named

Part = Callable[[Event], Truth]


def meant(pattern: Pattern, records: Mapping[str, Records]) -> Part:
    """A test of events, their kind aside: whoever asks has chosen by it."""
    parts = tuple(_parts(pattern, records))
    if not parts:
        return lambda event: True
    return parts[0] if len(parts) == 1 else lambda event: every(part(event) for part in parts)


def _parts(pattern: Pattern, records: Mapping[str, Records]) -> Iterable[Part]:
    """What it takes least to tell comes first."""
    if agencies := frozenset(pattern.agencies):
        yield lambda event: event.agency in agencies
    if roles := frozenset(pattern.roles):
        yield lambda event: not roles.isdisjoint(event.people) if event.people else PEOPLE
    for detail, answers in pattern.has.items():
        yield _recorded(detail, partial(_any_of, frozenset(named(answers))))
    for detail, answers in pattern.only.items():
        yield _recorded(detail, frozenset(named(answers)).issuperset)
    for detail, number in pattern.at_most.items():
        yield _recorded(detail, partial(_at_most, number))
    for detail in pattern.lacks:
        yield _not_recorded(detail, records)
    if phrases := tuple(words(phrase) for phrase in pattern.says):
        yield lambda event: any(phrase in event.words for phrase in phrases) if event.words else TEXT


def _any_of(wanted: frozenset[str], given: tuple[str, ...]) -> bool:
    return not wanted.isdisjoint(given)


def _at_most(number: int, given: tuple[str, ...]) -> bool:
    return len(set(given)) <= number


def _recorded(detail: str, told: Callable[[tuple[str, ...]], bool]) -> Part:
    """What is not recorded is not known."""
    lacking = frozenset({f"detail:{detail}"})
    return lambda event: told(event.details[detail]) if event.details.get(detail) else lacking


def _not_recorded(detail: str, records: Mapping[str, Records]) -> Part:
    """Only a source that can record it can leave it out."""
    lacking = frozenset({f"detail:{detail}"})

    def left_out(event: Event) -> Truth:
        if event.details.get(detail):
            return False
        return True if records[event.source].detail(detail) else lacking

    return left_out
