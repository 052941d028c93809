"""Tests and measures of tables against worked examples of books, and against scipy and statsmodels on random tables."""

import itertools
import json
import math
from typing import get_args

import numpy
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casereview.analysis.statistics import contingency, exact, network, paired, pairs, ranks, results, risk, stratified, trend
from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.intervals import clopper_pearson
from casereview.analysis.statistics.stratified import Stratum
from casereview.study.plan import Measure, RankTest, Test
from casereview.study.plan.tables import OVER_LAYERS

NAMES = sorted({*get_args(Test), *get_args(Measure), *get_args(RankTest)})
CLOSE = {"rel": 1e-9, "abs": 1e-12}


def observed(*rows: tuple[float, ...], answers: tuple[str, ...] = ()) -> Observed:
    columns = answers or tuple(f"c{n}" for n in range(len(rows[0]) if rows else 0))
    return Observed(rows, answers or tuple(f"r{n}" for n in range(len(rows))), columns)


# A. Agresti, Categorical Data Analysis: income and job satisfaction, 1990, table 2.4; also in R's ?fisher.test.
JOBS = observed((1, 2, 1, 0), (3, 3, 6, 1), (10, 10, 14, 9), (6, 7, 12, 11))
# The same, alcohol and malformation of infants: none, under 1, 1-2, 3-5, 6 or more drinks a day.
DRINKS = observed((17066, 48), (14464, 38), (788, 5), (126, 1), (37, 1))
# The same, aspirin and heart attacks among physicians.
ASPIRIN = observed((189, 10845), (104, 10933))
# The same, approval of the prime minister, asked twice.
APPROVAL = observed((794, 150), (86, 570), answers=("approve", "disapprove"))
# P. J. Bickel and others, Science 187 (1975) 398-403: admission (admitted, rejected) of men and women by department.
BERKELEY = {
    "A": ((512, 89), (313, 19)),
    "B": ((353, 17), (207, 8)),
    "C": ((120, 202), (205, 391)),
    "D": ((138, 131), (279, 244)),
    "E": ((53, 94), (138, 299)),
    "F": ((22, 24), (351, 317)),
}


def strata(layers) -> list[Stratum]:
    return [Stratum(*first, *second) for first, second in layers]


def test_gamma_of_agresti():
    of = pairs.pairs(JOBS)
    assert (of.concordant / 2, of.discordant / 2) == (1331, 849)
    gamma = pairs.gamma(of)
    assert (round(gamma.value, 3), round(gamma.error, 3)) == (0.221, 0.117)


def test_trend_of_agresti():
    assert round(trend.linear_by_linear(observed(*zip(*DRINKS.counts, strict=True))), 2) == 1.83
    assert trend.cochran_armitage(DRINKS) / DRINKS.n == pytest.approx(trend.linear_by_linear(DRINKS) / (DRINKS.n - 1), **CLOSE)


def test_an_empty_answer_keeps_its_place_in_a_trend():
    there, gone = observed((8, 2), (0, 0), (3, 9)), observed((8, 2), (3, 9))
    assert trend.correlation(there) == pytest.approx(trend.correlation(gone), **CLOSE)
    four = observed((8, 2), (0, 0), (5, 5), (3, 9))
    made, closed_up = (results.tested("cochran-armitage", one).statistic for one in (four, four.without_empty()))
    assert made == pytest.approx(four.n * by_scores(four, (1, 2, 3, 4)) ** 2, **CLOSE)
    assert made != pytest.approx(closed_up)


def by_scores(table: Observed, scores) -> float:
    rows = [score for score, line in zip(scores, table.counts, strict=True) for count in line for _ in range(int(count))]
    columns = [place for line in table.counts for place, count in enumerate(line) for _ in range(int(count))]
    return float(numpy.corrcoef(rows, columns)[0, 1])


def test_risks_of_agresti():
    ratio, interval = risk.risk_ratio(ASPIRIN)
    assert [round(one, 2) for one in (ratio, interval.low, interval.high)] == [1.82, 1.43, 2.31]
    difference, _, wald = risk.risk_difference(ASPIRIN)
    assert [round(one / 100, 4) for one in (difference, wald.low, wald.high)] == [0.0077, 0.0047, 0.0107]


# R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, table II: methods 1 (Wald) and 10.
@pytest.mark.parametrize(
    ("table", "wald", "score"),
    [
        (((56, 14), (48, 32)), (0.0575, 0.3425), (0.0524, 0.3339)),
        (((9, 1), (3, 7)), (0.2605, 0.9395), (0.1705, 0.8090)),
        (((10, 0), (0, 20)), (1.0000, 1.0000), (0.6791, 1.0000)),
    ],
)
def test_differences_of_newcombe(table, wald, score):
    _, newcombe, by_wald = risk.risk_difference(observed(*table))
    assert [round(one / 100, 4) for one in (by_wald.low, by_wald.high)] == list(wald)
    assert [round(one / 100, 4) for one in (newcombe.low, newcombe.high)] == list(score)


def test_mcnemar_of_agresti():
    assert round(paired.mcnemar(APPROVAL)[0], 2) == 17.36
    result = results.tested("mcnemar", APPROVAL)
    assert (result.df, round(result.statistic, 2)) == (1, 17.36)


def test_few_changes_take_the_exact_p():
    result = results.tested("mcnemar", observed((20, 1), (9, 15), answers=("yes", "no")))
    assert (result.statistic, result.p) == (None, pytest.approx(2 * (1 + 10) / 2**10))
    assert result.cautions[0].startswith("Only 10 records")
    one_way = results.tested("mcnemar", observed((5, 3), (0, 0), answers=("yes", "no")))
    assert one_way.p == pytest.approx(0.25)
    assert [caution[:6] for caution in one_way.cautions] == ["Only 3"]


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (observed((5, 0), (0, 4), answers=("yes", "no")), "every record has the same answer in both"),
        (observed((5, 3), (2, 4)), "it asks for the same two answers"),
        (observed((0, 0), (0, 0), answers=("yes", "no")), "the table is empty"),
    ],
)
def test_mcnemar_of_what_was_not_asked_twice(table, why):
    assert why in results.tested("mcnemar", table).sentence


def test_the_lady_tasting_tea():
    """R's ?fisher.test, whose roots are good to four digits, and whose bound of one side is of 95%."""
    ratio, low, _ = exact.conditional_odds_ratio(observed((3, 1), (1, 3)))
    assert ratio == pytest.approx(6.408309, rel=1e-5)
    assert 0 < low < 0.3135693


def test_the_exact_p_of_a_larger_table():
    assert network.fisher_exact(JOBS) == pytest.approx(0.7827, abs=5e-5)  # R's ?fisher.test


def tables_of(rows, columns):
    """Every table with these margins."""
    if len(rows) == 1:
        yield (columns,)
        return
    for line in itertools.product(*(range(min(rows[0], column) + 1) for column in columns)):
        if sum(line) == rows[0]:
            left = tuple(column - count for column, count in zip(columns, line, strict=True))
            yield from ((line, *rest) for rest in tables_of(rows[1:], left))


@given(st.integers(3, 4).flatmap(lambda width: st.lists(st.tuples(*[st.integers(0, 4)] * width), min_size=2, max_size=3)))
def test_the_network_finds_what_going_through_every_table_finds(rows):
    table = observed(*rows).without_empty()
    assume(table.testable and max(table.shape) > 2)
    chances = {
        one: math.exp(-sum(math.lgamma(count + 1) for line in one for count in line))
        for one in tables_of(table.row_sums, table.column_sums)
    }
    seen = chances[table.counts]
    no_likelier = sum(chance for chance in chances.values() if chance <= seen * (1 + 1e-6))
    assert network.fisher_exact(table) == pytest.approx(no_likelier / sum(chances.values()), rel=1e-9)


def test_kruskal_and_wallis_of_hollander_and_wolfe():
    """Mucociliary efficiency, Hollander and Wolfe (1973), page 116; also R's ?kruskal.test."""
    groups = ((2.9, 3.0, 2.5, 2.6, 3.2), (3.8, 2.7, 4.0, 2.4), (2.8, 3.4, 3.7, 2.2, 2.0))
    values = sorted({one for group in groups for one in group})
    table = observed(*[tuple(group.count(value) for group in groups) for value in values])
    assert ranks.kruskal_wallis(table) == pytest.approx((0.77143, 0.68), rel=1e-4)
    assert "Fewer than 5 records" in results.tested("kruskal-wallis", table).cautions[0]


def test_many_ties_are_said():
    result = results.tested("mann-whitney", observed((40, 30), (10, 20), (5, 6)))
    assert result.cautions == ("63% of the records share one rank, that of “r0”; z and H allow for it.",)


def test_ranks_by_hand():
    """Of 1, 2, 2 and 2, 3: of six pairs the first group's record is never later, and twice tied."""
    u, z, _ = ranks.mann_whitney(observed((1, 0), (2, 1), (0, 1)))
    assert u == 1.0
    assert z == pytest.approx((1 - 3) / math.sqrt(6 / (5 * 4) * (2 * 2**2)))


def test_admission_to_berkeley():
    """R's ?mantelhaen.test, with and without its correction."""
    made = strata(BERKELEY.values())
    assert stratified.mantel_haenszel(made, 0.5)[0] == pytest.approx(1.4269, abs=5e-5)
    assert stratified.mantel_haenszel(made)[0] == pytest.approx(1.5246, abs=5e-5)
    ratio, interval = stratified.common_odds_ratio(made)
    assert (ratio, interval.low, interval.high) == pytest.approx((0.9046968, 0.7719074, 1.0603298), abs=5e-8)


cells = st.tuples(*[st.integers(0, 60)] * 4).map(lambda four: ((four[0], four[1]), (four[2], four[3])))


@given(st.lists(cells, min_size=2, max_size=5))
def test_layers_agree_with_statsmodels(layers):
    from statsmodels.stats.contingency_tables import StratifiedTable

    made = [one for one in strata(layers) if one.informs]
    assume(len(made) > 1)
    ratio, interval = stratified.common_odds_ratio(made)
    assume(interval is not None)
    theirs = StratifiedTable([numpy.array([[one.a, one.b], [one.c, one.d]]) for one in made])
    assert ratio == pytest.approx(theirs.oddsratio_pooled, **CLOSE)
    assert (interval.low, interval.high) == pytest.approx(theirs.oddsratio_pooled_confint(), **CLOSE)
    null = theirs.test_null_odds()
    assert stratified.mantel_haenszel(made) == pytest.approx((null.statistic, null.pvalue), rel=1e-8, abs=1e-10)
    ours, adjusted = stratified.breslow_day(made, ratio)
    assert ours == pytest.approx(theirs.test_equal_odds().statistic, rel=1e-6, abs=1e-8)
    assert adjusted == pytest.approx(theirs.test_equal_odds(adjust=True).statistic, rel=1e-6, abs=1e-8)


def test_layers_that_tell_nothing_are_left_out_and_named():
    layers = {name: observed(*counts) for name, counts in BERKELEY.items()}
    with_empty = layers | {"G": observed((0, 0), (5, 3)), "H": observed((1, 0), (0, 0))}
    for name in OVER_LAYERS:
        there, left_out = results.stratified(name, layers), results.stratified(name, with_empty)
        assert left_out.statistic == pytest.approx(there.statistic, **CLOSE)
        assert (left_out.df, left_out.p) == (there.df, pytest.approx(there.p, **CLOSE) if there.p else None)
        assert left_out.cautions[-1].endswith("so that they can tell nothing: G, H.")


@pytest.mark.parametrize("name", sorted(OVER_LAYERS))
@pytest.mark.parametrize("layers", [{}, {"a": observed((1, 2, 3), (4, 5, 6))}, {"a": observed((0, 0), (3, 4))}])
def test_what_cannot_be_taken_together(name, layers):
    result = results.stratified(name, layers)
    assert (result.statistic, result.p) == (None, None)
    assert "was not computed" in result.sentence
    assert "this table has none" in results.tested(name, observed((1, 2), (3, 4))).sentence


@given(st.integers(2, 4).flatmap(lambda width: st.lists(st.tuples(*[st.integers(0, 40)] * width), min_size=2, max_size=6)))
def test_ordered_tables_agree_with_scipy(rows):
    from scipy.stats import chi2_contingency, kruskal, mannwhitneyu, somersd

    table = observed(*rows)
    assume(all(table.row_sums) and all(table.column_sums))
    of = pairs.pairs(table)
    assert pairs.somers_columns(of).value == pytest.approx(somersd(numpy.array(rows)).statistic, **CLOSE)
    groups = [[place for place, line in enumerate(rows) for _ in range(line[group])] for group in range(len(rows[0]))]
    theirs = kruskal(*groups)
    assert ranks.kruskal_wallis(table) == pytest.approx((theirs.statistic, theirs.pvalue), rel=1e-8, abs=1e-10)
    if len(groups) == 2:
        other = mannwhitneyu(*groups, use_continuity=False, method="asymptotic")
        u, _, p = ranks.mann_whitney(table)
        assert (u, p) == pytest.approx((other.statistic, other.pvalue), rel=1e-8, abs=1e-10)
    likelihood = chi2_contingency(rows, correction=False, lambda_="log-likelihood")
    assert contingency.likelihood_ratio(table) == pytest.approx((likelihood.statistic, likelihood.pvalue), rel=1e-8, abs=1e-10)


@given(st.lists(st.tuples(*[st.integers(1, 40)] * 3), min_size=2, max_size=5))
def test_residuals_agree_with_statsmodels_and_add_up(rows):
    from statsmodels.stats.contingency_tables import Table

    table = observed(*rows)
    theirs = Table(numpy.array(rows), shift_zeros=False)
    standardised, adjusted = contingency.residuals(table)
    assert numpy.array(standardised) == pytest.approx(theirs.resid_pearson, rel=1e-8, abs=1e-10)
    assert numpy.array(adjusted) == pytest.approx(theirs.standardized_resids, rel=1e-8, abs=1e-10)
    squares = sum(one**2 for line in standardised for one in line)
    assert squares == pytest.approx(contingency.pearson(table)[0], rel=1e-8, abs=1e-10)


def test_where_nothing_is_expected_there_is_no_residual():
    assert contingency.residuals(observed((0, 3), (0, 0)))[0] == ((None, 0.0), (None, None))
    assert contingency.residuals(observed((0, 3), (0, 0)))[1] == ((None, None), (None, None))
    assert contingency.residuals(observed((0, 0), (0, 0))) == ((((None, None),) * 2),) * 2


@given(st.integers(1, 5000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_clopper_and_pearson_agree_with_statsmodels(counted):
    from statsmodels.stats.proportion import proportion_confint

    interval = clopper_pearson(*counted)
    low, high = proportion_confint(*counted, method="beta")
    assert (interval.low / 100, interval.high / 100) == pytest.approx((low, high), rel=1e-8, abs=1e-12)


def test_clopper_and_pearson_say_nothing_of_nobody():
    assert clopper_pearson(0, 0) is None
    assert clopper_pearson(10, 10).low == pytest.approx(100 * 0.025 ** (1 / 10))


@given(cells)
def test_exact_odds_ratios_solve_their_equations(rows):
    """At the low bound this table or one further on has a chance of 2.5%; at the estimate the mean is what was seen."""
    from scipy.stats import nchypergeom_fisher

    table = observed(*rows)
    assume(all(table.row_sums) and all(table.column_sums))
    (a, _), _ = rows
    ratio, low, high = exact.conditional_odds_ratio(table)
    margins = (table.n, table.row_sums[0], table.column_sums[0])
    if 0 < ratio < math.inf:
        assert nchypergeom_fisher.mean(*margins, ratio) == pytest.approx(a, rel=1e-6)
    if low > 0:
        assert nchypergeom_fisher.sf(a - 1, *margins, low) == pytest.approx(0.025, rel=1e-6)
    if high < math.inf:
        assert nchypergeom_fisher.cdf(a, *margins, high) == pytest.approx(0.025, rel=1e-6)


DEGENERATE = [
    observed(),
    observed((), ()),
    observed((0,)),
    observed((5,)),
    observed((0, 0), (0, 0)),
    observed((5, 0), (0, 0)),
    observed((0, 5), (0, 3)),
    observed((5, 0), (0, 3)),
    observed((1, 0), (0, 1)),
    observed((0, 5), (3, 0), answers=("yes", "no")),
    observed((10**9, 10**9), (10**9, 10**9 + 7)),
    observed((10**9, 0, 5), (1, 10**9, 5), (3, 3, 3)),
    observed((0.1, 0.2), (0.3, 0.1)),
    observed((0.5, 2.5), (3.25, 1.0)),
    observed((1e-9, 1e-9), (1e-9, 9.0)),
    observed((1e300, 1e300), (1e300, 1.0)),
    observed((1e12, 3.0), (2.0, 7e12)),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("table", DEGENERATE)
def test_a_degenerate_table_has_a_finite_answer_or_a_reason(name, table):
    result = results.stratified(name, {"one": table, "two": table}) if name in OVER_LAYERS else results.tested(name, table)
    numbers = [result.statistic, result.p, *((result.interval.low, result.interval.high) if result.interval else ())]
    json.dumps(numbers, allow_nan=False)
    assert result.p is None or 0 <= result.p <= 1
    assert (result.statistic is None and result.p is None) == ("was not computed" in result.sentence)
    assert not {"nan", "inf"} & set(result.sentence.replace("[", " ").replace("]", " ").replace(",", " ").lower().split())
    assert result.source


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_the_plan_has_a_title_and_a_source(name):
    assert results.without(name, "why").sentence.endswith("was not computed: why.")


@pytest.mark.parametrize("name", sorted(set(NAMES) - OVER_LAYERS - {"mcnemar"}))
def test_an_infinite_value_never_leaves(name):
    for rows in (((3, 0), (1, 6)), ((0, 4), (5, 0)), ((4, 0), (0, 5)), ((3, 5), (0, 7))):
        result = results.tested(name, observed(*rows))
        assert result.statistic is None or math.isfinite(result.statistic)


def test_weights_are_taken_for_records_and_said_to_be():
    weighted, counted = observed((10.0, 20.0), (30.0, 15.0)), observed((10, 20), (30, 15))
    for name in set(NAMES) - OVER_LAYERS - {"mcnemar"}:
        ours, theirs = results.tested(name, weighted), results.tested(name, counted)
        assert (ours.statistic, ours.p) == (theirs.statistic, theirs.p)
        assert "sums of weights" in ours.cautions[0]
        assert not any("weights" in caution for caution in theirs.cautions)


@pytest.mark.parametrize("name", ["fisher", "odds-ratio-exact"])
def test_what_counts_whole_records_refuses_weights_that_make_none(name):
    assert "not whole numbers" in results.tested(name, observed((1.5, 2.0), (3.0, 4.0))).sentence


def test_a_perfect_order_has_a_value_and_no_test():
    result = results.tested("gamma", observed((5, 0), (0, 5)))
    assert (result.statistic, result.p, result.interval) == (1.0, None, None)
    assert len(result.cautions) == 2


def test_sentences():
    assert results.tested("risk-ratio", ASPIRIN).sentence == (
        "RR = 1.82, 95% CI [1.43, 2.31]. “columns: c0” was 1.82 times as frequent for “rows: r0” as for “rows: r1”."
    )
    assert results.tested("risk-difference", ASPIRIN).sentence == (
        "Risk difference = 0.8 percentage points, 95% CI [0.5, 1.1] (Newcombe; Wald: [0.5, 1.1]). “columns: c0” was more "
        "frequent by 0.8 percentage points for “rows: r0” than for “rows: r1”."
    )
    assert (
        "linear-by-linear association, as SPSS prints it, is (n - 1) r² =" in results.tested("cochran-armitage", DRINKS).sentence
    )
    admission = results.stratified("mantel-haenszel", {name: observed(*counts) for name, counts in BERKELEY.items()})
    assert "With the correction for continuity, as SPSS prints it: 1.43" in admission.sentence
