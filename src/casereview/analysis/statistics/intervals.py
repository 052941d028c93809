"""Confidence intervals of a proportion."""

import math

from casereview.analysis.tables import Interval

Z95 = 1.959963984540054
"""The 97.5th percentile of the standard normal distribution."""


def wilson(count: int, base: int) -> Interval | None:
    """The 95% score interval of `count` of `base`, in per cent; None for an empty base.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22 (1927) 209-212; without correction for continuity.
    """
    if base == 0:
        return None
    share, weight = count / base, Z95 * Z95 / base
    centre = (share + weight / 2) / (1 + weight)
    half = Z95 * math.sqrt(share * (1 - share) / base + weight / (4 * base)) / (1 + weight)
    # At the two ends the bound is exact; rounding must not carry it past them.
    low = 0.0 if count == 0 else max(0.0, centre - half)
    high = 1.0 if count == base else min(1.0, centre + half)
    return Interval(100 * low, 100 * high)
