"""Which days a timeline shows when nobody asks for any: a few early events do not crowd the others."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casereview.practice.events import Dates, Event
from casereview.workbench.chronology.span import FEW, HALF, LEAST, opening, spanned

LAST = date(2012, 12, 31)
days = st.lists(st.dates(date(1985, 1, 1), LAST), min_size=1, max_size=40)


def event(day: date, until: date | None = None) -> Event:
    return Event("e", "A", day, until or day, "gp", "seen", "gp")


def lately(number: int) -> list[date]:
    return [date(2012, 1, 1) + timedelta(7 * place) for place in range(number)]


def test_one_early_event_is_left_out_of_the_drawing_and_counted():
    events = [event(date(1992, 1, 1), date(1992, 12, 31)), *map(event, lately(30))]
    found = spanned(events, None, None, None, whole=False)
    assert (found.start, found.earlier, found.since) == (date(2012, 1, 1), 1, date(1992, 1, 1))
    whole = spanned(events, None, None, None, whole=True)
    assert (whole.start, whole.earlier, whole.begins) == (date(1992, 1, 1), 0, date(2012, 1, 1))


def test_an_early_event_that_goes_on_is_drawn_and_not_counted():
    events = [event(date(1992, 1, 1), LAST), *map(event, lately(30))]
    found = spanned(events, None, None, None, whole=False)
    assert (found.start, found.earlier) == (date(2012, 1, 1), 0)


def test_days_that_are_asked_for_are_shown():
    events = [event(date(1992, 1, 1)), *map(event, lately(30))]
    found = spanned(events, date(1990, 1, 1), None, None, whole=False)
    assert (found.start, found.earlier, found.begins) == (date(1990, 1, 1), 0, None)


def test_events_spread_evenly_are_all_shown():
    assert opening([date(1992 + place, 1, 1) for place in range(20)], LAST) is None
    assert opening([date(2012, 12, 8), *[LAST] * 9], LAST) is None


def test_the_incident_counts_as_the_last_day():
    later = Dates(date(2042, 1, 1), date(2042, 1, 1))
    assert opening([date(1992, 1, 1), *lately(30)], later.last) is None
    assert spanned([event(date(1992, 1, 1)), *map(event, lately(30))], None, None, later, whole=False).begins is None
    assert spanned([event(LAST)], None, None, later, whole=False).end == later.last


@given(days)
def test_no_more_than_a_few_are_left_out_and_only_where_it_halves_the_time(several):
    found = opening(several, LAST)
    before = [one for one in several if found and one < found]
    assert len(before) <= max(1, len(several) // FEW)
    if found:
        assert before
        assert (LAST - found) * HALF <= LAST - min(several)
    else:
        assert (
            len(several) == 1 or (LAST - min(several)).days <= LEAST or (LAST - sorted(several)[1]) * HALF > LAST - min(several)
        )
