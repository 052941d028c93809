"""Whether one event lies in a span of days around another, as far as their dates tell; and how old a child was."""

from collections.abc import Sequence
from datetime import date
from math import inf
from typing import TYPE_CHECKING

from casereview.practice.truth import AGE, DATE, Truth, denied, every
from casereview.study.practice import Ages

if TYPE_CHECKING:
    from casereview.practice.events import Dates, Event

Span = tuple[float, float]
"""The first and last day of a span, counted from an event; infinite where it is open."""


def within(other: "Event", anchor: "Event", span: Span) -> Truth:
    """Whether another event lies in a span around an event. Between inexact dates lie as many days as they allow."""
    (first, last), (start, end), (earliest, latest) = other.days, anchor.days, span
    if last - start < earliest or first - end > latest:
        return False
    return True if first - end >= earliest and last - start <= latest else DATE


def between(other: "Event", one: "Event", anchor: "Event") -> Truth:
    """Whether another event lies between two, their own days among them."""
    return every((within(other, one, (0, inf)), within(other, anchor, (-inf, 0))))


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
