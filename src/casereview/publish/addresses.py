"""Whether what a reference names is there, as far as the study's files can say."""

from collections.abc import Collection, Iterator

from casereview.publish.grammar import At, Block, Cited, Reference, Said
from casereview.study.mistakes import nearest
from casereview.study.plan import Table
from casereview.study.problems import Place, Problem
from casereview.study.study import Study

TOTAL = "total"


def faults(study: Study, reference: Reference, place: Place) -> Iterator[Problem]:
    """A finding for each name of a reference that leads nowhere, with the nearest one that there is."""
    match reference:
        case Cited(at=at) | Said(at=at):
            yield from _address_faults(study, at, place)
        case Block(what=what, slug=slug) if slug:
            noun, known = _named_by(study, what)
            if slug not in known:
                yield _unknown(noun, slug, known, place)


def _named_by(study: Study, what: str) -> tuple[str, Collection[str]]:
    match what:
        case "table":
            return "table", study.plan.tables
        case "chart":
            return "chart", study.plan.charts
        case "sample":
            return "sample", study.samples.samples
        case _:
            return "theme", [path[-1] for path, _ in study.themes.walk()]


def _address_faults(study: Study, at: At, place: Place) -> Iterator[Problem]:
    table = study.plan.tables.get(at.table)
    if table is None:
        yield _unknown("table", at.table, study.plan.tables, place)
        return
    if at.row is None:
        return
    rows = _rows(study, table)
    if rows and at.row not in rows:
        yield _unknown(f"row of table {at.table}", at.row, rows, place)
    columns = _answers(study, table.columns) if table.columns else []
    if at.column is not None and not table.columns:
        cause = f"Table {at.table} has no columns, so it has no cell {at.address}."
        yield Problem(place, "unknown-reference", cause, f"Write {{{{ {at.table}.{at.row} … }}}}.")
    elif at.column is not None and columns and at.column not in columns:
        yield _unknown(f"column of table {at.table}", at.column, columns, place)


def _rows(study: Study, table: Table) -> list[str]:
    rows = [*table.rows, *table.subtotals] if isinstance(table.rows, tuple) else _answers(study, table.rows)
    return [*rows, *table.subtotals, TOTAL, *study.about.absences] if rows else []


def _answers(study: Study, name: str) -> list[str]:
    """What may stand as a row or column of a variable; nothing where that cannot be said."""
    if name == "wave":
        return [*study.waves, TOTAL]
    if name == "sample":
        return [*study.samples.samples, TOTAL]
    if name not in study.codebook.variables:
        return []
    variable = study.codebook.variables[name]
    if variable.list is not None and variable.list not in study.codebook.lists:
        return []
    return [*study.categories(name), TOTAL, *study.about.absences]


def _unknown(noun: str, name: str, known: Collection[str], place: Place) -> Problem:
    return Problem(place, "unknown-reference", f"There is no {noun} “{name}”.", nearest(name, tuple(known)))
