"""The questions that the starter asks of chronologies: they ask, they serve a recommendation, and the example asks the same."""

import re
from pathlib import Path

import pytest

from casereview import study
from casereview.study.practice import Practice, named
from casereview.study.start import start

EXAMPLE = Path(__file__).parents[3] / "examples" / "pathways-to-harm"
BLAME = r"\b(fail(ed|ure|s)?|fault|blame\w*|negligen\w*|should have|wrong(ly)?|poor(ly)? practice|score|risk level)\b"


@pytest.fixture(scope="module")
def practice(tmp_path_factory) -> Practice:
    folder = tmp_path_factory.mktemp("new") / "study"
    start(folder)
    return study.read(folder).practice


def test_every_question_asks(practice):
    assert len(practice.questions) >= 23
    assert [slug for slug, one in practice.questions.items() if "?" not in one.ask] == []


def test_no_question_judges_anybody(practice):
    """What an agency wrote (`says`) is quoted; what the question says is its own."""
    said = {slug: f"{one.label} {one.ask}" for slug, one in practice.questions.items()}
    assert {slug: re.findall(BLAME, text, re.IGNORECASE) for slug, text in said.items() if re.search(BLAME, text, re.I)} == {}
    assert re.search(BLAME, "The worker failed to see the child.")


def test_every_recommendation_is_served_and_has_its_source(practice):
    served = {name for one in practice.questions.values() for name in named(one.serves)}
    assert served == {*practice.recommendations}
    assert all(one.source for one in practice.recommendations.values())


def test_every_kind_of_event_says_what_it_is(practice):
    assert all(one.label for one in practice.kinds.values())


def test_the_example_asks_the_same(practice):
    asked = study.read(EXAMPLE).practice
    assert asked.kinds.keys() >= practice.kinds.keys()
    assert {slug: one.ask for slug, one in asked.questions.items()} == {slug: one.ask for slug, one in practice.questions.items()}
