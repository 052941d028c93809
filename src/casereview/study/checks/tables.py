"""plan.yaml, tables: rows, columns and layers that can be counted."""

from collections.abc import Iterator

from casereview.study.checks.common import At, answer_unfit
from casereview.study.checks.dimensions import dimension
from casereview.study.plan import Table
from casereview.study.problems import Place, Problem
from casereview.study.study import Study


def check(study: Study, slug: str, table: Table, at: At) -> Iterator[Problem]:
    """Findings in one table."""
    named = dimensions(table)
    for name in named:
        yield from dimension(study, table, name, at("columns" if name == table.columns else "rows"))
    if all(name == "wave" or name in study.codebook.variables for name in named):
        yield from _shape(study, table, at)
        yield from _subtotals(study, table, at("subtotals"))


def dimensions(table: Table) -> tuple[str, ...]:
    """The variables that make a table's rows and columns; `wave` may be among them."""
    rows = table.rows if isinstance(table.rows, tuple) else (table.rows,)
    return (*rows, *((table.columns,) if table.columns else ()))


def _shape(study: Study, table: Table, at: At) -> Iterator[Problem]:
    place = at("rows")
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
