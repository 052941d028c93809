"""Logistic regression of random records against slower ways: statsmodels, a general maximiser, the equations themselves."""

import warnings

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize
from scipy.special import expit

from casereview.analysis.statistics.described import described
from casereview.analysis.statistics.logistic import Grouped, at, peak
from casereview.analysis.statistics.separation import dependent, separation

THIS_FAR = 3.841458820694124
"""The 95th percentile of χ² with one degree of freedom."""

seeds = st.integers(0, 2**32 - 1)


def drawn(seed: int, *, small: bool = False) -> Grouped:
    """Random records of up to four terms, answers and numbers; small ones are often separated."""
    random = np.random.default_rng(seed)
    patterns, terms = int(random.integers(4, 12 if small else 40)), int(random.integers(1, 5))
    columns = [
        random.integers(0, 2, patterns).astype(float) if random.random() < 0.6 else random.normal(size=patterns)
        for _ in range(terms)
    ]
    design = np.column_stack([np.ones(patterns), *columns])
    n = random.integers(1, 3 if small else 12, patterns).astype(float)
    events = random.binomial(n.astype(int), expit(design @ random.normal(size=terms + 1) * 0.7)).astype(float)
    return Grouped(design, events, n)


def sound(data: Grouped) -> bool:
    return 0 < data.events.sum() < data.n.sum() and dependent(data) is None


@given(seeds)
def test_as_statsmodels_has_it(seed):
    import statsmodels.api as sm

    data = drawn(seed)
    assume(sound(data) and separation(data) is None)
    made = described(data, "wald", "never")
    both = np.column_stack([data.events, data.n - data.events])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = sm.GLM(both, data.design, family=sm.families.Binomial()).fit(tol=1e-15, maxiter=200)
    assert made.whole.beta == pytest.approx(theirs.params, rel=1e-8, abs=1e-8)
    assert made.whole.errors == pytest.approx(theirs.bse, rel=1e-7)
    assert [one.p for one in made.effects.values()] == pytest.approx(theirs.pvalues[1:], rel=1e-6, abs=1e-12)


@given(seeds)
def test_firths_penalty_as_a_general_maximiser_has_it(seed):
    data = drawn(seed, small=True)
    assume(sound(data))
    whole = described(data, "wald", "always").whole

    def minus(beta):
        chance = expit(data.design @ beta)
        likelihood = data.events @ np.log(chance) + (data.n - data.events) @ np.log1p(-chance)
        weighted = data.design * np.sqrt(data.n * chance * (1 - chance))[:, None]
        return -(likelihood + np.log(np.linalg.svd(weighted, compute_uv=False)).sum())

    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = minimize(minus, np.zeros(len(whole.beta)), method="Nelder-Mead", options={"maxiter": 20_000, "fatol": 1e-13})
    assert whole.height == pytest.approx(-minus(whole.beta), rel=1e-10)
    assert whole.height >= -found.fun - 1e-10
    assert whole.height == pytest.approx(-found.fun, abs=1e-5)


@given(seeds, st.booleans())
def test_the_derivatives_are_those_of_the_likelihood(seed, penalised):
    data = drawn(seed)
    assume(sound(data))
    beta = np.random.default_rng(seed).normal(size=data.design.shape[1]) * 0.3
    here, step = at(data, beta, penalised), 1e-5
    for term in range(len(beta)):
        more, less = (at(data, beta + side * step * np.eye(len(beta))[term], penalised) for side in (1, -1))
        assert (more.height - less.height) / (2 * step) == pytest.approx(here.gradient[term], rel=1e-4, abs=1e-4)
        assert -(more.gradient - less.gradient) / (2 * step) == pytest.approx(here.curvature[term], rel=1e-4, abs=1e-4)


@given(seeds, st.booleans())
@settings(max_examples=50)
def test_at_the_ends_of_a_profile_the_likelihood_is_as_far_down_as_it_should_be(seed, penalised):
    data = drawn(seed, small=penalised)
    assume(sound(data) and (penalised or separation(data) is None))
    made = described(data, "profile", "always" if penalised else "never")
    for term, effect in made.effects.items():
        assert effect.low < effect.estimate < effect.high
        free = np.arange(len(made.whole.beta)) != term
        for end in (effect.low, effect.high):
            there = peak(data, np.where(free, made.whole.beta, end), free, penalised)
            assert 2 * (made.whole.height - there.height) == pytest.approx(THIS_FAR, abs=1e-8)
        assert (effect.p < 0.05) == (effect.low > 0 or effect.high < 0)


@given(seeds)
@settings(max_examples=200)
def test_separation_as_a_programme_of_every_record_has_it(seed):
    """Santner and Duffy: separated if some direction has no record on the wrong side, and one on the right."""
    data = drawn(seed, small=True)
    assume(sound(data))
    rows = np.concatenate([data.design[data.events > 0], -data.design[data.events < data.n]])
    found = linprog(-rows.sum(axis=0), A_ub=-rows, b_ub=np.zeros(len(rows)), bounds=(-1, 1), method="highs")
    assert (separation(data) is not None) == (-found.fun > 1e-6)


@given(seeds)
def test_records_may_be_put_together(seed):
    """The same records, one in each pattern, give the same."""
    data = drawn(seed)
    assume(sound(data))
    yes, no = data.events.astype(int), (data.n - data.events).astype(int)
    design = np.concatenate([np.repeat(data.design, yes, axis=0), np.repeat(data.design, no, axis=0)])
    alone = Grouped(design, np.repeat([1.0, 0.0], [yes.sum(), no.sum()]), np.ones(len(design)))
    one, other = (described(each, "profile", "when-separated") for each in (data, alone))
    assert one.whole.penalised == other.whole.penalised
    assert one.whole.beta == pytest.approx(other.whole.beta, rel=1e-7, abs=1e-9)
    for term, effect in one.effects.items():
        assert effect.low == pytest.approx(other.effects[term].low, rel=1e-6, abs=1e-8)
