"""Estimates with their intervals, whatever table they are of, as a forest plot draws and says them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casereview.analysis.tables import Answered, Cell, CellTable, Estimate, EstimateTable, Form, Heading, Interval
from casereview.publish.charts import shares
from casereview.publish.charts.shares import key
from casereview.publish.numbers import decimal
from casereview.publish.shares import interval_of

FORMS: tuple[Form, ...] = ("ratio", "coefficient", "rate", "percent", "number")
"""Of a table with several kinds of estimates, the first of these is drawn."""

_SYMBOLS = {"x": "not available", "z": "not applicable", "c": "suppressed"}


@dataclass(frozen=True)
class Item:
    """One estimate: `said` as printed; `value` None where there is none. reference: what the others are compared with."""

    row: str
    series: str
    value: float | None
    interval: Interval | None
    said: str
    reference: bool = False


@dataclass(frozen=True)
class Items:
    """What is drawn of a table: of one form, in the order of rows; `series` are its columns, name → label."""

    form: Form
    rows: dict[str, str]
    series: dict[str, str]
    items: tuple[Item, ...]
    whys: tuple[str, ...]


def items(table: Answered) -> Items:
    """The estimates of a table; of a table of counts, its percentages."""
    if isinstance(table, CellTable):
        return _shares(table)
    form = _form(table)
    drawn = [column for column in table.columns if _of_form(table, column, form)]
    rows = [row for row in table.rows if row.kind != "total" or _known(table, row, drawn)]
    cells = [(row, column, table.cells[f"{row.slug}.{column.slug}"]) for row in rows for column in drawn]
    found = tuple(_item(row, column, cell) for row, column, cell in cells if cell.form == form)
    return Items(form, _named(rows, found), {key(one): one.label for one in drawn}, found, tuple(dict.fromkeys(_whys(cells))))


def _shares(table: CellTable) -> Items:
    inside = [row for row in table.rows if row.kind in ("answer", "subtotal")]
    cells = [(row, column, shares.cell_at(table, row, column)) for row in inside for column in shares.columns(table)]
    found = tuple(_share(row, column, cell) for row, column, cell in cells if cell.percent is not None)
    return Items("percent", _named(inside, found), shares.series(table), found, ())


def _share(row: Heading, column: Heading | None, cell: Cell) -> Item:
    interval = f" ({interval_of(cell.interval)})" if cell.interval else ""
    return Item(key(row), key(column), cell.percent, cell.interval, shares.said(cell) + interval)


def _named(rows: Iterable[Heading], found: tuple[Item, ...]) -> dict[str, str]:
    """Name → label of the rows that are drawn."""
    drawn = {one.row for one in found}
    return {key(row): row.label for row in rows if key(row) in drawn}


def _form(table: EstimateTable) -> Form:
    """The form that is drawn: of those with intervals the first, else of those that there are."""
    with_intervals = {cell.form for cell in table.cells.values() if cell.interval}
    there = with_intervals or {cell.form for cell in table.cells.values()}
    return next((form for form in FORMS if form in there), "number")


def _of_form(table: EstimateTable, column: Heading, form: Form) -> bool:
    return any(table.cells[f"{row.slug}.{column.slug}"].form == form for row in table.rows)


def _known(table: EstimateTable, row: Heading, columns: list[Heading]) -> bool:
    return any(table.cells[f"{row.slug}.{column.slug}"].value is not None for column in columns)


def _item(row: Heading, column: Heading, cell: Estimate) -> Item:
    reference = cell.form == "ratio" and cell.value == 1 and cell.interval is None
    value = None if cell.value is None else float(cell.value)
    return Item(key(row), key(column), value, cell.interval, "1 (reference)" if reference else _said(cell), reference)


def _said(cell: Estimate) -> str:
    if cell.value is None:
        return _SYMBOLS.get(cell.symbol, "not available")
    sign = "%" if cell.form == "percent" else ""
    interval = f" ({_between(cell.interval, cell.places, sign)})" if cell.interval else ""
    return f"{decimal(float(cell.value), cell.places)}{sign}{interval}{' [u]' if cell.symbol == 'low' else ''}"


def _between(interval: Interval, places: int, sign: str) -> str:
    return f"{decimal(interval.low, places)}{sign} to {decimal(interval.high, places)}{sign}"


def _whys(cells: list[tuple[Heading, Heading, Estimate]]) -> Iterator[str]:
    """Why an estimate is not there, or is to be taken with care."""
    for row, _, cell in cells:
        if cell.why and cell.symbol:
            yield f"{row.label}: {cell.why.rstrip('.')}."
