"""Latent classes: the shares of classes, and the chances of each answer in them, that make what was seen likeliest.

Fitted to patterns of answers with the number of records of each, by the EM algorithm from many random beginnings; an unknown
answer takes no part. From which class a pattern would come is used in here to add up, and handed to nothing but `stability`.
Sources: L. A. Goodman, Exploratory latent structure analysis using both identifiable and unidentifiable models, Biometrika 61
(1974) 215-231; A. P. Dempster, N. M. Laird, D. B. Rubin, Maximum likelihood from incomplete data via the EM algorithm, JRSS B 39
(1977) 1-38.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STARTS = 50
SEED = 19_740_801
"""Of the beginnings: fixed, so that the same records give the same classes."""

REACHED = 0.01
"""A start has reached the best where its log-likelihood is no further below it."""

ROUGH, FINE = (1e-9, 500), (1e-13, 5_000)
"""Where climbing ends: the log-likelihood rises by less than this part of itself, or after so many turns."""

LEAST = 1e-300
"""Stands for 0 where a logarithm is taken."""


@dataclass(frozen=True)
class Patterns:
    """n: records with each pattern. given: patterns × answers of all variables, 1 where it has one. sizes: answers each."""

    n: Floats
    given: Floats
    sizes: tuple[int, ...]

    @cached_property
    def together(self) -> Floats:
        """Answers × answers: 1 where both are of one variable."""
        of = np.repeat(np.arange(len(self.sizes)), self.sizes)
        return np.asarray(of[:, None] == of[None, :], dtype=float)

    @property
    def records(self) -> float:
        """How many records there are."""
        return float(self.n.sum())


@dataclass(frozen=True)
class Solution:
    """shares: of each class. chances: classes × answers. height: the log-likelihood."""

    shares: Floats
    chances: Floats
    height: float

    @property
    def classes(self) -> int:
        """How many there are."""
        return len(self.shares)


@dataclass(frozen=True)
class Fitted:
    """What came of some number of classes; reached: of how many starts the log-likelihood came as high as the best."""

    solution: Solution
    parameters: int
    records: float
    entropy: float | None
    reached: int

    @property
    def aic(self) -> float:
        """Akaike's criterion."""
        return 2 * self.parameters - 2 * self.solution.height

    @property
    def bic(self) -> float:
        """Schwarz's criterion. Source: G. Schwarz, Estimating the dimension of a model, Annals of Statistics 6 (1978) 461-464."""
        return float(np.log(self.records)) * self.parameters - 2 * self.solution.height


def fitted(patterns: Patterns, classes: int) -> Fitted:
    """The best of `STARTS` random beginnings, the largest class first."""
    begun = beginnings(patterns, classes, STARTS if classes > 1 else 1, SEED + classes)
    n = np.broadcast_to(patterns.n, (len(begun[0]), len(patterns.n)))
    shares, chances, heights = climbed(patterns, n, *begun, ROUGH)
    best = int(heights.argmax())
    whole = climbed(patterns, patterns.n[None], shares[best : best + 1], chances[best : best + 1], FINE)
    order = np.argsort(-whole[0][0], kind="stable")
    solution = Solution(whole[0][0][order], whole[1][0][order], float(whole[2][0]))
    parameters = classes - 1 + classes * (patterns.given.shape[1] - len(patterns.sizes))
    reached = max(1, int((heights > solution.height - REACHED).sum()))
    return Fitted(solution, parameters, patterns.records, _entropy(patterns, solution), reached)


def beginnings(patterns: Patterns, classes: int, starts: int, seed: int) -> tuple[Floats, Floats]:
    """Random shares and chances: starts × classes, starts × classes × answers."""
    random = np.random.default_rng(seed)
    shares = random.dirichlet(np.full(classes, 4.0), starts)
    chances = random.gamma(1.0, size=(starts, classes, patterns.given.shape[1])) + 0.05
    return shares, chances / (chances @ patterns.together)


def climbed(
    patterns: Patterns, n: Floats, shares: Floats, chances: Floats, until: tuple[float, int]
) -> tuple[Floats, Floats, Floats]:
    """Where the EM algorithm leads from each beginning: shares, chances, log-likelihoods.

    n: beginnings × patterns, the records that each is fitted to. until: as `ROUGH`.
    """
    shares, chances, heights = shares.copy(), chances.copy(), np.full(len(shares), -np.inf)
    climbing = np.arange(len(shares))
    part, turns = until
    for _ in range(turns):
        if not len(climbing):
            break
        chance, height = within(patterns, n[climbing], shares[climbing], chances[climbing])
        rising = height - heights[climbing] >= part * np.abs(height)
        heights[climbing] = height
        climbing, weighted = climbing[rising], n[climbing[rising]][:, :, None] * chance[rising]
        shares[climbing], chances[climbing] = _likeliest(patterns, weighted, chances[climbing])
    return shares, chances, heights


def within(patterns: Patterns, n: Floats, shares: Floats, chances: Floats) -> tuple[Floats, Floats]:
    """The chance of each class within each pattern (beginnings × patterns × classes), and the log-likelihoods."""
    logs = np.log(np.maximum(chances, LEAST)).swapaxes(1, 2)
    joint = patterns.given @ logs + np.log(np.maximum(shares, LEAST))[:, None, :]
    highest = joint.max(axis=2, keepdims=True)
    raised = np.exp(joint - highest)
    total = raised.sum(axis=2, keepdims=True)
    height = ((np.log(total) + highest)[:, :, 0] * n).sum(axis=1)
    return raised / total, height


def _likeliest(patterns: Patterns, weighted: Floats, before: Floats) -> tuple[Floats, Floats]:
    """Shares and chances from the records that fall to each class; chances of what nobody answered stay as they were."""
    each = weighted.sum(axis=1)
    given = weighted.swapaxes(1, 2) @ patterns.given
    known = given @ patterns.together
    chances = np.divide(given, known, out=before.copy(), where=known > 0)
    return each / each.sum(axis=1, keepdims=True), chances


def _entropy(patterns: Patterns, solution: Solution) -> float | None:
    """How far apart the classes are, from 0 to 1, each record's class as certain as can be; None of one class.

    Source: V. Ramaswamy, W. S. DeSarbo, D. J. Reibstein, W. T. Robinson, An empirical pooling approach for estimating marketing
    mix elasticities with PIMS data, Marketing Science 12 (1993) 103-124.
    """
    if solution.classes == 1:
        return None
    chance, _ = within(patterns, patterns.n[None], solution.shares[None], solution.chances[None])
    unsure = -(patterns.n[:, None] * chance[0] * np.log(np.maximum(chance[0], LEAST))).sum()
    return float(1 - unsure / (patterns.records * np.log(solution.classes)))
