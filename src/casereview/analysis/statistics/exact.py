"""Fisher's exact test."""

from typing import Any

import numpy as np
from scipy.special import gammaln

from casereview.analysis.statistics.contingency import Observed

RESAMPLES = 9_999
SEED = 19_340_101
"""Of the simulation: fixed, so that the same counts give the same p."""

_AS_LIKELY = 1 + 1e-7
"""Tables as likely as the one seen count in spite of rounding; R's fisher.test and scipy take the same."""


def fisher(table: Observed) -> float:
    """The two-sided p of a table of two by two: the chance of every table with these margins no likelier than this one.

    Source: R. A. Fisher, Statistical Methods for Research Workers, 5th edition (Edinburgh 1934), section 21.02.
    """
    row, column = table.row_sums[0], table.column_sums[0]
    cells = np.arange(max(0, row + column - table.n), min(row, column) + 1)
    chance = np.exp(_log_choose(row, cells) + _log_choose(table.n - row, column - cells) - _log_choose(table.n, column))
    seen = chance[table.counts[0][0] - cells[0]]
    return min(1.0, float(chance[chance <= seen * _AS_LIKELY].sum()))


def _log_choose(n: int, k: Any) -> Any:
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def fisher_simulated(table: Observed) -> float:
    """An estimate of the p of a larger table, from `RESAMPLES` random tables with the same margins, drawn from `SEED`.

    Source: W. M. Patefield, Algorithm AS 159, Applied Statistics 30 (1981) 91-97, as scipy draws them.
    """
    from scipy.stats import MonteCarloMethod, fisher_exact

    method = MonteCarloMethod(n_resamples=RESAMPLES, rng=np.random.default_rng(SEED))
    # Of very small tables scipy gives an array of one.
    return float(np.asarray(fisher_exact(table.counts, method=method).pvalue).item())
