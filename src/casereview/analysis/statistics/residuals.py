"""What is left of counts when a line has been drawn through them: how widely they vary, and how alike neighbouring times are."""

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


def alike(fit: Fit) -> float:
    """How far a time is like the one before it, from 0 to .95: the correlation that would leave residuals as alike as these are.

    Fitting a line takes likeness away, and the more so the fewer the times: what is seen is set against what would be left of
    each correlation. 0 unless neighbours are more alike than those of unrelated times by 1 / √n, about one standard error.
    """
    off, whole = fit.residuals, float(np.sum(fit.residuals**2))
    seen = float(np.sum(off[1:] * off[:-1])) / whole if whole > NOTHING else -1.0
    if seen - _likeness(fit, 0.0) <= len(off) ** -0.5:
        return 0.0
    low, high = 0.0, _MOST_ALIKE
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if _likeness(fit, middle) < seen else (low, middle)
    return high


_MOST_ALIKE = 0.95


def covariance(fit: Fit, related: float) -> tuple[Floats, float]:
    """The covariance of the coefficients where times are related to those before them, and how widely counts vary about the line.

    The second is Pearson's χ² over what it would come to; the covariance is multiplied by it where it is above 1, never divided.
    Source: S. L. Zeger, A regression model for time series of counts, Biometrika 75 (1988) 621-629, with a correlation that
    falls by the same factor from time to time; unrelated, the quasi-Poisson of R. W. M. Wedderburn, Biometrika 61 (1974) 439-447.
    """
    scaled, inverse = _scaled(fit), fit.covariance
    spread = float(np.sum(fit.residuals**2)) / float(np.trace(_left(fit, related)))
    across: Floats = inverse @ (scaled.T @ _correlation(len(fit.counts), related) @ scaled) @ inverse
    return across * max(1.0, spread), spread


def _likeness(fit: Fit, related: float) -> float:
    """The likeness of neighbours among the residuals, if counts were related thus."""
    left = _left(fit, related)
    return float(np.trace(left, offset=1) / np.trace(left))


def _left(fit: Fit, related: float) -> Floats:
    """The covariance of the residuals, in the spread of the counts: what a correlation leaves when the line has been fitted."""
    scaled, inverse, whole = _scaled(fit), fit.covariance, _correlation(len(fit.counts), related)
    on_line = scaled @ inverse @ (scaled.T @ whole)
    left: Floats = whole - on_line - on_line.T + scaled @ (inverse @ (scaled.T @ whole @ scaled) @ inverse) @ scaled.T
    return left


def _scaled(fit: Fit) -> Floats:
    """The columns, each count by its standard deviation."""
    scaled: Floats = fit.design * (fit.fitted / np.sqrt(fit.variances))[:, None]
    return scaled


def _correlation(n: int, related: float) -> Floats:
    times = np.arange(n)
    falling: Floats = related ** np.abs(times[:, None] - times).astype(float)
    return falling
