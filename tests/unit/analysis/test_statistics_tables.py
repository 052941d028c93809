"""Statistics against published figures, and against statsmodels and scipy on random tables."""

import itertools
import math

import numpy
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casereview.analysis.statistics import contingency, exact, fisher, odds, results, sentences
from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.intervals import wilson

# Victim's by perpetrator's alcohol, Domestic Homicide Review Dataset (doi 10.5281/zenodo.21648010): neither 263, …
ALCOHOL = Observed(((263, 134), (62, 160)), ("Not noted", "Noted"), ("Not noted", "Noted"), ("Victim", "Perpetrator"))
CLOSE = {"rel": 1e-9, "abs": 1e-12}


def observed(*rows: tuple[int, ...]) -> Observed:
    return Observed(rows, tuple(f"r{n}" for n in range(len(rows))), tuple(f"c{n}" for n in range(len(rows[0]))))


# facts of the published series: count, base, per cent, interval
@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [
        (101, 645, 13.06, 18.67),
        (131, 235, 49.35, 61.95),
        (166, 235, 64.52, 76.09),
        (206, 368, 50.87, 60.96),
        (126, 194, 58.00, 71.31),
        (210, 602, 31.18, 38.78),
        (201, 456, 39.59, 48.67),
        (20, 86, 15.59, 33.21),
    ],
)
def test_wilson_gives_the_published_intervals(count, base, low, high):
    interval = wilson(count, base)
    assert (round(interval.low, 2), round(interval.high, 2)) == (low, high)


@given(st.integers(1, 10_000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_wilson_agrees_with_statsmodels(counted):
    from statsmodels.stats.proportion import proportion_confint

    interval = wilson(*counted)
    low, high = proportion_confint(*counted, method="wilson")
    assert (interval.low / 100, interval.high / 100) == pytest.approx((low, high), **CLOSE)
    assert 0 <= interval.low <= 100 * counted[0] / counted[1] <= interval.high <= 100


def test_wilson_says_nothing_of_nobody():
    assert wilson(0, 0) is None


def test_the_published_measures_of_association():
    assert contingency.pearson(ALCOHOL)[0] == pytest.approx(83.836, abs=5e-4)
    assert contingency.yates(ALCOHOL)[0] == pytest.approx(82.306, abs=5e-4)
    assert contingency.phi(ALCOHOL) == pytest.approx(0.368, abs=5e-4)
    ratio, interval = odds.odds_ratio(ALCOHOL)
    assert (ratio, interval.low, interval.high) == pytest.approx((5.065, 3.535, 7.256), abs=5e-4)
    assert ALCOHOL.df == 1


two_by_two = st.lists(st.integers(0, 300), min_size=4, max_size=4).map(lambda n: observed((n[0], n[1]), (n[2], n[3])))


@given(two_by_two)
def test_two_by_two_agrees_with_scipy_and_statsmodels(table):
    from scipy.stats import chi2_contingency, fisher_exact
    from statsmodels.stats.contingency_tables import Table2x2

    assume(all(table.row_sums) and all(table.column_sums))
    for ours, correction in ((contingency.pearson, False), (contingency.yates, True)):
        theirs = chi2_contingency(table.counts, correction=correction)
        assert ours(table) == pytest.approx((theirs.statistic, theirs.pvalue), **CLOSE)
    assert exact.fisher(table) == pytest.approx(fisher_exact(table.counts).pvalue, rel=1e-9, abs=1e-11)
    if all(count for row in table.counts for count in row):
        theirs = Table2x2(numpy.array(table.counts))
        ratio, interval = odds.odds_ratio(table)
        assert (ratio, interval.low, interval.high) == pytest.approx((theirs.oddsratio, *theirs.oddsratio_confint()), **CLOSE)


@given(st.integers(2, 5).flatmap(lambda width: st.lists(st.tuples(*[st.integers(1, 200)] * width), min_size=2, max_size=6)))
def test_larger_tables_agree_with_scipy(rows):
    from scipy.stats import chi2_contingency
    from scipy.stats.contingency import association

    table = observed(*rows)
    theirs = chi2_contingency(rows, correction=False)
    assert contingency.pearson(table) == pytest.approx((theirs.statistic, theirs.pvalue), **CLOSE)
    assert table.df == theirs.dof
    assert contingency.cramers_v(table) == pytest.approx(association(rows, method="cramer"), **CLOSE)


def test_a_test_says_itself_in_the_manner_of_the_apa_and_in_plain_words():
    assert results.tested("chi-square", ALCOHOL).sentence == (
        "χ²(1, N = 619) = 83.84, p < .001. If “Victim” and “Perpetrator” were unrelated, counts as uneven as these "
        "would come up by chance less than once in 1,000 times."
    )
    assert results.tested("odds-ratio", ALCOHOL).sentence == (
        "OR = 5.06, 95% CI [3.54, 7.26]. The odds of “Perpetrator: Not noted” were 5.06 times as high "
        "for “Victim: Not noted” as for “Victim: Noted”."
    )
    assert sentences.apa_p(0.0234) == "p = .023"
    assert sentences.apa_p(1.0) == "p = 1.000"


def test_what_is_not_shown_is_not_ruled_out():
    sentence = results.tested("chi-square", observed((30, 30), (29, 31))).sentence
    assert sentence.endswith("a relation is not shown, nor is it ruled out.")


def test_empty_rows_and_columns_are_dropped_and_said():
    result = results.tested("chi-square", observed((20, 0, 30), (0, 0, 0), (25, 0, 9)))
    assert result.statistic == pytest.approx(results.tested("chi-square", observed((20, 30), (25, 9))).statistic)
    assert result.cautions == ("Left out of the test, as no record stands there: r1, c1.",)


def test_small_expected_counts_are_cautioned_against():
    [caution] = results.tested("chi-square", observed((3, 1), (1, 6))).cautions
    assert caution.startswith("4 of 4 cells expect fewer than 5 records, the smallest 1.45:")
    assert results.tested("chi-square", ALCOHOL).cautions == ()


@pytest.mark.parametrize("name", ["chi-square", "chi-square-yates", "fisher", "odds-ratio", "phi", "cramers-v"])
def test_a_single_row_cannot_be_tested(name):
    result = results.tested(name, observed((3, 5), (0, 0)))
    assert (result.statistic, result.p) == (None, None)
    assert "fewer than two rows or two columns" in result.sentence
    assert results.without(name, "why").sentence.endswith("was not computed: why.")


@pytest.mark.parametrize("name", ["chi-square-yates", "odds-ratio", "phi"])
def test_what_is_for_two_by_two_is_refused_to_others(name):
    assert "this one is 2 by 3" in results.tested(name, observed((3, 5, 1), (1, 2, 3))).sentence


def test_nothing_is_added_to_an_empty_cell():
    infinite = results.tested("odds-ratio", observed((3, 0), (1, 6)))
    assert infinite.statistic is None
    assert infinite.cautions == ("A cell is empty, and nothing was added to it.",)
    none = results.tested("odds-ratio", observed((0, 3), (1, 6)))
    assert (none.statistic, none.interval) == (0.0, None)


def test_fisher_of_a_larger_table_is_exact():
    table = observed((3, 1, 4), (1, 5, 9), (2, 6, 5))
    result = results.tested("fisher", table)
    assert result.p == pytest.approx(by_enumeration(table), **CLOSE)
    assert (result.source, result.cautions) == ("Fisher (1934); Freeman and Halton (1951)", ())


def test_the_estimate_has_a_seed_and_an_interval_that_holds_the_exact_p():
    table = observed((3, 1, 4), (1, 5, 9), (2, 6, 5))
    p, within = fisher.fisher_simulated(table)
    assert (p, within) == fisher.fisher_simulated(table)
    assert within.low < by_enumeration(table) < within.high
    assert within.high - within.low < 0.03


def test_what_is_too_large_to_be_gone_through_is_estimated_and_says_so():
    table = observed(*[(40, 55, 61, 38, 47, 60)] * 5, (50, 48, 60, 41, 52, 43))
    first, second = results.tested("fisher", table), results.tested("fisher", table)
    assert first == second
    assert "an estimate from 9,999 random ones (seed 19340101)" in first.cautions[0]
    assert "99% CI of p [" in first.sentence


def by_enumeration(table: Observed) -> float:
    """The exact p of a table of three by three: the chance of every table with its margins that is no likelier."""

    def chance(rows) -> float:
        margins = math.prod(map(math.factorial, (*table.row_sums, *table.column_sums)))
        return margins / math.factorial(table.n) / math.prod(math.factorial(count) for row in rows for count in row)

    def completed(a, b, c, d):
        rows = [[a, b], [c, d]]
        rows = [[*row, total - sum(row)] for row, total in zip(rows, table.row_sums, strict=False)]
        return [*rows, [total - sum(column) for total, column in zip(table.column_sums, zip(*rows, strict=True), strict=True)]]

    seen = chance(table.counts)
    cells = itertools.product(range(max(table.column_sums) + 1), repeat=4)
    tables = (completed(*four) for four in cells)
    possible = (rows for rows in tables if min(count for row in rows for count in row) >= 0)
    return sum(one for one in map(chance, possible) if one <= seen * (1 + 1e-9))


def test_fisher_holds_at_large_counts():
    from scipy.stats import fisher_exact

    table = observed((52_000, 18_100), (21_900, 8_000))
    assert exact.fisher(table) == pytest.approx(fisher_exact(table.counts).pvalue, rel=1e-6)


@pytest.mark.parametrize("counts", [((1, 0), (1, 1), (0, 1)), ((1, 0, 0), (0, 1, 1)), ((2, 0), (0, 1), (0, 1))])
def test_fisher_of_the_smallest_tables(counts):
    table = observed(*counts)
    assert 0 < fisher.fisher_simulated(table)[0] <= 1
    assert 0 < results.tested("fisher", table).p <= 1
