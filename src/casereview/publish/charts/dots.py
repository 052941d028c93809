"""Small counts, a dot each: so that a reader sees how many there are, and that each is one."""

from dataclasses import dataclass
from typing import Any

import altair as alt

from casereview.analysis.tables import Cell, CellTable, Heading
from casereview.publish.charts.drawing import Drawing
from casereview.publish.charts.shares import ELSEWHERE, cells, said
from casereview.publish.charts.style import COLOURS, INK, LINE, SIZE, across, data, labelled, wrapped
from casereview.publish.numbers import grouped
from casereview.publish.resolve import Unsaid

MOST = 200
"""Of a larger base nobody counts the dots."""

_EACH, _BETWEEN = 17, 10
"""Pixels from dot to dot, and between the dots of one row and of the next."""


@dataclass(frozen=True)
class _Row:
    """A row: `dots` of them, `count` of which are filled, in lines of `wide`; it begins `top` pixels from above."""

    heading: Heading
    cell: Cell
    dots: int
    wide: int
    top: int

    @property
    def lines(self) -> int:
        return max(1, -(-self.dots // self.wide))

    @property
    def height(self) -> int:
        return max(self.lines * _EACH, LINE * len(wrapped(self.heading.label)))

    @property
    def middle(self) -> int:
        return self.top + self.height // 2

    def marks(self) -> list[dict[str, Any]]:
        """Where each dot stands."""
        first = self.middle - self.lines * _EACH / 2 + _EACH / 2
        return [
            {"x": 1 + place % self.wide, "y": first + place // self.wide * _EACH, "counted": place < self.cell.count}
            for place in range(self.dots)
        ]

    def figure(self) -> dict[str, Any]:
        """What is printed beside the dots."""
        return {"x": 1 + min(self.dots, self.wide), "y": self.middle, "said": _figure(self.cell)}


def draw(table: CellTable) -> Drawing:
    """One dot a record, subtotals aside; of shares, hollow ones for the rest of the base. Raises Unsaid if there are too many."""
    if table.base > MOST:
        cause = f"“{table.slug}” has a base of {grouped(table.base)}; with a dot each, nobody sees more than {MOST}."
        raise Unsaid("too-many-dots", cause, "Draw it as bars: kind: bar.")
    shown = [(row, cell) for row, cell in cells(table, None) if row.kind == "answer"]
    wide = 10 if max((_dots(table, cell) for _, cell in shown), default=0) <= 50 else 20
    rows = _rows(table, shown, wide)
    height = sum(row.height + _BETWEEN for row in rows)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0.2, 30 if wide == 20 else 23], nice=False), axis=None)
    labels = labelled({row.middle: row.heading.label for row in rows}, values=[row.middle for row in rows])
    base = data([mark for row in rows for mark in row.marks()]).encode(x=x, y=across(height, labels))
    dots = base.mark_point(shape="circle", filled=True, size=80, opacity=1, strokeWidth=1.2, stroke=COLOURS[0])
    filled = dots.encode(fill=alt.condition("datum.counted", alt.value(COLOURS[0]), alt.value("white")))
    figures = data([row.figure() for row in rows]).mark_text(align="left", color=INK, fontSize=SIZE)
    printed = figures.encode(x=x, y=across(height, None), text="said:N")
    made = alt.layer(filled, printed).resolve_axis(y="independent").properties(height=height)
    return Drawing(made, _words(table, shown), (_note(table),))


def _dots(table: CellTable, cell: Cell) -> int:
    return cell.base if table.kind == "share" else cell.count


def _rows(table: CellTable, shown: list[tuple[Heading, Cell]], wide: int) -> list[_Row]:
    rows: list[_Row] = []
    for heading, cell in shown:
        top = rows[-1].top + rows[-1].height + _BETWEEN if rows else _BETWEEN // 2
        rows.append(_Row(heading, cell, _dots(table, cell), wide, top))
    return rows


def _figure(cell: Cell) -> str:
    return f"{grouped(cell.count)} of {grouped(cell.base)} ({said(cell)})"


def _note(table: CellTable) -> str:
    if table.kind == "share":
        return "Each dot is one of the base: a filled one is counted, a hollow one is not."
    return "Each dot is one."


def _words(table: CellTable, shown: list[tuple[Heading, Cell]]) -> str:
    counts = ", ".join(f"{row.label} {_figure(cell)}" for row, cell in shown)
    return f"Dot chart, a dot each: {table.title}. {counts}. {ELSEWHERE}"
