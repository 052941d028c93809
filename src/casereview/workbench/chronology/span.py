"""Which days a timeline shows: those asked for; else all, without a few early or late events that would crowd the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casereview.practice.events import Dates, Event
from casereview.study.intervals import in_words

LEAST, LONG = 28, 366
"""Days that a drawing shows at least; and those in which no event crowds another, so that none is left out."""

FEW, HALF = 10, 2
"""One event in so many may be left out of the drawing, where the others then take half the time or less."""


@dataclass(frozen=True)
class Left:
    """Events left out of a drawing at one of its ends. outermost: the first day of them, or the last."""

    number: int
    outermost: date
    early: bool

    @property
    def said(self) -> str:
        """How many they are."""
        which, year = "earlier" if self.early else "later", self.outermost.year
        if self.number == 1:
            return f"1 {which} event, of {year},"
        return f"{self.number} {which} events, {f'from {year} on' if self.early else f'up to {year}'},"


@dataclass(frozen=True)
class Span:
    """From one day to another. left: what lies outside; begins, ends: where the drawing could begin and end, if not with all."""

    start: date
    end: date
    left: tuple[Left, ...] = ()
    begins: date | None = None
    ends: date | None = None

    @property
    def inner(self) -> str:
        """Where it could begin and end, in words; '' where only with all."""
        begins, ends = (in_words(day, day) if day else "" for day in (self.begins, self.ends))
        return f"From {begins} to {ends}" if begins and ends else f"From {begins}" if begins else f"Up to {ends}" if ends else ""

    @property
    def left_out(self) -> str:
        """What is not drawn, in words; '' where nothing is left out."""
        one = sum(left.number for left in self.left) == 1
        words = " and ".join(left.said for left in self.left)
        return f"{words} {'is' if one else 'are'} not on this drawing, so that the others have room." if words else ""


def spanned(events: Sequence[Event], start: date | None, end: date | None, incident: Dates | None, *, whole: bool) -> Span:
    """The days to be shown of some events, of which there is one at least. whole: those of all, however few lie apart."""
    first = min(one.first for one in events)
    up_to = incident.last if incident and incident.last > first else first
    firsts, lasts = [one.first for one in events], [max(one.last, up_to) for one in events]
    begins, ends = (None, None) if start or end else room(firsts, lasts)
    if whole or not (begins or ends):
        return Span(*_wide(start or first, end or max(lasts)), begins=begins, ends=ends)
    earlier = [one.first for one in events if begins and one.last < begins]
    later = [one.last for one in events if ends and one.first > ends]
    left = [Left(len(earlier), first, early=True)] if earlier else []
    left += [Left(len(later), max(later), early=False)] if later else []
    return Span(*_wide(begins or first, ends or max(lasts)), tuple(left), begins, ends)


def room(firsts: Sequence[date], lasts: Sequence[date]) -> tuple[date | None, date | None]:
    """Where a drawing begins and ends without a few events, by the first and the last days of all; None where with all.

    What lies apart at one end can hide what lies apart at the other, so the beginning is looked for again after the end.
    """
    first, last, few = min(firsts), max(lasts), max(1, len(firsts) // FEW)
    early, late = sorted(firsts), sorted(lasts, reverse=True)
    begins = _apart(early, last, few)
    ends = _apart(late, begins or first, few - (early.index(begins) if begins else 0))
    if ends and not begins:
        begins = _apart(early, ends, few - late.index(ends))
    return begins, ends


def _apart(ordered: Sequence[date], end: date, few: int) -> date | None:
    """The first day after as few as can be, from the outermost on; None where the time to the other end would not be halved."""
    outermost = abs((end - ordered[0]).days)
    for day in ordered[1 : few + 1]:
        if abs((end - day).days) * HALF <= outermost and outermost > LONG:
            return day
    return None


def _wide(first: date, last: date) -> tuple[date, date]:
    if (last - first).days < LEAST:
        around = timedelta((LEAST - (last - first).days) // 2)
        return first - around, last + around
    return first, last
