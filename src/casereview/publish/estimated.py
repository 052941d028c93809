"""A table of estimates as it is printed: each with its decimals, its interval beside it, and a symbol where there is none."""

from collections.abc import Iterator
from dataclasses import replace

from casereview.analysis.classes.fits import TRIED
from casereview.analysis.statistics.latent import STARTS
from casereview.analysis.tables import Estimate, EstimateTable, Heading, Interval, Point
from casereview.analysis.words import variable_label, within
from casereview.publish.below import breaks_in, notes, tests
from casereview.publish.numbers import decimal, grouped, p_value, percent_of, rounded, some
from casereview.publish.printed import INTERVAL, LOW, MISSING, OUTSIDE, UNSURE, Entry, Group, Line, PrintedTable
from casereview.publish.shares import exactly
from casereview.study.plan import Agreement, Asked, Classes, Model, Rate, Summary, Together
from casereview.study.study import Study

_TRIED = (
    "Figures: how many were fitted. BIC and AIC weigh the fit against that; the lower, the better. Entropy is 1 where each "
    "record could only come from one class, and 0 where it could as well come from any. Smallest: the share of the smallest "
    f"class. Starts: how many of {STARTS} random beginnings came as high as the best. p: how often the log-likelihood rises as "
    "much from one class fewer in samples drawn from one fewer; samples: how many were drawn. A small p alone says little: see "
    "the notes of the table."
)

_SYMBOLS = {"": MISSING, "x": MISSING, "z": OUTSIDE, "c": "[c]", "low": UNSURE}


def estimated(study: Study, table: EstimateTable) -> PrintedTable:
    """A table of estimates as it is printed."""
    asked = study.plan.asked[table.slug]
    with_interval = {column.slug: any(one.interval for one in _column(table, column)) for column in table.columns}
    heads = [label for one in table.columns for label in (one.label, *([INTERVAL] if with_interval[one.slug] else []))]
    return PrintedTable(
        slug=table.slug,
        title=table.title,
        stub=_stub(study, asked),
        groups=(Group("", tuple(heads)),),
        lines=tuple(_lines(table, with_interval)),
        notes=tuple(notes(study, table)),
        tests=tests(table),
    )


def times(table: EstimateTable) -> PrintedTable:
    """The times of a trend, with what was seen in each and what the line says: what its chart draws."""
    rated = any(one.population is not None for one in table.points)
    heads = ["Count", *(["Population", "Rate", INTERVAL] if rated else []), "On the line"]
    lines = tuple(Line(one.label, "answer", tuple(_of_point(one, rated))) for one in table.points)
    marks = tuple(f"{label}: {day.day} {day:%B %Y}." for day, label in table.marked)
    groups = (Group("", tuple(heads)),)
    return PrintedTable(f"{table.slug}-times", f"{table.title}: time by time", "Time", groups, lines, marks)


def tried(table: EstimateTable) -> PrintedTable:
    """The numbers of classes that were tried, with what came of each."""
    whole = replace(table, rows=table.tried, columns=TRIED, breaks=())
    lines = tuple(_lines(whole, dict.fromkeys((one.slug for one in TRIED), False)))
    groups = (Group("", tuple(one.label for one in TRIED)),)
    return PrintedTable(table.slug, f"{table.title}: how many classes", "Classes", groups, lines, (_TRIED,))


def _column(table: EstimateTable, column: Heading) -> list[Estimate]:
    return [one for row in table.rows if (one := table.cells.get(f"{row.slug}.{column.slug}"))]


def _lines(table: EstimateTable, with_interval: dict[str, bool]) -> Iterator[Line]:
    for row in table.rows:
        yield from (Line(said, "break") for said in breaks_in(table, row.slug))
        cells = {column: table.cells.get(f"{row.slug}.{column.slug}") for column in table.columns}
        entries = tuple(entry for column, cell in cells.items() for entry in _entries(cell, with_interval[column.slug]))
        yield Line(row.label, row.kind, entries, tuple(_why(cells)))


def _entries(cell: Estimate | None, with_interval: bool) -> Iterator[Entry]:
    if cell is None:
        yield from (Entry(OUTSIDE, None, (OUTSIDE,)), *([Entry(OUTSIDE, None, (OUTSIDE, OUTSIDE))] if with_interval else []))
        return
    yield Entry(marked(cell), cell.address, (_number(cell),))
    if with_interval:
        yield _interval(cell)


def _number(cell: Estimate) -> int | float | str:
    """As a spreadsheet holds it, rounded as printed; a p to three figures, so that none is 0."""
    if cell.value is None:
        return symbol(cell)
    if cell.form == "p":
        return float(f"{cell.value:.3g}")
    made = float(rounded(float(cell.value), cell.places))
    unsigned = cell.form in ("count", "percent", "rate", "ratio")
    return LOW if unsigned and cell.value and not made else int(made) if cell.form == "count" and not cell.places else made


def _interval(cell: Estimate) -> Entry:
    if cell.interval is None:
        none = OUTSIDE if cell.value is not None or cell.symbol == "z" else symbol(cell)
        return Entry(none, cell.address, (none, none))
    bounds = (float(rounded(bound, cell.places)) for bound in (cell.interval.low, cell.interval.high))
    return Entry(interval(cell, cell.interval), cell.address, tuple(bounds))


def symbol(cell: Estimate) -> str:
    """The symbol of an estimate that there is not."""
    return _SYMBOLS[cell.symbol]


def estimate(cell: Estimate, places: int | None = None) -> str:
    """The text of an estimate: 1.84, 64.0%, 1,204, < .001; or its symbol. `places`: other decimals than its own."""
    if cell.value is None:
        return symbol(cell)
    return number(cell, cell.value, cell.places if places is None else places)


def marked(cell: Estimate) -> str:
    """The text of an estimate, with its mark if it is to be taken with care."""
    return estimate(cell) + (f" {UNSURE}" if cell.symbol == "low" and cell.value is not None else "")


def number(cell: Estimate, value: float, places: int) -> str:
    """A number in the form of an estimate."""
    match cell.form:
        case "p":
            return p_value(value)
        case "percent":
            return percent_of(exactly(value), places)
        case "count" if value == int(value):
            return grouped(int(value))
        case "count" | "rate" | "ratio":
            return some(value, places)
    return decimal(value, places)


def interval(cell: Estimate, of: Interval, places: int | None = None) -> str:
    """The interval of an estimate, such as "1.20 to 2.81"."""
    shown, sign = cell.places if places is None else places, "%" if cell.form == "percent" else ""
    low, high = (f"{decimal(bound, shown)}{sign}" for bound in (of.low, of.high))
    return f"{low} to {high}"


def _why(cells: dict[Heading, Estimate | None]) -> Iterator[str]:
    """Why figures of a row are not there, or are to be taken with care: each reason once, with the measures that it is of."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for column, cell in cells.items():
        if cell and cell.why:
            reasons.setdefault((_SYMBOLS[cell.symbol] if cell.symbol else "", cell.why), []).append(column.label)
    for (mark, why), labels in reasons.items():
        yield f"{', '.join(labels)}{' ' if mark else ''}{mark}: {within(why.rstrip('.'))}."


def _of_point(one: Point, rated: bool) -> Iterator[Entry]:
    yield Entry(grouped(one.count), None, (one.count,))
    if rated:
        yield _plain(one.population, 0)
        yield _plain(one.observed, 2)
        bounds = (one.interval.low, one.interval.high) if one.interval else None
        said = " to ".join(decimal(bound, 2) for bound in bounds) if bounds else OUTSIDE
        yield Entry(said, None, tuple(float(rounded(bound, 2)) for bound in bounds) if bounds else (OUTSIDE, OUTSIDE))
    yield _plain(one.fitted, 2 if rated else 1)


def _plain(value: float | None, places: int) -> Entry:
    return (
        Entry(decimal(value, places), None, (float(rounded(value, places)),))
        if value is not None
        else Entry(OUTSIDE, None, (OUTSIDE,))
    )


def _stub(study: Study, asked: Asked) -> str:
    match asked:
        case Summary(rows=str(rows)) | Rate(rows=rows):
            return variable_label(study, rows)
        case Summary(of=name):
            return variable_label(study, name)
        case Agreement():
            return "Variable"
        case Together():
            return "Pair"
        case Classes():
            return "Answer"
        case Model(outcome_label=label):
            return f"What may go with “{label}”"
    return "What the line does"
