"""A team at work in a workbench that is served: each codes passages, answers the form and writes memos, as fast as they may."""

import re
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from http.client import HTTPException

from casereview.casebook import audit
from casereview.casebook.acts.assigning import assign
from casereview.casebook.models import Coding, Memo, Person, TextVersion, Value
from casereview.casebook.opening import opened
from tests.served import Person as Browser
from tests.served import Server, joined

DOCUMENT, CODE = "review-A1", "professional-curiosity"
THREE = ("One", "Two", "Three")
EIGHT = (*THREE, "Four", "Five", "Six", "Seven", "Eight")


class Coder(threading.Thread):
    """Somebody who marks passages, answers the form and writes memos until they are to stop, or the server is gone.

    acknowledged: (kind, what); took: (kind, seconds). pause: seconds after each act; turns: how often they do all three, at most.
    """

    def __init__(self, team: "Team", handle: str, pause: float, turns: int) -> None:
        super().__init__(daemon=True)
        self.browser, self.handle, (self.case, self.child) = (
            Browser(team.server, team.cookies[handle]),
            handle,
            team.cases[handle],
        )
        self.team, self.pause, self.turns, self.number = team, pause, turns, team.numbers[handle]
        (self.sha256, self.text), self.stop = team.text, threading.Event()
        self.acknowledged: list[tuple[str, str]] = []
        self.took: list[tuple[str, float]] = []
        self.wrong: list[tuple[str, int, bytes]] = []

    def run(self) -> None:
        try:
            self.timed("open", lambda: self.browser.ask("GET", f"/documents/{DOCUMENT}/"))
            was = self.version()
            while not self.wrong and not self.stop.is_set() and self.turns:
                self.turns -= 1
                self.mark()
                self.answer(was)
                was += 2 if was else 1
                self.note()
        except (OSError, HTTPException):
            pass  # killed
        self.browser.connection.close()

    def timed(self, kind: str, ask: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
        before = time.perf_counter()
        answer = ask()
        self.took.append((kind, time.perf_counter() - before))
        self.stop.wait(self.pause)
        return answer

    def said(self, kind: str, what: str, expected: int, ask: Callable[[], tuple[int, bytes]]) -> None:
        answer = self.timed(kind, ask)
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
        self.said("mark", f"{start}-{start + length}", 200, lambda: self.browser.send("/coding/", asked | {"exact": exact}))

    def answer(self, was: int) -> None:
        self.number += 1
        asked = {"unit": "child", "record": self.child, "variable": "age", "was": was, "text": str(self.number)}
        self.said("answer", str(self.number), 200, lambda: self.browser.post(f"/cases/{self.case}/form/", asked))

    def note(self) -> None:
        self.number += 1
        asked = {"about": "case", "key": self.case, "text": f"Note {self.number}"}
        self.said("memo", f"Note {self.number}", 302, lambda: self.browser.post("/memos/new/", asked))


class Team:
    """Coders of a study, each with a case to code, alone or beside another, and all that was acknowledged to them."""

    def __init__(self, server: Server, names: Sequence[str]) -> None:
        self.server = server
        self.cookies = joined(self.server, "coder", list(names))
        with self.casebook():
            people = Person.objects.filter(role="child", current=True).select_related("case").order_by("-key")
            children = {one.case.key: one.key for one in people}  # of each case the first
            turn = [(one, second) for second in (False, True) for one in children.items()]
            given = dict(zip(self.cookies, turn, strict=False))
            self.cases = {handle: one for handle, (one, _) in given.items()}
            for handle, ((case, _), second) in given.items():
                assign(by="lead", cases=[case], coder=handle, second=second)
            text = TextVersion.objects.get(document__key=DOCUMENT, current=True)
            self.text = text.text_sha256, text.text
        self.acknowledged: dict[str, set[tuple[str, str]]] = {handle: set() for handle in self.cookies}
        self.numbers = dict.fromkeys(self.cookies, 0)

    def casebook(self) -> AbstractContextManager[None]:
        return opened(self.server.database or self.server.study / "casebook.db", self.server.study / "documents")

    def starting(self, pause: float = 0, turns: int = -1, apart: float = 0) -> list[Coder]:
        """All of them, at work, one so many seconds after the other."""
        coders = [Coder(self, handle, pause, turns) for handle in self.cookies]
        for one in coders:
            one.start()
            time.sleep(apart)
        return coders

    def ended(self, coders: list[Coder]) -> None:
        """Wait until they have ended, and note what was acknowledged to each. Nothing may have gone wrong."""
        for one in coders:
            one.join()
            assert one.wrong == []
            self.acknowledged[one.handle].update(one.acknowledged)
            self.numbers[one.handle] = one.number

    def work(self, seconds: float, kill: Callable[[], None]) -> None:
        """Work until the server is killed, so many seconds after something was acknowledged for the first time."""
        coders = self.starting()
        while not any(one.acknowledged or one.wrong for one in coders) and any(one.is_alive() for one in coders):
            time.sleep(0.005)
        time.sleep(seconds)
        kill()
        self.ended(coders)

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
