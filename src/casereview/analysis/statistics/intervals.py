"""Confidence intervals of a proportion."""

import math

from scipy.special import betaincinv

from casereview.analysis.tables import Interval

Z95 = 1.959963984540054
"""The 97.5th percentile of the standard normal distribution."""


def wilson(count: float, base: float) -> Interval | None:
    """The 95% score interval of `count` of `base`, in per cent; None for an empty base."""
    return score(count, base) if base else None


def score(count: float, base: float) -> Interval:
    """The 95% score interval of `count` of `base`, which is above 0, in per cent.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22 (1927) 209-212; without correction for continuity.
    """
    share, weight = count / base, Z95 * Z95 / base
    centre = (share + weight / 2) / (1 + weight)
    half = Z95 * math.sqrt(share * (1 - share) / base + weight / (4 * base)) / (1 + weight)
    # At the two ends the bound is exact; rounding must not carry it past them.
    low = 0.0 if count == 0 else max(0.0, centre - half)
    high = 1.0 if count == base else min(1.0, centre + half)
    return Interval(100 * low, 100 * high)


def clopper_pearson(count: int, base: int, confidence: float = 0.95) -> Interval | None:
    """The exact interval of `count` of `base`, in per cent; None for an empty base.

    Source: C. J. Clopper and E. S. Pearson, The use of confidence or fiducial limits illustrated in the case of the binomial,
    Biometrika 26 (1934) 404-413.
    """
    if base == 0:
        return None
    tail = (1 - confidence) / 2
    low = float(betaincinv(count, base - count + 1, tail)) if count else 0.0
    high = float(betaincinv(count + 1, base - count, 1 - tail)) if count < base else 1.0
    return Interval(100 * low, 100 * high, f"clopper-pearson-{100 * confidence:.0f}")
