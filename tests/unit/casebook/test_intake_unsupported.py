"""Values that are to rest on a passage, and rest on none, are counted."""

import dataclasses

import pytest

from casereview.casebook.intake.unsupported import unsupported
from tests.casebooks import take, the_study, write_all

pytestmark = pytest.mark.usefixtures("sqlite_book")


def demanding(study, *slugs):
    variables = {
        slug: one.model_copy(update={"evidence": "required"}) if slug in slugs else one
        for slug, one in study.codebook.variables.items()
    }
    return dataclasses.replace(study, codebook=study.codebook.model_copy(update={"variables": variables}))


def test_known_values_without_a_passage_are_counted(data):
    study = the_study()
    take(study, write_all(data))
    # Of four known outcomes one is quoted; of two known plans none; of the sexes only an absence, which counts for nothing.
    assert unsupported(demanding(study, "plan", "outcome", "sex")) == {"outcome": 3, "plan": 2, "sex": 2}
    assert unsupported(study) == {}


def test_the_report_says_so(data):
    report = take(demanding(the_study(), "outcome"), write_all(data))
    assert report.as_json()["unsupported"] == {"outcome": 3}
    assert "outcome: 3 values without the evidence required" in report.summary()
