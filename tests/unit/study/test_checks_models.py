"""What check finds in the models and agreements of a plan."""

from pathlib import Path
from typing import Any

import pytest

from casereview.study.checks import agreements, models
from casereview.study.problems import Place
from tests.drawn_release import study

BANDS = {"type": "ordered", "categories": {"under-1": "Under 1", "1-up": "1 and over"}}
VARIABLES = {
    "outcome": {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Harm", "old": {
        "label": "Old", "retired": {"since": "2007-09", "why": "x"}}}},
    "outcome-in-two": {"type": "yes-no", "derived": {"recoded": "outcome", "into": {"yes": ["fatal"], "no": ["harm"]}}},
    "plan": {"type": "nominal", "categories": {"never": "Never", "ever-on": "Ever"}},
    "plan-ever": {"type": "nominal", "categories": {"on": "On", "off": "Off"}},
    "age": {"type": "number"},
    "age-band": BANDS | {"derived": {"banded": "age", "cuts": [1]}},
    "age-again": BANDS,
    "age-third": BANDS,
    "factors": {"type": "multiple", "categories": {"debt": "Debt"}},
    "when": {"type": "date"},
}  # fmt: skip
MODEL = {"title": "x", "outcome": {"outcome": {"is": "fatal"}}, "outcome_label": "Fatal"}


def at(*path: str) -> Place:
    return Place("plan.yaml/" + "/".join(path))


def in_model(**given: Any) -> list[str]:
    of = study(VARIABLES, {}, plan={"models": {"m": MODEL | given}}, folder=Path("nowhere"))
    return [one.code for one in models.check(of, "m", of.plan.models["m"], at)]


def in_agreement(**given: Any) -> list[str]:
    of = study(VARIABLES, {}, plan={"agreements": {"a": {"title": "x"} | given}})
    return [one.code for one in agreements.check(of, "a", of.plan.agreements["a"], at)]


@pytest.mark.parametrize(
    ("predictors", "codes"),
    [
        (["plan", "age", "wave"], []),
        ([{"variable": "plan", "reference": "ever-on"}, {"variable": "age", "per": 5}], []),
        ([{"variable": "wave", "reference": "2005-07"}], []),
        (["plna"], ["unknown-name"]),
        (["factors"], ["wrong-type"]),
        (["when"], ["wrong-type"]),
        (["plan", "plan"], ["duplicate-key"]),
        ([{"variable": "plan", "reference": "evr-on"}], ["unknown-name"]),
        ([{"variable": "plan", "reference": "not-stated"}], ["absence-as-answer"]),
        ([{"variable": "wave", "reference": "2011-14"}], ["unknown-name"]),
        ([{"variable": "age", "reference": "3"}], ["wrong-type"]),
        ([{"variable": "plan", "per": 5}], ["wrong-type"]),
        (["outcome"], ["outcome-as-predictor"]),
        (["outcome-in-two"], ["outcome-as-predictor"]),
        (["plan", "plan-ever"], ["duplicate-key"]),
    ],
)
def test_predictors(predictors, codes):
    assert in_model(predictors=predictors) == codes


def test_an_outcome_derived_from_a_predictor():
    assert in_model(outcome={"outcome-in-two": {"is": "yes"}}, predictors=["outcome"]) == ["outcome-as-predictor"]


def test_an_outcome_that_cannot_be_read_is_found_once_elsewhere():
    assert in_model(outcome={"outcome": "fatal"}, predictors=["plan"]) == []


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"of": ["plan", "age"]}, []),
        ({"of": ["plan"], "coders": ["ann", "ben"]}, []),
        ({"raters": ["age-again", "age-third"]}, []),
        ({}, ["raters-unclear"]),
        ({"of": ["plan"], "raters": ["age-again", "age-third"]}, ["raters-unclear"]),
        ({"raters": ["plan"]}, ["raters-unclear"]),
        ({"raters": ["age-again", "age-third"], "coders": ["ann", "ben"]}, ["raters-unclear"]),
        ({"of": ["plan"], "coders": ["ann"]}, ["raters-unclear"]),
        ({"raters": ["plan", "plan-ever"]}, ["raters-unlike"]),
        ({"of": ["plan", "plan"]}, ["duplicate-key"]),
        ({"of": ["age-band"]}, ["coded-by-nobody"]),
        ({"of": ["factors"]}, ["wrong-type"]),
        ({"of": ["plna"]}, ["unknown-name"]),
    ],
)
def test_agreements(given, codes):
    assert in_agreement(**given) == codes
