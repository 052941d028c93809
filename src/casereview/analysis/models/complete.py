"""The records of a model: those of which the outcome and every predictor are known; and why the others are left out."""

from collections import Counter
from collections.abc import Sequence
from itertools import product

import numpy as np

from casereview.analysis.engines import Counts, Key
from casereview.analysis.models.terms import Term
from casereview.analysis.statistics.logistic import Floats, Grouped
from casereview.analysis.unknown import Unknown
from casereview.study.plan import Model
from casereview.study.problems import AnalysisRefused, Place, Problem
from casereview.study.study import Study

MOST = 100_000
"""Patterns that a model is fitted to."""


class Complete:
    """The records by pattern of the predictors' answers, with how many have the outcome (`events`), of how many (`totals`)."""

    def __init__(self, study: Study, model: Model, terms: Sequence[Term], unknown: Sequence[Unknown], counts: Counts) -> None:
        self._names = tuple(one.variable for one in model.predictors)
        self._answers = {name: {one.answer for one in terms if one.variable == name} for name in self._names}
        self._reasons = tuple(study.about.absences)
        marked = Counter[str]()
        for key, count in counts.n.items():
            marked[str(key[-1])] += count
        self.records = marked["records"]
        # The outcome's variables first, then the predictors, so that what is said has an order of its own.
        places = [*((one.variable, one.reason) for one in unknown), *product(self._names, self._reasons)]
        self.left_out = dict.fromkeys(places, 0)
        for one in unknown:
            self.left_out[one.variable, one.reason] = marked[f"absent {one.variable} {one.reason}"]
        patterns = self._sorted_out(counts)
        self._patterns = sorted(patterns)
        found = np.array([patterns[one] for one in self._patterns], dtype=float).reshape(-1, 2)
        self.events, self.totals = found[:, 0], found.sum(axis=1)

    def _sorted_out(self, counts: Counts) -> dict[Key, list[int]]:
        """The complete records by pattern, with and without the outcome; the others are put to what is left out."""
        patterns: dict[Key, list[int]] = {}
        for key, count in counts.n.items():
            answers, mark = key[:-1], key[-1]
            if mark not in ("yes", "no") or not count:
                continue
            if gap := self._gap(answers):
                self.left_out[gap] += count
            else:
                patterns.setdefault(answers, [0, 0])[mark == "no"] += count
        if len(patterns) > MOST:
            raise _too_many(len(patterns))
        return patterns

    def _gap(self, answers: Sequence[str | float]) -> tuple[str, str] | None:
        """The first predictor that is absent, with the reason."""
        for name, answer in zip(self._names, answers, strict=True):
            if isinstance(answer, str) and answer not in self._answers[name]:
                return name, answer if answer in self._reasons else "not-collected"
        return None

    @property
    def base(self) -> int:
        """How many records there are."""
        return int(self.totals.sum())

    @property
    def absences(self) -> dict[str, int]:
        """Reason → the records left out for it."""
        found = Counter[str]()
        for (_, reason), count in self.left_out.items():
            found[reason] += count
        return {reason: found[reason] for reason in self._reasons if found[reason]}

    def n(self, term: Term) -> int:
        """The records with a term's answer; of a number, all."""
        return int(self.totals @ self._has(term))

    def with_outcome(self, term: Term) -> int:
        """Those of them that have the outcome."""
        return int(self.events @ self._has(term))

    def design(self, terms: Sequence[Term]) -> Grouped:
        """The records by the terms, each a column after the first. Numbers are centred, and counted in standard deviations."""
        columns = [self._has(one) if one.answer is not None else self._standardised(one) for one in terms]
        return Grouped(np.column_stack([np.ones(len(self.totals)), *columns]), self.events, self.totals)

    def spread(self, term: Term) -> float:
        """The standard deviation of a number; 0 where it has one value only."""
        if not np.ptp(self._numbers(term)):
            return 0.0
        apart = self._numbers(term) - self._mean(term)
        widest = float(np.abs(apart).max())  # Squares of very large numbers would be infinite.
        return widest * float(np.sqrt(self.totals @ (apart / widest) ** 2 / self.totals.sum()))

    def _has(self, term: Term) -> Floats:
        if term.answer is None:
            return np.ones(len(self._patterns))
        place = self._names.index(term.variable)
        return np.array([pattern[place] == term.answer for pattern in self._patterns], dtype=float)

    def _numbers(self, term: Term) -> Floats:
        place = self._names.index(term.variable)
        return np.array([pattern[place] for pattern in self._patterns], dtype=float)

    def _mean(self, term: Term) -> float:
        return float(self.totals @ self._numbers(term) / self.totals.sum())

    def _standardised(self, term: Term) -> Floats:
        spread = self.spread(term)
        return (self._numbers(term) - self._mean(term)) / spread if spread else np.zeros(len(self._patterns))


def _too_many(patterns: int) -> AnalysisRefused:
    cause = f"A model would have to tell {patterns:,} kinds of record apart by its predictors; {MOST:,} are the most."
    remedy = "Band its numbers, or round them, in variables of their own (codebook.yaml, derived), or leave a predictor out."
    return AnalysisRefused([Problem(Place("plan.yaml"), "too-many-patterns", cause, remedy)])
