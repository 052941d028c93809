"""Regression of counts on the logarithm: Poisson's, and the negative binomial's where counts vary more widely."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, polygamma, psi

Floats = NDArray[np.floating[Any]]

_ENOUGH = 1e-10
"""Steps on the logarithm no longer than this end the search; the estimates then stand to about its square."""


@dataclass(frozen=True)
class Fit:
    """A regression: `coefficients` of the columns of `design`, and the counts that they say.

    theta: of the negative binomial, whose variance is μ + μ²/θ; None of Poisson's.
    """

    counts: Floats
    design: Floats
    coefficients: Floats
    fitted: Floats
    theta: float | None = None

    @property
    def df(self) -> int:
        """Counts less coefficients."""
        return len(self.counts) - len(self.coefficients)

    @property
    def variances(self) -> Floats:
        """How widely the counts should vary about what is fitted."""
        return self.fitted if self.theta is None else self.fitted + self.fitted**2 / self.theta

    @property
    def covariance(self) -> Floats:
        """Of the coefficients, if the model holds: the inverse of Fisher's information."""
        weights = self.fitted**2 / self.variances
        inverse: Floats = np.linalg.inv(self.design.T @ (weights[:, None] * self.design))
        return inverse

    @property
    def residuals(self) -> Floats:
        """Pearson's: how far each count is off, in standard deviations."""
        off: Floats = (self.counts - self.fitted) / np.sqrt(self.variances)
        return off

    @property
    def likelihood(self) -> float:
        """The logarithm of the likelihood."""
        y, mu, theta = self.counts, self.fitted, self.theta
        if theta is None:
            return float(np.sum(y * np.log(mu) - mu - gammaln(y + 1)))
        ways = gammaln(y + theta) - gammaln(theta) - gammaln(y + 1)
        return float(np.sum(ways + theta * np.log(theta) + y * np.log(mu) - (theta + y) * np.log(theta + mu)))


def poisson(counts: Floats, design: Floats, offset: Floats) -> Fit | None:
    """Poisson's regression. None where there is no finite answer: columns that say the same, or nothing but zeros in a part.

    Source: P. McCullagh and J. A. Nelder, Generalized Linear Models, 2nd edition (London 1989), chapters 2.5 and 6.
    """
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    return _fitted(counts, design, offset, np.log(counts + 0.1), None)


def negative_binomial(counts: Floats, design: Floats, offset: Floats) -> Fit | None:
    """The negative binomial's, θ by maximum likelihood. Where counts vary no more widely than Poisson's, that is Poisson's.

    Source: J. F. Lawless, Negative binomial and mixed Poisson regression, Canadian Journal of Statistics 15 (1987) 209-225;
    in turns of coefficients and θ, as W. N. Venables and B. D. Ripley, Modern Applied Statistics with S (2002), 7.4.
    """
    fit = poisson(counts, design, offset)
    # The likelihood rises from Poisson's only if the squared residuals pass the counts (Lawless 1987).
    if fit is None or np.sum((counts - fit.fitted) ** 2 - counts) <= 0:
        return fit
    theta, before = len(counts) / float(np.sum((counts / fit.fitted - 1) ** 2)), np.inf
    for _ in range(200):
        wider = _fitted(counts, design, offset, np.log(fit.fitted), theta)
        found = _theta(counts, wider.fitted, theta) if wider else None
        if wider is None or found is None:
            break
        step = abs(found / theta - 1)
        if _settled(step, before):
            return replace(wider, theta=found)
        fit, theta, before = wider, found, step
    return poisson(counts, design, offset)


def _settled(step: float, before: float) -> bool:
    """Whether a search has ended: its steps are too short to tell, or rounding keeps them from becoming shorter."""
    return step <= _ENOUGH or before <= step <= 1e-6


def _fitted(counts: Floats, design: Floats, offset: Floats, line: Floats, theta: float | None) -> Fit | None:
    """Weighted least squares over and over, from a first guess at the line; None if the line runs away."""
    before = np.inf
    for _ in range(40):
        mu = np.exp(line)
        root = np.sqrt(mu if theta is None else mu / (1 + mu / theta))
        wanted = line - offset + (counts - mu) / mu
        coefficients = np.linalg.lstsq(design * root[:, None], wanted * root, rcond=None)[0]
        last, line = line, design @ coefficients + offset
        step = float(np.max(np.abs(line - last)))
        if not np.all(np.abs(line) < 200):
            return None
        if _settled(step, before):
            return Fit(counts, design, coefficients, np.exp(line), theta)
        before = step
    return None


def _theta(counts: Floats, mu: Floats, theta: float) -> float | None:
    """The likeliest θ, by Newton's steps on its logarithm; None if it grows without end."""
    before = np.inf
    for _ in range(100):
        first, second = _slopes(counts, mu, theta)
        step = float(np.clip(-first / second if second < 0 else np.sign(first), -1, 1))
        theta *= float(np.exp(step))
        if not 1e-8 < theta < 1e8:
            return None
        if _settled(abs(step), before):
            return theta
        before = abs(step)
    return None


def _slopes(counts: Floats, mu: Floats, theta: float) -> tuple[float, float]:
    """The first and second derivative of the likelihood by the logarithm of θ."""
    above, share = theta + counts, (counts + theta) / (mu + theta)
    slope = np.sum(psi(above) - psi(theta) + np.log(theta) + 1 - np.log(theta + mu) - share)
    bend = np.sum(polygamma(1, above) - polygamma(1, theta) + 1 / theta - (2 - share) / (mu + theta))
    return float(theta * slope), float(theta * slope + theta * theta * bend)
