"""The sections of a page of evidence before its evidence: what is said of each cell of a table in numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from casereview.analysis.classes.fits import TRIED
from casereview.analysis.tables import Answered, Cell, CellTable, Estimate, EstimateTable, Heading
from casereview.analysis.words import within
from casereview.publish.estimated import interval, marked
from casereview.publish.library import Library
from casereview.publish.numbers import TABLE_PLACES, decimal, grouped, percent_of
from casereview.publish.shares import interval_of, share, weighted
from casereview.publish.sourced import heading_of


@dataclass(frozen=True)
class Number:
    """A number of a section: what it is, and what it comes to. `address`: of the cell that it is, where a section has several."""

    term: str
    said: str
    address: str = ""


@dataclass(frozen=True)
class Section:
    """A section before its evidence: the addresses of its cells, those whose members it shows, and whose these are, in words."""

    address: str
    heading: str
    numbers: tuple[Number, ...]
    addresses: tuple[str, ...]
    shown: tuple[str, ...]
    whose: str


def sections(library: Library, table: Answered) -> Iterator[Section]:
    """A section a cell; of estimates, a section a row."""
    yield from _rows(library, table) if isinstance(table, EstimateTable) else _cells(library, table)


def _cells(library: Library, table: CellTable) -> Iterator[Section]:
    for address, cell in table.cells.items():
        yield _of_cell(library, table, cell, heading_of(library, table, address))
    for reason, count in table.absences.items():
        if reason not in table.cells and not table.columns:
            cell = Cell(reason, count, table.records, None)
            heading = f"{heading_of(library, table, reason)} (not in the base)"
            yield _of_cell(library, table, cell, heading)


def _of_cell(library: Library, table: CellTable, cell: Cell, heading: str) -> Section:
    only = (cell.address,)
    return Section(cell.address, heading, tuple(_numbers(library, table, cell)), only, only, "of this cell")


def _rows(library: Library, table: EstimateTable) -> Iterator[Section]:
    for row in (*table.rows, *table.tried):
        columns = TRIED if row in table.tried else table.columns
        cells = {column.label: table.cells.get(f"{row.slug}.{column.slug}") for column in columns}
        numbers = [Number(label, _estimated(cell), cell.address) for label, cell in cells.items() if cell]
        addresses = tuple(cell.address for cell in cells.values() if cell)
        shown = tuple(one for one in addresses if table.kind != "together" or one == f"{row.slug}.both")
        yield Section(
            row.slug, row.label, (*numbers, *_common(library, table)), addresses, shown, _whose(table, row, len(addresses))
        )


def _whose(table: EstimateTable, row: Heading, figures: int) -> str:
    match table.kind:
        case "together":
            return "with both"
        case "classes":
            of_all = row.kind == "total" or row in table.tried
            return "of these figures" if of_all else "with this answer; from which class a case would come is known of none"
    return "of this row" if figures > 1 else "of this cell"


def _estimated(cell: Estimate) -> str:
    between = f", 95% interval {interval(cell, cell.interval)}" if cell.interval else ""
    why = f" ({within(cell.why.rstrip('.'))})" if cell.why else ""
    return f"{marked(cell)}{between}{why}"


def _numbers(library: Library, table: CellTable, cell: Cell) -> Iterator[Number]:
    yield Number("Count", grouped(cell.count))
    yield Number("Base", grouped(cell.base))
    if cell.weighted is not None and cell.weighted_base is not None:
        yield Number("Weighted", f"{decimal(cell.weighted, 1)} of {decimal(cell.weighted_base, 1)}")
    if (value := share(cell)) is not None:
        yield Number("Per cent", percent_of(value, TABLE_PLACES) + (" of the weighted base" if weighted(cell) else ""))
    if cell.interval is not None:
        yield Number("95% interval", f"{interval_of(cell.interval)} ({_METHODS.get(cell.interval.method, cell.interval.method)})")
    yield from _common(library, table)


_METHODS = {"wilson-95": "Wilson", "clopper-pearson-95": "Clopper and Pearson"}


def _common(library: Library, table: Answered) -> Iterator[Number]:
    if isinstance(table, EstimateTable):
        yield Number("Base of the table", grouped(table.base))
    if table.where:
        yield Number("Filter", table.where)
    yield Number("Release", library.release.folder.name)
