"""A population pyramid: ages from below, and one of two columns on either side."""

from typing import Any

import altair as alt

from casereview.analysis.tables import Cell, CellTable, Heading
from casereview.publish.charts import scales
from casereview.publish.charts.drawing import Drawing
from casereview.publish.charts.shares import ELSEWHERE, cell_at, columns, key, said
from casereview.publish.charts.style import INK, SIZE, coloured, data, labelled, row_axis, scaled, tall
from casereview.publish.numbers import grouped

_ROOM = 1.5
"""How far a side goes beyond the longest bar, for what is printed at its end."""


def draw(table: CellTable) -> Drawing:
    """One bar a cell, per cent of all; the first column at the left, and the first row, the youngest, at the bottom."""
    sides = [column for column in columns(table) if column][:2]
    rows = [row for row in table.rows if row.kind == "answer"]
    marks = [
        _mark(row, column, cell_at(table, row, column), side)
        for side, column in zip((-1, 1), sides, strict=False)
        for row in rows
    ]
    (_, last), ticks = scales.percentages(max((abs(mark["x"]) for mark in marks), default=0))
    labels = {key(row): row.label for row in reversed(rows)}
    base = data(marks).encode(y=row_axis(labels))
    series = {key(column): column.label for column in sides}
    bars = base.mark_bar().encode(x=_x(last, ticks), color=coloured(series).legend(None))
    printed = (_printed(base, "left"), _printed(base, "right"))
    heads = data([{"x": 0}]).mark_point(opacity=0).encode(x=_heads(sides, last))
    made = alt.layer(alt.layer(bars, *printed), heads).resolve_axis(x="independent")
    return Drawing(
        made.properties(height=alt.Step(tall(list(labels.values()), least=24))), _words(table, sides, rows), _notes(table)
    )


def _mark(row: Heading, column: Heading, cell: Cell, side: int) -> dict[str, Any]:
    return {
        "row": key(row),
        "series": key(column),
        "x": side * (cell.percents.get("total") or 0),
        "side": side,
        "said": _figure(cell),
    }


def _figure(cell: Cell) -> str:
    return said(cell, "total") if cell.weighted is not None else f"{grouped(cell.count)} ({said(cell, 'total')})"


def _x(last: float, ticks: list[float]) -> alt.X:
    values = [*(-tick for tick in reversed(ticks) if tick), *ticks]
    axis = scaled("Per cent of all", values, labelExpr="format(abs(datum.value), ',~r')")
    return alt.X("x:Q", scale=alt.Scale(domain=[-last * _ROOM, last * _ROOM], nice=False), axis=axis)


def _heads(sides: list[Heading], last: float) -> alt.X:
    places = {side * round(last / 2): column.label for side, column in zip((-1, 1), sides, strict=False)}
    axis = labelled(places, width=24, orient="top", values=list(places), labelOffset=0, labelFontWeight="bold")
    return alt.X("x:Q", axis=axis)


def _printed(base: Any, side: str) -> Any:
    of_side = base.transform_filter(f"datum.side {'<' if side == 'left' else '>'} 0")
    text = of_side.mark_text(
        align="right" if side == "left" else "left", dx=-6 if side == "left" else 6, color=INK, fontSize=SIZE
    )
    return text.encode(x="x:Q", text="said:N")


def _words(table: CellTable, sides: list[Heading], rows: list[Heading]) -> str:
    lines = [
        f"{column.label}: {', '.join(f'{row.label} {_figure(cell_at(table, row, column))}' for row in rows)}" for column in sides
    ]
    return f"Population pyramid: {table.title}. {'; '.join(lines)}. Percentages are of all. {ELSEWHERE}"


def _notes(table: CellTable) -> tuple[str, ...]:
    unknown = sum(table.absences.values())
    return (f"Not drawn, as an answer is not known: {grouped(unknown)}.",) if unknown else ()
