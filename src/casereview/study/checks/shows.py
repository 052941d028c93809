"""plan.yaml, tables: what a kind of table can print, and how large a table can be."""

from collections.abc import Iterator
from math import prod

from casereview.study.plan import Show, Table
from casereview.study.problems import Place, Problem
from casereview.study.study import Study

CELLS = 20_000
"""No table has more cells: nobody reads so many, and each is looked up by name."""

_ROWS_ALONE: tuple[Show, ...] = ("count", "column-percent", "interval")
_CROSSED: tuple[Show, ...] = (*_ROWS_ALONE, "row-percent", "total-percent")
_RESPONSES: tuple[Show, ...] = ("responding-percent", "responses-percent")
_SHOWS: dict[str, tuple[Show, ...]] = {
    "frequency table": (*_ROWS_ALONE, "records-percent", "cumulative-percent"),
    "crosstab": (*_CROSSED, "expected", "residual", "adjusted-residual"),
    "multiple response": (*_ROWS_ALONE, *_RESPONSES),
    "multiple response by columns": (*_CROSSED, *_RESPONSES),
    "table of shares": ("count", "row-percent", "interval"),
}
"""What each kind of table can print."""


def several(study: Study, table: Table) -> bool:
    """Whether a record can stand in more than one row."""
    return isinstance(table.rows, tuple) or (table.rows != "wave" and study.variable(table.rows).type == "multiple")


def unfit_show(study: Study, table: Table, place: Place) -> Iterator[Problem]:
    """A finding for each figure that a table of this kind does not have."""
    kind = _kind(study, table)
    for show in table.show or ():
        if show not in _SHOWS[kind]:
            yield Problem(place, "show-unfit", f"A {kind} has no {show}.", f"It can show {', '.join(_SHOWS[kind])}.")
        elif show == "interval" and table.weight:
            cause = "A weighted table has no intervals: how uncertain its percentages are depends on how the weights were made."
            yield Problem(place, "show-unfit", cause, "Take interval out of what it shows.")


def _kind(study: Study, table: Table) -> str:
    if table.share:
        return "table of shares"
    if several(study, table):
        return "multiple response by columns" if table.columns else "multiple response"
    return "crosstab" if table.columns else "frequency table"


def too_large(study: Study, table: Table, place: Place) -> Iterator[Problem]:
    """A finding for a table with more cells than anybody could read."""
    rows = len(table.rows) if isinstance(table.rows, tuple) else _lines(study, table, table.rows) + len(table.subtotals)
    cells = prod([rows, *(_lines(study, table, name) for name in (table.columns, table.layers) if name)])
    if cells > CELLS:
        cause = f"This table would have {cells:,} cells; at most {CELLS:,} can be counted."
        yield Problem(place, "too-many-cells", cause, "Put answers together (recoded), or take the columns or the layers out.")


def _lines(study: Study, table: Table, name: str) -> int:
    """How many answers, absences and totals a variable has in a table."""
    answers = len(study.waves if name == "wave" else study.categories(name))
    return answers + (len(study.about.absences) if table.of_all else 0) + 1
