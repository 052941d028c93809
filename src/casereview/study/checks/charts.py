"""plan.yaml, charts: which kind of chart can draw which of the things that a plan asks."""

from collections.abc import Callable, Iterator

from casereview.study.checks.common import unknown
from casereview.study.plan import (
    Agreement,
    Asked,
    Burden,
    Chart,
    ChartKind,
    Classes,
    Combination,
    Model,
    Pathway,
    Rate,
    Table,
    Together,
    Trend,
)
from casereview.study.problems import Place, Problem
from casereview.study.study import Study

COLUMNS = 30
"""An UpSet plot with more columns than these is too narrow to be read."""


def check(study: Study, chart: Chart, place: Place) -> Iterator[Problem]:
    """Findings in one chart; `place` is that of what it draws."""
    yield from unknown(place, "table", chart.table, study.plan.asked)
    asked = study.plan.asked.get(chart.table)
    if asked is not None and not _fits(study, chart.kind, asked):
        draws, _ = KINDS[chart.kind]
        cause = f"A chart of kind {chart.kind} draws {draws}; “{chart.table}” is not that."
        yield Problem(place, "chart-unfit", cause, _remedy([kind for kind in KINDS if _fits(study, kind, asked)]))


def _fits(study: Study, kind: ChartKind, asked: Asked) -> bool:
    _, fits = KINDS[kind]
    return fits(study, asked)


def _remedy(kinds: list[ChartKind]) -> str:
    if not kinds:
        return "Take the chart out; the table shows the same."
    return f"It can be drawn as {' or '.join([part for part in (', '.join(kinds[:-1]), kinds[-1]) if part])}."


def _bar(study: Study, asked: Asked) -> bool:
    if isinstance(asked, Combination | Burden):
        return asked.by is None
    return isinstance(asked, Table) and asked.columns is None


def _grouped_bar(study: Study, asked: Asked) -> bool:
    if isinstance(asked, Combination | Burden):
        return asked.by is not None
    return isinstance(asked, Table) and asked.columns is not None


def _trend(study: Study, asked: Asked) -> bool:
    return isinstance(asked, Table) and asked.rows == "wave"


def _forest(study: Study, asked: Asked) -> bool:
    return isinstance(asked, Table | Combination | Rate | Model | Agreement | Trend | Together | Burden | Classes)


def _pyramid(study: Study, asked: Asked) -> bool:
    if not isinstance(asked, Table) or asked.columns not in study.codebook.variables:
        return False
    rows = asked.rows if isinstance(asked.rows, str) else ""
    ordered = rows in study.codebook.variables and study.variable(rows).type == "ordered"
    return ordered and len(study.categories(asked.columns)) == 2


def _dots(study: Study, asked: Asked) -> bool:
    if isinstance(asked, Combination):
        return asked.by is None
    return isinstance(asked, Table) and asked.columns is None and asked.weight is None


def _upset(study: Study, asked: Asked) -> bool:
    return isinstance(asked, Combination) and asked.most <= COLUMNS


def _matrix(study: Study, asked: Asked) -> bool:
    return isinstance(asked, Classes) or (isinstance(asked, Together) and asked.by is None)


def _series(study: Study, asked: Asked) -> bool:
    return isinstance(asked, Trend)


def _graph(study: Study, asked: Asked) -> bool:
    return isinstance(asked, Pathway)


KINDS: dict[ChartKind, tuple[str, Callable[[Study, Asked], bool]]] = {
    "bar": ("the percentages of a table without columns, or of combinations or burdens without groups", _bar),
    "grouped-bar": ("a table with columns, or combinations or burdens by group", _grouped_bar),
    "trend": ("a table with the waves in its rows", _trend),
    "forest": ("percentages, rates, odds ratios, agreement, pairs, classes or what a trend estimates", _forest),
    "pyramid": ("a table with an ordered variable in its rows, and in its columns a variable with two answers", _pyramid),
    "dots": ("a table without columns and weight, or combinations without groups", _dots),
    "upset": (f"combinations, {COLUMNS} at most", _upset),
    "series": ("trends", _series),
    "graph": ("pathways", _graph),
    "matrix": ("pairs of factors without groups, or classes", _matrix),
}
"""Kind → what it draws, in words, and whether it can draw something."""
