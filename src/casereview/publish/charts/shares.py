"""The percentages of a table of counts, as charts draw and say them."""

from collections.abc import Iterator
from typing import Any

from casereview.analysis.tables import Cell, CellTable, Heading
from casereview.publish.numbers import TABLE_PLACES, percent_of
from casereview.publish.shares import share

ELSEWHERE = "The same figures are in its table."


def key(heading: Heading | None) -> str:
    """The name of a row or column in a drawing: never one that Vega has a meaning for, such as “constructor”."""
    return f"_{heading.slug if heading else ''}"


def columns(table: CellTable) -> tuple[Heading | None, ...]:
    """The columns that are drawn; None stands for the only one of a table without columns."""
    return tuple(column for column in table.columns if column.kind == "answer") or (None,)


def cell_at(table: CellTable, row: Heading, column: Heading | None) -> Cell:
    """A cell."""
    return table.cells[f"{row.slug}.{column.slug}" if column else row.slug]


def cells(table: CellTable, column: Heading | None) -> Iterator[tuple[Heading, Cell]]:
    """The rows that are drawn of a column: those with a percentage, the total aside; of burdens only each number itself."""
    drawn = ("answer",) if table.kind == "burden" else ("answer", "subtotal")
    for row in table.rows:
        cell = cell_at(table, row, column)
        if row.kind in drawn and cell.percent is not None:
            yield row, cell


def said(cell: Cell, which: str = "percent") -> str:
    """A cell's percentage, or another one of it, as it is printed."""
    value = share(cell, which)
    return "no base" if value is None else percent_of(value, TABLE_PLACES)


def values(table: CellTable) -> list[dict[str, Any]]:
    """One mark a cell: `top` is where it ends, its interval with it."""
    return [
        {
            "row": key(row),
            "series": key(column),
            "share": cell.percent,
            "said": said(cell),
            "low": cell.interval.low if cell.interval else None,
            "high": cell.interval.high if cell.interval else None,
            "top": cell.interval.high if cell.interval else cell.percent,
            "kind": row.kind,
        }
        for column in columns(table)
        for row, cell in cells(table, column)
    ]


def series(table: CellTable) -> dict[str, str]:
    """Name → label of each column that is drawn."""
    return {key(column): column.label if column else "" for column in columns(table)}


def in_words(kind: str, table: CellTable) -> str:
    """What a chart of percentages shows, cell by cell."""
    lines = []
    for column in columns(table):
        shares = ", ".join(f"{row.label} {said(cell)}" for row, cell in cells(table, column))
        lines.append(f"{column.label}: {shares}" if column else shares)
    return f"{kind}: {table.title}. {'; '.join(lines)}. {ELSEWHERE}"
