"""Eight people at work at once, on either database: nothing fails, and all that was acknowledged to them is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.served import Server, made_database, made_study, serving, take_in
from tests.teamwork import EIGHT, Team

TURNS = 4
"""How often each marks a passage, answers a question and writes a memo."""


@pytest.fixture
def study(tmp_path, django_db_blocker) -> Iterator[Path]:
    with django_db_blocker.unblock():
        yield made_study(tmp_path / "study")


def work(server: Server) -> None:
    team = Team(server, EIGHT)
    team.ended(team.starting(turns=TURNS))
    assert sum(len(one) for one in team.acknowledged.values()) == len(EIGHT) * TURNS * 3
    team.kept()


def test_eight_at_once_on_sqlite(study):
    with serving(study) as server:
        work(server)


def test_eight_at_once_on_postgresql(study, database):
    made = made_database(database)
    take_in(study, made)
    with serving(study, made) as server:
        work(server)
