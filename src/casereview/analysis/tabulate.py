"""From the counts of a table's shape to the table: its cells, its base and absences, its tests and notes."""

from collections import Counter

from casereview.analysis import words
from casereview.analysis.comparability import breaks
from casereview.analysis.engines import Counts
from casereview.analysis.notes import notes
from casereview.analysis.shape import Line, Shape
from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.intervals import wilson
from casereview.analysis.statistics.results import tested, without
from casereview.analysis.tables import Cell, CellTable, TestResult
from casereview.analysis.tally import Tally
from casereview.study.conditions import parse
from casereview.study.plan import Table
from casereview.study.spans import waves_spanned
from casereview.study.study import Study


def tabulate(study: Study, slug: str, shape: Shape, counts: Counts) -> CellTable:
    """The table `slug` of a study's plan, from its counts."""
    table, tally = study.plan.tables[slug], Tally(shape, counts)
    absences = Counter[str]()
    for (_, reason), count in tally.absences().items():
        absences[reason] += count
    return CellTable(
        slug=slug,
        title=table.title,
        kind=shape.kind,
        unit=table.unit,
        rows=tuple(line.heading for line in tally.rows),
        columns=tuple(line.heading for line in tally.columns),
        cells=_cells(tally, table),
        base=tally.base(shape.total, shape.all_columns),
        records=tally.records,
        absences={reason: absences[reason] for reason in study.about.absences if absences[reason]},
        waves=waves_spanned(study, table),
        where=words.condition(study, parse(table.where)),
        tests=_tests(study, table, tally),
        breaks=breaks(study, table),
        notes=notes(study, table, tally),
    )


def _cells(tally: Tally, table: Table) -> dict[str, Cell]:
    """Every cell by its address, those of lines that are not shown too, so that what prose names is always there."""
    columns = tally.shape.columns or (tally.shape.all_columns,)
    cells = [_cell(tally, table, row, column) for row in tally.shape.rows for column in columns]
    return {cell.address: cell for cell in cells}


def _cell(tally: Tally, table: Table, row: Line, column: Line) -> Cell:
    chosen = table.percent if tally.shape.kind == "crosstab" or tally.shape.columns else "column"
    address = f"{row.heading.slug}.{column.heading.slug}" if tally.shape.columns else row.heading.slug
    count, bases = tally.row(row, column), _bases(tally, row, column)
    percents = {name: _percent(count, base) if row.of is not None else None for name, base in bases.items()}
    whole = _is_whole(row, column, chosen)
    interval = None if whole or percents[chosen] is None else wilson(count, bases[chosen])
    return Cell(address, count, bases[chosen], percents[chosen], interval, percents, bases)


def _bases(tally: Tally, row: Line, column: Line) -> dict[str, int]:
    """What a cell can be a percentage of. `records`: absences too; `responding`: the records with at least one of the answers."""
    bases = {"column": tally.base(row, column)}
    if tally.shape.columns:
        bases["row"] = tally.row(row, tally.shape.all_columns)
        bases["total"] = tally.base(row, tally.shape.all_columns)
    elif tally.shape.kind == "frequency":
        bases["records"] = tally.records
    if tally.shape.kind == "multiple-response" and row.heading.kind in ("answer", "subtotal"):
        bases["responding"] = tally.count(row.answers, column.answers, "responding")
    return bases


def _percent(count: int, base: int) -> float | None:
    return 100 * count / base if base else None


def _is_whole(row: Line, column: Line, chosen: str) -> bool:
    """Whether a percentage is of the records themselves: 100 by its making, so that an interval would say nothing."""
    rows = (row.answers, row.mark) == (row.of, row.of_mark)
    columns = column.heading.kind == "total" or not column.heading.slug
    return {"column": rows, "row": columns, "total": rows and columns}[chosen]


def _tests(study: Study, table: Table, tally: Tally) -> tuple[TestResult, ...]:
    names = (*table.tests, *table.measures)
    if tally.shape.kind != "crosstab":
        return tuple(without(name, "a record may stand in several of the rows") for name in names)
    rows, columns = ([line for line in lines if line.heading.kind == "answer"] for lines in (tally.rows, tally.columns))
    counts = tuple(tuple(tally.row(row, column) for column in columns) for row in rows)
    about = words.variable_label(study, str(table.rows)), words.variable_label(study, str(table.columns))
    observed = Observed(counts, _labels(rows), _labels(columns), about)
    return tuple(tested(name, observed) for name in names)


def _labels(lines: list[Line]) -> tuple[str, ...]:
    return tuple(line.heading.label for line in lines)
