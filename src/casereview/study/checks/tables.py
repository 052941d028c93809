"""plan.yaml, tables: rows, columns and layers that can be counted."""

from collections.abc import Iterator

from casereview.study.checks.common import At, answer_unfit
from casereview.study.checks.dimensions import dimension, typed
from casereview.study.checks.reach import answers_left
from casereview.study.checks.shows import several, too_large, unfit_show
from casereview.study.plan import BY_ORDER, OVER_LAYERS, TWO, Table
from casereview.study.problems import Place, Problem
from casereview.study.study import Study


def check(study: Study, slug: str, table: Table, at: At) -> Iterator[Problem]:
    """Findings in one table."""
    named = dict(_dimensions(table))
    for name, key in named.items():
        yield from dimension(study, table, name, at(key))
    if table.weight:
        yield from typed(study, table, table.weight, ("number",), at("weight"))
    yield from _twice(table, at("rows"))
    if all(name == "wave" or name in study.codebook.variables for name in named):
        yield from _shape(study, table, at)
        yield from _tests(study, table, at("rows"))
        yield from unfit_show(study, table, at("show"))
        yield from too_large(study, table, at("rows"))
        yield from _subtotals(study, table, at("subtotals"))


def _dimensions(table: Table) -> Iterator[tuple[str, str]]:
    """The variables that make a table's rows, columns and layers, each with its key; `wave` may be among them."""
    yield from ((name, "rows") for name in (table.rows if isinstance(table.rows, tuple) else (table.rows,)))
    yield from ((name, key) for name, key in ((table.columns, "columns"), (table.layers, "layers")) if name)


def _twice(table: Table, place: Place) -> Iterator[Problem]:
    names = [name for name, _ in _dimensions(table)]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            cause = f"“{name}” stands twice among the rows, columns and layers."
            yield Problem(place, "duplicate-key", cause, "Take one of them out.")
    if not names:
        yield Problem(place, "bad-value", "The list of rows is empty.", "Name a variable, or several that are all yes-no.")


def _shape(study: Study, table: Table, at: At) -> Iterator[Problem]:
    if isinstance(table.rows, tuple) and any(name == "wave" or study.variable(name).type != "yes-no" for name in table.rows):
        remedy = "Name one variable, or several that are all yes-no."
        yield Problem(at("rows"), "rows-not-alike", "Several variables can share a table only if all are yes-no.", remedy)
    for name, key in _dimensions(table):
        if key != "rows" and name != "wave" and study.variable(name).type == "multiple":
            cause = f"“{name}” is a multiple response, and stands in the {key}."
            yield Problem(at("rows"), "multiple-response", cause, "Put the multiple response in the rows.")
    if table.share is not None and table.columns:
        yield Problem(at("rows"), "share-with-columns", "A table of shares has rows only.", "Take out the columns, or the share.")
    if table.layers and not table.columns:
        remedy = "Add “columns:”; or let the layers be the columns."
        yield Problem(at("layers"), "layers-without-columns", "Layers are layers of a crosstab.", remedy)


def _tests(study: Study, table: Table, place: Place) -> Iterator[Problem]:
    names = (*table.tests, *table.measures)
    if names and not table.columns:
        yield Problem(place, "test-without-columns", "A test needs rows and columns.", "Add “columns:”, or take the test out.")
    if several(study, table) and (table.share is not None or names):
        cause = "A record can stand in several rows of this table, so its rows have no shares and no test."
        yield Problem(
            place, "multiple-response", cause, "Take out the share or the test; or let each answer have a table of its own."
        )
    for name in names:
        if name in OVER_LAYERS and not table.layers:
            cause = f"“{name}” takes several layers together, and this table has none."
            yield Problem(place, "test-without-layers", cause, "Add “layers:”, or take it out.")
        yield from _without_order(study, table, name, place)
        yield from _more_than_two(study, table, name, place)


def _without_order(study: Study, table: Table, name: str, place: Place) -> Iterator[Problem]:
    ordered = {"rows": (table.rows,), "both": (table.rows, table.columns)}[BY_ORDER[name]] if name in BY_ORDER else ()
    for variable in ordered:
        if isinstance(variable, str) and not _in_order(study, variable):
            cause = f"“{name}” goes by the order of the answers, and those of “{variable}” have none."
            yield Problem(place, "test-without-order", cause, "Make the variable ordered, or take the test out.")


def _more_than_two(study: Study, table: Table, name: str, place: Place) -> Iterator[Problem]:
    """A finding where a test of two answers is asked of more. Of fewer, only the data tell."""
    if name not in TWO or not isinstance(table.rows, str) or not table.columns:
        return
    left = {variable: answers_left(study, table, variable) for variable in (table.rows, table.columns)}
    many = [variable for variable, answers in left.items() if len(answers) > 2]
    wanted = {"both": many, "columns": [one for one in many if one == table.columns], "either": many if len(many) == 2 else []}
    for variable in wanted[TWO[name]][:1]:
        cause = f"“{name}” is of two answers, and “{variable}” has {len(left[variable])} here."
        remedy = "Put answers together (recoded), leave two by “where:”, or take it out."
        yield Problem(place, "more-than-two-answers", cause, remedy)


def _in_order(study: Study, name: str) -> bool:
    """Whether answers have an order; two always have."""
    if name not in study.codebook.variables:
        return True
    in_use = [one for one in study.categories(name).values() if one.retired is None]
    return study.variable(name).type == "ordered" or len(in_use) == 2


def _subtotals(study: Study, table: Table, place: Place) -> Iterator[Problem]:
    if not table.subtotals:
        return
    if isinstance(table.rows, tuple) or table.rows == "wave" or table.share is not None:
        yield Problem(place, "rows-not-alike", "Subtotals need rows of one coded variable.", "Take them out.")
        return
    for slug, subtotal in table.subtotals.items():
        if slug in {*study.categories(table.rows), *study.about.absences, "total"}:
            cause = f"“{slug}” is already a row: an answer of “{table.rows}”, an absence or the total."
            yield Problem(place, "duplicate-key", cause, "Name the subtotal otherwise.")
        for answer in subtotal.of:
            yield from answer_unfit(study, place, table.rows, answer)
