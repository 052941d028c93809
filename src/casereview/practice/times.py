"""Whether one event lies in a span of days around another, as far as their dates tell; and how old a child was."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from casereview.practice.truth import AGE, DATE, Truth, denied, every
from casereview.study.practice import Ages

if TYPE_CHECKING:
    from casereview.practice.events import Dates, Event

Window = tuple[int | None, int | None]
"""The first and last day of a span, counted from an event; None where it is open."""


def within(other: "Event", anchor: "Event", window: Window) -> Truth:
    """Whether another event lies in a span around an event. Between inexact dates lie as many days as they allow."""
    least, most = other.days[0] - anchor.days[1], other.days[1] - anchor.days[0]
    start, end = window
    if (start is not None and most < start) or (end is not None and least > end):
        return False
    return True if (start is None or least >= start) and (end is None or most <= end) else DATE


def between(other: "Event", one: "Event", anchor: "Event") -> Truth:
    """Whether another event lies between two, their own days among them."""
    after = within(other, one, (0, None))
    return False if after is False else every((after, within(other, anchor, (None, 0))))


class Shelf:
    """Events in order, of which those that may lie in a span are found at once."""

    def __init__(self, events: Sequence["Event"]) -> None:
        self.events = events
        self._starts = [event.days[0] for event in events]
        self._longest = max((event.days[1] - event.days[0] for event in events), default=0)

    def around(self, anchor: "Event", window: Window) -> Sequence["Event"]:
        """All that may lie in a span around an event, and perhaps some that do not; the event itself may be among them."""
        start, end = window
        low = 0 if start is None else bisect_left(self._starts, anchor.days[0] + start - self._longest)
        high = len(self.events) if end is None else bisect_right(self._starts, anchor.days[1] + end)
        return self.events[low:high]


def of_age(event: "Event", born: Sequence["Dates | None"], ages: Ages) -> Truth:
    """Whether any child of a case was of an age on the day of an event."""
    if not born:
        return AGE
    return denied(every(denied(_of_age(event, one, ages)) for one in born))


def _of_age(event: "Event", born: "Dates | None", ages: Ages) -> Truth:
    if born is None:
        return AGE
    youngest, oldest = years(born.last, event.first), years(born.first, event.last)
    if (ages.start is not None and oldest < ages.start) or (ages.end is not None and youngest > ages.end):
        return False
    sure = (ages.start is None or youngest >= ages.start) and (ages.end is None or oldest <= ages.end)
    return True if sure else AGE


def years(start: date, end: date) -> int:
    """Completed years from one day to another; below 0 where it lies before."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))
