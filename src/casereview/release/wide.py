"""Wide tables: one row a case or person, one answer a variable, every absence with its reason. Set-based, in DuckDB.

While it is built, a unit's table has for every variable two columns: `SLUG`, the answer, null where absent; and `SLUG.absent`,
the reason, null where known. Answers as sources gave them stand beside them as `SLUG:given` and `SLUG:given absence`.
"""

from collections.abc import Iterable, Iterator, Sequence
from graphlib import TopologicalSorter

import duckdb
import pyarrow as pa

from casereview.release.conditions_sql import truth
from casereview.release.derived_sql import NOT_APPLICABLE, NOT_COLLECTED, NOT_STATED, Answer, Columns, derived, in_order
from casereview.release.sql import name, text, texts
from casereview.study.codebook import AnyOf, Banded, Lifted, Recoded
from casereview.study.conditions import asking, parse, variables
from casereview.study.sources import AGREED, CODED, DOUBLE_CODED, IMPORTED, RowsSource
from casereview.study.study import Study


def build(study: Study, connection: duckdb.DuckDBPyConnection) -> None:
    """Make one table a unit, named by it, from the views or tables of the content."""
    for unit in study.units:
        connection.execute(_given(study, unit))
    for level in _levels(study):
        for unit in study.units:
            here = [slug for slug in level if study.variable(slug).unit == unit]
            if here:
                connection.execute(_with_answers(study, unit, here))


def wide_schema(study: Study, unit: str) -> pa.Schema:
    """The columns of a unit's table, as `layout` describes them."""
    fields = [pa.field(column, pa.string()) for column in identifiers(unit)]
    for slug, variable in study.variables_of(unit).items():
        fields.append(pa.field(slug, _arrow_type(variable.type)))
        fields += [] if variable.coded else [pa.field(f"{slug}.absent", pa.string())]
    return pa.schema(fields)


def _arrow_type(kind: str) -> pa.DataType:
    return pa.list_(pa.string()) if kind == "multiple" else pa.float64() if kind == "number" else pa.string()


def identifiers(unit: str) -> tuple[str, ...]:
    """The first columns of a unit's table."""
    return ("case", "wave") if unit == "case" else ("person", "case", "wave")


def selection(study: Study, unit: str, more: Sequence[str] = ()) -> str:
    """The query that gives a unit's table as it is released; more: what gives further columns, after those of the variables."""
    columns = [name(column) for column in identifiers(unit)]
    for slug, variable in study.variables_of(unit).items():
        value, absent = name(slug), name(f"{slug}.absent")
        if variable.type == "multiple":
            columns.append(f"coalesce({value}, [{absent}]) AS {value}")
        elif variable.coded:
            columns.append(f"coalesce({value}, {absent}) AS {value}")
        else:
            columns += [value, absent]
    columns += more
    order = '"case"' if unit == "case" else '"case", person'
    return f"SELECT {', '.join(columns)} FROM {name(unit)} ORDER BY {order}"


def _given(study: Study, unit: str) -> str:
    """The records of a unit with what was given of each variable, one row a record."""
    records = 'SELECT "case", wave FROM cases' if unit == "case" else _people(unit)
    recorded = [slug for slug, variable in study.variables_of(unit).items() if variable.derived is None]
    if not recorded:
        return f"CREATE TABLE {name(unit)} AS {records}"
    pivot = f'PIVOT ({_latest(study, unit)}) ON variable IN ({texts(recorded)}) USING first(answer) GROUP BY ":record"'
    columns = ", ".join(["r.*", *(column for slug in recorded for column in _unpacked(study, slug))])
    joined = f'({records}) AS r LEFT JOIN ({pivot}) AS a ON a.":record" = r.{name("case" if unit == "case" else "person")}'
    return f"CREATE TABLE {name(unit)} AS SELECT {columns} FROM {joined}"


def _latest(study: Study, unit: str) -> str:
    """Of each record and variable the answer that counts: the latest source's of those that know it, else of those that do not.

    What people recorded in the casebook came after every source of the study, and what they agreed on last. Double codings
    never count.
    """
    order = counting(study)
    places = " ".join(f"WHEN {text(source)} THEN {place}" for place, source in enumerate(order))
    rank = f"printf('%06d', CASE source {places} ELSE {len(order)} END) || value_id"
    agreed = f"source = {text(AGREED)}"  # which may be that there is no answer: then no earlier one comes back
    taken = (
        f"{one} := CASE WHEN bool_or({agreed}) THEN max({one}) FILTER (WHERE {agreed}) ELSE arg_max({one}, {rank}) END"
        for one in ("value", "absent")
    )
    answer = f"struct_pack({', '.join(taken)})"
    given = f"FROM {name('values')} WHERE unit = {text(unit)} AND source NOT IN ({texts(never_counting(study))})"
    return f'SELECT record AS ":record", variable, {answer} AS answer {given} GROUP BY ALL'


def counting(study: Study) -> list[str]:
    """The sources whose answers count, the latest last; what is agreed counts before all of them, and is none of them."""
    return [*(slug for slug in study.sources.sources if slug not in never_counting(study)), IMPORTED, CODED]


def never_counting(study: Study) -> list[str]:
    """The sources of double codings."""
    double = (slug for slug, one in study.sources.sources.items() if isinstance(one, RowsSource) and one.double_coding)
    return [DOUBLE_CODED, *double]


def _people(role: str) -> str:
    return f'SELECT p.person, p."case", c.wave FROM people AS p JOIN cases AS c USING ("case") WHERE p.role = {text(role)}'


def _unpacked(study: Study, slug: str) -> Iterator[str]:
    value, absent = (f"struct_extract(a.{name(slug)}, '{part}')" for part in ("value", "absent"))
    yield f"{_typed(study, slug, value)} AS {name(f'{slug}:given')}"
    yield f"{absent} AS {name(f'{slug}:given absence')}"


def _typed(study: Study, slug: str, value: str) -> str:
    kind = study.variable(slug).type
    if kind == "multiple":
        return f"from_json({value}, '[\"VARCHAR\"]')"
    return f"CAST({value} AS DOUBLE)" if kind == "number" else value


def _levels(study: Study) -> Iterator[Iterable[str]]:
    """The variables in groups, each resting only on those of earlier groups. Raises graphlib.CycleError."""
    order = TopologicalSorter({slug: _rests_on(study, slug) for slug in study.codebook.variables})
    order.prepare()
    while order.is_active():
        level = order.get_ready()
        yield sorted(level)
        order.done(*level)


def _rests_on(study: Study, slug: str) -> set[str]:
    variable = study.variable(slug)
    asked = variables(parse(variable.asked_when or {})) - {"wave", "sample"}
    match variable.derived:
        case Banded(banded=one) | Recoded(recoded=one) | Lifted(lifted=one):
            return {*asked, one}
        case AnyOf(any_of=several):
            return {*asked, *several}
    return set(asked)


def _with_answers(study: Study, unit: str, slugs: list[str]) -> str:
    """The unit's table with these variables answered besides."""
    answers = [(slug, _answer(study, unit, slug)) for slug in slugs]
    columns = ["t.*"]
    for slug, answer in answers:
        columns += [f"{answer.value} AS {name(slug)}"]
        columns += [f"CASE WHEN ({answer.value}) IS NULL THEN {answer.absent} END AS {name(f'{slug}.absent')}"]
    cases = "" if unit == "case" else 'JOIN "case" AS c ON c."case" = t."case"'
    joins = " ".join(dict.fromkeys([cases, *(answer.join for _, answer in answers)]))
    return f"CREATE OR REPLACE TABLE {name(unit)} AS SELECT {', '.join(columns)} FROM {name(unit)} AS t {joins}"


def _answer(study: Study, unit: str, slug: str) -> Answer:
    """What was given stands, whatever the wave; else, and for every derived variable, first whether it was asked at all."""
    gate = _gate(study, unit, slug)
    if study.variable(slug).derived is None:
        given = f"t.{name(f'{slug}:given')}"
        if study.variable(slug).type == "multiple":
            given = f"CASE WHEN {given} IS NOT NULL THEN {in_order(given, list(study.categories(slug)))} END"
        absence = f"t.{name(f'{slug}:given absence')}"
        return Answer(given, f"coalesce({absence}, {gate}, {text(NOT_STATED)})")
    answer = derived(study, slug, _columns(study, unit))
    value = answer.value if gate == "NULL" else f"CASE WHEN {gate} IS NULL THEN {answer.value} END"
    return Answer(value, f"coalesce({gate}, {answer.absent}, {text(NOT_STATED)})", answer.join)


def _gate(study: Study, unit: str, slug: str) -> str:
    """Why a variable was not asked of a record; null where it was."""
    variable = study.variable(slug)
    waves, columns = study.waves_of(slug), _columns(study, unit)
    when = [f"WHEN t.wave NOT IN ({texts(waves)}) THEN {text(NOT_COLLECTED)}"] if waves != study.waves else []
    if variable.asked_when:
        asked = truth(asking(variable.asked_when), columns.of, lambda one: _is_multiple(study, one))
        # Whether it was asked may itself be unknown: then it is not stated, which claims less than that it does not apply.
        when += [f"WHEN NOT ({asked}) THEN {text(NOT_APPLICABLE)}", f"WHEN ({asked}) IS NULL THEN {text(NOT_STATED)}"]
    return f"CASE {' '.join(when)} END" if when else "NULL"


def _is_multiple(study: Study, slug: str) -> bool:
    return slug != "wave" and study.variable(slug).type == "multiple"


def _columns(study: Study, unit: str) -> Columns:
    """A unit's own columns as t's; a person also has those of the case, as c's."""

    def table(slug: str) -> str:
        own = slug in ("case", "wave") or study.variable(slug).unit == unit
        return "t" if own else "c"

    return Columns(lambda slug: f"{table(slug)}.{name(slug)}", lambda slug: f"{table(slug)}.{name(f'{slug}.absent')}")
