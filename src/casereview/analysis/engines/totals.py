"""What engines find, exact until it is handed over: numbers and sums of weights by key, from rows or from other totals."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from casereview.analysis.engines import CountQuery, Counts, Key
from casereview.analysis.engines.compiled import HEAVIEST
from casereview.analysis.engines.expressions import Expression
from casereview.study.problems import AnalysisRefused, Place, Problem

MOST = 100_000
"""More different answers of one variable are not counted by."""


class Totals:
    """The numbers of records and the sums of their weights, by answers and mark."""

    def __init__(self) -> None:
        self.n: Counter[Key] = Counter()
        self.weights: defaultdict[Key, Decimal] = defaultdict(Decimal)

    def add(self, key: Key, number: int, weight: Decimal | None = None) -> None:
        """So many records more, and so much weight."""
        self.n[key] += number
        if weight is not None:
            self.weights[key] += weight

    @property
    def counts(self) -> Counts:
        """In the order of the keys, so that whatever is added up from them comes out alike on every engine."""
        keys = sorted(self.n, key=lambda key: [(isinstance(one, str), one) for one in key])
        return Counts({key: self.n[key] for key in keys}, {key: float(self.weights[key]) for key in keys if key in self.weights})


class Rows:
    """Reads the rows of one query. Raises AnalysisRefused for too many answers, or too heavy a weight."""

    def __init__(self, query: CountQuery, expressions: Sequence[Expression]) -> None:
        self._query = query
        self._expressions = expressions
        self._seen: list[set[Any]] = [set() for _ in expressions]

    def totals(self, rows: Iterable[Sequence[Any]]) -> Totals:
        """Of rows as `compiled.counting` asks for them."""
        found = Totals()
        if not self._query.by:
            for name in self._query.marks:
                found.add((name,), 0, Decimal(0) if self._query.weight else None)
        for row in rows:
            answers, place = self._answers(row)
            for name in self._query.marks:
                weight = (row[place + 1] or Decimal(0)) if self._query.weight else None
                found.add((*answers, name), row[place], weight)
                place += 2 if self._query.weight else 1
            if self._query.weight:
                refuse_heavy(self._query.weight, row[place])
        return found

    def _answers(self, row: Sequence[Any]) -> tuple[Key, int]:
        answers, place = [], 0
        for expression, seen in zip(self._expressions, self._seen, strict=True):
            after = place + len(expression.keys)
            answers.append(expression.read(*row[place:after]))
            seen.add(answers[-1])
            place = after
        for one, seen in zip(self._query.by, self._seen, strict=True):
            refuse_many(one if isinstance(one, str) else one.variable, len(seen))
        return tuple(answers), place


def refuse_many(name: str, answers: int) -> None:
    """Raise AnalysisRefused where there are more different answers than are counted by."""
    if answers > MOST:
        cause = f"“{name}” has more than {MOST:,} different answers, too many to count by"
        remedy = "Band it, or round it, in a variable of its own (codebook.yaml, derived), and ask for that."
        raise AnalysisRefused([Problem(Place("plan.yaml"), "too-many-answers", f"{cause}.", remedy)])


def refuse_heavy(name: str, weight: float | None) -> None:
    """Raise AnalysisRefused where a weight is too large to be added up exactly."""
    if weight is not None and weight > HEAVIEST:
        cause = f"the weight “{name}” is {weight:,.15g} of a record, and weights are counted up to {HEAVIEST:,}"
        raise AnalysisRefused(
            [Problem(Place("plan.yaml"), "weight-too-large", f"{cause}.", "Divide all weights by the same number.")]
        )
