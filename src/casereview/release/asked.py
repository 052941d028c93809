"""What practice.yaml asks of chronologies: in which rows of the plan's tables each case stands, and of which events it is asked.

`practice_rows`, a column of the case's table, is a list of texts, as a multiple response is; of a case without a chronology, only
that it was not collected. It says of each question whether it is asked, cannot be said and for want of what, or nothing asks it:
never how many are asked. The table `asked` holds the events of which each is asked, or cannot be said, and those it rests on.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa

from casereview.practice.asking import Asked, Asking, Said
from casereview.practice.events import Dates, Event
from casereview.practice.integrated import Ruling, as_one
from casereview.practice.recording import born_of, timeline
from casereview.release.relations import ASKED, PRACTICE_ROWS
from casereview.release.sql import name, text
from casereview.study import conditions
from casereview.study.intervals import spanned
from casereview.study.practice import cannot_row, nothing_row, want_row
from casereview.study.study import Study

NOT_COLLECTED = "not-collected"


def columns(study: Study) -> list[str]:
    """The column, where the study asks anything of chronologies."""
    return [PRACTICE_ROWS] * bool(study.practice.questions)


def tables(study: Study) -> list[str]:
    """The table of events, likewise."""
    return [ASKED] * bool(study.practice.questions)


def fields(study: Study) -> list[pa.Field]:
    """Its type."""
    return [pa.field(column, pa.list_(pa.string())) for column in columns(study)]


def selected(study: Study) -> list[str]:
    """What gives it, in a query over the case's table."""
    nothing = f"[{text(NOT_COLLECTED)}]"
    found = f'(SELECT d.rows FROM {name(PRACTICE_ROWS)} AS d WHERE d."case" = "case"."case")'
    return [f"coalesce({found}, {nothing}) AS {name(one)}" for one in columns(study)]


def build(study: Study, connection: duckdb.DuckDBPyConnection) -> None:
    """Make both tables, from the events and the wide tables: of the column, named as it, and `asked`."""
    if columns(study):
        said = _said(study, connection)
        stands = {case: _rows(study, several) for case, several in said.items()}
        rows = pa.table({"case": list(stands), "rows": list(stands.values())}, schema=_STANDS)
        _made(connection, PRACTICE_ROWS, rows)
        _made(connection, ASKED, pa.Table.from_pylist([row for several in said.values() for row in map(_row, several)], SCHEMA))


SCHEMA = pa.schema([(one, pa.string()) for one in ("question", "case", "event", "said", "rests_on", "lacks")])
"""The table `asked`. event: null of the whole chronology. said: asked, or cannot-say. rests_on: JSON list of the other events.
lacks: JSON list of what is lacking (`practice.truth`)."""

_STANDS = pa.schema([("case", pa.string()), ("rows", pa.list_(pa.string()))])


def _made(connection: duckdb.DuckDBPyConnection, called: str, table: pa.Table) -> None:
    connection.register("made", table)
    connection.execute(f"CREATE TABLE {name(called)} AS SELECT * FROM made")
    connection.unregister("made")


def _said(study: Study, connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[Said, ...]]:
    """Case → what is asked of its chronology, and what cannot be said."""
    cases = _Cases(study, connection)
    query = 'SELECT * FROM events ORDER BY "case", "first", "last", event'
    rows = _dicts(connection.sql(query))
    return {case: cases.said(case, map(event_of, several)) for case, several in groupby(rows, lambda row: row["case"])}


def _row(said: Said) -> dict[str, str | None]:
    asked = isinstance(said, Asked)
    rests_on, lacks = (said.rests_on[1:], ()) if isinstance(said, Asked) else ((), said.lacks)
    return {
        "question": said.question,
        "case": said.case,
        "event": said.anchor,
        "said": "asked" if asked else "cannot-say",
        "rests_on": json.dumps(rests_on),
        "lacks": json.dumps(lacks),
    }


def _dicts(relation: duckdb.DuckDBPyRelation) -> Iterator[dict[str, Any]]:
    for batch in relation.to_arrow_reader(20_000):
        yield from batch.to_pylist()


def event_of(row: Mapping[str, Any]) -> Event:
    """An event as a release has it."""
    details = {detail: tuple(given) for detail, given in json.loads(row["details"]).items()}
    return Event(
        id=row["event"],
        case=row["case"],
        first=date.fromisoformat(row["first"]),
        last=date.fromisoformat(row["last"]),
        agency=row["agency"],
        kind=row["kind"],
        source=row["source"],
        people=frozenset(json.loads(row["people"])),
        what=row["what"],
        details=details,
        time=row["time"],
    )


class _Cases:
    """What is known of each case besides its chronology: its answers, the incident, the births, and which events are one."""

    def __init__(self, study: Study, connection: duckdb.DuckDBPyConnection) -> None:
        self.study = study
        self._asking = Asking(study.practice.questions)
        of = (conditions.parse(one.of) for one in study.practice.questions.values() if one.of is not None)
        asked = frozenset().union(*map(conditions.variables, of)) - {"wave", "sample"}
        incident = {study.practice.incident} if study.practice.incident else set()
        wanted = ", ".join(['"case"', "wave", *map(name, sorted(asked | incident))])
        self._answers = {row["case"]: row for row in _dicts(connection.sql(f'SELECT {wanted} FROM "case"'))}
        for row in _dicts(connection.sql("SELECT \"case\", sample FROM samples WHERE status <> 'replaced'")):
            self._answers[row["case"]].setdefault("sample", []).append(row["sample"])
        self._ages = self._aged(connection)
        self._same: dict[str, list[str]] = {}
        for row in _dicts(connection.sql("SELECT one, other FROM event_pairs WHERE same = 'yes' ORDER BY one, other")):
            self._same.setdefault(row["one"], []).append(row["other"])

    def _aged(self, connection: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
        """Case → the answers to the variable of age, of each child."""
        age = self.study.practice.age
        if age is None:
            return {}
        unit = self.study.variable(age.variable).unit
        order = '"case"' if unit == "case" else '"case", person'
        query = f'SELECT "case", {name(age.variable)} AS said FROM {name(unit)} ORDER BY {order}'
        found: dict[str, list[Any]] = {}
        for row in _dicts(connection.sql(query)):
            found.setdefault(row["case"], []).append(row["said"])
        return found

    def said(self, case: str, events: Iterable[Event]) -> tuple[Said, ...]:
        """What is asked of a case, and what cannot be said."""
        answers = {"sample": []} | self._answers[case]
        day = answers.get(self.study.practice.incident or "")
        incident = Dates(*spanned(day)) if day else None
        born = tuple(born_of(self.study, one, incident) for one in self._ages.get(case, ()))
        return self._asking.of(timeline(self.study, case, self._as_one(list(events)), born, incident, answers))

    def _as_one(self, events: list[Event]) -> list[Event]:
        pairs = ((event.id, other) for event in events for other in self._same.get(event.id, ()))
        return as_one(events, dict.fromkeys(pairs, Ruling(same=True, settled={})))


def _rows(study: Study, several: Sequence[Said]) -> list[str]:
    """The rows in which a case stands."""
    asked = {one.question for one in several if isinstance(one, Asked)}
    lacking: dict[str, set[str]] = {}
    for one in several:
        if not isinstance(one, Asked) and one.question not in asked:
            lacking.setdefault(one.question, set()).update(why.partition(":")[0] for why in one.lacks)
    return sorted(row for slug in study.practice.questions for row in _rows_of(slug, asked, lacking))


def _rows_of(slug: str, asked: set[str], lacking: Mapping[str, set[str]]) -> Iterator[str]:
    if slug in asked:
        yield slug
    elif slug in lacking:
        yield cannot_row(slug)
        yield from (want_row(slug, why) for why in lacking[slug])
    else:
        yield nothing_row(slug)
