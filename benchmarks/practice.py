"""The questions of chronologies at scale: `python -m benchmarks.practice [CASES] [EVENTS]`.

CASES of 300 events each, by default 1,100, are put to every question of the starter by the product itself: in less than
5 seconds of processor. Then EVENTS, by default 5,000,000, lie in Parquet as linked administrative data do, and the same questions
are put in SQL to DuckDB and to Spark; what they say of each event must be the same, and on the CASES what the product says. The
peer is one question written by hand for DuckDB as people write it: of dates that are all exact and details that are all recorded.
Ends with 1 if answers differ or the bar is missed. Everything in the chronologies is fictional.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import casereview.study
from casereview.practice.asking import Asked, ask
from casereview.practice.events import Event, Records, Timeline, ordered
from casereview.practice.sql import DUCKDB, SPARK, statements
from casereview.release.layout import CONTENT
from casereview.study.practice import Practice
from casereview.study.reading import read_folder
from tests.asked_in_sql import as_spark, prepared, tables

EACH = 300
"""Events of a case."""
BAR = 5.0
"""Seconds of processor for all questions of 1,100 cases of 300 events."""
CHUNK = 250_000
SAID = (
    "A fictional entry of an ordinary day",
    "Did not attend the appointment",
    "For information only, no further action",
    "The parents are engaging well and cooperating",
    "Put down to the impairment",
    "She chose to go with him",
)
FILLER = ("detail", "one", "two", "three", "four", "five")
BY_HAND = """SELECT count(*) FROM events c WHERE c.kind = 'closure' AND EXISTS (
  SELECT 1 FROM events m WHERE m."case" = c."case" AND m.kind = 'not-brought'
  AND m.first BETWEEN CAST(c.first - 90 AS DATE) AND c.first AND NOT EXISTS (
    SELECT 1 FROM events r WHERE r."case" = c."case" AND r.kind IN ('risk-review', 'information-shared')
    AND r.first BETWEEN m.first AND c.first))"""


def main(cases: int, events: int) -> None:
    """Everything, in a folder that is gone afterwards."""
    practice = _practice()
    sources = {agency: Records(None, _details_of(practice, number)) for number, agency in enumerate(practice.agencies)}
    well = _small(practice, sources, cases)
    with tempfile.TemporaryDirectory() as folder:
        _written(practice, Path(folder) / "events.parquet", events)
        well &= _large(practice, sources, Path(folder), events)
    sys.exit(0 if well else 1)


def _practice() -> Practice:
    study = read_folder(Path(casereview.study.__file__).parent / "starter").study
    assert study is not None
    return study.practice


def _details_of(practice: Practice, number: int) -> frozenset[str]:
    """What an agency records: every third leaves one out."""
    return frozenset(name for place, name in enumerate(practice.details) if number % 3 or place)


def drawn(practice: Practice, events: int, seed: int, first: int = 0) -> pa.Table:
    """So many events, 300 a case, as a release holds them. One in eight has no more than its month; details are there or not."""
    dice = np.random.default_rng(seed)
    day = dice.integers(0, 1500, events)
    inexact = dice.random(events) < 0.125
    agencies, kinds = list(practice.agencies), list(practice.kinds)
    agency = dice.integers(0, len(agencies), events)
    starts = [date(2010, 1, 1) + timedelta(days=int(one)) for one in day]
    firsts = [one.replace(day=1) if vague else one for one, vague in zip(starts, inexact, strict=True)]
    lasts = [one.replace(day=28) if vague else one for one, vague in zip(starts, inexact, strict=True)]
    columns = {
        "event": [f"e{first + one}" for one in range(events)],
        "case": [f"c{(first + one) // EACH}" for one in range(events)],
        "source": [agencies[one] for one in agency],
        "agency": [agencies[one] for one in agency],
        "kind": [kinds[one] for one in dice.integers(0, len(kinds), events)],
        "first": [str(one) for one in firsts],
        "last": [str(one) for one in lasts],
        "time": [None] * events,
        "people": _chosen(dice, events, [json.dumps(one) for one in ([], ["child"], ["child", "mother"], ["mother"])]),
        "what": _chosen(dice, events, SAID),
        "details": _chosen(dice, events, list(_details(practice, dice))),
        "row": [""] * events,
    }
    return pa.table({name: columns[name] for name in CONTENT["events"].names}, CONTENT["events"])


def _chosen(dice: np.random.Generator, events: int, of: Any) -> list[str]:
    return [of[one] for one in dice.integers(0, len(of), events)]


def _details(practice: Practice, dice: np.random.Generator) -> Iterator[str]:
    """Sixty-four ways in which details are recorded, as JSON."""
    for _ in range(64):
        held = {}
        for name, detail in practice.details.items():
            if dice.random() < 0.4:
                answers = list(detail.categories) or ["said"]
                held[name] = [answers[dice.integers(0, len(answers))]]
        yield json.dumps(held, sort_keys=True)


def _timelines(practice: Practice, sources: dict[str, Records], cases: int) -> list[Timeline]:
    rows = drawn(practice, cases * EACH, 7).to_pylist()
    of_case: dict[str, list[Event]] = {}
    for row in rows:
        days = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        details = {name: tuple(given) for name, given in json.loads(row["details"]).items()}
        said = (row["agency"], row["kind"], row["source"], frozenset(json.loads(row["people"])), row["what"], details)
        of_case.setdefault(row["case"], []).append(Event(row["event"], row["case"], *days, *said))
    return [Timeline(case, ordered(events), sources) for case, events in of_case.items()]


@contextmanager
def _timed(what: str, took: dict[str, float] | None = None) -> Iterator[None]:
    processor, wall = time.process_time(), time.perf_counter()
    yield
    processor, wall = time.process_time() - processor, time.perf_counter() - wall
    print(f"{what:<64}{processor:>8.2f} s of processor{wall:>8.2f} s", flush=True)
    if took is not None:
        took[what] = wall


def _small(practice: Practice, sources: dict[str, Records], cases: int) -> bool:
    """The product on so many cases, and DuckDB on the same."""
    timelines = _timelines(practice, sources, cases)
    before = time.process_time()
    with _timed(f"{len(practice.questions)} questions of {cases:,} cases, by the product"):
        said = [one for timeline in timelines for one in ask(timeline, practice.questions)]
    quick = cases != 1_100 or time.process_time() - before < BAR
    product = {(one.question, one.anchor, isinstance(one, Asked)) for one in said}
    with duckdb.connect() as database:
        for name, table in tables(timelines, practice).items():
            database.register(name, table)
        _prepare(lambda name, select: database.execute(f"CREATE TABLE {name} AS {select}"), DUCKDB, practice)
        found = {
            (slug, event, truth is True)
            for slug, text in _statements(practice, sources)
            for event, truth in database.execute(f"SELECT event, truth FROM ({text})").fetchall()
        }
    print(f"  asked or silent {len(product):,} times; DuckDB says {'the same' if found == product else 'OTHERWISE'};", end=" ")
    print(f"the bar of {BAR:g} s {'is met' if quick else 'IS MISSED'}")
    return found == product and quick


def _prepare(make: Callable[[str, str], Any], dialect: Any, practice: Practice) -> None:
    for name, select in prepared(dialect, practice).items():
        make(name, select)


def _statements(practice: Practice, sources: dict[str, Records]) -> Iterator[tuple[str, str]]:
    for slug, question in practice.questions.items():
        made = statements(slug, question, sources)
        yield from ((slug, text) for text in (made.asked, made.unrecorded) if text)


def _written(practice: Practice, path: Path, events: int) -> None:
    chunk = CHUNK - CHUNK % EACH
    with pq.ParquetWriter(path, CONTENT["events"]) as writer:
        for seed, first in enumerate(range(0, events, chunk)):
            writer.write_table(drawn(practice, min(chunk, events - first), 100 + seed, first))


SUMMED = "SELECT count(*), coalesce(sum(CASE WHEN truth THEN 1 ELSE 0 END), 0), coalesce(sum({}), 0), coalesce(sum(lacking), 0)"
"""Of a question: how often asked or silent, how often asked, of which events, and what is lacking."""


def _large(practice: Practice, sources: dict[str, Records], folder: Path, events: int) -> bool:
    took: dict[str, float] = {}
    none = tables([], practice) if events == 0 else _no_answers(practice, events)
    with duckdb.connect() as database:
        database.execute(f"CREATE VIEW events AS SELECT * FROM '{folder / 'events.parquet'}'")
        for name in ("same", "births", "incidents", "holds"):
            database.register(name, none[name])
        with _timed(f"{events:,} events, every question, DuckDB", took):
            _prepare(lambda name, select: database.execute(f"CREATE TABLE {name} AS {select}"), DUCKDB, practice)
            ours = _summed(lambda text: database.execute(text).fetchone(), practice, sources, "CAST(substr(event, 2) AS BIGINT)")
        one = dict(_statements(practice, sources))["closed-after-missed"]
        with _timed("  of these “closed after missed” alone, DuckDB", took):
            database.execute(f"SELECT count(*) FROM ({one})").fetchone()
        database.execute('CREATE TABLE exact AS SELECT "case", kind, CAST(first AS DATE) AS first FROM events')
        with _timed("  the same by hand, of exact dates alone, DuckDB", took):
            database.execute(BY_HAND.replace("FROM events", "FROM exact")).fetchone()
    with _timed(f"{events:,} events, every question, Spark", took):
        theirs = _by_spark(practice, sources, folder, none)
    said = "the same" if ours == theirs else "OTHERWISE"
    print(f"  {sum(one[0] for one in ours.values()):,} times asked or silent; Spark says {said}")
    _, alone, by_hand, _ = took.values()
    print(f"  three-valued: {alone / by_hand:.1f} times what the query by hand takes")
    return ours == theirs


def _no_answers(practice: Practice, events: int) -> dict[str, pa.Table]:
    """No birth, no incident; of what is asked of some cases only, all are those."""
    cases = [f"c{one}" for one in range(-(-events // EACH))]
    limited = [slug for slug, question in practice.questions.items() if question.of is not None]
    holds = {"question": [slug for slug in limited for _ in cases], "c": cases * len(limited)}
    empty = {name: table.slice(0, 0) for name, table in tables(_one_timeline(), practice).items()}
    return empty | {"holds": pa.table(holds | {"holds": [True] * len(holds["c"])}, empty["holds"].schema)}


def _one_timeline() -> list[Timeline]:
    event = Event("e", "c", date(2010, 1, 1), date(2010, 1, 1), "a", "k", "s")
    return [Timeline("c", (event,), {"s": Records()}, born=(None,))]


def _summed(one_row: Callable[[str], Any], practice: Practice, sources: dict[str, Records], number: str) -> dict[str, Any]:
    summed = SUMMED.format(number)
    texts = enumerate(_statements(practice, sources))
    return {f"{slug} {place}": tuple(map(int, one_row(f"{summed} FROM ({text}) s"))) for place, (slug, text) in texts}


def _by_spark(practice: Practice, sources: dict[str, Records], folder: Path, answers: dict[str, pa.Table]) -> dict[str, Any]:
    from casereview.analysis.engines import spark_session

    session = spark_session.session()
    session.read.parquet(str(folder / "events.parquet")).createOrReplaceTempView("events")
    for name in ("same", "births", "incidents", "holds"):
        path = str(folder / f"{name}.parquet")
        pq.write_table(answers[name], path)
        session.read.schema(as_spark(answers[name])).parquet(path).createOrReplaceTempView(name)
    _prepare(lambda name, select: session.sql(select).cache().createOrReplaceTempView(name), SPARK, practice)
    return _summed(lambda text: session.sql(text).first(), practice, sources, "CAST(substr(event, 2) AS BIGINT)")


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(*(given + [1_100, 5_000_000][len(given) :]))
