"""Questions of practice.yaml asked in SQL, of chronologies as a release holds them."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pyarrow as pa

from casereview.practice import sql
from casereview.practice.asking import holds_of
from casereview.practice.events import Records, Timeline
from casereview.release.layout import CONTENT
from casereview.study.practice import Practice
from tests.plain_questions import Said

Run = Callable[[str], list[tuple[Any, ...]]]


def tables(timelines: Iterable[Timeline], practice: Practice) -> dict[str, pa.Table]:
    """The events as a release holds them; births, incidents and what holds of each case."""
    timelines = list(timelines)
    events = [
        (
            *(one.id, one.case, one.source, one.agency, one.kind, str(one.first), str(one.last), one.time),
            *(
                json.dumps(sorted(one.people)),
                one.what,
                json.dumps({name: list(given) for name, given in one.details.items()}),
                "",
            ),
        )
        for timeline in timelines
        for one in timeline.events
    ]
    births = [
        (one.case, born and int(f"{born.first:%Y%m%d}"), born and int(f"{born.last:%Y%m%d}"))
        for one in timelines
        for born in one.born
    ]
    incidents = [(one.case, str(one.incident.first)) for one in timelines if one.incident]
    truths = [
        (slug, one.case, said if isinstance(said, bool) else None)
        for one in timelines
        for slug, question in practice.questions.items()
        for said in [holds_of(question, one)]
    ]
    same = [(event.id, event.one_with) for one in timelines for event in one.events if event.one_with != event.id]
    schema = CONTENT["events"]
    columns = list(zip(*events, strict=True))
    return {
        "events": pa.table(dict(zip(schema.names, columns, strict=True)), schema),
        "same": _table(same, joined=pa.string(), one=pa.string()),
        "births": _table(births, c=pa.string(), first=pa.int32(), last=pa.int32()),
        "incidents": _table(incidents, c=pa.string(), first=pa.string()),
        "holds": _table(truths, question=pa.string(), c=pa.string(), holds=pa.bool_()),
    }


def _table(rows: list[tuple[Any, ...]], **columns: pa.DataType) -> pa.Table:
    schema = pa.schema(list(columns.items()))
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema)


def as_spark(table: pa.Table) -> str:
    """The schema of a table as Spark writes it."""
    types = {pa.string(): "string", pa.int32(): "int", pa.bool_(): "boolean"}
    return ", ".join(f"`{field.name}` {types[field.type]}" for field in table.schema)


def prepared(dialect: sql.Dialect, practice: Practice) -> dict[str, str]:
    """The tables that questions are asked of, in the order in which they are made."""
    return {
        "told": sql.told(practice, dialect, "events"),
        "here": sql.here(),
        "reach": sql.reach(dialect, "incidents"),
    }


def answered(run: Run, practice: Practice, sources: Mapping[str, Records]) -> set[Said]:
    """All that is asked, and all that cannot be, as the oracle says it."""
    found: set[Said] = set()
    for slug, question in practice.questions.items():
        made = sql.statements(slug, question, sources)
        for statement in filter(None, (made.asked, made.unrecorded)):
            for case, event, truth, lacking, *given in run(statement):
                if truth:
                    rests_on = {event, *(one for several in given for one in several if several is not None)}
                    found.add((slug, case, event, "asked", tuple(sorted(rests_on))))
                else:
                    found.add((slug, case, event, "silent", made.lacking(lacking)))
    return found
