"""Random questions asked of random events where they lie: the cases in each row are those that the slow oracle puts there."""

import random
from collections import Counter
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from casereview.analysis import analyse_in_place
from casereview.practice.asking import ask
from casereview.practice.events import Dates, Event, Records, Timeline, ordered
from casereview.release.asked import _rows as rows_of
from casereview.study.plan import Plan
from casereview.study.sources import Sources
from tests.casebooks import the_study
from tests.drawn_chronologies import ACCOUNTS, AGENCIES, DETAILS, KINDS, PEOPLE, SEEN, a_practice, an_event, some_dates

CODES = {word: f"{place:02}" for place, word in enumerate((*KINDS, *AGENCIES, *PEOPLE, *SEEN, *ACCOUNTS))}
"""What the file writes."""


def able(drawn: random.Random) -> Records:
    kinds = frozenset(drawn.sample(KINDS, drawn.randrange(2, len(KINDS) + 1)))
    return Records(kinds, frozenset(drawn.sample(DETAILS, drawn.randrange(len(DETAILS) + 1))))


def timelines(drawn: random.Random, could: Records) -> list[Timeline]:
    found = []
    for case in range(10):
        events = ordered(an_event(drawn, f"c{case}", n, {"linked": could}, ["linked"]) for n in range(drawn.randrange(1, 14)))
        born = some_dates(drawn, 200).first.replace(year=2010, day=9) if drawn.random() < 0.7 else None
        known = Dates(born, born) if born else None
        found.append(Timeline(f"c{case}", events, {"linked": could}, (known,), None, {"plan": None}))
    return found


def source(could: Records) -> dict[str, object]:
    def written(column: str, words: tuple[str, ...]) -> dict[str, object]:
        return {"column": column, "values": {CODES[word]: word for word in words}}

    several = {"split": ";", "none": ["-"]}
    details = {"seen": written("SEEN", SEEN) | {"none": ["-"]}, "accounts": written("ACC", ACCOUNTS) | several, "reason": "WHY"}
    return {
        "kind": "event-records",
        "file": "linked/*.parquet",
        "case": "ID",
        "agency_column": written("WHO", AGENCIES),
        "date": "DAY",
        "until": "LAST",
        "event": written("TYPE", tuple(could.kinds or ())),
        "what": "TEXT",
        "people": written("PEOPLE", PEOPLE) | several,
        "details": {name: one for name, one in details.items() if could.detail(name)},
        "born": "DOB",
    }


def rows(drawn: random.Random, several: list[Timeline], texts: bool) -> pa.Table:
    """As the file has them: in any order, dates as days or as texts, nothing or a sign where nothing is recorded."""
    day = "{:%d/%m/%Y}".format if texts else lambda day: day

    def joined(words) -> str | None:
        return ";".join(CODES[word] for word in words) or drawn.choice(("-", "", None))

    def row(one: Event, born: Dates | None) -> dict[str, object]:
        return {
            **{"ID": one.case, "WHO": CODES[one.agency], "TYPE": CODES[one.kind], "TEXT": one.what or drawn.choice(("", None))},
            **{"DAY": day(one.first), "LAST": day(one.last) if one.last > one.first else None, "DOB": born and born.first},
            **{"PEOPLE": joined(sorted(one.people)), "SEEN": joined(one.details.get("seen", ()))},
            **{"ACC": joined(one.details.get("accounts", ())), "WHY": "".join(one.details.get("reason", ()))},
        }

    made = [row(event, timeline.born[0]) for timeline in several for event in timeline.events]
    drawn.shuffle(made)
    when = pa.string() if texts else pa.date32()
    types = {"DAY": when, "LAST": when, "DOB": pa.date32()}
    return pa.Table.from_pylist(made, pa.schema([(name, types.get(name, pa.string())) for name in made[0]]))


def world(seed: int, folder, questions: int):
    """A study, and of each row how many cases stand in it."""
    drawn = random.Random(seed)
    practice, could = a_practice(drawn, questions), able(drawn)
    several = timelines(drawn, could)
    table = rows(drawn, several, texts=bool(seed % 2))
    (folder / "linked").mkdir()
    half = table.num_rows // 2
    for name, some in (("a", table.slice(0, half)), ("b", table.slice(half))):
        pq.write_table(some, folder / "linked" / f"{name}.parquet")
    asked = Plan.model_validate({"chronologies": {"asked": {"title": "What is asked"}}})
    sources = Sources.model_validate({"sources": {"linked": source(could)}})
    study = replace(the_study(), practice=practice, plan=asked, sources=sources)
    expected = Counter(row for one in several for row in rows_of(study, ask(one, practice.questions)))
    return study, expected, len(several)


def counted(study, folder, engine):
    table = analyse_in_place(study, "linked", folder, engine).tables["asked"]
    return {cell.address: cell.count for cell in table.cells.values() if cell.count}


@pytest.mark.parametrize("seed", range(24))
def test_duckdb_counts_the_cases_that_the_oracle_asks(seed, tmp_path):
    study, expected, cases = world(seed, tmp_path, 8)
    assert counted(study, tmp_path, "duckdb") == dict(expected) | {"total": cases}


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 20))])
def test_spark_counts_the_same(seed, spark, tmp_path):
    study, expected, cases = world(seed, tmp_path, 8 if seed else 1)
    assert counted(study, tmp_path, f"spark:{spark}") == dict(expected) | {"total": cases}


def test_the_draws_ask_and_cannot_say(tmp_path):
    """Else the tests above would hold of nothing."""
    met = Counter()
    for seed in range(30):
        folder = tmp_path / str(seed)
        folder.mkdir()
        met += Counter(row.partition("-")[2] for row in world(seed, folder, 8)[1])
    assert {"", "cannot-say", "nothing-asks-it"} | {f"for-want-of-{one}" for one in ("age", "answer", "kind", "detail")} <= set(
        met
    )
