"""Times of equal length, by their names: 2014, 2013-14 (a financial year, from April), 2014-Q2 and 2014-04."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from casereview.study.plan import Length, Trend
from casereview.study.spans import waves_spanned
from casereview.study.study import Study

MONTHS: dict[Length, int] = {"month": 1, "quarter": 3, "year": 12, "financial-year": 12}
"""How many months each is long."""

FORMS: dict[Length, str] = {"year": "2014", "financial-year": "2013-14", "quarter": "2014-Q2", "month": "2014-04"}
"""How each is written."""

_FIRST: dict[Length, int] = {"month": 1, "quarter": 1, "year": 1, "financial-year": 4}
"""The month in which the first of a year begins."""

_WRITTEN: dict[Length, str] = {
    "year": r"([12]\d{3})",
    "financial-year": r"([12]\d{3})-\d\d",
    "quarter": r"([12]\d{3})-Q([1-4])",
    "month": r"([12]\d{3})-(0[1-9]|1[0-2])",
}


@dataclass(frozen=True)
class Time:
    """One time: its name, its first and its last day."""

    name: str
    length: Length
    start: date

    @property
    def end(self) -> date:
        """Its last day."""
        return _later(self.start, MONTHS[self.length]) - timedelta(days=1)

    @property
    def label(self) -> str:
        """As it is printed: April 2014, April to June 2014, 2014, 2013-14."""
        if self.length == "month":
            return f"{calendar.month_name[self.start.month]} {self.start.year}"
        if self.length == "quarter":
            return f"{calendar.month_name[self.start.month]} to {calendar.month_name[self.end.month]} {self.start.year}"
        return self.name

    @property
    def next(self) -> "Time":
        """The time after it."""
        return Time.beginning(_later(self.start, MONTHS[self.length]), self.length)

    @classmethod
    def beginning(cls, start: date, length: Length) -> "Time":
        """The time that begins on a day, which must be the first of one."""
        names: dict[Length, str] = {
            "year": f"{start.year}",
            "financial-year": f"{start.year}-{(start.year + 1) % 100:02}",
            "quarter": f"{start.year}-Q{(start.month + 2) // 3}",
            "month": f"{start.year}-{start.month:02}",
        }
        return cls(names[length], length, start)


def read(name: str, length: Length) -> Time | None:
    """The time of a name; None if it is not one of that length."""
    found = re.fullmatch(_WRITTEN[length], name, re.ASCII)
    if not found:
        return None
    part = int(found[2]) if found.lastindex == 2 else 1
    time = Time.beginning(date(int(found[1]), MONTHS[length] * (part - 1) + _FIRST[length], 1), length)
    return time if time.name == name else None


def holding(day: date, length: Length) -> Time:
    """The time in which a day lies."""
    months = 12 * day.year + day.month - _FIRST[length]
    whole = months - months % MONTHS[length] + _FIRST[length] - 1
    return Time.beginning(date(whole // 12, whole % 12 + 1, 1), length)


def within(start: date, end: date, length: Length) -> tuple[Time, ...]:
    """The times that lie wholly between two days, these among them, in order."""
    time = holding(start, length)
    time = time if time.start >= start else time.next
    found = []
    while time.start.year < date.max.year and time.end <= end:
        found.append(time)
        time = time.next
    return tuple(found)


def limits(study: Study, trend: Trend) -> tuple[date, date] | None:
    """The first and the last day that a trend asks for; None where it spans no wave."""
    waves = [study.about.waves[wave] for wave in waves_spanned(study, trend)]
    return (trend.start or waves[0].start, trend.end or waves[-1].end) if waves else None


def of(study: Study, trend: Trend) -> tuple[Time, ...]:
    """The times of a trend, in order: those that lie wholly within its limits."""
    asked = limits(study, trend)
    return within(*asked, trend.by) if asked else ()


def _later(start: date, months: int) -> date:
    whole = 12 * start.year + start.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)
