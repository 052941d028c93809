"""A study in which work of every kind has been done, served to Debian's Chromium, and an ear for what goes wrong there."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from waitress.server import create_server

from casereview.casebook import chronology
from casereview.casebook.acts import (
    answering,
    assigning,
    chronicling,
    coding,
    maps,
    memos,
    queries,
    recommending,
    summaries,
    themes,
)
from casereview.casebook.acts.events import EventRow, take_in_events
from casereview.casebook.acts.practice import Replied, answer_question
from casereview.casebook.chronology import version_of
from casereview.casebook.forms import form_of
from casereview.casebook.models import Assignment, Case, Event, Passage, TextVersion
from casereview.casebook.parts import Part
from casereview.casebook.seen import Everything
from casereview.study.entered import Typed
from casereview.study.happened import Happened
from casereview.study.intervals import spanned
from casereview.study.study import Study
from casereview.study.themes import Theme
from casereview.workbench.find.asks import CodeRow, Passages
from casereview.workbench.models import Account
from casereview.workbench.permissions import ROLES
from tests.casebooks import the_study
from tests.unit.workbench.conftest import member, signed_in

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 60_000
"""Milliseconds: how long a page may take on a busy machine before a test says that it never came."""
NEEDS_CHROMIUM = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's Chromium is not installed: apt-get install chromium"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # what the browser leaves open when it is closed
]
ANSWERS: dict[str, tuple[list[str], str]] = {
    **{"outcome": (["fatal"], ""), "plan": ([], "unclear"), "factors": (["alcohol"], ""), "agencies": (["health"], "")},
    **{"day": ([], "not-stated"), "visits": (["3"], ""), "note": ([], "not-stated")},
}


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Chromium, closed at the end."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver has a loop in this thread
        expect.set_options(timeout=PATIENCE)
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@contextmanager
def answering_browsers() -> Iterator[str]:
    """The workbench on a port of this machine, with the casebook that is open; its address."""
    server = create_server(get_wsgi_application(), host="127.0.0.1", port=0, threads=4)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    yield f"http://localhost:{server.effective_port}"
    server.close()
    server.task_dispatcher.shutdown()
    running.join(5)


def a_team() -> dict[str, Account]:
    """Somebody in each role, and a second coder."""
    return {role: member(role, f"A {role}") for role in ROLES} | {"second": member("coder", "Another coder")}


def work() -> None:
    """Work of every kind, once there is a team: A is coded by two who differ, B has been begun, D waits; words everywhere."""
    study, by = the_study(), "a-coder"
    for coder, second in ((by, False), ("another-coder", True)):
        assigning.assign(by="a-lead", cases=["A"], coder=coder, second=second)
        answer_all(study, coder, outcome=(["fatal"] if second else ["harm"], ""))
        answering.finish(by=coder, study=study, case="A")
    assigning.assign(by="a-lead", cases=["B", "D"], coder=by, second=False)
    give(study, by, "B", "outcome", ["harm"])
    for document, words in (("review-A", "Nobody asked the older child"), ("review-D", "The visits were not recorded")):
        code(study, by, document, words)
    themes.add_code(by=by, study=study, code="seeing", theme=Theme(label="Seeing the child", definition="Seen alone."))
    code(study, by, "review-A", "known to several agencies", "seeing")
    themes.define_code(by=by, study=study, code="listening", words={"definition": "Heard and believed.", "include": "Drawings."})
    some = Passage.objects.filter(text__document__key="review-A").first()
    assert some is not None
    for about, key in (
        ("case", "A"),
        ("document", "review-A"),
        ("passage", str(some.pk)),
        ("code", "listening"),
        ("value", "case/plan/A"),
    ):
        memos.write_memo(by=by, about=about, key=key, text=f"A note on a {about}.\n\nWith two paragraphs.")
    summaries.summarise(by=by, case="A", theme="listening", text="Nobody listened.", passages=[some.pk], seen=0)
    draw(study, by)
    chronicle()
    head = {"title": "See the child at home", "change": "See each child.", "findings": ["seen"], "audience": ["police"]}
    recommending.record_recommendation(by="a-lead", study=study, slug="see", head=head, seen=0)
    recommending.record_status(
        by="a-lead", study=study, slug="ask", wave="w2", status="under-way", rests_on=["listening"], seen=0
    )
    answer_asked()
    asks = Passages(rows=(CodeRow(code="listening"),)).model_dump(mode="json")
    queries.save_query(by=by, name="What was heard", kind="find-passages", asks=asks, shared=True)


def draw(study: Study, by: str) -> None:
    """A pathway and a map of case A."""
    some = Passage.objects.filter(text__document__key="review-A").values_list("pk", flat=True)
    for part in (Part("link", "violence", "not-seen"), Part("link", "not-seen", "death"), Part("problem", "closed")):
        maps.draw_part(by=by, study=study, case="A", part=part, note="As the review has it.", passages=list(some))
    chance = Part("chance", "violence", "not-seen", "visits", "2012-03")
    behind, led = Part("behind", "caseload", "not-asked"), Part("led-to", "cuts", "caseload")
    for part in (chance, Part("link", "visits", "death"), Part("problem", "not-asked"), behind, led):
        maps.draw_part(by=by, study=study, case="A", part=part)
    maps.end_part(by=by, case="A", part=Part("link", "visits", "death"))


def chronicle() -> None:
    """D has a chronology of two agencies, in which some may be the same; some of it is mended, some taken out."""
    seen = {"seen": ["seen"]}
    told = (("police", "2001-02-02", "call", seen), ("health-visiting", "2001-02-02", "call", {"seen": ["not-seen"]}))
    for source, when, kind, details in (*told, ("police", "2001", "visit", {}), ("gp", "2001-03", "visit", seen)):
        said = Happened(spanned(when), "", source, kind, ("mother",), "A fictional entry.", details)
        take_in_events(by="intake", source=source, rows=[EventRow("D", said, f"{source}.csv, row 2")])
    of_day, of_month = (chronology.of_case(Case.objects.get(key="D"), Everything())[place].event for place in (1, -1))
    typed = Typed("2001-02-02", time="14:30", agency=of_day.agency, kind="call", what="A fictional entry, mended.", details=seen)
    at = {"by": "a-coder", "seen": Everything(), "case": "D"}
    chronicling.mend_event(**at, study=the_study(), event=of_day.name, was=version_of(of_day), typed=typed)
    chronicling.end_event(**at, event=of_month.name, was=version_of(of_month))


def answer_asked() -> None:
    """What the chronology of D asks is answered by two, on a passage; one of them changed what they had said."""
    unseen = Event.objects.get(source="health-visiting", current=True).name
    some = Passage.objects.filter(text__document__key="review-D")
    at = {"study": the_study(), "seen": Everything(), "case": "D", "question": "not-seen", "event": unseen}
    for by, answer, was in (("a-coder", "partly", 0), ("a-coder", "no", 1), ("a-lead", "not-known", 0)):
        replied = Replied(answer, "Nobody wrote it down.", [], [one.pk for one in some])
        answer_question(by=by, replied=replied, was=was, **at)


def answer_all(study: Study, coder: str, **other: tuple[list[str], str]) -> None:
    """Everything that applies to case A, answered by a coder, with evidence where it is asked."""
    for variable, (answers, absent) in (ANSWERS | other).items():
        give(study, coder, "A", variable, answers, absent)
    held = Assignment.objects.get(case__key="A", coder=coder, current=True)
    for sheet in form_of(study, held).sheets:
        if sheet.record.unit == "child":
            give(study, coder, "A", "sex", ["girl"], unit="child", record=sheet.record.key)


def give(study: Study, coder: str, case: str, variable: str, answers: list[str], absent: str = "", **at: str) -> None:
    """One answer, with every passage of the case for its evidence."""
    passages = Passage.objects.filter(text__document__case__key=case).values_list("pk", flat=True)
    of = {"unit": "case", "record": case} | at
    answering.record_answer(
        by=coder, study=study, case=case, variable=variable, answers=answers, absent=absent, was=0, added=list(passages), **of
    )


def code(study: Study, by: str, document: str, words: str, of: str = "listening") -> None:
    """A code given to the first place where these words stand."""
    text = TextVersion.objects.get(document__key=document, current=True)
    start = text.text.index(words)
    place = {"start": start, "end": start + len(words), "exact": words}
    coding.code_passage(by=by, study=study, document=document, text_sha256=text.text_sha256, codes=[of], **place)


class Watch:
    """A browser of somebody's own, and everything that happens in it that should not."""

    def __init__(self, browser: Browser, address: str, account: Account | None, **more: Any) -> None:
        self.address, self.said = address, []  # type: ignore[var-annotated]
        self.context: BrowserContext = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **more})
        if account is not None:
            self.context.add_cookies([{"name": "session", "value": session_of(account), "url": address}])
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", lambda message: self._heard(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else self.said.append(asked.url))

    def _heard(self, text: str) -> None:
        if not text.startswith(
            "Failed to load resource: the server responded with a status of 4"
        ):  # what a page that refuses says
            self.said.append(text)

    def go(self, path: str) -> Page:
        """A page, once it has come to rest."""
        self.page.goto(self.address + path, wait_until="load")
        if self.page.locator(".reader").count():
            self.page.wait_for_selector("[data-reader=ready]", state="attached")
        return self.page


def becomes(page: Page, look: Callable[[], object], what: object) -> None:
    """Wait until something beside the page (the casebook, a count of two things) is so."""
    for _ in range(PATIENCE // 100):
        if look() == what:
            return
        page.wait_for_timeout(100)
    assert look() == what


def session_of(account: Account) -> str:
    """A session in which somebody has signed in, and has just shown once more that it is them."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.filter(user=account).delete()
    client: Client = signed_in(account, recently=True)
    return client.cookies["session"].value


def without_second_factor(account: Account) -> None:
    """As somebody is who has only just joined."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.filter(user=account).delete()
