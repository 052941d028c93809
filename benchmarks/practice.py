"""The questions of chronologies at scale: `python -m benchmarks.practice [CASES]`.

CASES of 300 events each, by default 1,100, are put to every question of the starter by the product itself: in less than
5 seconds of processor. Then the same questions are put to them in SQL by DuckDB, which must say the same of each event.
Ends with 1 if answers differ or the bar is missed. All of it is fictional. (`events_in_place` asks millions.)
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

import casereview.study
from casereview.practice.asking import Asked, ask
from casereview.practice.events import Event, Records, Timeline, ordered
from casereview.practice.sql import DUCKDB, statements
from casereview.release.layout import CONTENT
from casereview.study.practice import Practice
from casereview.study.reading import read_folder
from casereview.study.study import Study
from tests.asked_in_sql import prepared, tables

EACH = 300
"""Events of a case."""
BAR = 5.0
"""Seconds of processor for all questions of 1,100 cases of 300 events."""
SAID = (
    "A fictional entry of an ordinary day",
    "Did not attend the appointment",
    "For information only, no further action",
    "The parents are engaging well and cooperating",
    "Put down to the impairment",
    "She chose to go with him",
)
FILLER = ("detail", "one", "two", "three", "four", "five")


def main(cases: int) -> None:
    """All questions of so many cases."""
    practice = started().practice
    sources = {agency: Records(None, _details_of(practice, number)) for number, agency in enumerate(practice.agencies)}
    sys.exit(0 if _small(practice, sources, cases) else 1)


def started() -> Study:
    """What a new study asks."""
    study = read_folder(Path(casereview.study.__file__).parent / "starter").study
    assert study is not None
    return study


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
def timed(what: str, took: dict[str, float] | None = None) -> Iterator[None]:
    """Print what something took."""
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
    with timed(f"{len(practice.questions)} questions of {cases:,} cases, by the product"):
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


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1_100)
