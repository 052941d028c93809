"""Confidence intervals of the terms of a logistic regression: by the profile of the likelihood, and Wald's."""

import numpy as np

from casereview.analysis.statistics.intervals import Z95
from casereview.analysis.statistics.logistic import Bools, Floats, Grouped, Peak, Unsettled, peak

_STEPS = 100

_FEW = 1_000
"""Records, from which on the penalty is too slight to make a second peak."""


def profile(data: Grouped, whole: Peak, term: int) -> tuple[float, float]:
    """The two values of a term at which twice the log likelihood, all else at its best, is 1.96² below its greatest.

    With Firth's penalty, of the penalised likelihood. Raises Unsettled.
    Source: D. J. Venzon and S. H. Moolgavkar, A method for computing profile-likelihood-based confidence intervals, Applied
    Statistics 37 (1988) 87-94; G. Heinze and M. Schemper, Statistics in Medicine 21 (2002) 2409-2419.
    """
    return _end(data, whole, term, -1), _end(data, whole, term, 1)


def wald_ends(whole: Peak, term: int) -> tuple[float, float]:
    """The estimate less and plus 1.96 standard errors."""
    reach = Z95 * whole.errors[term]
    return float(whole.beta[term] - reach), float(whole.beta[term] + reach)


def _end(data: Grouped, whole: Peak, term: int, side: int) -> float:
    """Newton's method on the root of the likelihood ratio, nearly a straight line, within what is known to hold the end."""
    last = whole
    away, near, far = Z95 * float(whole.errors[term]), 0.0, np.inf
    for _ in range(_STEPS):
        last = here = _best(data, whole, last, term, float(whole.beta[term] + side * away))
        root = np.sqrt(max(0.0, 2 * (whole.height - here.height)))
        near, far = (away, far) if root < Z95 else (near, away)
        after = _within(away + _step(here, term, side, root), near, far)
        if abs(after - away) <= 1e-11 * away:
            return float(whole.beta[term] + side * after)
        away = after
    raise Unsettled


def _best(data: Grouped, whole: Peak, last: Peak, term: int, held: float) -> Peak:
    """The maximum with one term held. With few records a penalised likelihood can have several: from two starts the higher."""
    free = np.arange(len(whole.beta)) != term
    several = whole.penalised and last is not whole and data.n.sum() < _FEW
    starts = [last, whole] if several else [last]
    peaks = [peak(data, _along(one, free, held), free, whole.penalised) for one in starts]
    return max(peaks, key=lambda one: one.height)


def _along(here: Peak, free: Bools, held: float) -> Floats:
    """Where the other terms go, to the first order, when one is moved to `held`."""
    further = held - here.beta[~free]
    moved = here.beta.copy()
    moved[~free] = held
    moved[free] -= np.linalg.pinv(here.curvature[np.ix_(free, free)]) @ here.curvature[np.ix_(free, ~free)] @ further
    return moved


def _step(here: Peak, term: int, side: int, root: float) -> float:
    # By the envelope theorem the profile falls as the full likelihood does in this one term.
    slope = -side * float(here.gradient[term]) / root if root else 0.0
    return (Z95 - root) / slope if slope > 0 else np.inf


def _within(after: float, near: float, far: float) -> float:
    """Where to look next: as told, unless that lies outside; then half way, or further out."""
    if near < after < far and after < 4 * near + far:
        return min(after, 4 * near) if np.isinf(far) else after
    return 2 * near if np.isinf(far) else (near + far) / 2
