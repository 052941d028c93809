"""The odds ratios of a model, or why there are none."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from casereview.analysis import words
from casereview.analysis.models.complete import Complete
from casereview.analysis.models.terms import Term
from casereview.analysis.statistics.described import Described, Effect, Undescribed, described
from casereview.analysis.tables import Estimate, Form, Interval
from casereview.study.plan import Model
from casereview.study.study import Study


@dataclass(frozen=True)
class Fit:
    """Some terms of a model put to its records: what came of it, or None and `why`. `estimated`: in the design's order."""

    terms: tuple[Term, ...]
    estimated: tuple[Term, ...]
    complete: Complete
    method: str
    described: Described | None
    why: str = ""

    def ratio(self, address: str, term: Term) -> Estimate:
        """A row's odds ratio with its interval; of the reference 1."""
        if term.reference and self.described:
            return Estimate(address, 1.0, "ratio")
        effect = self._effect(term)
        if effect is None:
            return self._without(address, "ratio", term)
        step = term.per / self.complete.spread(term) if term.answer is None else 1.0
        ratio, low, high = (_exp(step * one) for one in (effect.estimate, effect.low, effect.high))
        if high is None or ratio is None or low is None:
            why = "It, or an end of its interval, is too large to be written."
            return Estimate(address, None, "ratio", symbol="x", why=why)
        return Estimate(address, ratio, "ratio", interval=Interval(low, high, self.method))

    def p(self, address: str, term: Term) -> Estimate:
        """A row's p."""
        effect = self._effect(term)
        if term.reference and self.described:
            return Estimate(address, None, "p", 3, symbol="z", why="It is what the others are compared with.")
        return Estimate(address, effect.p, "p", 3) if effect else self._without(address, "p", term)

    def _effect(self, term: Term) -> Effect | None:
        place = self.estimated.index(term) + 1 if term in self.estimated else 0
        return self.described.effects.get(place) if self.described else None

    def _without(self, address: str, form: Form, term: Term) -> Estimate:
        if self.described:
            return Estimate(address, None, form, symbol="z", why="No record of the analysis has this answer.")
        return Estimate(address, None, form, symbol="x", why=self.why)


def fit(study: Study, model: Model, complete: Complete, terms: Sequence[Term]) -> Fit:
    """The odds ratios of some of a model's terms, adjusted for one another."""
    estimated = tuple(one for one in terms if not one.reference and complete.n(one))
    found, why = None, _unfit(study, complete, terms, estimated)
    if not why:
        try:
            found = described(complete.design(estimated), model.intervals, model.penalty)
        except Undescribed as error:
            why = _said(error, estimated)
    method = f"{'firth-' if found and found.whole.penalised else ''}{model.intervals}-95"
    return Fit(tuple(terms), estimated, complete, method, found, why)


def _unfit(study: Study, complete: Complete, terms: Sequence[Term], estimated: Sequence[Term]) -> str:
    """Why there is nothing to be fitted."""
    if not complete.base:
        return "There is no record of which the outcome and every predictor are known."
    for one in terms:
        if one.reference and not complete.n(one):
            label = words.variable_label(study, one.variable)
            return f"No record of the analysis has the reference of “{label}”: name another one (reference)."
    for one in terms:
        if one.answer is None and not complete.spread(one):
            return f"“{words.variable_label(study, one.variable)}” is the same in every record of the analysis."
    return "" if estimated else "No two records of the analysis differ in what may go with the outcome."


def _said(error: Undescribed, estimated: Sequence[Term]) -> str:
    labels = words.listed([f"“{estimated[term - 1].label}”" for term in error.terms])
    match error.why:
        case "same":
            return "Every record of the analysis has the same outcome."
        case "dependent":
            return f"{labels} follows from the rows before it, so that its odds ratio cannot be told apart from theirs."
        case "separated":
            return (
                f"The outcome is separated by {labels}: no record contradicts it, so that no finite odds ratio fits best. "
                "Firth’s penalty (penalty: when-separated) gives one."
            )
        case "unsettled":
            return "The search for the odds ratios found none that fit best."


def _exp(logarithm: float) -> float | None:
    return math.exp(logarithm) if logarithm < 700 else None
