"""What practice.yaml asks of chronologies, as a column of the case's table: in which rows of the plan's tables each case stands.

`practice_rows` is a list of texts, as a multiple response is; of a case without a chronology, only that it was not collected. It
says of each question whether it is asked, cannot be said and for want of what, or nothing asks it: never how many are asked.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa

from casereview.practice.asking import Asked, Asking
from casereview.practice.events import Dates, Event
from casereview.practice.recording import born_of, timeline
from casereview.release.relations import PRACTICE_ROWS
from casereview.release.sql import name, text
from casereview.study import conditions
from casereview.study.intervals import spanned
from casereview.study.practice import cannot_row, nothing_row, want_row
from casereview.study.study import Study

NOT_COLLECTED = "not-collected"


def columns(study: Study) -> list[str]:
    """The column, where the study asks anything of chronologies."""
    return [PRACTICE_ROWS] * bool(study.practice.questions)


def fields(study: Study) -> list[pa.Field]:
    """Its type."""
    return [pa.field(column, pa.list_(pa.string())) for column in columns(study)]


def selected(study: Study) -> list[str]:
    """What gives it, in a query over the case's table."""
    nothing = f"[{text(NOT_COLLECTED)}]"
    found = f'(SELECT d.rows FROM {name(PRACTICE_ROWS)} AS d WHERE d."case" = "case"."case")'
    return [f"coalesce({found}, {nothing}) AS {name(one)}" for one in columns(study)]


def build(study: Study, connection: duckdb.DuckDBPyConnection) -> None:
    """Make a table of it, named as the column, from the events and the wide tables."""
    if columns(study):
        made = pa.table(_rows(study, connection), schema=_SCHEMA)
        connection.register("asked_of_cases", made)
        connection.execute(f"CREATE TABLE {name(PRACTICE_ROWS)} AS SELECT * FROM asked_of_cases")
        connection.unregister("asked_of_cases")


_SCHEMA = pa.schema([("case", pa.string()), ("rows", pa.list_(pa.string()))])


def _rows(study: Study, connection: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
    cases = _Cases(study, connection)
    query = 'SELECT * FROM events ORDER BY "case", "first", "last", event'
    rows = _dicts(connection.sql(query))
    found = {case: cases.stands_in(case, map(event_of, several)) for case, several in groupby(rows, lambda row: row["case"])}
    return {"case": list(found), "rows": list(found.values())}


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
    """What is known of each case besides its chronology: its answers, the incident, the births."""

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

    def stands_in(self, case: str, events: Iterable[Event]) -> list[str]:
        """The rows in which a case stands."""
        answers = {"sample": []} | self._answers[case]
        day = answers.get(self.study.practice.incident or "")
        incident = Dates(*spanned(day)) if day else None
        born = tuple(born_of(self.study, one, incident) for one in self._ages.get(case, ()))
        said = self._asking.of(timeline(self.study, case, events, born, incident, answers))
        asked = {one.question for one in said if isinstance(one, Asked)}
        lacking: dict[str, set[str]] = {}
        for one in said:
            if not isinstance(one, Asked) and one.question not in asked:
                lacking.setdefault(one.question, set()).update(why.partition(":")[0] for why in one.lacks)
        return sorted(row for slug in self.study.practice.questions for row in _rows_of(slug, asked, lacking))


def _rows_of(slug: str, asked: set[str], lacking: Mapping[str, set[str]]) -> Iterator[str]:
    if slug in asked:
        yield slug
    elif slug in lacking:
        yield cannot_row(slug)
        yield from (want_row(slug, why) for why in lacking[slug])
    else:
        yield nothing_row(slug)
