"""Logistic regression against R, with and without Firth's penalty, and where data do not give an estimate."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from casereview.analysis.statistics.described import Undescribed, described
from casereview.analysis.statistics.logistic import Grouped
from casereview.analysis.statistics.separation import dependent, separation

REFERENCES = Path(__file__).parents[2] / "references"
R = json.loads((REFERENCES / "logistic.json").read_text())
NEAR = {"rel": 1e-9, "abs": 1e-12}


def records() -> Grouped:
    with (REFERENCES / "logistic.csv").open() as file:
        rows = list(csv.DictReader(file))
    dummies = [[1, row["plan"] == "past", row["plan"] == "now", row["abuse"] == "yes", float(row["age"])] for row in rows]
    return grouped(dummies, [int(row["events"]) for row in rows], [int(row["n"]) for row in rows])


def grouped(design, events, n) -> Grouped:
    return Grouped(np.array(design, dtype=float), np.array(events, dtype=float), np.array(n, dtype=float))


def effects(made, what: str) -> list[float]:
    return [getattr(made.effects[term], what) for term in (1, 2, 3, 4)]


def test_wald_as_r_has_it():
    made = described(records(), "wald", "never")
    assert list(made.whole.beta) == pytest.approx(R["estimates"], **NEAR)
    assert list(made.whole.errors) == pytest.approx(R["errors"], **NEAR)
    assert effects(made, "p") == pytest.approx(R["wald-p"][1:], **NEAR)
    reach = 1.959963984540054 * np.array(R["errors"][1:])
    assert effects(made, "low") == pytest.approx(R["estimates"][1:] - reach, **NEAR)
    assert list(made.test) == pytest.approx(R["likelihood-ratio"], **NEAR)


def test_profile_as_r_has_it():
    made = described(records(), "profile", "never")
    assert effects(made, "low") == pytest.approx(R["profile-low"], rel=1e-9)
    assert effects(made, "high") == pytest.approx(R["profile-high"], rel=1e-9)
    assert effects(made, "p") == pytest.approx(R["profile-p"], rel=1e-8)
    # MASS draws a spline through the profile, which stands to four places.
    assert effects(made, "low") == pytest.approx(R["mass-low"], abs=1e-4)
    assert effects(made, "high") == pytest.approx(R["mass-high"], abs=1e-4)


def test_firths_penalty_as_r_has_it():
    made = described(records(), "profile", "always")
    assert made.whole.penalised
    assert list(made.whole.beta) == pytest.approx(R["firth-estimates"], rel=1e-9)
    assert effects(made, "low") == pytest.approx(R["firth-low"], rel=1e-8)
    assert effects(made, "high") == pytest.approx(R["firth-high"], rel=1e-8)
    assert effects(made, "p") == pytest.approx(R["firth-p"], rel=1e-8)


def apart() -> Grouped:
    whole = records()
    return Grouped(whole.design, np.where(whole.design[:, 2] == 1, whole.n, whole.events), whole.n)


def test_separated_data_have_firths_penalty_put_on():
    made = described(apart(), "profile", "when-separated")
    assert made.separated == (2,)
    assert list(made.whole.beta) == pytest.approx(R["separated-estimates"], rel=1e-9)
    assert effects(made, "low") == pytest.approx(R["separated-low"], rel=1e-8)
    assert effects(made, "high") == pytest.approx(R["separated-high"], rel=1e-8)


def test_separated_data_without_a_penalty_have_no_estimate():
    with pytest.raises(Undescribed) as error:
        described(apart(), "profile", "never")
    assert (error.value.why, error.value.terms) == ("separated", (2,))


def test_sound_data_have_no_penalty():
    assert not described(records(), "profile", "when-separated").whole.penalised


@pytest.mark.parametrize(
    ("events", "found"),
    [([0, 0, 3, 3], True), ([0, 1, 3, 3], True), ([0, 1, 2, 3], False), ([3, 0, 0, 3], False)],
    ids=["whole", "quasi", "overlap", "crossed"],
)
def test_separation(events, found):
    data = grouped([[1, 0], [1, 1], [1, 2], [1, 3]], events, [3, 3, 3, 3])
    assert (separation(data) is not None) is found


def test_separation_of_two_terms_that_neither_makes_alone():
    # Above the line x + z = 1.5 all are events, below it none; of x and of z there are both on either side.
    data = grouped([[1, 0, 1], [1, 1, 0], [1, 2, 0], [1, 0, 2], [1, 1, 1]], [0, 0, 2, 2, 2], [2] * 5)
    assert described(data, "wald", "when-separated").separated == (1, 2)


def test_one_record_in_each_pattern():
    data = grouped([[1, 0], [1, 1], [1, 2], [1, 3]], [0, 1, 0, 1], [1] * 4)
    made = described(data, "profile", "never")
    assert made.effects[1].low < 0 < made.effects[1].estimate < made.effects[1].high


def test_a_term_that_follows_from_others_is_named():
    data = grouped([[1, 0, 0, 1], [1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 0, 1]], [1, 2, 1, 1], [3] * 4)
    assert dependent(data) == 3
    with pytest.raises(Undescribed, match="dependent"):
        described(data, "wald", "never")


def test_more_terms_than_patterns():
    assert dependent(grouped([[1, 0, 2], [1, 1, 1]], [1, 1], [2, 2])) == 2


@pytest.mark.parametrize("events", [0, 4])
def test_an_outcome_that_all_have_or_none(events):
    with pytest.raises(Undescribed, match="same"):
        described(grouped([[1, 0], [1, 1]], [events, events], [4, 4]), "wald", "always")


def test_the_crude_model_is_of_the_patterns_put_together():
    crude = described(records().only([0, 3]), "wald", "never")
    a, of_yes = 12 + 6 + 4 + 2 + 6 + 5 + 2 + 7 + 4 + 1, 22 + 15 + 13 + 9 + 8 + 12 + 6 + 9 + 5 + 4
    b, of_no = 9 + 5 + 3 + 4 + 4 + 3 + 1 + 5 + 2 + 1, 31 + 24 + 19 + 27 + 9 + 11 + 8 + 7 + 6 + 5
    assert np.exp(crude.effects[1].estimate) == pytest.approx(a * (of_no - b) / (b * (of_yes - a)), rel=1e-12)
