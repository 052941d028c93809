"""Each question of the starter is asked where it must be, is not where it must not, and cannot be said where that is so."""

import pytest

from casereview.practice.asking import Asked, Silent, ask
from tests.practice.drawn import CHRONOLOGIES
from tests.practice.reading import starter, timeline


def said(slug: str, picture: str) -> tuple[Asked | Silent, ...]:
    return ask(timeline(picture), {slug: starter().questions[slug]})


def test_every_question_has_its_chronologies():
    assert CHRONOLOGIES.keys() == starter().questions.keys()


@pytest.mark.parametrize("slug", CHRONOLOGIES)
def test_it_is_asked(slug):
    assert [type(one) for one in said(slug, CHRONOLOGIES[slug][0])] == [Asked]


@pytest.mark.parametrize("slug", CHRONOLOGIES)
def test_it_is_not_asked(slug):
    assert said(slug, CHRONOLOGIES[slug][1]) == ()


@pytest.mark.parametrize("slug", CHRONOLOGIES)
def test_it_cannot_be_said(slug):
    picture, lacks = CHRONOLOGIES[slug][2]
    (one,) = said(slug, picture)
    assert (type(one), one.lacks) == (Silent, (lacks,))


def test_it_rests_on_the_events_that_made_it_asked():
    (one,) = said("closed-after-missed", CHRONOLOGIES["closed-after-missed"][0])
    assert (one.anchor, one.rests_on) == ("1", ("1", "0"))


def test_where_no_source_records_such_events_it_is_said_of_the_whole():
    (one,) = said("no-minutes", "no meeting\nno joint-review\nno strategy-discussion\n2014-05-20 | concern | | A call.")
    assert (one.anchor, one.lacks) == (None, ("kind:joint-review", "kind:meeting", "kind:strategy-discussion"))


def test_a_chronology_without_events_asks_nothing():
    empty = timeline("2014-05-20 | concern | | A call.")
    assert ask(type(empty)("case", (), {}), starter().questions) == ()
