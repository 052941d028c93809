"""Millions of events asked where they lie: `python -m benchmarks.events_in_place [EVENTS]`.

EVENTS, by default 5,000,000, lie in Parquet as linked administrative data do, 300 a case. `casereview analyse --records` asks
of them the questions of the starter, by DuckDB and by Spark: both must give the same tables, byte for byte. The peer is one
question written by hand for DuckDB as people write it, of dates that are all exact and details that are all recorded, beside the
product's answer to that one alone: from the file to the figure. Ends with 1 if they differ. All events are fictional.
"""

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.practice import EACH, drawn, started, timed
from casereview.analysis import analyse_in_place, as_json
from casereview.study.plan import Plan
from casereview.study.practice import Practice
from casereview.study.sources import Sources
from casereview.study.study import Study

CHUNK = 250_000
ONE = "closed-after-missed"
BY_HAND = """SELECT count(*) FROM events c WHERE c.kind = 'closure' AND EXISTS (
  SELECT 1 FROM events m WHERE m."case" = c."case" AND m.kind = 'not-brought'
  AND m.first BETWEEN CAST(c.first - 90 AS DATE) AND c.first AND NOT EXISTS (
    SELECT 1 FROM events r WHERE r."case" = c."case" AND r.kind IN ('risk-review', 'information-shared')
    AND r.first BETWEEN m.first AND c.first))"""


def _written(practice: Practice, path: Path, events: int) -> None:
    """As linked data lie: a column a detail, days as days, roles in one cell."""
    chunk = CHUNK - CHUNK % EACH
    writer = None
    for seed, first in enumerate(range(0, events, chunk)):
        table = _linked(practice, drawn(practice, min(chunk, events - first), 100 + seed, first))
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def _linked(practice: Practice, table: pa.Table) -> pa.Table:
    details = pc.dictionary_encode(table["details"]).combine_chunks()
    read = [json.loads(one) for one in details.dictionary.to_pylist()]
    columns = {name: table[name] for name in ("case", "agency", "kind", "what")}
    columns |= {end: pc.strptime(table[end], "%Y-%m-%d", "s").cast(pa.date32()) for end in ("first", "last")}
    columns["people"] = pc.replace_substring_regex(pc.replace_substring(table["people"], '", "', ";"), r'[\[\]"]', "")
    for name in practice.details:
        columns[name] = pa.array([(one.get(name) or [None])[0] for one in read]).take(details.indices)
    return pa.table(columns)


def _study(of: Study, *questions: str) -> Study:
    """With the events as its only source, and these questions, or all."""
    source = {
        "kind": "event-records",
        "file": "events.parquet",
        "case": "case",
        "agency_column": "agency",
        "date": "first",
        "until": "last",
        "event": "kind",
        "what": "what",
        "people": {"column": "people", "split": ";"},
        "details": {name: name for name in of.practice.details},
    }
    asked = {"chronologies": {"asked": {"title": "What is asked", "questions": questions}}}
    return replace(of, sources=Sources.model_validate({"sources": {"linked": source}}), plan=Plan.model_validate(asked))


def main(events: int) -> None:
    """Everything, in a folder that is gone afterwards."""
    of, took = started(), dict[str, float]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _written(of.practice, folder / "events.parquet", events)
        with timed(f"{events:,} events where they lie, “{ONE}” alone, DuckDB", took):
            analyse_in_place(_study(of, ONE), "linked", folder)
        with duckdb.connect() as database, timed("  the same by hand, of exact dates alone, DuckDB", took):
            database.execute(f"CREATE VIEW events AS SELECT * FROM '{folder / 'events.parquet'}'")
            database.execute(BY_HAND).fetchone()
        with timed(f"{events:,} events where they lie, every question, DuckDB"):
            ours = as_json(analyse_in_place(_study(of), "linked", folder))
        with timed(f"{events:,} events where they lie, every question, Spark"):
            theirs = as_json(analyse_in_place(_study(of), "linked", folder, "spark"))
    alone, by_hand = took.values()
    cells, same = json.loads(ours)["tables"]["asked"]["cells"], ours == theirs
    print(f"  {len(cells):,} figures of {cells['total']['count']:,} cases; Spark says {'the same' if same else 'OTHERWISE'}")
    print(f"  three-valued, from the file to the figure: {alone / by_hand:.1f} times what the query by hand takes")
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 5_000_000)
