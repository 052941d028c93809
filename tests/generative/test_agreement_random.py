"""Measures of agreement of random codings, with gaps, against slower ways of saying the same."""

import warnings
from itertools import combinations

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from interrater.analyzers import agreement_functions as interrater
from interrater.intermediates.estimator_parts import NijMatrix
from statsmodels.stats.inter_rater import cohens_kappa

from casereview.analysis.agreements.measures import MEASURES
from casereview.analysis.statistics import agreement, gwet
from casereview.analysis.statistics.agreement import NONE, Rated, Units
from casereview.analysis.statistics.alpha import alphas
from casereview.analysis.statistics.kappa import kappa

LEVELS = {"nominal": "nominal", "ordered": "ordinal", "number": "interval"}


@st.composite
def codings(draw: st.DrawFn, coders: int | None = None) -> np.ndarray:
    """Records × coders, four answers at most; a gap is NONE."""
    many = coders or draw(st.integers(2, 4))
    answer = st.one_of(st.integers(0, 3), st.integers(0, 1), st.just(NONE))
    return np.array(draw(st.lists(st.lists(answer, min_size=many, max_size=many), min_size=1, max_size=12)), dtype=np.int64)


def rated(codes: np.ndarray, level: str, values=None) -> Rated:
    patterns, place = np.unique(codes, axis=0, return_inverse=True)
    n = np.bincount(place.reshape(-1))
    return Rated(patterns, n, np.arange(4.0) if values is None else values, level)


def point(one: Rated) -> float:
    twice = one.units.twice
    return float(alphas(twice, one.values, one.level, twice.n[None, :])[0])


@given(codings(), st.sampled_from(list(LEVELS)), st.lists(st.floats(-5, 5), min_size=4, max_size=4, unique=True))
def test_alpha_as_krippendorff_has_it(codes, level, numbers):
    values = np.sort(numbers) if level == "number" else np.arange(4.0)
    assume(level != "number" or np.diff(values).min() > 1e-3)
    pairable = codes[(codes != NONE).sum(axis=1) > 1]
    assume(len(np.unique(pairable[pairable != NONE])) > 1)
    matrix = np.where(codes == NONE, np.nan, values[codes]).T
    theirs = krippendorff.alpha(matrix, level_of_measurement=LEVELS[level], value_domain=values.tolist())
    assert point(rated(codes, level, values)) == pytest.approx(theirs, rel=1e-9, abs=1e-12)


@given(codings(coders=2), st.sampled_from(["", "-linear", "-quadratic"]))
def test_kappa_as_statsmodels_has_it(codes, weights):
    table = np.zeros((4, 4))
    for one, other in codes:
        if NONE not in (one, other):
            table[one, other] += 1
    assume(table.sum() and (table.sum(axis=0) @ table.sum(axis=1)) < table.sum() ** 2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = cohens_kappa(table, wt=weights[1:] or None)
    found = MEASURES[f"kappa{weights}"].of(rated(codes, "ordered"))
    assert found.value == pytest.approx(theirs.kappa, rel=1e-9, abs=1e-12)
    variance = max(0.0, theirs.var_kappa)
    assert found.interval.low == pytest.approx(max(-1, theirs.kappa - 1.959963984540054 * variance**0.5), abs=1e-6)


@given(codings())
def test_measures_of_many_as_interrater_has_them(codes):
    kept = codes[(codes != NONE).sum(axis=1) > 1]
    assume(len(kept))
    nij = NijMatrix(matrix=(kept[:, :, None] == np.arange(4)).sum(axis=1))
    one = rated(kept, "nominal")
    assert agreement.percent(one).value == pytest.approx(100 * interrater.percent_agreement(nij), rel=1e-12)
    assert agreement.pabak(one).value == pytest.approx(interrater.brennan_prediger(nij), rel=1e-12)
    assert gwet.ac1(one).value == pytest.approx(interrater.gwet_ac1(nij), rel=1e-12)
    if (fleiss := gwet.fleiss(one)).value is not None:
        assert fleiss.value == pytest.approx(interrater.fleiss_kappa(nij), rel=1e-12)


@given(codings())
def test_lights_kappa_is_the_mean_of_the_pairs(codes):
    one = rated(codes, "nominal")
    pairs = [rated(codes[:, list(pair)], "nominal") for pair in combinations(range(codes.shape[1]), 2)]
    pairs = [pair for pair in pairs if pair.twice]
    assume(pairs)
    known = [found.value for pair in pairs if (found := kappa(pair, np.eye(4))).value is not None]
    found = kappa(one, np.eye(4))
    assert found.value == (pytest.approx(np.mean(known), rel=1e-12, abs=1e-15) if known else None)


@given(codings(), st.sampled_from(list(LEVELS)))
def test_many_samples_at_once_are_each_what_they_are_alone(codes, level):
    one = rated(codes, level)
    twice = one.units.twice
    assume(len(twice.n))
    random = np.random.default_rng(len(codes))
    samples = random.multinomial(int(twice.n.sum()), twice.n / twice.n.sum(), size=5).astype(float)
    together = alphas(twice, one.values, one.level, samples)
    for sample, value in zip(samples, together, strict=True):
        drawn = Units(np.repeat(twice.tallies, sample.astype(int), axis=0), np.ones(int(sample.sum())))
        alone = alphas(drawn, one.values, one.level, drawn.n[None, :])[0]
        assert value == pytest.approx(alone, rel=1e-9, abs=1e-12, nan_ok=True)


@given(codings(), st.sampled_from(list(LEVELS)), st.sampled_from(list(MEASURES)))
def test_a_value_with_its_interval_or_a_reason(codes, level, name):
    found = MEASURES[name].measured(rated(codes, level))
    assert (found.value is None) == bool(found.why)
    assert found.value is None or np.isfinite(found.value)
    assert found.value is None or found.value <= (100 if name == "percent" else 1) + 1e-12
    if found.interval:
        assert np.isfinite([found.interval.low, found.interval.high]).all()
        assert found.interval.low <= found.interval.high
