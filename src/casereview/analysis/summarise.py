"""From the distribution of a number in each group to its summary: every measure, or why there is none."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache

from casereview.analysis import words
from casereview.analysis.comparability import breaks
from casereview.analysis.engines import Counts
from casereview.analysis.notes import left_out, passed_through, weighting
from casereview.analysis.shape import Line
from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.numbers import Distribution, Quartiles
from casereview.analysis.statistics.results import tested, without
from casereview.analysis.tables import Estimate, EstimateTable, Heading, TestResult
from casereview.study.conditions import parse
from casereview.study.plan import Summary
from casereview.study.spans import waves_spanned
from casereview.study.study import Study

WEIGHTED = "weighted-n"
_LABELS = {
    "n": "Number",
    WEIGHTED: "Sum of weights",
    "mean": "Mean",
    "sd": "Standard deviation",
    "median": "Median",
    "lower-quartile": "Lower quartile",
    "upper-quartile": "Upper quartile",
    "minimum": "Minimum",
    "maximum": "Maximum",
    "range": "Range",
    "sum": "Sum",
}
_FIGURES: dict[str, Callable[[Distribution, Quartiles], float | None]] = {
    "mean": lambda found, _: found.mean,
    "sd": lambda found, _: found.sd,
    "median": lambda found, convention: found.quartile(2, convention),
    "lower-quartile": lambda found, convention: found.quartile(1, convention),
    "upper-quartile": lambda found, convention: found.quartile(3, convention),
    "minimum": lambda found, _: found.values[0],
    "maximum": lambda found, _: found.values[-1],
    "range": lambda found, _: found.range,
    "sum": lambda found, _: found.sum,
}
_FINER = frozenset({WEIGHTED, "mean", "sd", "median", "lower-quartile", "upper-quartile"})
_CONVENTIONS = {
    "weighted-average": "weighted averages at (n + 1)p, as in SPSS (Hyndman and Fan 1996, type 6)",
    "linear": "interpolated at (n − 1)p + 1, as in R and Excel (Hyndman and Fan 1996, type 7)",
    "tukey-hinges": "Tukey’s hinges, the medians of the two halves (Tukey 1977)",
}


def summarise(study: Study, slug: str, groups: tuple[Line, ...], counts: Counts, everyone: Counts | None = None) -> EstimateTable:
    """The summary `slug` of a study's plan, from what its queries found. groups: the last is of all of them."""
    summary = study.plan.summaries[slug]
    numbers, absences = Numbers(summary, groups, counts), Counter[str]()
    for (_, reason), count in numbers.left_out.items():
        absences[reason] += count
    decimals = _decimals(numbers.weights(groups[-1]))
    shown = [group for group in groups if group.always or numbers.count(group)]
    estimates = [one for group in groups for one in _estimates(summary, numbers, group, decimals)]
    weightless = everyone.n.get(("records",), 0) - numbers.records if everyone else 0
    return EstimateTable(
        slug=slug,
        title=summary.title,
        kind="summary",
        unit=summary.unit,
        rows=tuple(group.heading for group in shown),
        columns=tuple(Heading(measure, _LABELS[measure]) for measure in measures(summary)),
        cells={one.address: one for one in estimates},
        base=numbers.count(groups[-1]),
        records=numbers.records,
        absences={reason: absences[reason] for reason in study.about.absences if absences[reason]},
        waves=waves_spanned(study, summary),
        where=words.condition(study, parse(summary.where)),
        tests=tuple(_tests(study, summary, numbers, [group for group in shown if group.heading.kind == "answer"])),
        breaks=breaks(study, summary),
        notes=tuple(_notes(study, summary, numbers, weightless)),
    )


def measures(summary: Summary) -> tuple[str, ...]:
    """What is given of each group, in order; of weighted records the number, then the sum of their weights."""
    return tuple(one for show in summary.show for one in ((show, WEIGHTED) if show == "n" and summary.weight else (show,)))


class Numbers:
    """The number's values in each group, as they were counted, and the records that have none, or no group."""

    def __init__(self, summary: Summary, groups: tuple[Line, ...], counts: Counts) -> None:
        self._n: dict[str, dict[float, int]] = {answer: {} for answer in groups[-1].answers}
        self._weights: dict[str, dict[float, float]] = {answer: {} for answer in groups[-1].answers}
        self.left_out = Counter[tuple[str, str]]()
        self.records = sum(counts.n.values())
        self.weights: Callable[[Line], dict[float, float]] = cache(self._weights_of)
        weights = counts.weights if summary.weight else counts.n
        for key, count in counts.n.items():
            group, number = (str(key[0]), key[1]) if summary.rows else ("", key[0])
            if group not in self._n:
                self.left_out[str(summary.rows), group] += count
            elif isinstance(number, str):
                self.left_out[summary.of, number] += count
            elif count:
                self._n[group][number] = count
                self._weights[group][number] = weights[key]

    def count(self, group: Line) -> int:
        """The records of a group of which the number is known."""
        return sum(sum(self._n[answer].values()) for answer in group.answers)

    def _weights_of(self, group: Line) -> dict[float, float]:
        """How many of a group have each number, or the sum of their weights."""
        found: dict[float, list[float]] = {}
        for answer in group.answers:
            for number, weight in self._weights[answer].items():
                found.setdefault(number, []).append(weight)
        return {number: weights[0] if len(weights) == 1 else math.fsum(weights) for number, weights in found.items()}


def _estimates(summary: Summary, numbers: Numbers, group: Line, decimals: int) -> Iterator[Estimate]:
    found, n = Distribution.of(numbers.weights(group)), numbers.count(group)
    for measure in measures(summary):
        address, places = f"{group.heading.slug}.{measure}", decimals + (measure in _FINER)
        if measure == "n":
            yield Estimate(address, n, "count", 0)
        elif measure == WEIGHTED:
            yield Estimate(address, found.total, "number", places)
        elif not n:
            yield Estimate(address, None, "number", places, symbol="x", why="Of no record here is the number known.")
        else:
            yield _estimate(address, _value(measure, found, summary.quartiles), places)


def _estimate(address: str, value: float | None, places: int) -> Estimate:
    if value is None:
        return Estimate(address, None, "number", places, symbol="z", why="A spread needs more than one record.")
    if not math.isfinite(value):
        return Estimate(address, None, "number", places, symbol="x", why="The numbers are too large to be reckoned with.")
    return Estimate(address, value, "number", places)


def _value(measure: str, found: Distribution, convention: Quartiles) -> float | None:
    try:
        return _FIGURES[measure](found, convention)
    except OverflowError:
        return math.inf


def _decimals(values: Iterable[float]) -> int:
    """The decimals that the numbers have, at most four."""
    exponents = (Decimal(repr(value)).normalize().as_tuple().exponent for value in values)
    return min(4, max((-one for one in exponents if isinstance(one, int) and one < 0), default=0))


def _tests(study: Study, summary: Summary, numbers: Numbers, groups: list[Line]) -> Iterator[TestResult]:
    if not summary.rows or not any(map(numbers.count, groups)):
        why = "no record has a group and a number" if summary.rows else "there are no groups"
        yield from (without(name, why) for name in summary.tests)
        return
    numbers_of = [numbers.weights(group) for group in groups]
    values = tuple(sorted(set().union(*numbers_of)))
    counts = tuple(tuple(one.get(value, 0) for one in numbers_of) for value in values)
    about = words.variable_label(study, summary.of), words.variable_label(study, summary.rows)
    labels = tuple(f"{value:.15g}" for value in values)
    observed = Observed(counts, labels, tuple(group.heading.label for group in groups), about)
    yield from (tested(name, observed) for name in summary.tests)


def _notes(study: Study, summary: Summary, numbers: Numbers, weightless: int) -> Iterator[str]:
    if summary.note:
        yield summary.note
    if not numbers.records or numbers.records == sum(numbers.left_out.values()):
        yield "The base is empty: there is nothing to sum up."
    if {"lower-quartile", "upper-quartile"} & set(summary.show):
        yield f"Quartiles are {_CONVENTIONS[summary.quartiles]}."
    yield from weighting(study, summary.weight, weightless, "A record counts for as many as its weight says.")
    yield from left_out(study, numbers.left_out) if summary.rows else ()
    yield from passed_through(study, summary)
