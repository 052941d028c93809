"""Dates that may be known only to a month, a year, or between two days: the first and the last day that they can be."""

import re
from calendar import month_name, monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

from casereview.study.cells import partial_date

EARLIEST = 1900
"""The year before which nothing in a chronology happened: an earlier one is a slip of the pen."""

EASTERNMOST = timezone(timedelta(hours=14))
"""Where a day begins first."""

_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
_TIMES = ("%H:%M", "%H:%M:%S", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%H%M")


class Interval(NamedTuple):
    """The first and the last day that a date can be."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last


def dated(text: str, forms: Sequence[str]) -> Interval | None:
    """A date in one of some forms of strptime, or in ISO 8601; None where none of them fits."""
    plain = _ORDINAL.sub("", " ".join(text.split()))
    written = partial_date(plain, (*forms, "%Y-%m-%d", "%Y-%m", "%Y"))
    found = spanned(written) if written else None
    return found if found and found.first.year >= EARLIEST else None


def in_future(found: Interval, today: date) -> bool:
    """Whether a date has not come yet: all of it, or one that is known to a year, more than the rest of this year."""
    return found.first > today or found.last.year > today.year


def latest_day(moment: datetime) -> date:
    """The day that has begun somewhere: wherever a team and its server are, none of their days lies after it."""
    return moment.astimezone(EASTERNMOST).date()


def spanned(written: str) -> Interval:
    """2014, 2014-03, 2014-03-12; or two of them with a slash between. Raises ValueError."""
    start, _, end = written.partition("/")
    return Interval(_day(start, last=False), _day(end or start, last=True))


def _day(written: str, *, last: bool) -> date:
    year, month, day = [*map(int, written.split("-")), 0, 0][:3]
    month = month or (12 if last else 1)
    return date(year, month, day or (monthrange(year, month)[1] if last else 1))


def in_words(first: date, last: date) -> str:
    """12 March 2014; March 2014; 2014; 3 to 9 March 2014; 28 March to 3 April 2014."""
    if first == last:
        return _said(first)
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return str(first.year)
    whole_months = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    same_year = first.year == last.year
    if whole_months:
        end = f"{month_name[last.month]} {last.year}"
        if same_year and first.month == last.month:
            return end
        return f"{month_name[first.month]}{'' if same_year else f' {first.year}'} to {end}"
    if same_year and first.month == last.month:
        return f"{first.day} to {_said(last)}"
    return f"{first.day} {month_name[first.month]}{'' if same_year else f' {first.year}'} to {_said(last)}"


def _said(day: date) -> str:
    return f"{day.day} {month_name[day.month]} {day.year}"


def as_typed(first: date, last: date) -> tuple[str, str]:
    """How somebody would type a date: the date, and the last day where it has another; `dated` reads both."""
    if first == last:
        return f"{first:%d/%m/%Y}", ""
    if (first, last) == spanned(str(first.year)):
        return str(first.year), ""
    if (first, last) == spanned(f"{first:%Y-%m}"):
        return f"{first:%m/%Y}", ""
    return f"{first:%d/%m/%Y}", f"{last:%d/%m/%Y}"


def time_of_day(text: str) -> str:
    """A time as HH:MM where it is written in figures; else as it is written: evening."""
    plain = re.sub(r"\s|hrs?\.?$", "", text.strip(), flags=re.IGNORECASE)
    for form in _TIMES:
        try:
            return f"{datetime.strptime(plain, form):%H:%M}"  # noqa: DTZ007  # wherever it was
        except ValueError:
            continue
    return " ".join(text.split())[:40]
