"""What the casebook must never hand over: content that contradicts the codebook. A fault of the programme, not of a user."""

from collections.abc import Iterator

import duckdb

from casereview.release.relations import DRAWN, FOREIGN, PRIMARY
from casereview.release.sql import name, text, texts
from casereview.study.codebook import CODED
from casereview.study.study import Study

_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


def refuse_faults(study: Study, connection: duckdb.DuckDBPyConnection) -> None:
    """Raises ValueError with the first few rows of everything that is wrong."""
    found = []
    for what, query in _faults(study):
        rows = connection.execute(f"SELECT * FROM ({query}) LIMIT 3").fetchall()
        found += [f"{what}: {', '.join(map(str, rows))}"] if rows else []
    if found:
        raise ValueError("the content contradicts the study: " + "; ".join(found))


def _faults(study: Study) -> Iterator[tuple[str, str]]:
    for table, keys in PRIMARY.items():
        columns = ", ".join(map(name, keys))
        nothing = " OR ".join(f"{name(column)} IS NULL" for column in keys)
        yield f"rows of {table} without key", f"SELECT {columns} FROM {name(table)} WHERE {nothing}"
        yield f"rows of {table} twice", f"SELECT {columns} FROM {name(table)} GROUP BY ALL HAVING count(*) > 1"
    for foreign in FOREIGN:
        column, key = name(foreign.column), name(foreign.key)
        there = f"SELECT {key} FROM {name(foreign.other)}"
        cause = f"{foreign.column} of {foreign.table} not in {foreign.other}"
        yield cause, f"SELECT {column} FROM {name(foreign.table)} WHERE {column} IS NOT NULL AND {column} NOT IN ({there})"
    yield from _unknown_slugs(study)
    yield from _parts()
    yield from _values(study)


def _unknown_slugs(study: Study) -> Iterator[tuple[str, str]]:
    themes = [path[-1] for path, _ in study.themes.walk()]
    closed = {
        ("cases", "wave"): study.waves,
        ("people", "role"): tuple(study.about.people),
        ("codings", "code"): tuple(themes),
        **_drawn(study),
        ("samples", "sample"): tuple(study.samples.samples),
        ("samples", "status"): ("drawn", "replaced", "substitute"),
    }
    for (table, column), known in closed.items():
        wrong = f"coalesce({name(column)} NOT IN ({texts(known)}), TRUE)" if known else "TRUE"
        yield f"{column} of {table} that the study does not know", f"SELECT {name(column)} FROM {name(table)} WHERE {wrong}"


def _drawn(study: Study) -> dict[tuple[str, str], tuple[str, ...]]:
    """What the columns of what was drawn may hold."""
    factors, problems, conditions = study.pathways.factors, study.systems.problems, study.systems.conditions
    return {
        ("links", "start"): tuple(factors),
        ("links", "end"): tuple(factors),
        ("chances", "of"): tuple(factors),
        ("problems", "problem"): tuple(problems),
        ("conditions_behind", "problem"): tuple(problems),
        ("conditions_behind", "condition"): tuple(conditions),
        ("condition_links", "start"): tuple(conditions),
        ("condition_links", "end"): tuple(conditions),
        ("maps", "what"): ("pathway", "system"),
    }


def _parts() -> Iterator[tuple[str, str]]:
    """Evidence of what is not there; its tables are several, so that no foreign key says so."""
    parts = " UNION ALL ".join(f"SELECT part FROM {name(table)}" for table in DRAWN)
    yield "evidence of no part", f"SELECT part FROM map_evidence ANTI JOIN ({parts}) USING (part)"


def _values(study: Study) -> Iterator[tuple[str, str]]:
    which = 'SELECT value_id, value, absent FROM "values"'
    yield "values with both or neither of value and absence", f"{which} WHERE (value IS NULL) = (absent IS NULL)"
    yield "unknown absences", f"{which} WHERE absent NOT IN ({texts(study.about.absences) or text('')})"
    records = "SELECT 'case' AS unit, \"case\" AS record FROM cases UNION ALL SELECT role, person FROM people"
    yield "values of no record", f'SELECT value_id FROM "values" AS v ANTI JOIN ({records}) AS r USING (unit, record)'
    pairs = [(slug, study.variable(slug).unit) for slug in study.source_variables()] or [("", "")]
    known = ", ".join(f"({text(slug)}, {text(unit)})" for slug, unit in pairs)
    yield "values of no recorded variable", f"{which} WHERE (variable, unit) NOT IN ({known})"
    yield from _answers(study)


def _answers(study: Study) -> Iterator[tuple[str, str]]:
    """One pass a kind: categories against the codebook's, numbers and dates against their form."""
    recorded = [(slug, study.variable(slug).type) for slug in study.source_variables()]
    single = [slug for slug, kind in recorded if kind in CODED - {"multiple"}]
    multiple = [slug for slug, kind in recorded if kind == "multiple"]
    several = "unnest(from_json(value, '[\"VARCHAR\"]'))"
    for slugs, answer in ((single, "value"), (multiple, several)):
        categories = ", ".join(f"({text(slug)}, {text(one)})" for slug in slugs for one in study.categories(slug))
        if categories:
            given = f"SELECT DISTINCT variable, {answer} AS answer FROM ({_known(slugs)})"
            yield "answers that are no category", f"SELECT * FROM ({given}) WHERE (variable, answer) NOT IN ({categories})"
    numbers = [slug for slug, kind in recorded if kind == "number"]
    yield "answers that are no number", f"{_known(numbers)} AND NOT coalesce(isfinite(try_cast(value AS DOUBLE)), FALSE)"
    dates = [slug for slug, kind in recorded if kind == "date"]
    yield "answers that are no date", f"{_known(dates)} AND NOT regexp_matches(value, {text(_DATE)})"


def _known(slugs: list[str]) -> str:
    return f'SELECT variable, value FROM "values" WHERE value IS NOT NULL AND variable IN ({texts(slugs) or "NULL"})'
