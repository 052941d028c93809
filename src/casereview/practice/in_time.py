"""How old a child was at an event, and how long before the incident it was: as exactly as the dates allow, and no more."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from casereview.practice.events import Dates, Event

MONTHS_UNTIL = 24
"""Completed months below which an age is said in months; below one month, in weeks."""


def age_in_words(event: Event, born: Dates) -> str:
    """3 months; between 2 and 3 months; 12 years; not yet born."""
    if event.last < born.first:
        return "not yet born"
    youngest = _months(born.last, event.first) if event.first >= born.last else None
    oldest = _months(born.first, event.last)
    if youngest is None:
        return f"{_said_age(oldest)} or younger, or not yet born" if born.last > event.first else _said_age(oldest)
    if youngest == oldest and oldest == 0:
        return _between("week", (event.first - born.last).days // 7, (event.last - born.first).days // 7)
    if oldest < MONTHS_UNTIL:
        return _between("month", youngest, oldest)
    if youngest >= MONTHS_UNTIL:
        return _between("year", youngest // 12, oldest // 12)
    return f"between {_said_age(youngest)} and {_said_age(oldest)}"


def ages_in_words(event: Event, born: Sequence[Dates | None]) -> str:
    """Of each child of whom it is known, in their order; '' where it is of none."""
    return "; ".join(dict.fromkeys(age_in_words(event, one) for one in born if one is not None))


def to_incident(event: Event, incident: Dates | None) -> str:
    """3 months before the incident; between 2 and 3 months before; on the day of the incident; after it; '' if unknown."""
    if incident is None:
        return ""
    if event.first == event.last == incident.first == incident.last:
        return "on the day of the incident"
    if event.first > incident.last:
        return f"{_apart(incident.last, event.first, incident.first, event.last)} after the incident"
    if event.last < incident.first:
        return f"{_apart(event.last, incident.first, event.first, incident.last)} before the incident"
    return "around the day of the incident"


def _apart(near_start: date, near_end: date, far_start: date, far_end: date) -> str:
    """The time between two days, at least and at most."""
    least, most = (near_end - near_start).days, (far_end - far_start).days
    if most < 14:
        return _between("day", least, most)
    if most < 60:
        return _between("week", least // 7, most // 7) if least >= 7 else _between("day", least, most)
    months = _months(near_start, near_end), _months(far_start, far_end)
    if months[1] < MONTHS_UNTIL:
        return _between("month", *months) if months[0] else f"up to {_count('month', months[1])}"
    if months[0] >= MONTHS_UNTIL:
        return _between("year", months[0] // 12, months[1] // 12)
    return f"between {_said_age(months[0])} and {_said_age(months[1])}"


def _months(start: date, end: date) -> int:
    """Completed months; a birthday on the 31st is the first day after a shorter month."""
    whole = 12 * (end.year - start.year) + end.month - start.month
    return whole - (1 if end.day < start.day else 0)


def _said_age(months: int) -> str:
    return _count("month", months) if months < MONTHS_UNTIL else _count("year", months // 12)


def _between(unit: str, least: int, most: int) -> str:
    return _count(unit, least) if least == most else f"between {least} and {_count(unit, most)}"


def _count(unit: str, number: int) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def born_of_age(incident: Dates, months: int, *, of_year: bool = False) -> Dates:
    """Between which days somebody was born who had completed so many months (or, of years, twelve times as many) on a day."""
    span = 12 if of_year else 1
    return Dates(_earlier(incident.first, months + span) + timedelta(days=1), _earlier(incident.last, months))


def _earlier(day: date, months: int) -> date:
    """The same day so many months before; the last of the month where that has no such day."""
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
