"""Logistic regression of grouped records: the likelihood, with or without Firth's penalty, and where it is greatest."""

from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, expit, ndtr

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

STEPS = 200
"""Newton's steps before the search is given up; a sound model takes fewer than ten."""

_FURTHEST = 5.0
"""No term moves further in one step: where the likelihood is nearly flat, Newton's steps know no bounds."""

_SETTLED = 1e-20
"""Of Newton's decrement, g'H⁻¹g: the square of the distance still to go, in standard errors."""


@dataclass(frozen=True)
class Grouped:
    """Records by pattern: `design` (patterns × terms, its first column all 1), and how many of the `n` are `events`."""

    design: Floats
    events: Floats
    n: Floats

    def only(self, terms: list[int]) -> "Grouped":
        """With these columns of the design alone, and the patterns that they leave apart."""
        design, place = np.unique(self.design[:, terms], axis=0, return_inverse=True)
        events, n = (np.bincount(place.reshape(-1), each).astype(float) for each in (self.events, self.n))
        return Grouped(design, events, n)


@dataclass(frozen=True)
class Peak:
    """A place on a log likelihood: its height there, its gradient, minus its second derivatives, and Fisher's information.

    penalised: whether Firth's penalty is in it.
    """

    beta: Floats
    height: float
    gradient: Floats
    curvature: Floats
    information: Floats
    penalised: bool

    @property
    def errors(self) -> Floats:
        """The standard errors of `beta`: roots of the diagonal of the inverse of the information."""
        return np.sqrt(np.diag(np.linalg.inv(self.information)))


class Unsettled(ArithmeticError):
    """The search found no maximum."""


def at(data: Grouped, beta: Floats, penalised: bool) -> Peak:
    """The log likelihood at `beta`; with Firth's penalty, half the logarithm of the information's determinant is added.

    Source: A. Agresti, Categorical Data Analysis, 3rd edition (Hoboken 2013), section 5.5; D. Firth, Bias reduction of maximum
    likelihood estimates, Biometrika 80 (1993) 27-38.
    """
    lean = data.design @ beta
    chance = expit(lean)
    weight = data.n * chance * (1 - chance)
    height = float(data.events @ lean - data.n @ np.logaddexp(0, lean))
    information = (data.design.T * weight) @ data.design
    plain = Peak(beta, height, data.design.T @ (data.events - data.n * chance), information, information, penalised)
    return _penalised(data, plain, chance, weight) if penalised else plain


def _penalised(data: Grouped, plain: Peak, chance: Floats, weight: Floats) -> Peak:
    """½ log |I| by its value and its first and second derivatives: those of a determinant, by Jacobi's formula."""
    sign, logarithm = np.linalg.slogdet(plain.information)
    if sign <= 0:
        return replace(plain, height=-np.inf)
    inverse, design = np.linalg.inv(plain.information), data.design
    spread = ((design @ inverse) * design).sum(axis=1)
    first, second = weight * (1 - 2 * chance), weight * (1 - 6 * chance * (1 - chance))
    turned = np.array([inverse @ ((design.T * (first * column)) @ design) for column in design.T])
    bend = (design.T * (second * spread)) @ design - np.einsum("rij,sji->rs", turned, turned)
    return replace(
        plain,
        height=plain.height + logarithm / 2,
        gradient=plain.gradient + design.T @ (first * spread) / 2,
        curvature=plain.information - bend / 2,
    )


def peak(data: Grouped, start: Floats, free: Bools, penalised: bool) -> Peak:
    """The maximum over the `free` terms, the others held at `start`: Newton's method, with steps halved where they overshoot.

    Raises Unsettled where there is none, as in separated data without a penalty.
    """
    here = at(data, start, penalised)
    for _ in range(STEPS if free.any() else 0):
        step = _step(here, free)
        settled = float(here.gradient[free] @ step) < _SETTLED
        here = _climbed(data, here, free, step)
        if settled:
            return here
    if free.any():
        raise Unsettled
    return here


def _step(here: Peak, free: Bools) -> Floats:
    """Newton's step; by Fisher's information where the curvature does not bend down, propped up where it is all but flat."""
    square = np.ix_(free, free)
    prop = np.eye(len(free)) * (1e-6 * np.trace(here.information) + 1e-12)
    for matrix in (here.curvature, here.information, here.information + prop):
        try:
            half = np.linalg.cholesky(matrix[square])
        except np.linalg.LinAlgError:
            continue
        step: Floats = np.linalg.solve(half.T, np.linalg.solve(half, here.gradient[free]))
        return step * float(_FURTHEST / max(np.abs(step).max(), _FURTHEST))
    raise Unsettled


def _climbed(data: Grouped, here: Peak, free: Bools, step: Floats) -> Peak:
    slack = 1e-12 * (1 + abs(here.height))
    for _ in range(40):
        beta = here.beta.copy()
        beta[free] += step
        there = at(data, beta, here.penalised)
        if there.height >= here.height - slack:
            return there
        step = step / 2
    return here


def fitted(data: Grouped, penalised: bool) -> Peak:
    """The estimates. Raises Unsettled."""
    return peak(data, np.zeros(data.design.shape[1]), np.ones(data.design.shape[1], dtype=bool), penalised)


def likelihood_ratio(data: Grouped, whole: Peak, terms: list[int]) -> tuple[float, float]:
    """Twice the logarithm of how much likelier the data are with `terms` than without, and its p from χ².

    Under Firth's penalty both likelihoods have the penalty of the whole model. Raises Unsettled.
    Source: S. S. Wilks, The large-sample distribution of the likelihood ratio, Annals of Mathematical Statistics 9 (1938) 60-62;
    G. Heinze and M. Schemper, A solution to the problem of separation in logistic regression, Statistics in Medicine 21 (2002).
    """
    free = np.ones(len(whole.beta), dtype=bool)
    free[terms] = False
    without = peak(data, np.where(free, whole.beta, 0.0), free, whole.penalised)
    statistic = max(0.0, 2 * (whole.height - without.height))
    return statistic, float(chdtrc(len(terms), statistic))


def wald(whole: Peak, term: int) -> float:
    """The two-sided p of one term, from its estimate over its standard error."""
    return float(2 * ndtr(-abs(cast(float, whole.beta[term] / whole.errors[term]))))
