"""A computed table as it is printed: its columns of figures, its lines, its base and its notes; whatever the format."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from casereview.analysis.tables import Break, Cell, CellTable, Heading
from casereview.analysis.words import variable_label, within
from casereview.publish.numbers import TABLE_PLACES, grouped, percent, rounded
from casereview.study.plan import Show, Table
from casereview.study.study import Study

OUTSIDE = "–"
"""Stands where a figure has no meaning: a percentage of an absence, or of an empty base."""

DEFAULT_SHOW: dict[str, tuple[Show, ...]] = {
    "frequency": ("count", "column-percent"),
    "crosstab": ("count", "column-percent"),
    "multiple-response": ("count", "column-percent"),
    "share": ("count", "row-percent", "interval"),
}

_MEASURES = {
    "count": "Count",
    "row-percent": "Row %",
    "column-percent": "Column %",
    "total-percent": "% of total",
    "interval": "95% interval",
}


@dataclass(frozen=True)
class Entry:
    """One printed figure: its text, the address of its cell, and its value where it is a single number."""

    text: str
    address: str | None = None
    value: float | int | None = None


@dataclass(frozen=True)
class Group:
    """The columns under one heading; `label` is empty where the table has no columns of its own."""

    label: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A printed row. `kind`: answer, absence, subtotal, total, or break, whose label alone is printed, across the table."""

    label: str
    kind: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class PrintedTable:
    """`stub` heads the column of labels. `notes` are whole sentences."""

    slug: str
    title: str
    stub: str
    groups: tuple[Group, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]

    @property
    def grouped(self) -> bool:
        """Whether its columns stand under headings of their own."""
        return any(group.label for group in self.groups)

    @property
    def width(self) -> int:
        """The number of columns of figures."""
        return sum(len(group.measures) for group in self.groups)


def printed(study: Study, table: CellTable) -> PrintedTable:
    """A table of the plan as it is printed."""
    planned = study.plan.tables[table.slug]
    shown = planned.show or DEFAULT_SHOW[table.kind]
    columns: tuple[Heading | None, ...] = table.columns or (None,)
    based = table.kind in ("share", "multiple-response")
    measures = _measure_labels(table, shown, based)
    groups = tuple(Group(column.label if column else "", measures) for column in columns)
    lines = tuple(_lines(table, columns, shown, based))
    return PrintedTable(table.slug, table.title, _stub(study, planned), groups, lines, tuple(_notes(study, table)))


def _stub(study: Study, planned: Table) -> str:
    """What the rows are, and by what the columns part them: “Yes” and “No” alone would not say."""
    across = f", by {within(variable_label(study, planned.columns))}" if planned.columns else ""
    return _rows_named(study, planned) + across


def _rows_named(study: Study, planned: Table) -> str:
    if isinstance(planned.rows, tuple):
        return "Recorded as present"
    if planned.rows in study.codebook.variables:
        return study.variable(planned.rows).label
    return {"wave": "Period", "sample": "Sample"}.get(planned.rows, planned.rows)


def _measure_labels(table: CellTable, shown: tuple[Show, ...], based: bool) -> tuple[str, ...]:
    several = sum(show.endswith("percent") for show in shown) > 1 or table.kind == "crosstab"
    labels = [_MEASURES[show] if several or not show.endswith("percent") else "Per cent" for show in shown]
    return (*labels, "Base") if based else tuple(labels)


def _lines(table: CellTable, columns: tuple[Heading | None, ...], shown: tuple[Show, ...], based: bool) -> Iterator[Line]:
    for row in table.rows:
        yield from (Line(f"Break: {_broken(one)}", "break") for one in table.breaks if one.wave == row.slug)
        cells = [table.cells[f"{row.slug}.{column.slug}" if column else row.slug] for column in columns]
        yield Line(row.label, row.kind, tuple(entry for cell in cells for entry in _entries(cell, shown, based)))


def break_before(study: Study, one: Break) -> str:
    """A break in words, where it does not stand in its place among the rows."""
    return f"Break before {study.about.waves[one.wave].label}: {_broken(one)}"


def _broken(one: Break) -> str:
    return f"{' '.join(part.rstrip('.') + '.' for part in (one.label, one.reason) if part)}"


def _entries(cell: Cell, shown: tuple[Show, ...], based: bool) -> Iterator[Entry]:
    for show in shown:
        yield _entry(cell, show)
    if based:
        yield Entry(grouped(cell.base), cell.address, cell.base)


def _entry(cell: Cell, show: Show) -> Entry:
    if show == "count":
        return Entry(grouped(cell.count), cell.address, cell.count)
    if show == "interval":
        return Entry(interval_text(cell), cell.address)
    count, base = percent_parts(cell, show)
    if base is None or base == 0:
        return Entry(OUTSIDE, cell.address)
    value = rounded(Fraction(100 * count, base), TABLE_PLACES)
    return Entry(percent(count, base, TABLE_PLACES), cell.address, float(value))


def percent_parts(cell: Cell, show: str = "percent") -> tuple[int, int | None]:
    """The count and the base of a cell's percentage; the base is None where there is no such percentage."""
    which = show.removesuffix("-percent")
    if show == "percent" or which not in cell.percents:
        return cell.count, cell.base if cell.percent is not None else None
    return cell.count, cell.bases.get(which, cell.base) if cell.percents[which] is not None else None


def interval_text(cell: Cell, places: int = TABLE_PLACES) -> str:
    """The interval of a cell's percentage, such as "49.6% to 71.1%"."""
    if cell.interval is None:
        return OUTSIDE
    return f"{rounded(cell.interval.low, places)}% to {rounded(cell.interval.high, places)}%"


def _notes(study: Study, table: CellTable) -> Iterator[str]:
    yield _base_note(study, table)
    if any(cell.percent is None for cell in table.cells.values()):
        yield f"{OUTSIDE} marks a percentage that has no base."
    yield from table.notes
    rows = {row.slug for row in table.rows}
    yield from (break_before(study, one) for one in table.breaks if one.wave not in rows)
    for test in table.tests:
        yield " ".join([test.sentence, *test.cautions, f"Method: {test.source}."])


def _base_note(study: Study, table: CellTable) -> str:
    unit = study.about.case if table.unit == "case" else study.about.people[table.unit]
    base, records = grouped(table.base), grouped(table.records)
    counted = f"{base} {unit.plural.lower()}" if table.base == table.records else f"{base} of {records} {unit.plural.lower()}"
    where = f" ({table.where})" if table.where else ""
    left_out = "; ".join(f"{_reason(study, slug)} {grouped(count)}" for slug, count in table.absences.items() if count)
    return f"Base: {counted}{where}." + (f" Not in the base: {left_out}." if left_out and not table.columns else "")


def _reason(study: Study, slug: str) -> str:
    return study.about.absences[slug].label.lower() if slug in study.about.absences else slug
