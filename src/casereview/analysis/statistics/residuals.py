"""What is left of counts when a line has been drawn through them: how widely they vary, and whether times hang together."""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from casereview.analysis.statistics.regression import Fit, Floats


NOTHING = 1e-12
"""Squared residuals that come to no more than this are rounding."""


@dataclass(frozen=True)
class ChiSquare:
    """A statistic with its χ² distribution's degrees of freedom and its p."""

    statistic: float
    df: int
    p: float


def pearson(fit: Fit) -> ChiSquare:
    """The squared residuals; over their degrees of freedom, how many times as widely counts vary as the model says.

    Source: P. McCullagh and J. A. Nelder, Generalized Linear Models, 2nd edition (London 1989), sections 4.5 and 6.2.
    """
    statistic = float(np.sum(fit.residuals**2))
    return ChiSquare(statistic, fit.df, float(chdtrc(fit.df, statistic)))


def wider(fit: Fit, narrower: Fit) -> ChiSquare:
    """Whether the negative binomial fits better than Poisson's: twice the difference of likelihoods; p is half of χ²'s.

    Source: J. F. Lawless, Canadian Journal of Statistics 15 (1987) 209-225: θ stands at the edge of what it can be.
    """
    statistic = max(0.0, 2 * (fit.likelihood - narrower.likelihood))
    return ChiSquare(statistic, 1, float(chdtrc(1, statistic)) / 2)


def durbin_watson(residuals: Floats) -> float | None:
    """About 2 where neighbours are unrelated, below where they are alike; None where nothing is left.

    Source: J. Durbin and G. S. Watson, Biometrika 37 (1950) 409-428.
    """
    whole = float(np.sum(residuals**2))
    return float(np.sum(np.diff(residuals) ** 2)) / whole if whole > NOTHING else None


def ljung_box(residuals: Floats) -> ChiSquare | None:
    """Whether residuals are related to those up to ten times before, or a fifth of the times; None where nothing is left.

    Source: G. M. Ljung and G. E. P. Box, On a measure of lack of fit in time series models, Biometrika 65 (1978) 297-303.
    """
    n, off = len(residuals), residuals - residuals.mean()
    lags, whole = max(1, min(10, n // 5)), float(np.sum(off**2))
    if whole <= NOTHING:
        return None
    related = [float(np.sum(off[lag:] * off[:-lag])) / whole for lag in range(1, lags + 1)]
    statistic = n * (n + 2) * sum(one**2 / (n - lag) for lag, one in enumerate(related, start=1))
    return ChiSquare(statistic, lags, float(chdtrc(lags, statistic)))


def newey_west(fit: Fit) -> Floats:
    """The covariance of the coefficients where neighbouring times hang together, and counts vary as they may.

    Bartlett's weights up to the lag 4 (n / 100)^(2/9), and n / (n - coefficients) for few times.
    Source: W. K. Newey and K. D. West, Econometrica 55 (1987) 703-708; the lag, Review of Economic Studies 61 (1994) 631-653.
    """
    n, bread = len(fit.counts), fit.covariance
    scores = fit.design * ((fit.counts - fit.fitted) * fit.fitted / fit.variances)[:, None]
    lags = int(4 * (n / 100) ** (2 / 9))
    meat = scores.T @ scores
    for lag in range(1, min(lags, n - 1) + 1):
        across = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (across + across.T)
    covariance: Floats = bread @ meat @ bread * n / fit.df
    return covariance
