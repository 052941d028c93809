"""Bootstrap intervals: records drawn again and again from the patterns in which they stand."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from casereview.analysis.tables import Interval

Floats = NDArray[np.float64]

DRAWS = 2_000
SEED = 20_110_401
"""Fixed, so that the same records give the same interval."""

_AT_ONCE = 4_000_000
"""Numbers held at once."""


def resampled(statistic: Callable[[Floats], Floats], n: Floats) -> Interval | None:
    """The 95% percentile interval of a statistic of the records of each pattern, from `DRAWS` samples as large as the one seen.

    statistic: samples × patterns → one number a sample, NaN where it has none. None if it has none in more than 1 of 20.
    Source: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (New York 1993), chapter 13.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.concatenate([statistic(sample) for sample in _samples(n)])
    found = found[np.isfinite(found)]
    if len(found) < 0.95 * DRAWS:
        return None
    low, high = np.quantile(found, [0.025, 0.975])
    return Interval(float(low), float(high), "bootstrap-95")


def _samples(n: Floats) -> Iterator[Floats]:
    """Numbers of records, samples × patterns, a part of the samples at a time; the same whatever the size of the parts."""
    random, whole = np.random.default_rng(SEED), int(n.sum())
    size = max(1, _AT_ONCE // max(1, len(n)))
    for done in range(0, DRAWS, size):
        yield random.multinomial(whole, n / whole, size=min(size, DRAWS - done)).astype(float)
