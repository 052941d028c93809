"""Fisher's exact test with its sentence: exact where the tables with the same margins can be gone through, else estimated."""

import numpy as np
from scipy.special import gammaln

from casereview.analysis.statistics import exact
from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.exact import AS_LIKELY
from casereview.analysis.statistics.intervals import clopper_pearson
from casereview.analysis.statistics.network import TooLarge, fisher_exact
from casereview.analysis.statistics.sentences import apa, apa_p, plain
from casereview.analysis.statistics.statistic import Made, Statistic, at_least_two, countable
from casereview.analysis.tables import Interval

RESAMPLES = 9_999
SEED = 19_340_101
"""Of the estimate: fixed, so that the same counts give the same p."""


def fisher_simulated(table: Observed) -> tuple[float, Interval]:
    """An estimate of p from `RESAMPLES` random tables with the same margins, drawn from `SEED`; and the 99% interval of p.

    The table seen counts as one of them, so that p is never 0. Each cell in turn is drawn from the hypergeometric distribution.
    Source: A. Agresti, D. Wackerly, J. M. Boyett, Exact conditional tests for cross-classifications: approximation of attained
    significance levels, Psychometrika 44 (1979) 75-83. At most 10⁹ records.
    """
    cost = _costs(table) + AS_LIKELY
    hits = int((cost >= float(gammaln(np.array(table.counts, dtype=float) + 1).sum())).sum())
    within = clopper_pearson(hits, RESAMPLES, 0.99)
    assert within is not None  # noqa: S101  # there are draws
    return (hits + 1) / (RESAMPLES + 1), Interval(within.low / 100, within.high / 100, "monte-carlo-99")


def _costs(table: Observed) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Of each random table, the sum of log n! of its cells: the larger, the less likely it is."""
    draw = np.random.default_rng(SEED).hypergeometric
    left = np.tile(np.array(table.column_sums, dtype=np.int64), (RESAMPLES, 1))
    cost = np.zeros(RESAMPLES)
    for total in table.row_sums[:-1]:
        to_place = np.full(RESAMPLES, int(total))
        for column in range(len(table.columns)):
            cell = draw(left[:, column], left[:, column + 1 :].sum(axis=1), to_place)
            left[:, column] -= cell
            to_place -= cell
            cost += gammaln(cell + 1.0)
    return np.asarray(cost + gammaln(left + 1.0).sum(axis=1))


def _fisher(table: Observed) -> Made:
    countable(table)
    if table.shape == (2, 2):
        return _made(table, exact.fisher(table), "Fisher (1934)")
    try:
        return _made(table, fisher_exact(table), "Fisher (1934); Freeman and Halton (1951)")
    except TooLarge:
        return _estimated(table)


def _made(table: Observed, p: float, source: str) -> Made:
    return Made(f"Fisher’s exact test, {apa_p(p)}. {plain(p, table)}", p=p, source=source)


def _estimated(table: Observed) -> Made:
    p, within = fisher_simulated(table)
    sentence = (
        f"Fisher’s exact test, estimated, {apa_p(p)}, 99% CI of p [{apa(within.low)}, {apa(within.high)}]. {plain(p, table)}"
    )
    caution = (
        f"The tables with these margins are too many to be gone through: this p is an estimate from {RESAMPLES:,} random ones "
        f"(seed {SEED})."
    )
    return Made(sentence, p=p, interval=within, cautions=(caution,), source="Fisher (1934); Agresti et al. (1979)")


STATISTICS = {"fisher": Statistic("Fisher’s exact test", "Fisher (1934)", _fisher, at_least_two)}
