"""The server killed at any moment while people work: nothing that it acknowledged is lost, and the log is whole."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http.client import HTTPException
from pathlib import Path

import pytest

from casereview.casebook import audit
from casereview.casebook.acts.assigning import assign
from casereview.casebook.models import Coding, Memo, Person, TextVersion, Value
from casereview.casebook.opening import opened
from tests.served import Person as Browser
from tests.served import Server, environment, joined, made_database, made_study, take_in

DOCUMENT, CODE = "review-A1", "professional-curiosity"
KILLS = [10, pytest.param(300, marks=pytest.mark.long)]


class Coder(threading.Thread):
    """Somebody who marks passages, answers the form and writes memos until the server is gone. acknowledged: (kind, what)."""

    def __init__(
        self, server: Server, handle: str, cookies: str, case: str, child: str, text: tuple[str, str], first: int
    ) -> None:
        super().__init__(daemon=True)
        self.browser, self.handle, self.case, self.child = Browser(server, cookies), handle, case, child
        self.sha256, self.text = text
        self.number = first
        self.acknowledged: list[tuple[str, str]] = []
        self.wrong: list[tuple[str, int, bytes]] = []

    def run(self) -> None:
        try:
            was = self.version()
            while not self.wrong:
                self.mark()
                self.answer(was)
                was += 2 if was else 1
                self.note()
        except (OSError, HTTPException):
            self.browser.connection.close()  # killed

    def said(self, kind: str, what: str, expected: int, answer: tuple[int, bytes]) -> None:
        if answer[0] == expected:
            self.acknowledged.append((kind, what))
        else:
            self.wrong.append((kind, *answer))

    def version(self) -> int:
        status, page = self.browser.ask("GET", f"/cases/{self.case}/form/")
        assert status == 200, page
        found = re.search(rb'value="age"><input type="hidden" name="was" value="(\d+)"', page)
        assert found is not None
        return int(found[1])

    def mark(self) -> None:
        self.number += 1
        start, length = self.number % (len(self.text) - 90), 1 + self.number // (len(self.text) - 90)
        asked = {"document": DOCUMENT, "text": self.sha256, "start": start, "end": start + length, "codes": [CODE]}
        exact = self.text[start : start + length]
        self.said("mark", f"{start}-{start + length}", 200, self.browser.send("/coding/", asked | {"exact": exact}))

    def answer(self, was: int) -> None:
        self.number += 1
        asked = {"unit": "child", "record": self.child, "variable": "age", "was": was, "text": str(self.number)}
        self.said("answer", str(self.number), 200, self.browser.post(f"/cases/{self.case}/form/", asked))

    def note(self) -> None:
        self.number += 1
        asked = {"about": "case", "key": self.case, "text": f"Note {self.number}"}
        self.said("memo", f"Note {self.number}", 302, self.browser.post("/memos/new/", asked))


class Team:
    """Three coders of a study that is served, each with a case of their own, and all that was acknowledged to them."""

    def __init__(self, study: Path, database: str | None) -> None:
        self.server = Server(study, database)
        self.cookies = joined(self.server, "coder", ["One", "Two", "Three"])
        with self.casebook():
            people = Person.objects.filter(role="child", current=True).select_related("case").order_by("-key")
            children = {one.case.key: one.key for one in people}  # of each case the first
            self.cases = dict(zip(self.cookies, children.items(), strict=False))
            for handle, (case, _) in self.cases.items():
                assign(by="lead", cases=[case], coder=handle, second=False)
            text = TextVersion.objects.get(document__key=DOCUMENT, current=True)
            self.text = text.text_sha256, text.text
        self.acknowledged: dict[str, set[tuple[str, str]]] = {handle: set() for handle in self.cookies}
        self.numbers = dict.fromkeys(self.cookies, 0)

    def casebook(self) -> AbstractContextManager[None]:
        return opened(self.server.database or self.server.study / "casebook.db", self.server.study / "documents")

    def work(self, seconds: float, kill: Callable[[], None]) -> None:
        """Work until the server is killed, so many seconds after something was acknowledged for the first time."""
        coders = [
            Coder(self.server, handle, cookies, *self.cases[handle], self.text, self.numbers[handle])
            for handle, cookies in self.cookies.items()
        ]
        for one in coders:
            one.start()
        while not any(one.acknowledged or one.wrong for one in coders) and any(one.is_alive() for one in coders):
            time.sleep(0.005)
        time.sleep(seconds)
        kill()
        for one in coders:
            one.join()
            assert one.wrong == []
            self.acknowledged[one.handle].update(one.acknowledged)
            self.numbers[one.handle] = one.number

    def kept(self) -> None:
        """Everything acknowledged is there, and the log is whole."""
        with self.casebook():
            for handle, acknowledged in self.acknowledged.items():
                marks = Coding.objects.filter(coder=handle, current=True).values_list("passage__start", "passage__end")
                held = {("mark", f"{start}-{end}") for start, end in marks}
                ages = Value.objects.filter(coder=handle, variable="age").values_list("value", flat=True)
                held |= {("answer", str(one)) for one in ages}
                held |= {("memo", one) for one in Memo.objects.filter(coder=handle, current=True).values_list("text", flat=True)}
                assert acknowledged - held == set()
            assert audit.verify() == []


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
    team = Team(study, None)
    assert killed(team, kills, 1) > kills
    with sqlite3.connect(study / "casebook.db") as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    file.close()
    team.kept()


@pytest.mark.parametrize("kills", KILLS)
def test_killed_on_postgresql(study, database, kills):
    made = made_database(database)
    take_in(study, made)
    team = Team(study, made)
    assert killed(team, kills, 2) > kills
    team.kept()
