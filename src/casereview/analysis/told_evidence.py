"""The events of chronologies behind the rows of tables that count them, as passages: what happened, in its row's own words."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from casereview.analysis.drawn_evidence import CHRONOLOGIES
from casereview.release.relations import ASKED
from casereview.study.intervals import in_words
from casereview.study.practice import Practice, cannot_row, label_of, want_row

Row = dict[str, Any]


def passages_of_events(practice: Practice, data: Path) -> list[Row]:
    """A row for each event and each row of a table that rests on it; none in a release that is older than its questions."""
    if not (data / f"{ASKED}.parquet").exists():
        return []
    events = {one["event"]: one for one in pq.read_table(data / "events.parquet").to_pylist()}
    asked = pq.read_table(data / f"{ASKED}.parquet").to_pylist()
    resting = {(name, row) for one in asked for name in _events(one) for row in _rows(one)}
    return [_passage(practice, events[name], f"{CHRONOLOGIES}/{row}") for name, row in sorted(resting)]


def _events(asked: Row) -> list[str]:
    return [asked["event"], *json.loads(asked["rests_on"])] if asked["event"] is not None else []


def _rows(asked: Row) -> Iterator[str]:
    """The rows of the table in which a question asked, or one that cannot be said, is counted."""
    if asked["said"] == ASKED:
        yield asked["question"]
    else:
        yield cannot_row(asked["question"])
        for lacking in json.loads(asked["lacks"]):
            yield want_row(asked["question"], lacking.partition(":")[0])


def _passage(practice: Practice, event: Row, supports: str) -> Row:
    """As evidence shows it. Of events the order is that of their dates."""
    first, last = (date.fromisoformat(event[end]) for end in ("first", "last"))
    kind, row = label_of(practice.kinds, event["kind"]), f", {event['row']}" if event["row"] else ""
    return {
        "passage": event["event"],
        "case": event["case"],
        "supports": supports,
        "document": event["source"],
        "title": f"{label_of(practice.agencies, event['agency'])}, {in_words(first, last)}: {kind}{row}",
        "page": None,
        "exact": event["what"] or kind,
        "prefix": "",
        "suffix": "",
        "start": first.toordinal(),
        "end": last.toordinal(),
    }
