"""The passages on which parts of pathways and maps, and answers to questions, rest, by the rows of the tables that count them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from casereview.study.pathways import chance_row, link_row, place_row
from casereview.study.sources import DOUBLE_CODED
from casereview.study.study import Study
from casereview.study.systems import LEVELS, behind_row, leads_row, nothing_row

PATHWAYS, CONDITIONS, CHRONOLOGIES = "pathways", "conditions", "chronologies"
"""The kinds of table that count parts; what a passage supports in one is called KIND/ROW."""

Part = dict[str, Any]


def _chance(one: Part) -> Iterator[str]:
    yield chance_row(one["of"])
    if one["start"]:
        yield place_row(one["start"], one["end"] or "")


ROWS: dict[str, tuple[str, Callable[[Part], Any]]] = {
    "links": (PATHWAYS, lambda one: (link_row(one["start"], one["end"]), one["start"], one["end"])),
    "chances": (PATHWAYS, _chance),
    "problems": (CONDITIONS, lambda one: (one["problem"], nothing_row(one["problem"]))),
    "conditions_behind": (
        CONDITIONS,
        lambda one: (one["problem"], one["condition"], behind_row(one["problem"], one["condition"])),
    ),
    "condition_links": (CONDITIONS, lambda one: (leads_row(one["start"], one["end"]), one["start"], one["end"])),
}
"""Table of a release → the kind of table that counts its parts, and the rows in which one is counted."""


def supported(study: Study, name: str) -> frozenset[str]:
    """What a passage must support to stand behind a row, KIND/ROW: of a level, what lies behind the problem on it."""
    for problem in study.systems.problems:
        for level in LEVELS:
            if name == f"{CONDITIONS}/{behind_row(problem, level)}":
                of_level = [slug for slug, one in study.systems.conditions.items() if one.level == level]
                return frozenset(f"{CONDITIONS}/{behind_row(problem, one)}" for one in of_level)
    return frozenset({name})


def supports_of_parts(data: Path) -> pa.Table:
    """A row for each passage and each row of a table that it supports; none in a release that is older than what is drawn."""
    found = sorted({*_supports(data), *_replies(data)})
    return pa.table({"passage": [one[0] for one in found], "supports": [one[1] for one in found]}, _SCHEMA)


_SCHEMA = pa.schema([("passage", pa.string()), ("supports", pa.string())])


def _replies(data: Path) -> Iterator[tuple[str, str]]:
    """The passages on which reviewers' answers rest, by the question."""
    if (data / "practice_evidence.parquet").exists():
        asked = {one["reply"]: one["question"] for one in pq.read_table(data / "practice_answers.parquet").to_pylist()}
        for one in pq.read_table(data / "practice_evidence.parquet").to_pylist():
            yield one["passage"], f"{CHRONOLOGIES}/{asked[one['reply']]}"


def _supports(data: Path) -> Iterator[tuple[str, str]]:
    if not (data / "map_evidence.parquet").exists():
        return
    named = {part: rows for table in ROWS for part, rows in _rows(data, table)}
    for one in pq.read_table(data / "map_evidence.parquet").to_pylist():
        yield from ((one["passage"], row) for row in named.get(one["part"], ()))


def _rows(data: Path, table: str) -> Iterator[tuple[str, list[str]]]:
    kind, rows = ROWS[table]
    for one in pq.read_table(data / f"{table}.parquet").to_pylist():
        if one["source"] != DOUBLE_CODED:
            yield one["part"], [f"{kind}/{row}" for row in rows(one)]
