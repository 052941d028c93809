"""A table of counts as it is printed: all that its `show:` asks, by row, column and layer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from casereview.analysis.tables import Cell, CellTable, Heading, Interval
from casereview.analysis.words import variable_label, within
from casereview.publish.arranged import Place, arranged
from casereview.publish.below import breaks_in, notes, reason_of, tests
from casereview.publish.numbers import TABLE_PLACES, capital, decimal, grouped, percent_of, rounded, some
from casereview.publish.printed import INTERVAL, LOW, OUTSIDE, Entry, Group, Line, PrintedTable
from casereview.publish.shares import interval_of, share
from casereview.study.plan import Asked, Behind, Burden, Chronicled, Combination, Pathway, Show, Table
from casereview.study.study import Study

DEFAULT_SHOW: dict[str, tuple[Show, ...]] = {
    "frequency": ("count", "column-percent"),
    "crosstab": ("count", "column-percent"),
    "multiple-response": ("count", "column-percent"),
    "share": ("count", "row-percent", "interval"),
    "combinations": ("count", "column-percent"),
    "pathways": ("count", "column-percent", "interval"),
    "conditions": ("count", "column-percent", "interval"),
    "burden": ("count", "column-percent", "interval"),
    "chronologies": ("count", "column-percent", "interval"),
}

_LABELS = {
    "count": "Count",
    "row-percent": "Row %",
    "column-percent": "Column %",
    "total-percent": "% of total",
    "records-percent": "% of all",
    "cumulative-percent": "Cumulative %",
    "responding-percent": "% of those with an answer",
    "responses-percent": "% of answers",
    "expected": "Expected",
    "residual": "Residual",
    "adjusted-residual": "Adjusted residual",
    "interval": INTERVAL,
}

_BASES: dict[Show, str] = {"responding-percent": "With an answer", "responses-percent": "Answers"}
"""What the bases of percentages are called that are of something other than the table's base."""

_OF_ALL_KNOWN = {"frequency": "Valid %", "multiple-response": "% of all known"}
"""What the column percentage is called where there are others beside it."""


@dataclass(frozen=True)
class _Measure:
    """A column of figures under each heading."""

    label: str
    entry: Callable[[Cell], Entry]


def counted(study: Study, table: CellTable) -> PrintedTable:
    """A table of counts as it is printed."""
    asked = study.plan.asked[table.slug]
    columns: tuple[Heading | None, ...] = table.columns or (None,)
    layers: tuple[Heading | None, ...] = table.layers or (None,)
    measures = tuple(_measures(table, asked))
    shown = {column: _given(table, measures, column, layers) for column in columns}
    return PrintedTable(
        slug=table.slug,
        title=table.title,
        stub=_stub(study, asked),
        groups=tuple(Group(one.label if one else "", tuple(measure.label for measure in shown[one])) for one in columns),
        lines=tuple(line for layer in layers for line in _lines(study, table, shown, layer)),
        notes=tuple(notes(study, table)),
        tests=tests(table),
        layered=_layered(study, asked),
    )


def _measures(table: CellTable, asked: Asked) -> Iterator[_Measure]:
    show = (asked.show if isinstance(asked, Table) else None) or DEFAULT_SHOW[table.kind]
    weighted = any(cell.weighted is not None for cell in table.cells.values())
    several = sum(one.endswith("percent") for one in show) > 1
    for one in show:
        yield _Measure(_label(table, one, several), lambda cell, one=one: _entry(cell, one))  # type: ignore[misc]  # mypy infers no default
        if one == "count" and weighted:
            yield _Measure("Weighted", lambda cell: _weight(cell.address, cell.weighted))
        if one in _BASES:
            yield _Measure(_BASES[one], lambda cell, one=one: _base(cell, one))  # type: ignore[misc]  # mypy infers no default
    if table.kind in ("share", "multiple-response", "burden", "conditions", "chronologies"):
        yield _Measure("Base", lambda cell: Entry(grouped(cell.base), cell.address, (cell.base,)))
        if weighted:
            yield _Measure("Weighted base", lambda cell: _weight(cell.address, cell.weighted_base))


def _label(table: CellTable, show: Show, several: bool) -> str:
    if not show.endswith("percent") or table.kind == "crosstab":
        return _LABELS[show]
    if not several and show in ("row-percent", "column-percent"):
        return "Per cent"
    return _OF_ALL_KNOWN.get(table.kind, _LABELS[show]) if show == "column-percent" else _LABELS[show]


def _given(
    table: CellTable, measures: tuple[_Measure, ...], column: Heading | None, layers: tuple[Heading | None, ...]
) -> tuple[_Measure, ...]:
    """The measures that say something in a column; a total has no residuals, and no interval of what is whole by its making."""
    cells = [_cell(table, row, column, layer) for row in table.rows for layer in layers]
    given = tuple(one for one in measures if any(one.entry(cell).text != OUTSIDE for cell in cells))
    return given or measures


def _cell(table: CellTable, row: Heading, column: Heading | None, layer: Heading | None) -> Cell:
    under = layer.slug if layer and layer.kind != "total" else ""
    return table.cells[".".join(part for part in (row.slug, column.slug if column else "", under) if part)]


def _lines(
    study: Study, table: CellTable, shown: dict[Heading | None, tuple[_Measure, ...]], layer: Heading | None
) -> Iterator[Line]:
    if layer:
        yield Line("All together" if layer.kind == "total" else layer.label, "group")
    places = arranged(study, study.plan.asked[table.slug])
    for under, rows in groupby(_first_the_total(table, places), lambda row: places[row.slug].under if row.slug in places else ""):
        if under:
            yield Line(under, "group")
        for row in rows:
            yield from (Line(said, "break") for said in breaks_in(table, row.slug))
            yield _line(study, table, shown, layer, row, places.get(row.slug))


def _first_the_total(table: CellTable, places: Mapping[str, Place]) -> list[Heading]:
    """The rows; where they stand under headings, all of them together come before the first."""
    return sorted(table.rows, key=lambda row: row.slug in places) if places else list(table.rows)


def _line(
    study: Study,
    table: CellTable,
    shown: dict[Heading | None, tuple[_Measure, ...]],
    layer: Heading | None,
    row: Heading,
    place: Place | None,
) -> Line:
    cells = {column: _cell(table, row, column, layer) for column in shown}
    entries = tuple(one.entry(cells[column]) for column, given in shown.items() for one in given)
    if place:
        return Line(place.label, "answer", entries, depth=place.depth)
    label = capital(reason_of(study, study.plan.asked[table.slug], row.slug)) if row.kind == "absence" else row.label
    return Line(label, row.kind, entries)


def _entry(cell: Cell, show: Show) -> Entry:
    match show:
        case "count":
            return Entry(grouped(cell.count), cell.address, (cell.count,))
        case "interval":
            return _interval(cell.address, cell.interval)
        case "expected" | "residual" | "adjusted-residual":
            value = {"expected": cell.expected, "residual": cell.residual, "adjusted-residual": cell.adjusted}[show]
            return _number(cell.address, value, 1 if show == "expected" else 2)
    return _percentage(cell, show.removesuffix("-percent"))


def _percentage(cell: Cell, which: str) -> Entry:
    # The percentage of a table of shares is kept as of the column, and printed as of the row.
    only = which == "row" and set(cell.percents) == {"column"}
    value = share(cell, "percent" if only else which) if only or which in cell.percents else None
    if value is None:
        return Entry(OUTSIDE, cell.address, (OUTSIDE,))
    number = float(rounded(value, TABLE_PLACES))
    return Entry(percent_of(value, TABLE_PLACES), cell.address, (LOW if value and not number else number,))


def _base(cell: Cell, show: Show) -> Entry:
    of = show.removesuffix("-percent")
    if cell.percents.get(of) is None:
        return Entry(OUTSIDE, cell.address, (OUTSIDE,))
    return Entry(grouped(cell.bases[of]), cell.address, (cell.bases[of],))


def _interval(address: str, interval: Interval | None) -> Entry:
    if interval is None:
        return Entry(OUTSIDE, address, (OUTSIDE, OUTSIDE))
    bounds = (float(rounded(bound, TABLE_PLACES)) for bound in (interval.low, interval.high))
    return Entry(interval_of(interval), address, tuple(bounds))


def _number(address: str, value: float | None, places: int) -> Entry:
    if value is None:
        return Entry(OUTSIDE, address, (OUTSIDE,))
    return Entry(decimal(value, places), address, (float(rounded(value, places)),))


def _weight(address: str, weight: float | None) -> Entry:
    """A sum of weights."""
    if weight is None:
        return Entry(OUTSIDE, address, (OUTSIDE,))
    number = float(rounded(weight, 1))
    return Entry(some(weight, 1), address, (LOW if weight and not number else number,))


def _layered(study: Study, asked: Asked) -> str:
    """What its headings across the table are."""
    match asked:
        case Table(layers=str(name)):
            return variable_label(study, name)
        case Chronicled():
            return "Question of chronologies"
        case Behind():
            return "Practice problem"
        case Pathway():
            return "What was drawn"
    return ""


def _stub(study: Study, asked: Asked) -> str:
    """What the rows are, and by what the columns part them: “Yes” and “No” alone would not say."""
    match asked:
        case Pathway(by=by):
            rows, columns = "Drawn", by
        case Behind(by=by):
            rows, columns = "Practice problem, and what lay behind it", by
        case Chronicled(by=by):
            rows, columns = "Question, and what is said of it", by
        case Burden(by=by):
            rows, columns = "Number of factors recorded", by
        case Combination(by=by):
            rows, columns = "Recorded together", by
        case Table(rows=tuple(), columns=columns):
            rows = "Recorded as present"
        case Table(rows=str(name), columns=columns):
            rows = variable_label(study, name)
        case _:
            return ""
    return rows + (f", by {within(variable_label(study, columns))}" if columns else "")
