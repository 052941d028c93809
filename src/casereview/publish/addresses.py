"""Whether what a reference names is there, as far as the study's files can say."""

from collections.abc import Collection, Iterator

from casereview.analysis.shape import addresses
from casereview.publish.grammar import At, Block, Cited, Reference, Said
from casereview.study.mistakes import nearest
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
    known = addresses(study, table)
    if at.row is None or found_in(known, at) or (at.column is None and at.row in study.about.absences):
        return
    rows = list(dict.fromkeys(address.partition(".")[0] for address in known))
    columns = list(dict.fromkeys(address.partition(".")[2] for address in known))
    if at.row not in rows:
        yield _unknown(f"row of table {at.table}", at.row, rows, place)
    elif columns == [""]:
        cause = f"Table {at.table} has no columns, so it has no cell {at.address}."
        yield Problem(place, "unknown-reference", cause, f"Write {{{{ {at.table}.{at.row} … }}}}.")
    else:
        yield _unknown(f"column of table {at.table}", str(at.column), columns, place)


def found_in(known: Collection[str], at: At) -> str | None:
    """The cell that an address means: of a row alone, where a table has columns, the row's total. None if there is none."""
    candidates = (str(at.address), f"{at.row}.{TOTAL}") if at.column is None else (str(at.address),)
    return next((address for address in candidates if address in known), None)


def _unknown(noun: str, name: str, known: Collection[str], place: Place) -> Problem:
    return Problem(place, "unknown-reference", f"There is no {noun} “{name}”.", nearest(name, tuple(known)))
