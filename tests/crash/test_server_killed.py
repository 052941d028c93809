"""The server killed at any moment while people work: nothing that it acknowledged is lost, and the log is whole."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.served import Server, environment, made_database, made_study, take_in
from tests.teamwork import THREE, Team

KILLS = [10, pytest.param(300, marks=pytest.mark.long)]


@contextmanager
def forking(server: Server) -> Iterator[subprocess.Popen[str]]:
    """A process that serves anew for each line that is written to it."""
    command = [sys.executable, "-m", "tests.served_forked", str(server.port)]
    told = environment(server.study, server.database) | {"PYTHONPATH": os.pathsep.join([str(Path.cwd()), *sys.path])}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=told, text=True, **pipes) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "loaded\n"
        yield process
        process.kill()


def killed(team: Team, kills: int, seed: int) -> int:
    """Kill the server so many times, each at a moment of its own; how many acts were acknowledged."""
    drawn = random.Random(seed)
    with forking(team.server) as forks:
        assert forks.stdin is not None
        assert forks.stdout is not None
        for _ in range(kills):
            print("again", file=forks.stdin, flush=True)
            child = int(forks.stdout.readline())
            team.work(drawn.uniform(0, 0.6), lambda child=child: os.kill(child, signal.SIGKILL))
    return sum(len(one) for one in team.acknowledged.values())


@pytest.fixture
def study(tmp_path, django_db_blocker) -> Iterator[Path]:
    with django_db_blocker.unblock():
        yield made_study(tmp_path / "study")


@pytest.mark.parametrize("kills", KILLS)
def test_killed_on_sqlite(study, kills):
    team = Team(Server(study), THREE)
    assert killed(team, kills, 1) > kills
    with sqlite3.connect(study / "casebook.db") as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    file.close()
    team.kept()


@pytest.mark.parametrize("kills", KILLS)
def test_killed_on_postgresql(study, database, kills):
    made = made_database(database)
    take_in(study, made)
    team = Team(Server(study, made), THREE)
    assert killed(team, kills, 2) > kills
    team.kept()
