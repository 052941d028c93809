"""Dates that are known to a day, a month or a year: read, said and typed."""

from datetime import UTC, date, datetime

import pytest

from casereview.study.intervals import as_typed, dated, in_future, in_words, latest_day, spanned, time_of_day
from casereview.study.sources import DAYS

READ = {
    "12/03/2014": "2014-03-12",
    "12.3.2014": "2014-03-12",
    "3rd March 2014": "2014-03-03",
    " 12\n Mar  2014 ": "2014-03-12",
    "2014-03-12T14:30:00": "2014-03-12",
    "03/2014": "2014-03",
    "March 2014": "2014-03",
    "2014": "2014",
}


@pytest.mark.parametrize(("text", "written"), READ.items())
def test_a_date_is_read_no_more_exactly_than_it_is_written(text, written):
    assert dated(text, DAYS) == spanned(written)


@pytest.mark.parametrize("text", ["12/3/13", "circa March 2013", "31/02/2014", "0214", "1066", "", "next week"])
def test_what_is_no_date_is_not_guessed(text):
    assert dated(text, DAYS) is None


WORDS = {
    "2014-03-12": "12 March 2014",
    "2014-02": "February 2014",
    "2014": "2014",
    "2014-02/2014-04": "February to April 2014",
    "2013-12/2014-01": "December 2013 to January 2014",
    "2014-03-03/2014-03-09": "3 to 9 March 2014",
    "2014-03-28/2014-04-03": "28 March to 3 April 2014",
    "2013-12-30/2014-01-02": "30 December 2013 to 2 January 2014",
}


@pytest.mark.parametrize(("written", "words"), WORDS.items())
def test_a_date_is_said_in_words(written, words):
    assert in_words(*spanned(written)) == words


@pytest.mark.parametrize("written", WORDS)
def test_what_is_offered_to_be_changed_reads_as_the_same_date(written):
    first, last = as_typed(*spanned(written))
    start, end = dated(first, DAYS), dated(last or first, DAYS)
    assert (start.first, end.last) == spanned(written)


def test_a_leap_year_has_its_day():
    assert spanned("2012-02").last == date(2012, 2, 29)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9:05", "09:05"),
        ("2130hrs", "21:30"),
        ("9.30 pm", "21:30"),
        ("14:30:00", "14:30"),
        ("7am", "07:00"),
        ("after  tea", "after tea"),
    ],
)
def test_a_time_is_read_or_kept_as_it_is_written(text, time):
    assert time_of_day(text) == time


def test_a_day_lies_in_the_future_once_it_has_begun_nowhere():
    noon = datetime(2014, 3, 12, 12, tzinfo=UTC)
    assert [in_future(spanned(day), latest_day(noon)) for day in ("2014-03-12", "2014-03-13", "2014-03-14")] == [
        False,
        False,
        True,
    ]
    assert latest_day(datetime(2014, 3, 12, 9, 59, tzinfo=UTC)) == date(2014, 3, 12)
