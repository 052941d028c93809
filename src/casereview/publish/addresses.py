"""Whether what a reference names is there, and can be said of it, as far as the study's files can say."""

from collections.abc import Collection, Iterator

from casereview.analysis.questions import question
from casereview.publish.grammar import COUNT_MEASURES, ESTIMATE_MEASURES, At, Block, Cited, Reference, Said
from casereview.study.mistakes import nearest
from casereview.study.plan import Burden, Combination, Drawn, Summary, Table
from casereview.study.problems import Place, Problem
from casereview.study.study import Study

TOTAL = "total"


def faults(study: Study, reference: Reference, place: Place) -> Iterator[Problem]:
    """A finding for each name of a reference that leads nowhere, with the nearest one that there is."""
    match reference:
        case Cited(at=at) | Said(at=at) if at.table not in study.plan.asked:
            yield _unknown("table", at.table, study.plan.asked, place)
        case Cited(at=at) | Said(at=at):
            unknown = list(_address_faults(study, at, place))
            yield from unknown or _unfit(study, reference, place)
        case Block(what=what, slug=slug) if slug:
            noun, known = _named_by(study, what)
            if slug not in known:
                yield _unknown(noun, slug, known, place)


def _named_by(study: Study, what: str) -> tuple[str, Collection[str]]:
    match what:
        case "table":
            return "table", study.plan.asked
        case "chart":
            return "chart", study.plan.charts
        case "sample":
            return "sample", study.samples.samples
        case _:
            return "theme", [path[-1] for path, _ in study.themes.walk()]


def _address_faults(study: Study, at: At, place: Place) -> Iterator[Problem]:
    if at.row is None:
        return
    known = question(study, at.table).addresses
    if found_in(known, at) or (at.column is None and at.row in study.about.absences):
        return
    paths = [address.split(".") for address in known]
    rows = _next(paths, ())
    columns = _next(paths, (at.row,))
    if at.row not in rows:
        yield _unknown(f"row of table {at.table}", at.row, rows, place)
    elif not columns:
        cause = f"Table {at.table} has no columns, so it has no cell {at.address}."
        yield Problem(place, "unknown-reference", cause, f"Write {{{{ {at.table}.{at.row} … }}}}.")
    elif at.column not in columns:
        yield _unknown_column(study, at, columns, place)
    else:
        yield _unknown(f"layer of table {at.table}", str(at.layer), _next(paths, (at.row, at.column)), place)


def _unknown_column(study: Study, at: At, columns: list[str], place: Place) -> Problem:
    noun = "measure" if _estimates(study, at) else "column"
    if at.column is None:
        cause = f"{at} is a whole row of estimates; it does not say which."
        return Problem(place, "unknown-reference", cause, f"Write {at}.{columns[0]}, or another of: {', '.join(columns)}.")
    return _unknown(f"{noun} of table {at.table}", at.column, columns, place)


def _next(paths: list[list[str]], before: tuple[str | None, ...]) -> list[str]:
    """What can follow the beginning of an address."""
    depth = len(before)
    return list(dict.fromkeys(path[depth] for path in paths if len(path) > depth and tuple(path[:depth]) == before))


def _unfit(study: Study, reference: Cited | Said, place: Place) -> Iterator[Problem]:
    """A count that is asked for an estimate's measure, or the other way round; a test that is not asked for in the plan."""
    at, estimates = reference.at, _estimates(study, reference.at)
    if isinstance(reference, Said) and estimates:
        cause = f"{at} is an estimate, and phrases are of shares that were counted."
        yield Problem(place, "not-of-this", cause, f"Print it: {{{{ {at} value }}}}.")
    elif isinstance(reference, Cited) and at.row is not None:
        allowed = ESTIMATE_MEASURES if estimates else COUNT_MEASURES
        if reference.measure not in allowed:
            what = "an estimate" if estimates else "a count of records"
            cause = f"{at} is {what}, of which “{reference.measure}” cannot be said."
            yield Problem(place, "not-of-this", cause, f"Use one of: {', '.join(sorted(allowed))}.")
    elif isinstance(reference, Cited) and reference.test:
        yield from _unasked_test(study, reference, place)


def _unasked_test(study: Study, cited: Cited, place: Place) -> Iterator[Problem]:
    match study.plan.asked[cited.at.table]:
        case Table(tests=tests, measures=measures):
            known: tuple[str, ...] = (*tests, *measures)
        case Summary(tests=tests) | Burden(tests=tests):
            known = tests
        case _:
            return
    if cited.test not in known:
        yield _unknown(f"test of table {cited.at.table}", cited.test, known, place)


def _estimates(study: Study, at: At) -> bool:
    return not isinstance(study.plan.asked[at.table], Table | Combination | Burden | Drawn)


def found_in(known: Collection[str], at: At) -> str | None:
    """The cell that an address means: of a row alone, where a table has columns, the row's total. None if there is none."""
    candidates = (str(at.address), f"{at.row}.{TOTAL}") if at.column is None else (str(at.address),)
    return next((address for address in candidates if address in known), None)


def _unknown(noun: str, name: str, known: Collection[str], place: Place) -> Problem:
    return Problem(place, "unknown-reference", f"There is no {noun} “{name}”.", nearest(name, tuple(known)))
