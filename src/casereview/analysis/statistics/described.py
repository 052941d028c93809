"""What goes with an outcome: the odds ratios of a logistic regression, on the logarithm, with intervals and tests."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from casereview.analysis.statistics import logistic
from casereview.analysis.statistics.logistic import Grouped, Peak, Unsettled
from casereview.analysis.statistics.profile import profile, wald_ends
from casereview.analysis.statistics.separation import dependent, separation

Intervals = Literal["profile", "wald"]
Penalty = Literal["when-separated", "always", "never"]


@dataclass(frozen=True)
class Effect:
    """One term: its estimate and its 95% interval on the logarithm of the odds, and p."""

    estimate: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class Described:
    """A model that was fitted. effects: term (its column of the design) → effect. separated: the terms that separate the data.

    test: whether anything goes with the outcome: the likelihood ratio and its p on as many degrees of freedom as effects.
    """

    data: Grouped
    whole: Peak
    effects: dict[int, Effect]
    test: tuple[float, float]
    separated: tuple[int, ...]

    def together(self, terms: list[int]) -> tuple[float, float]:
        """The likelihood ratio of some terms together, and its p on as many degrees of freedom. Raises Undescribed."""
        try:
            return logistic.likelihood_ratio(self.data, self.whole, terms)
        except Unsettled:
            raise Undescribed("unsettled") from None


class Undescribed(Exception):
    """Why a model cannot be fitted, and the terms that are to blame. `same`: every record has the same outcome."""

    def __init__(self, why: Literal["same", "dependent", "separated", "unsettled"], terms: tuple[int, ...] = ()) -> None:
        super().__init__(why, terms)
        self.why, self.terms = why, terms


def described(data: Grouped, intervals: Intervals, penalty: Penalty) -> Described:
    """The model of these records. p is of the likelihood ratio where the intervals are of the profile, else Wald's.

    Firth's penalty is put on `always`, `never`, or `when-separated`. Raises Undescribed.
    """
    if data.events.sum() in (0, data.n.sum()):
        raise Undescribed("same")
    if (term := dependent(data)) is not None:
        raise Undescribed("dependent", (term,))
    separated = () if penalty == "always" else _separated(data)
    if separated and penalty == "never":
        raise Undescribed("separated", separated)
    terms = list(range(1, data.design.shape[1]))
    try:
        whole = logistic.fitted(data, penalty == "always" or bool(separated))
        effects = {term: _effect(data, whole, term, intervals) for term in terms}
        return Described(data, whole, effects, logistic.likelihood_ratio(data, whole, terms), separated)
    except Unsettled:
        raise Undescribed("unsettled") from None


def _separated(data: Grouped) -> tuple[int, ...]:
    direction = separation(data)
    return () if direction is None else tuple(term for term in np.flatnonzero(np.abs(direction) > 1e-6).tolist() if term)


def _effect(data: Grouped, whole: Peak, term: int, intervals: Intervals) -> Effect:
    estimate = float(whole.beta[term])
    if intervals == "wald":
        return Effect(estimate, *wald_ends(whole, term), logistic.wald(whole, term))
    return Effect(estimate, *profile(data, whole, term), logistic.likelihood_ratio(data, whole, [term])[1])
