"""Direct standardisation: the rate as it would be with another make-up of the population."""

import math
from collections.abc import Sequence

from scipy.special import gammaincinv

from casereview.analysis.tables import Interval


def directly(
    counts: Sequence[int], populations: Sequence[float], standard: Sequence[float], per: float = 1.0
) -> tuple[float, Interval]:
    """The directly standardised rate per `per`, with its 95% gamma interval; all three by group, in one order.

    A group that the standard leaves empty does not count. Every other must have people, and one of them at least.
    Source: M. P. Fay and E. J. Feuer, Confidence intervals for directly standardized rates: a method based on the gamma
    distribution, Statistics in Medicine 16 (1997) 791-801; of one group it is Garwood's.
    """
    whole = math.fsum(standard)
    groups = [
        (count, share / whole / people) for count, people, share in zip(counts, populations, standard, strict=True) if share
    ]
    rate = math.fsum(weight * count for count, weight in groups)
    spread = math.fsum(weight * weight * count for count, weight in groups)
    most = max(weight for _, weight in groups)
    low = _gamma(rate, spread, 0.025) if rate else 0.0
    return rate * per, Interval(low * per, _gamma(rate + most, spread + most * most, 0.975) * per, "fay-feuer-95")


def _gamma(mean: float, variance: float, share: float) -> float:
    """The point of the gamma distribution of this mean and variance below which `share` of it lies."""
    return variance / mean * float(gammaincinv(mean * mean / variance, share))
