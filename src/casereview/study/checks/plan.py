"""plan.yaml: tables that can be counted, whose titles say what their filters do."""

from collections.abc import Iterator

from casereview.study.checks.common import answer_unfit, unknown, unsound
from casereview.study.checks.periods import denied_title
from casereview.study.checks.reach import empty_base, weak_comparison
from casereview.study.plan import Table
from casereview.study.problems import Place, Problem
from casereview.study.study import Study

FILE = "plan.yaml"


def check(study: Study) -> Iterator[Problem]:
    """Findings in plan.yaml."""
    for slug, table in study.plan.tables.items():
        yield from _table(study, slug, table)
    for slug, chart in study.plan.charts.items():
        yield from unknown(study.places.of(FILE, "charts", slug, "table"), "table", chart.table, study.plan.tables)


def _table(study: Study, slug: str, table: Table) -> Iterator[Problem]:
    def at(*path: str) -> Place:
        return study.places.of(FILE, "tables", slug, *path)

    if table.answers is not None:
        yield from unknown(at("answers"), "question", table.answers, study.plan.questions)
    yield from unknown(at("unit"), "unit", table.unit, study.units)
    named = dimensions(table)
    for name in named:
        yield from _dimension(study, table, name, at("columns" if name == table.columns else "rows"))
    yield from unsound(study, at("where"), table.where, {"case", table.unit})
    if table.share is not None:
        yield from unsound(study, at("share"), table.share.holds, {"case", table.unit})
    if all(name == "wave" or name in study.codebook.variables for name in named):
        yield from _shape(study, table, at)
        yield from _subtotals(study, table, at("subtotals"))
        yield from empty_base(study, table, at("where"))
        yield from weak_comparison(study, table, at("rows"))
    yield from denied_title(study, table, at("title"))


def dimensions(table: Table) -> tuple[str, ...]:
    """The variables that make a table's rows and columns; `wave` may be among them."""
    rows = table.rows if isinstance(table.rows, tuple) else (table.rows,)
    return (*rows, *((table.columns,) if table.columns else ()))


def _dimension(study: Study, table: Table, name: str, place: Place) -> Iterator[Problem]:
    if name == "wave":
        return
    yield from unknown(place, "variable", name, study.codebook.variables)
    if name not in study.codebook.variables:
        return
    variable = study.variable(name)
    if variable.unit not in ("case", table.unit):
        cause = f"“{name}” is recorded of the {variable.unit}, but this table counts each {table.unit}."
        remedy = f"Say “unit: {variable.unit}”, or lift the variable to the case (lifted)."
        yield Problem(place, "mixed-units", cause, remedy)
    if not variable.coded:
        remedy = "Derive bands from a number (banded), and put those in the table."
        yield Problem(place, "not-countable", f"“{name}” is a {variable.type}: it has no categories to count.", remedy)
    if variable.retired:
        cause = f"“{name}” is retired since {variable.retired.since}: {variable.retired.why}."
        yield Problem(
            place, "retired-in-use", cause, f"Use “{variable.retired.use}”." if variable.retired.use else "Leave it out."
        )


def _shape(study: Study, table: Table, at: object) -> Iterator[Problem]:
    place = at("rows")  # type: ignore[operator]
    if isinstance(table.rows, tuple) and any(name == "wave" or study.variable(name).type != "yes-no" for name in table.rows):
        remedy = "Name one variable, or several that are all yes-no."
        yield Problem(place, "rows-not-alike", "Several variables can share a table only if all are yes-no.", remedy)
    if table.columns and table.columns != "wave" and study.variable(table.columns).type == "multiple":
        remedy = "Put the multiple response in the rows."
        yield Problem(place, "multiple-response", f"“{table.columns}” is a multiple response, and stands in the columns.", remedy)
    if table.share is not None and table.columns:
        yield Problem(place, "share-with-columns", "A table of shares has rows only.", "Take out the columns, or the share.")
    if (table.tests or table.measures) and not table.columns:
        yield Problem(place, "test-without-columns", "A test needs rows and columns.", "Add “columns:”, or take the test out.")
    if _several(study, table) and (table.share is not None or table.tests or table.measures):
        cause = "A record can stand in several rows of this table, so its rows have no shares and no test."
        yield Problem(
            place, "multiple-response", cause, "Take out the share or the test; or let each answer have a table of its own."
        )


def _several(study: Study, table: Table) -> bool:
    """Whether a record can stand in more than one row."""
    return isinstance(table.rows, tuple) or (table.rows != "wave" and study.variable(table.rows).type == "multiple")


def _subtotals(study: Study, table: Table, place: Place) -> Iterator[Problem]:
    if not table.subtotals:
        return
    if isinstance(table.rows, tuple) or table.rows == "wave" or table.share is not None:
        yield Problem(place, "rows-not-alike", "Subtotals need rows of one coded variable.", "Take them out.")
        return
    for slug, subtotal in table.subtotals.items():
        if slug in study.categories(table.rows):
            yield Problem(
                place, "duplicate-key", f"“{slug}” is already an answer of “{table.rows}”.", "Name the subtotal otherwise."
            )
        for answer in subtotal.of:
            yield from answer_unfit(study, place, table.rows, answer)
