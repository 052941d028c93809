"""Ages and times to the incident are said as exactly as the dates allow, and no more."""

import pytest

from casereview.practice.events import Dates, Event
from casereview.practice.in_time import age_in_words, ages_in_words, born_of_age, to_incident
from casereview.study.intervals import spanned


def dates(written: str) -> Dates:
    return Dates(*spanned(written))


def event(written: str) -> Event:
    return Event("e", "A", *spanned(written), agency="police", kind="call", source="s")


AGES = [
    ("2014-03-12", "2014-03-12", "0 weeks"),
    ("2014-03-12", "2014-04-11", "4 weeks"),
    ("2014-03-12", "2014-06-12", "3 months"),
    ("2014-03-12", "2014-06-11", "2 months"),
    ("2014-03", "2014-06-12", "between 2 and 3 months"),
    ("2014-03-12", "2014-06", "between 2 and 3 months"),
    ("2010-05-01", "2014-03-12", "3 years"),
    ("2010", "2014-03-12", "between 3 and 4 years"),
    ("2012-04", "2014-04-15", "between 23 months and 2 years"),
    ("2014-03-12", "2013-12", "not yet born"),
    ("2014-03", "2014-03-20", "0 months or younger, or not yet born"),
]


@pytest.mark.parametrize(("born", "when", "said"), AGES)
def test_an_age(born, when, said):
    assert age_in_words(event(when), dates(born)) == said


def test_children_of_one_age_are_said_once_and_those_whose_birth_is_not_known_not_at_all():
    assert (
        ages_in_words(event("2014-03-12"), [dates("2010-05-01"), None, dates("2010-06-01"), dates("2012-01-01")])
        == "3 years; 2 years"
    )


TIMES = [
    ("2014-03-12", "2014-03-12", "on the day of the incident"),
    ("2014-03-11", "2014-03-12", "1 day before the incident"),
    ("2014-02-20", "2014-03-12", "2 weeks before the incident"),
    ("2013-12-12", "2014-03-12", "3 months before the incident"),
    ("2013-12", "2014-03-12", "between 2 and 3 months before the incident"),
    ("2013", "2014-03-12", "between 2 and 14 months before the incident"),
    ("2010-01-05", "2014-03-12", "4 years before the incident"),
    ("2014-02", "2014-03-12", "between 1 and 5 weeks before the incident"),
    ("2014-03", "2014-03-12", "around the day of the incident"),
    ("2014-03-14", "2014-03-12", "2 days after the incident"),
]


@pytest.mark.parametrize(("when", "incident", "said"), TIMES)
def test_a_time_to_the_incident(when, incident, said):
    assert to_incident(event(when), dates(incident)) == said


def test_no_time_is_said_to_an_incident_whose_day_is_not_known():
    assert to_incident(event("2014"), None) == ""


@pytest.mark.parametrize(
    ("incident", "months", "of_year", "born"),
    [
        ("2014-03-12", 3, False, "2013-11-13/2013-12-12"),
        ("2014-03-31", 1, False, "2014-02-01/2014-02-28"),
        ("2014-03", 0, False, "2014-02-02/2014-03-31"),
        ("2014-03-12", 24, True, "2011-03-13/2012-03-12"),
    ],
)
def test_when_somebody_of_an_age_was_born(incident, months, of_year, born):
    assert born_of_age(dates(incident), months, of_year=of_year) == dates(born)
