"""How far latent classes come out again in samples drawn again: intervals of their figures, and how alike their divisions are."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from casereview.analysis.statistics.latent import Floats, Patterns, Solution, beginnings, climbed, within

DRAWS = 200
SEED = 20_140_331
"""Fixed, so that the same records give the same intervals."""

FRESH = 2
"""Random beginnings of each sample, besides the classes of the whole."""

_ENOUGH = (1e-8, 300)
_AT_ONCE = 3_000_000
"""Numbers held at once."""


@dataclass(frozen=True)
class Stability:
    """95% percentile intervals of shares and chances (…, 2), and of each sample the adjusted Rand index of its division."""

    shares: Floats
    chances: Floats
    alike: Floats


def stability(patterns: Patterns, solution: Solution) -> Stability:
    """Fit `DRAWS` samples as large as the records seen, each class matched to the one with which it shares the most.

    Sources: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (New York 1993), chapter 13; L. Hubert and P. Arabie,
    Comparing partitions, Journal of Classification 2 (1985) 193-218, for the adjusted Rand index.
    """
    found = [one for sample in _samples(patterns, solution.classes) for one in _fitted(patterns, solution, sample)]
    matched = [_matched(patterns, solution, one) for one in found]
    shares, chances = (np.array([one[place] for one in matched]) for place in (0, 1))
    alike = np.array([_alike(patterns, solution, one) for one in found])
    return Stability(_middle(shares, solution.shares), _middle(chances, solution.chances), alike)


def _samples(patterns: Patterns, classes: int) -> list[Floats]:
    """Numbers of records, samples × patterns, a part of the samples at a time."""
    random = np.random.default_rng(SEED)
    drawn = random.multinomial(int(patterns.records), patterns.n / patterns.records, size=DRAWS).astype(float)
    size = max(1, _AT_ONCE // (len(patterns.n) * classes * (1 + FRESH)))
    return [drawn[start : start + size] for start in range(0, DRAWS, size)]


def _fitted(patterns: Patterns, solution: Solution, samples: Floats) -> list[Solution]:
    """The best fit to each sample."""
    starts = len(samples) * FRESH
    shares, chances = beginnings(patterns, solution.classes, starts, SEED + starts)
    shares = np.concatenate([np.repeat(solution.shares[None], len(samples), 0), shares])
    chances = np.concatenate([np.repeat(solution.chances[None], len(samples), 0), chances])
    n = np.tile(samples, (1 + FRESH, 1))
    shares, chances, heights = climbed(patterns, n, shares, chances, _ENOUGH)
    best = heights.reshape(1 + FRESH, -1).argmax(axis=0) * len(samples) + np.arange(len(samples))
    return [Solution(shares[one], chances[one], float(heights[one])) for one in best]


def _matched(patterns: Patterns, solution: Solution, other: Solution) -> tuple[Floats, Floats]:
    """The other's shares and chances in the order of the classes."""
    shared = (patterns.n[:, None] * _chance(patterns, solution)).T @ _chance(patterns, other)
    _, order = linear_sum_assignment(shared, maximize=True)
    return other.shares[order], other.chances[order]


def _chance(patterns: Patterns, solution: Solution) -> Floats:
    chance, _ = within(patterns, patterns.n[None], solution.shares[None], solution.chances[None])
    return np.asarray(chance[0])


def _alike(patterns: Patterns, solution: Solution, other: Solution) -> float:
    """The adjusted Rand index of the two divisions that put each pattern where it is likeliest."""
    crossed = np.zeros((solution.classes, solution.classes))
    divided = (_chance(patterns, one).argmax(axis=1) for one in (solution, other))
    np.add.at(crossed, tuple(divided), patterns.n)
    return adjusted_rand(crossed)


def adjusted_rand(crossed: Floats) -> float:
    """The adjusted Rand index of two divisions, from the records in each part of one and of the other; 1: the same."""

    def pairs(n: Floats) -> float:
        return float((n * (n - 1) / 2).sum())

    both, rows, columns = pairs(crossed), pairs(crossed.sum(axis=1)), pairs(crossed.sum(axis=0))
    whole = pairs(crossed.sum(keepdims=True))
    hoped, most = rows * columns / whole if whole else 0.0, (rows + columns) / 2
    return (both - hoped) / (most - hoped) if most != hoped else 1.0


def _middle(values: Floats, seen: Floats) -> Floats:
    """The middle 95% of samples; as wide as it needs be to hold what was seen."""
    low, high = np.quantile(values, [0.025, 0.975], axis=0)
    return np.stack([np.minimum(low, seen), np.maximum(high, seen)], axis=-1)
