"""Where a scale begins and ends, and where it has its ticks."""

import math
from collections.abc import Iterable
from itertools import product

Scale = tuple[tuple[float, float], list[float]]
"""The two ends, and the ticks between them."""

_BEYOND = 5
"""A scale of ratios reaches so many times beyond the outermost ratio, and no interval carries it further."""


def percentages(most: float) -> Scale:
    """Of per cent, from 0: to 100 at the most, with seven ticks or fewer."""
    last, step = next(
        (one for one in ((5, 1), (10, 2), (20, 5), (30, 5), (40, 10), (50, 10), (60, 10), (80, 20)) if one[0] >= most), (100, 20)
    )
    return (0, last), list(range(0, last + 1, step))


def amounts(most: float) -> Scale:
    """Of counts and rates, from 0, with ticks at 1, 2 or 5 times a power of ten; six or fewer."""
    step = next(one for one in _round(10 ** math.floor(math.log10(max(most, 1e-6)) - 1)) if one * 5 >= most)
    ticks = [place * step for place in range(math.ceil(most / step) + 1)] if most > 0 else [0.0, 1.0]
    return (0, ticks[-1]), ticks


def ratios(values: Iterable[float], ends: Iterable[float]) -> Scale:
    """Of ratios, with 1 in it: as far as the intervals reach, but not far beyond the ratios."""
    inside = [one for one in values if one > 0] + [1.0]
    reached = [one for one in ends if one > 0 and math.isfinite(one)] + inside
    low, high = max(min(reached), min(inside) / _BEYOND), min(max(reached), max(inside) * _BEYOND)
    low, high = min(low, 0.8) / 1.1, max(high, 1.25) * 1.1
    return (low, high), _logarithmic(low, high)


def coefficients(ends: Iterable[float]) -> Scale:
    """Of coefficients of agreement and their like: 0 to 1, and below 0 as far as they reach."""
    lowest = min((one for one in ends if math.isfinite(one)), default=0)
    first = 0 if lowest >= 0 else -0.2 * math.ceil(-lowest / 0.2 - 1e-9)
    return (first, 1), [round(first + 0.2 * place, 1) for place in range(round((1 - first) / 0.2) + 1)]


def _logarithmic(low: float, high: float) -> list[float]:
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = ((1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8), (1, 1.5, 2, 3, 5, 7), (1, 2, 5), (1, 3), (1,))
    found = [[one * 10.0**power for power, one in product(powers, those) if low <= one * 10.0**power <= high] for those in steps]
    return next((ticks for ticks in found if len(ticks) <= 7), found[-1])


def _round(first: float) -> Iterable[float]:
    while True:
        yield from (first, 2 * first, 5 * first)
        first *= 10
