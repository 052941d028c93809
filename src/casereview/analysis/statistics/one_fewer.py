"""Whether so many latent classes fit better than one fewer does: the parametric bootstrap of the likelihood ratio.

The ratio has no known distribution, as one class fewer lies at the edge of what is fitted. So records are drawn from the fit of
one fewer, as many as were seen and with answers unknown in the same places, and fitted by both numbers. What is drawn stands for
no record: it is counted by pattern, fitted, and forgotten.
Sources: G. J. McLachlan, On bootstrapping the likelihood ratio test statistic for the number of components in a normal mixture,
Applied Statistics 36 (1987) 318-324; K. L. Nylund, T. Asparouhov, B. O. Muthén, Deciding on the number of classes in latent
class analysis and growth mixture modeling, Structural Equation Modeling 14 (2007) 535-569; J. Besag, P. Clifford, Sequential
Monte Carlo p-values, Biometrika 78 (1991) 301-304, for ending early.
"""

from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from casereview.analysis.statistics.latent import LEAST, Floats, Patterns, Solution, beginnings, climbed

Numbers = NDArray[np.int64]

SEED = 20_070_702
"""Fixed, so that the same records give the same p."""

ENOUGH = 10
"""Once so many of the drawn ratios are as large as the one seen, no more are drawn: p is then large, and known well enough."""

STARTS, KEPT = 16, 4
"""Random beginnings of each draw, and how many of them, the highest after a few turns, are climbed from to the end."""

FIRST, THEN = (1e-7, 20), (1e-9, 400)
"""As `latent.ROUGH`: a few turns, then to the end."""


@dataclass(frozen=True)
class OneFewer:
    """ratio: twice the gain in log-likelihood. p: its chance, or that of a larger one, if one fewer were right. draws: made."""

    ratio: float
    p: float
    draws: int


def one_fewer(patterns: Patterns, fewer: Solution, more: Solution, most: int) -> OneFewer:
    """Draw `most` times at most."""
    ratio, made, reached = 2 * (more.height - fewer.height), 0, 0
    random = np.random.default_rng(SEED + more.classes)
    while made < most and reached < ENOUGH:
        made += 1
        reached += _ratio(drawn(patterns, fewer, random), fewer, int(random.integers(2**31))) >= ratio
    return OneFewer(ratio, reached / made if reached == ENOUGH else (reached + 1) / (made + 1), made)


def drawn(patterns: Patterns, solution: Solution, random: np.random.Generator) -> Patterns:
    """As many records drawn from a fit, unknown where they were."""
    variables = np.repeat(np.arange(len(patterns.sizes)), patterns.sizes)
    known = np.stack([patterns.given[:, variables == one].any(axis=1) for one in range(len(patterns.sizes))], axis=1)
    kinds, kind = np.unique(known, axis=0, return_inverse=True)
    records = np.bincount(kind.ravel(), weights=patterns.n).astype(int)
    several = [_of_kind(solution, patterns.sizes, one, int(n), random) for one, n in zip(kinds, records, strict=True)]
    given, n = np.concatenate([one for one, _ in several]), np.concatenate([n for _, n in several])
    return Patterns(n[n > 0].astype(float), given[n > 0], patterns.sizes)


def _of_kind(
    solution: Solution, sizes: tuple[int, ...], known: NDArray[np.bool_], n: int, random: np.random.Generator
) -> tuple[Floats, Numbers]:
    """Of records of which the same is known: by all patterns that there can be; if these are more than records, one by one."""
    left = [size for size, one in zip(sizes, known, strict=True) if one]
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))[known]
    if prod(left) > n:
        patterns, counts = np.unique(_one_by_one(solution, left, starts, n, random), axis=0, return_counts=True)
        return _marked(patterns, starts, sum(sizes)), counts
    given = _marked(np.array(list(product(*map(range, left))), dtype=int), starts, sum(sizes))
    chances = np.exp(given @ np.log(np.maximum(solution.chances, LEAST)).T) @ solution.shares
    return given, random.multinomial(n, chances / chances.sum())


def _one_by_one(solution: Solution, left: list[int], starts: Numbers, n: int, random: np.random.Generator) -> Numbers:
    """So many times an answer to each."""
    of = random.choice(solution.classes, size=n, p=solution.shares / solution.shares.sum())
    answers = np.empty((n, len(left)), dtype=int)
    for place, (start, size) in enumerate(zip(starts, left, strict=True)):
        up_to = solution.chances[:, start : start + size].cumsum(axis=1)[:, :-1]
        answers[:, place] = (random.random(n)[:, None] > up_to[of]).sum(axis=1)
    return answers


def _marked(answers: Numbers, starts: Numbers, width: int) -> Floats:
    """Patterns × answers of all variables, 1 where a pattern has one."""
    given = np.zeros((len(answers), width))
    given[np.arange(len(answers))[:, None], answers + starts] = 1.0
    return given


def _ratio(patterns: Patterns, fewer: Solution, seed: int) -> float:
    """Twice the gain of one class more than was drawn from."""
    *_, (low,) = climbed(patterns, patterns.n[None], fewer.shares[None], fewer.chances[None], THEN)
    shares, chances = beginnings(patterns, fewer.classes + 1, STARTS, seed)
    shares, chances, heights = climbed(patterns, np.tile(patterns.n, (STARTS, 1)), shares, chances, FIRST)
    best = np.argsort(-heights)[:KEPT]
    *_, heights = climbed(patterns, np.tile(patterns.n, (KEPT, 1)), shares[best], chances[best], THEN)
    return float(2 * (heights.max() - low))
