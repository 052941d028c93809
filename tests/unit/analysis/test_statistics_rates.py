"""Rates and regressions of counts, against published figures and against R, as tests/references/rates.R has it."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from casereview.analysis.statistics import regression, residuals
from casereview.analysis.statistics.poisson import garwood, homogeneity, rate_ratio
from casereview.analysis.statistics.segmented import Series, design, traced, unfit
from casereview.analysis.statistics.standardised import directly

REFERENCES = Path(__file__).parents[2] / "references"
R = json.loads((REFERENCES / "rates.json").read_text())
QUARTERS = list(csv.DictReader((REFERENCES / "rates.csv").read_text().splitlines()))
BIRTHS = (230061, 329449, 114920, 39487, 14208, 3052)
STANDARD = (63986.6, 186263.6, 157302.2, 97647.0, 47572.6, 12262.6)


def column(name: str) -> np.ndarray:
    return np.array([float(row[name]) for row in QUARTERS])


def series(name: str, seasons: bool = False) -> Series:
    return Series(column(name), np.log(column("people")), 4, tuple(1 + 3 * (at % 4) for at in range(40)) if seasons else ())


def columns(of: Series) -> np.ndarray:
    return design(of, (22,), (22,))


def same(mine, theirs, to: float = 1e-9) -> None:
    assert np.asarray(mine, dtype=float).ravel() == pytest.approx(theirs, rel=to)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0, 3.69), (1, 0.0253, 5.57), (2, 0.242, 7.22), (3, 0.619, 8.77), (10, 4.80, 18.4), (20, 12.2, 30.9), (50, 37.1, 65.9)],
)
def test_exact_intervals_of_counts_are_the_printed_ones(count, low, high):
    """The table that textbooks reprint after Garwood and Pearson & Hartley."""
    interval = garwood(count)
    assert (interval.low, interval.high) == (pytest.approx(low, rel=2e-3), pytest.approx(high, rel=2e-3))


@pytest.mark.parametrize("count", [0, 1, 7, 250])
def test_exact_intervals_of_counts_are_those_of_r(count):
    interval = garwood(count)
    same([interval.low, interval.high], R[f"exact-{count}"])


def test_a_rate_ratio_is_that_of_r():
    ratio, interval = rate_ratio(41, 28010, 15, 19017)
    same([ratio, interval.low, interval.high], R["ratio"])
    ratio, interval = rate_ratio(0, 10, 5, 20)
    assert ratio == 0
    same([interval.low, interval.high], R["ratio-of-none"])


def test_one_rate_for_all_is_tested_as_r_does():
    statistic, df, p, expected = homogeneity((41, 15, 30), (28010, 19017, 12000))
    same([statistic, p], R["alike"])
    assert df == 2
    assert sum(expected) == pytest.approx(86)


def test_a_standardised_rate_is_that_of_the_births_of_michigan():
    """J. L. Fleiss, Statistical Methods for Rates and Proportions (1981), table 14.4, whose first births Fay & Feuer take up."""
    rate, interval = directly((107, 141, 60, 40, 39, 25), BIRTHS, STANDARD, 1e5)
    assert round(rate, 1) == 92.3
    same([rate, interval.low, interval.high], R["standardised"])


def test_a_rate_standardised_to_its_own_make_up_is_the_crude_one():
    rate, _ = directly((3, 9, 4), (100, 400, 500), (100, 400, 500))
    assert rate == pytest.approx(16 / 1000)


def test_a_standardised_rate_of_one_group_is_exact():
    rate, interval = directly((7,), (1000.0,), (5.0,), 1000)
    exact = garwood(7)
    same([rate, interval.low, interval.high], [7, exact.low, exact.high])


def test_a_standardised_rate_of_no_events_is_from_nought():
    rate, interval = directly((0, 0), (1000, 10), (1, 1), 1000)
    assert (rate, interval.low) == (0, 0)
    # At worst the events that were not seen are of the group whose people weigh most.
    assert interval.high == pytest.approx(garwood(0).high * 50)


@pytest.mark.parametrize("name", ["plain", "wide", "related"])
def test_poissons_regression_is_that_of_r(name):
    fit = regression.poisson(series(name).counts, columns(series(name)), series(name).offset)
    same(fit.coefficients, R[f"{name}-estimates"])
    same(np.sqrt(np.diag(fit.covariance)), R[f"{name}-errors"])
    same(fit.likelihood, R[f"{name}-likelihood"])
    spread, related = residuals.pearson(fit), residuals.ljung_box(fit.residuals)
    same([spread.statistic, spread.p], R[f"{name}-pearson"])
    same([related.statistic, related.p], R[f"{name}-ljung-box"])
    same(residuals.durbin_watson(fit.residuals), R[f"{name}-durbin-watson"])
    matrix, width = residuals.covariance(fit, residuals.alike(fit))
    same([residuals.alike(fit), width, *np.sqrt(np.diag(matrix))], R[f"{name}-zeger"])


def test_the_negative_binomial_is_that_of_r():
    of = series("wide")
    fit = regression.negative_binomial(of.counts, columns(of), of.offset)
    same(fit.coefficients, R["nb-estimates"])
    same(np.sqrt(np.diag(fit.covariance)), R["nb-errors"])
    same([fit.theta, fit.likelihood], [*R["nb-theta"], *R["nb-likelihood"]])


def test_the_negative_binomial_of_counts_that_vary_little_is_poissons():
    counts, years = np.array([10.0, 11, 10, 12, 11, 12, 12, 13]), np.arange(8.0)
    fit = regression.negative_binomial(counts, np.column_stack([np.ones(8), years]), np.zeros(8))
    assert fit.theta is None


def test_seasons_have_levels_of_their_own():
    of = series("plain", seasons=True)
    fit = regression.poisson(of.counts, columns(of), of.offset)
    same(fit.coefficients, R["seasons-estimates"])


def test_poissons_intervals_are_widened_as_quasi_poissons_are_in_r():
    of = series("wide")
    line = traced(of, columns(of), "poisson")
    assert (line.student, line.related) == (36, 0)
    same([line.ratio(one)[2] for one in np.eye(4)], R["quasi-p"], 1e-7)


def test_poissons_intervals_are_never_narrowed():
    counts = np.array([20.0, 21, 20, 21, 20, 21, 20, 21])
    of = Series(counts, np.zeros(8), 1)
    line = traced(of, design(of, ()), "poisson")
    assert line.spread < 1
    assert (line.student, line.related) == (None, 0)
    assert line.covariance == pytest.approx(line.fit.covariance)


def test_where_times_are_alike_the_intervals_are_wider():
    of = series("related")
    line = traced(of, columns(of), "poisson")
    assert line.related > 0.3
    assert all(np.diag(line.covariance) > np.diag(line.fit.covariance) * line.spread)


def test_a_line_through_nothing_but_zeros_on_one_side_is_not_drawn():
    counts = np.array([0.0] * 6 + [3, 5, 4, 2, 6, 4])
    of = Series(counts, np.zeros(12), 1)
    assert unfit(of, design(of, (6,), (6,)), (6,)) is None
    assert traced(of, design(of, (6,), (6,)), "poisson") is None
    assert traced(of, design(of, (6,), (6,)), "negative-binomial") is None


def test_columns_that_say_the_same_are_not_told_apart():
    of = Series(np.array([3.0, 4, 5, 6, 7, 8]), np.zeros(6), 1)
    assert unfit(of, np.ones((6, 2)), ()) == "its terms cannot be told apart in so few times"
    assert regression.poisson(of.counts, np.ones((6, 2)), of.offset) is None


@pytest.mark.parametrize(
    ("counts", "bends", "why"),
    [([0] * 12, (), "no events"), ([4] * 4, (), "needs 5"), ([4] * 12, (2,), "a stretch of it has 2 times")],
)
def test_a_series_too_poor_for_a_line_says_why(counts, bends, why):
    of = Series(np.array(counts, dtype=float), np.zeros(len(counts)), 1)
    assert why in unfit(of, design(of, bends, bends), bends)


def test_a_line_that_fits_to_the_last_count_leaves_nothing_to_test():
    of = Series(np.full(8, 5.0), np.zeros(8), 1)
    line = traced(of, design(of, ()), "poisson")
    assert line.ratio(np.array([0.0, 1.0]))[0] == pytest.approx(1)
    assert (line.spread, line.related) == (pytest.approx(0), 0)
    assert residuals.ljung_box(line.fit.residuals) is None
    assert residuals.durbin_watson(line.fit.residuals) is None
