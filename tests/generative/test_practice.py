"""Random questions asked of random chronologies: the product says what a slow and obvious oracle says."""

import os
import random

import duckdb
import pytest

from casereview.practice.asking import Asked, Silent, ask
from casereview.practice.sql import DUCKDB
from tests import asked_in_sql
from tests.drawn_chronologies import a_practice, a_timeline, some_joined, some_records
from tests.plain_questions import Said, answered

SEEDS = range(int(os.environ.get("CASEREVIEW_PRACTICE_SEEDS", "60")))


def told(said: Asked | Silent) -> Said:
    kind, why = ("asked", said.rests_on) if isinstance(said, Asked) else ("silent", said.lacks)
    return said.question, said.case, said.anchor, kind, tuple(sorted(set(why)))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_is_asked_and_the_same_cannot_be_said(seed):
    drawn = random.Random(seed)
    practice, records = a_practice(drawn, 12), some_records(drawn)
    for case in range(4):
        timeline = a_timeline(drawn, f"c{case}", records)
        said = ask(timeline, practice.questions)
        assert {told(one) for one in said} == answered(timeline, practice.questions)
        assert len({(one.question, one.anchor) for one in said}) == len(said)


@pytest.mark.parametrize("seed", SEEDS)
def test_records_of_one_event_are_one_event(seed):
    drawn = random.Random(seed)
    practice, records = a_practice(drawn, 12), some_records(drawn)
    for case in range(4):
        timeline = a_timeline(drawn, f"c{case}", records)
        joined = some_joined(drawn, timeline)
        said = ask(joined, practice.questions)
        assert {told(one) for one in said} == answered(joined, practice.questions)
        assert {one.anchor for one in said} <= {None, *(event.one_with for event in joined.events)}
        assert len({(one.question, one.anchor) for one in said}) == len(said)


def test_the_draws_ask_and_are_silent_for_every_reason():
    """Else the test above would hold of nothing."""
    asked, lacking = 0, set()
    for seed in range(120):
        drawn = random.Random(seed)
        practice, records = a_practice(drawn, 12), some_records(drawn)
        for one in ask(a_timeline(drawn, "c", records), practice.questions):
            asked += isinstance(one, Asked)
            lacking |= {why.partition(":")[0] for why in one.lacks} if isinstance(one, Silent) else set()
    assert asked > 50
    assert lacking == {"date", "text", "people", "age", "not-begun", "not-over", "kind", "detail", "answer"}


@pytest.mark.parametrize("seed", SEEDS[::2])
def test_duckdb_says_the_same(seed):
    drawn = random.Random(seed)
    practice, records = a_practice(drawn, 6), some_records(drawn)
    timelines = [a_timeline(drawn, f"c{case}", records) for case in range(8)]
    timelines[::2] = [some_joined(drawn, one) for one in timelines[::2]]
    with duckdb.connect() as database:
        for name, table in asked_in_sql.tables(timelines, practice).items():
            database.register(name, table)
        for name, select in asked_in_sql.prepared(DUCKDB, practice).items():
            database.execute(f"CREATE TABLE {name} AS {select}")
        found = asked_in_sql.answered(lambda text: database.execute(text).fetchall(), practice, records)
    assert found == {told(one) for timeline in timelines for one in ask(timeline, practice.questions)}
