"""Which days a timeline shows when nobody asks for any: a few early or late events do not crowd the others."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casereview.practice.events import Dates, Event
from casereview.workbench.chronology.span import FEW, HALF, LONG, Left, Span, room, spanned

LAST = date(2012, 12, 31)
days = st.lists(st.dates(date(1985, 1, 1), LAST), min_size=1, max_size=40)


def event(day: date, until: date | None = None) -> Event:
    return Event("e", "A", day, until or day, "gp", "seen", "gp")


def lately(number: int) -> list[date]:
    return [date(2012, 1, 1) + timedelta(7 * place) for place in range(number)]


def both(several: list[date]) -> tuple[date | None, date | None]:
    return room(several, several)


def test_one_early_event_is_left_out_of_the_drawing_and_counted():
    events = [event(date(1992, 1, 1), date(1992, 12, 31)), *map(event, lately(30))]
    found = spanned(events, None, None, None, whole=False)
    assert (found.start, found.left) == (date(2012, 1, 1), (Left(1, date(1992, 1, 1), early=True),))
    assert found.left_out == "1 earlier event, of 1992, is not on this drawing, so that the others have room."
    whole = spanned(events, None, None, None, whole=True)
    assert (whole.start, whole.left, whole.inner) == (date(1992, 1, 1), (), "From 1 January 2012")


def test_one_late_event_is_left_out_likewise():
    events = [*map(event, lately(30)), event(date(2031, 1, 1), date(2031, 12, 31))]
    found = spanned(events, None, None, None, whole=False)
    assert (found.end, found.left) == (lately(30)[-1], (Left(1, date(2031, 12, 31), early=False),))
    whole = spanned(events, None, None, None, whole=True)
    assert (whole.end, whole.left, whole.inner) == (date(2031, 12, 31), (), "Up to 22 July 2012")


def test_at_both_ends_no_more_are_left_out_than_at_one():
    events = [*map(event, lately(30)), event(date(1992, 1, 1)), event(date(2033, 5, 1)), event(date(2034, 5, 1))]
    found = spanned(events, None, None, None, whole=False)
    said = "1 earlier event, of 1992, and 2 later events, up to 2034, are not on this drawing, so that the others have room."
    assert found.left_out == said
    assert found.inner == "From 1 January 2012 to 22 July 2012"
    assert spanned([*events, event(date(2035, 5, 1))], None, None, None, whole=False).begins is None


def test_an_early_event_that_goes_on_is_drawn_and_not_counted():
    events = [event(date(1992, 1, 1), LAST), *map(event, lately(30))]
    found = spanned(events, None, None, None, whole=False)
    assert (found.start, found.left, found.left_out) == (date(2012, 1, 1), (), "")


def test_days_that_are_asked_for_are_shown():
    events = [event(date(1992, 1, 1)), *map(event, lately(30))]
    assert spanned(events, date(1990, 1, 1), None, None, whole=False) == Span(date(1990, 1, 1), lately(30)[-1])


def test_events_spread_evenly_are_all_shown():
    assert both([date(1992 + place, 1, 1) for place in range(20)]) == (None, None)
    assert both([date(2012, 1, 8), *[LAST] * 9]) == (None, None)


def test_the_incident_is_always_shown():
    later = Dates(date(2042, 1, 1), date(2042, 1, 1))
    found = spanned([event(date(1992, 1, 1)), *map(event, lately(30))], None, None, later, whole=False)
    assert (found.begins, found.ends, found.end) == (None, None, later.last)
    assert spanned([event(LAST)], None, None, later, whole=False).end == later.last
    after = spanned([*map(event, lately(30)), event(date(2043, 1, 1))], None, None, later, whole=False)
    assert (after.ends, after.end) == (None, date(2043, 1, 1))


@given(days)
def test_no_more_than_a_few_are_left_out_and_only_where_it_halves_the_time(several):
    begins, ends = both(several)
    left = [one for one in several if (begins and one < begins) or (ends and one > ends)]
    assert len(left) <= max(1, len(several) // FEW)
    whole, shown = max(several) - min(several), (ends or max(several)) - (begins or min(several))
    if begins or ends:
        assert left
        assert shown * HALF <= whole
    elif len(several) > 1 and whole.days > LONG:
        ordered = sorted(several)
        assert all((ordered[-1 - late] - ordered[1 - late]) * HALF > whole for late in (0, 1))
