"""Which days a timeline shows: those that are asked for; else all, without a few early events that would crowd the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casereview.practice.events import Dates, Event

LEAST = 28
"""Days that a drawing shows at least."""

FEW, HALF = 10, 2
"""One event in so many may be left out of the drawing, where the others then take half the time or less."""


@dataclass(frozen=True)
class Span:
    """From one day to another. earlier: events before it, the first of them on `since`; begins: where the drawing could begin."""

    start: date
    end: date
    earlier: int = 0
    since: date | None = None
    begins: date | None = None


def spanned(events: Sequence[Event], start: date | None, end: date | None, incident: Dates | None, *, whole: bool) -> Span:
    """The days to be shown of some events, of which there is one at least. whole: those of all, however few are early."""
    first = min(one.first for one in events)
    last = _last(events, first, incident)
    begins = None if start or end else opening([one.first for one in events], last)
    if begins is None or whole:
        return Span(*_wide(start or first, end or last), begins=begins)
    earlier = [one for one in events if one.last < begins]
    return Span(*_wide(begins, last), len(earlier), first, begins)


def opening(days: Sequence[date], last: date) -> date | None:
    """The first day after as few early events as can be; None where the time would not be half of what it was."""
    ordered = sorted(days)
    for day in ordered[1 : max(1, len(ordered) // FEW) + 1]:
        if (last - day) * HALF <= last - ordered[0] and (last - ordered[0]).days > LEAST:
            return day
    return None


def _last(events: Sequence[Event], first: date, incident: Dates | None) -> date:
    return max([one.last for one in events] + ([incident.last] if incident and incident.last > first else []))


def _wide(first: date, last: date) -> tuple[date, date]:
    if (last - first).days < LEAST:
        around = timedelta((LEAST - (last - first).days) // 2)
        return first - around, last + around
    return first, last
