"""The axis of a timeline: where a day lies, and which days are named."""

from calendar import month_abbr
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

NEAREST = 56
"""Points between two words at the axis, at least."""

STEPS = (("day", 1), ("day", 7), ("month", 1), ("month", 3), ("year", 1), ("year", 2), ("year", 5), ("year", 10), ("year", 50))


@dataclass(frozen=True)
class Axis:
    """From one day to another, both shown, between two places."""

    start: date
    end: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day begins."""
        return round(self.left + (day - self.start).days * self._day, 1)

    def span(self, first: date, last: date) -> float:
        """How wide the days from one to another are."""
        return ((last - first).days) * self._day

    @property
    def _day(self) -> float:
        return (self.right - self.left) / ((self.end - self.start).days + 1)


@dataclass(frozen=True)
class Tick:
    """A place at the axis. label: '' where none fits."""

    x: float
    label: str


def ticks(axis: Axis) -> Iterator[Tick]:
    """At equal steps of the calendar, the shortest whose names do not touch."""
    for unit, step in STEPS:
        days = {"day": 1, "month": 28, "year": 365}[unit] * step
        if axis.span(axis.start, axis.start + timedelta(days)) >= NEAREST:
            break
    for day in _days(axis, unit, step):
        yield Tick(axis.x(day), _said(day, unit) if axis.x(day) <= axis.right - NEAREST / 2 else "")


def _days(axis: Axis, unit: str, step: int) -> Iterator[date]:
    day = _first(axis.start, unit, step)
    while day <= axis.end:
        if day >= axis.start:
            yield day
        day = _next(day, unit, step)


def _first(start: date, unit: str, step: int) -> date:
    match unit:
        case "day":
            return start - timedelta(start.weekday()) if step == 7 else start
        case "month":
            return date(start.year, (start.month - 1) // step * step + 1, 1)
    return date(start.year // step * step or 1, 1, 1)


def _next(day: date, unit: str, step: int) -> date:
    if unit == "day":
        return day + timedelta(step)
    whole = 12 * day.year + day.month - 1 + step * (12 if unit == "year" else 1)
    return date(whole // 12, whole % 12 + 1, 1)


def _said(day: date, unit: str) -> str:
    if unit == "year":
        return str(day.year)
    return f"{day.day} {month_abbr[day.month]}" if unit == "day" else f"{month_abbr[day.month]} {day.year}"
