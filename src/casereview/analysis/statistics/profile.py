"""Confidence intervals of the terms of a logistic regression: by the profile of the likelihood, and Wald's."""

import numpy as np

from casereview.analysis.statistics.intervals import Z95
from casereview.analysis.statistics.logistic import Grouped, Peak, Unsettled, peak

_STEPS = 60


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
    """Newton's method on the signed root of the likelihood ratio, which is nearly a straight line."""
    free = np.arange(len(whole.beta)) != term
    away, start = Z95 * float(whole.errors[term]), whole.beta
    for _ in range(_STEPS):
        held = np.where(free, start, whole.beta[term] + side * away)
        here = peak(data, held, free, whole.penalised)
        root = np.sqrt(max(0.0, 2 * (whole.height - here.height)))
        slope = -side * here.gradient[term] / root if root else np.inf
        # By the envelope theorem the profile falls as the full likelihood does in this one term.
        step = float(np.clip((Z95 - root) / slope, -away / 2, 2 * away)) if slope > 0 else -away / 2
        away, start = away + step, here.beta
        if abs(step) <= 1e-11 * away:
            return float(whole.beta[term] + side * away)
    raise Unsettled
