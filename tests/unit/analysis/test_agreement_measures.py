"""Measures of agreement: against R, statsmodels, krippendorff and interrater, and against the tables of those who made them."""

import csv
import json
import warnings
from pathlib import Path

import krippendorff
import numpy as np
import pytest
from interrater.analyzers import agreement_functions as interrater
from interrater.intermediates.estimator_parts import NijMatrix
from statsmodels.stats.inter_rater import cohens_kappa

from casereview.analysis.agreements.measures import MEASURES, Measure
from casereview.analysis.statistics import agreement, gwet
from casereview.analysis.statistics.agreement import NONE, Rated
from casereview.analysis.statistics.alpha import alpha
from casereview.analysis.statistics.kappa import kappa

REFERENCES = Path(__file__).parents[2] / "references"
R = json.loads((REFERENCES / "agreement.json").read_text())
LEVELS = {"nominal": "nominal", "ordered": "ordinal", "number": "interval"}


def rated(codes, answers: int, level="nominal", n=None) -> Rated:
    codes = np.array(codes, dtype=np.int64)
    return Rated(codes, np.ones(len(codes), dtype=np.int64) if n is None else np.array(n), np.arange(1.0, answers + 1), level)


def of_tallies(tallies, level="nominal") -> Rated:
    """Codings that give these numbers of coders for each answer."""
    widest = max(sum(row) for row in tallies)
    codes = [[place for place, many in enumerate(row) for _ in range(many)] for row in tallies]
    return rated([one + [NONE] * (widest - len(one)) for one in codes], len(tallies[0]), level)


def from_r(level="nominal") -> Rated:
    with (REFERENCES / "agreement.csv").open() as file:
        codes = [[NONE if one == "NA" else int(one) - 1 for one in row] for row in list(csv.reader(file))[1:]]
    return rated(codes, 4, level)


def observers(level="nominal") -> Rated:
    """Krippendorff's table of four observers and twelve units (2011, section C), in which 26 pairs are missing."""
    rows = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]
    codes = np.array([[NONE if one == "." else int(one) - 1 for one in row.split()] for row in rows]).T
    return rated(codes, 5, level)


# J. L. Fleiss, Psychological Bulletin 76 (1971), table 1: 30 patients, each diagnosed by 6 psychiatrists.
FLEISS = [
    [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0], [2, 0, 4, 0, 0], [0, 0, 4, 0, 2],
    [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6], [1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0],
    [0, 2, 0, 3, 1], [0, 0, 5, 0, 1], [3, 0, 0, 1, 2], [5, 1, 0, 0, 0], [0, 2, 0, 4, 0], [1, 0, 2, 0, 3], [0, 0, 0, 0, 6],
    [0, 1, 0, 5, 0], [0, 2, 0, 1, 3], [2, 0, 0, 4, 0], [1, 0, 0, 4, 1], [0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0],
    [1, 0, 5, 0, 0], [0, 0, 0, 0, 6],
]  # fmt: skip


@pytest.mark.parametrize(("level", "printed"), [("nominal", 0.743), ("ordered", 0.815), ("number", 0.849)])
def test_krippendorffs_own_table(level, printed):
    assert round(alpha(observers(level)).value, 3) == printed


def test_fleiss_own_table():
    found = gwet.fleiss(of_tallies(FLEISS))
    assert round(found.value, 3) == 0.430
    assert found.statistic == pytest.approx(17.65, abs=0.005)
    assert agreement.percent(of_tallies(FLEISS)).value == pytest.approx(55.56, abs=0.005)


def test_gwets_own_table():
    # K. L. Gwet, Handbook (2014), table 2.12 is the table of four observers: AC1 .775, standard error .143.
    found = gwet.ac1(observers())
    assert round(found.value, 5) == 0.77544
    assert found.value - found.interval.low == pytest.approx(0.14295 * 2.200985, abs=2e-5)
    assert found.interval.high == 1


@pytest.mark.parametrize("level", list(LEVELS))
def test_alpha_as_r_and_krippendorff_have_it(level):
    assert alpha(from_r(level)).value == pytest.approx(R[f"alpha-{level}"][0], rel=1e-12)
    codes = from_r(level).codes
    theirs = krippendorff.alpha(np.where(codes == NONE, np.nan, codes).T, level_of_measurement=LEVELS[level])
    assert alpha(from_r(level)).value == pytest.approx(theirs, rel=1e-12)


@pytest.mark.parametrize("weights", ["", "-linear", "-quadratic"])
def test_kappa_as_r_and_statsmodels_have_it(weights):
    whole = from_r("ordered")
    two = Rated(whole.codes[:, :2], whole.n, whole.values, "ordered")
    found = MEASURES[f"kappa{weights}"].measured(two)
    value, error = R[f"kappa{weights}"]
    assert found.value == pytest.approx(value, rel=1e-12)
    assert found.value - found.interval.low == pytest.approx(1.959963984540054 * error, rel=1e-12)
    table = np.zeros((4, 4))
    for one, other in two.codes:
        if NONE not in (one, other):
            table[one, other] += 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = cohens_kappa(table, wt=weights[1:] or None)
    assert (value, error) == pytest.approx((theirs.kappa, theirs.std_kappa), rel=1e-9)


@pytest.mark.parametrize(
    ("name", "level"),
    [("fleiss-kappa", "nominal"), ("gwet-ac1", "nominal"), ("gwet-ac2", "ordered"), ("gwet-ac2", "number")],
)
def test_measures_of_many_coders_as_r_has_them(name, level):
    found = MEASURES[name].measured(from_r(level))
    value, error = R[name if f"{name}-{level}" not in R else f"{name}-{level}"]
    coders = (from_r().codes != NONE).sum(axis=1)
    records = (coders > 1).sum() if name == "fleiss-kappa" else (coders > 0).sum()
    from scipy.special import stdtrit

    assert found.value == pytest.approx(value, rel=1e-12)
    assert found.value - found.interval.low == pytest.approx(stdtrit(records - 1, 0.975) * error, rel=1e-10)


def test_as_interrater_has_them():
    whole = from_r()
    tallies = whole.units.twice
    nij = NijMatrix(matrix=np.repeat(tallies.tallies, tallies.n.astype(int), axis=0).astype(int))
    twice = Rated(whole.codes[(whole.codes != NONE).sum(axis=1) > 1], whole.n[: nij.matrix.shape[0]], whole.values, "nominal")
    assert agreement.percent(whole).value == pytest.approx(100 * interrater.percent_agreement(nij), rel=1e-12)
    assert agreement.pabak(whole).value == pytest.approx(interrater.brennan_prediger(nij), rel=1e-12)
    assert gwet.fleiss(whole).value == pytest.approx(interrater.fleiss_kappa(nij), rel=1e-12)
    assert gwet.ac1(twice).value == pytest.approx(interrater.gwet_ac1(nij), rel=1e-12)
    assert alpha(whole).value == pytest.approx(interrater.krippendorff_alpha(nij), rel=1e-12)


def test_lights_kappa_is_the_mean_of_the_pairs():
    whole = from_r()
    found = kappa(whole, agreement.identity(whole))
    pairs = [Rated(whole.codes[:, pair], whole.n, whole.values, "nominal") for pair in ([0, 1], [0, 2], [1, 2])]
    assert found.value == pytest.approx(np.mean([kappa(one, agreement.identity(one)).value for one in pairs]), rel=1e-12)
    assert found.method == "mean of 3 pairs of coders"
    assert found.interval.method == "bootstrap-95"


def test_scotts_pi_is_for_two_coders():
    whole = from_r()
    two = Rated(whole.codes[:, :2], whole.n, whole.values, "nominal")
    assert gwet.scott(two).value == pytest.approx(gwet.fleiss(two).value, rel=1e-12)
    assert gwet.scott(whole).value is None


def test_pabak_of_two_answers_is_twice_the_agreement_less_one():
    found = agreement.pabak(rated([[0, 0], [1, 1], [0, 1], [1, 0]], 2, n=[40, 45, 9, 6]))
    assert found.value == pytest.approx(2 * 0.85 - 1, rel=1e-12)
    assert found.interval.method == "wilson-95"


def test_records_weigh_as_often_as_they_are_there():
    once = rated([[0, 0], [0, 0], [1, 1], [0, 1], [0, 1], [0, 1]], 2)
    counted = rated([[0, 0], [1, 1], [0, 1]], 2, n=[2, 1, 3])
    for name, measure in MEASURES.items():
        assert measure.measured(once) == measure.measured(counted), name


def test_the_interval_is_the_same_each_time_and_holds_the_value():
    first, second = alpha(from_r()), alpha(from_r())
    assert first == second
    assert first.interval.low < first.value < first.interval.high


def test_the_bootstrap_is_that_of_records_drawn_one_by_one():
    whole = from_r("ordered")
    random = np.random.default_rng(1)
    drawn = []
    for _ in range(2000):
        codes = whole.codes[random.integers(0, len(whole.codes), len(whole.codes))]
        matrix = np.where(codes == NONE, np.nan, codes).T
        drawn.append(krippendorff.alpha(matrix, level_of_measurement="ordinal", value_domain=[0, 1, 2, 3]))
    theirs = np.quantile(drawn, [0.025, 0.975])
    found = alpha(whole).interval
    # One draws records without a second coding, too, which leaves it a little wider.
    assert [found.low, found.high] == pytest.approx(theirs, abs=0.06)


EMPTY = np.zeros((0, 0), dtype=np.int64)


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (Rated(EMPTY, np.zeros(0, dtype=np.int64), np.arange(2.0), "nominal"), "fewer than two coders"),
        (rated([[0], [1]], 2), "fewer than two coders"),
        (rated([[0, NONE], [NONE, 1]], 2), "no record was coded by two"),
        (rated([[0, 1]], 501, "number"), "501 different numbers"),
    ],
    ids=["empty", "one coder", "nothing in common", "too many numbers"],
)
@pytest.mark.parametrize("name", list(MEASURES))
def test_where_nothing_can_be_measured(name, one, why):
    found = MEASURES[name].measured(one)
    assert found.value is None
    assert why in found.why
    assert MEASURES[name].symbol(one) == "x"


CONSTANT = {"kappa", "kappa-linear", "kappa-quadratic", "scott-pi", "fleiss-kappa", "krippendorff-alpha"}


@pytest.mark.parametrize("name", list(MEASURES))
@pytest.mark.parametrize("level", ["nominal", "ordered"])
def test_one_answer_throughout(name, level):
    measure: Measure = MEASURES[name]
    one = rated([[1, 1, 1], [1, 1, NONE]], 3, level)
    found = measure.measured(one)
    if name in CONSTANT or level not in measure.levels:
        assert found.value is None
        assert found.why
        assert measure.symbol(one) == "z"
    else:
        assert found.value == pytest.approx(100 if name == "percent" else 1)
        assert found.interval is None  # it would have no width


@pytest.mark.parametrize("name", list(MEASURES))
def test_one_record(name):
    found = MEASURES[name].measured(rated([[0, 1]], 3, "ordered"))
    assert found.value is not None or found.why
    assert found.interval is None or np.isfinite([found.interval.low, found.interval.high]).all()


@pytest.mark.parametrize("name", list(MEASURES))
def test_one_category_that_there_can_be(name):
    found = MEASURES[name].measured(rated([[0, 0], [0, 0]], 1))
    assert name == "percent" or (found.value is None and found.why)
