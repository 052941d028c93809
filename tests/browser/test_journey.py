"""The whole journey against the served command: a lead gathers a team, two code a 40-page PDF by keyboard alone, blind to one
another; their difference is settled, and a result leaves. Everything in it is fictional."""

import base64
import hmac
import os
import re
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from weasyprint import HTML

from tests.browser import house

pytestmark = house.NEEDS_CHROMIUM
DATA = os.environ.get("CASEREVIEW_DATA")
PHRASE = "four words nobody guesses"
CODE = "from casereview.cli import main; main()"
FACTS = [
    "Nobody asked the older child what she had seen.",
    "The health visitor called twice and nobody answered the door.",
    "The explanation was written down and not looked into.",
]


def forty_pages(path: Path) -> None:
    """A fictional review of forty pages."""
    sheets = [
        f"<h2>Part {n}</h2><p>{FACTS[n % 3]}</p><p>{' '.join([f'This is sentence {n} of a fictional review.'] * 30)}</p>"
        for n in range(1, 41)
    ]
    style = "<style>h2 { break-before: page } h2:first-of-type { break-before: auto }</style>"
    HTML(string=f"<html lang=en><title>A fictional review</title>{style}{''.join(sheets)}").write_pdf(path)


def casereview(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", CODE, *map(str, arguments)]


def a_study(folder: Path, document: Path | None) -> Path:
    """The starter study with one PDF of a case in place of its texts."""
    study = folder / "mine"
    subprocess.run(casereview("new", study), check=True, capture_output=True)
    sources = study / "sources.yaml"
    told = sources.read_text().replace("documents/*.txt", "documents/*.pdf")
    sources.write_text(told[: told.index("  quotes:")])
    for text in (study / "sources" / "documents").glob("*.txt"):
        text.unlink()
    paper = study / "sources" / "documents" / "review-A1.pdf"
    if document is None:
        forty_pages(paper)
    else:
        paper.write_bytes(document.read_bytes())
    subprocess.run(casereview("intake", study), check=True, capture_output=True)
    return study


@contextmanager
def serving(study: Path) -> Iterator[tuple[str, str]]:
    """The served study: its address, and the link by which the first lead joins."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        casereview("serve", study, "--port", str(port)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        said = ""
        for line in server.stdout or ():
            said += line
            if link := re.search(r"http://localhost:\d+/invited/\S+", said):
                break
        else:
            raise AssertionError(said)
        _until_open(port)
        try:
            yield f"http://localhost:{port}", link[0]
        finally:
            server.terminate()
            server.communicate()


def _until_open(port: int) -> None:
    for _ in range(600):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def totp(secret: str) -> str:
    """The six digits that an app shows (RFC 6238), once they hold for long enough to be typed on a busy machine."""
    if (held := time.time() % 30) > 15:
        time.sleep(30 - held)
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def press_to(page: Page, target: Locator, *keys: str) -> None:
    """Go to something with Tab alone, and press keys on it."""
    target.wait_for()
    for _ in range(300):
        if target.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    else:
        raise AssertionError(f"not reached with Tab: {target}")
    for key in keys:
        page.keyboard.press(key)


def write(page: Page, target: Locator, words: str) -> None:
    press_to(page, target)
    page.keyboard.type(words)


def heading(page: Page, name: str) -> None:
    page.get_by_role("heading", name=name).first.wait_for()


class Person(house.Watch):
    """Somebody at their own browser."""

    def __init__(self, browser: Browser, address: str) -> None:
        super().__init__(browser, address, None)

    def joins(self, link: str, name: str, email: str = "") -> None:
        """By the link, a password, and an app for the second factor; by keyboard alone."""
        page = self.page
        page.goto(link)
        if email:
            write(page, page.get_by_label("Your e-mail address"), email)
        write(page, page.get_by_label("Your name"), name)
        write(page, page.get_by_label("A password"), PHRASE)
        page.keyboard.press("Enter")
        press_to(page, page.get_by_role("link", name="Set up an app"), "Enter")
        secret = page.locator("#key").text_content() or ""
        write(page, page.get_by_label("The code that the app shows"), totp(secret))
        page.keyboard.press("Enter")
        heading(page, "Your recovery codes")
        expect(page.locator(".recovery li")).to_have_count(10)
        press_to(page, page.get_by_role("link", name="I have kept them"), "Enter")
        heading(page, "How far the work is")

    def invites(self, email: str, role: str) -> str:
        """A member of the team to be; returns their link."""
        page = self.page
        page.get_by_role("navigation", name="The study").get_by_role("link", name="Team").click()
        page.get_by_role("link", name="Invite somebody").click()
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Role", exact=True).select_option(label=role)
        page.get_by_role("button", name="Make a link").click()
        return page.locator("code.link").text_content() or ""

    def opens(self, name: str) -> None:
        """A place of the menu, by keyboard."""
        press_to(
            self.page, self.page.get_by_role("navigation", name="The study").get_by_role("link", name=name, exact=True), "Enter"
        )

    def codes(self, keys: tuple[str, ...]) -> str:
        """A passage of the case's document, found and coded by keys; returns its words."""
        page = self.page
        self.opens("Cases")
        press_to(page, page.get_by_role("link", name="A1", exact=True), "Enter")
        press_to(page, page.get_by_role("link", name="review-A1").first, "Enter")
        page.wait_for_selector("[data-reader=ready]", state="attached")
        press_to(page, page.locator("#help-button"))
        for _ in range(40):
            if page.evaluate("document.activeElement.matches('#text p')"):
                break
            page.keyboard.press("Tab")
        for key in keys:
            page.keyboard.press(key)
        chosen = str(page.evaluate("getSelection().toString()")).strip()
        page.keyboard.type("cur")
        page.keyboard.press("Enter")
        page.locator("#state[data-state=saved]", has_text="given to a passage").wait_for()
        return chosen

    def answers(self, outcome: str) -> None:
        """Every question of the form by its keys, the first with evidence; then the case is finished."""
        page = self.page
        press_to(page, page.locator(".house .name"), "Enter")
        press_to(page, page.locator("main").get_by_role("link", name="A1", exact=True), "Enter")
        heading(page, "Form of A1")
        page.locator("#form-tools").wait_for()  # until its script runs, keys do nothing
        self.types("03", "05", "2020")  # a date is saved when its question is left
        self.presses(outcome, done=2)
        for done in (3, 4, 5):
            self.presses("1", done)
        self.types("0")
        self.has_answered(6)
        press_to(page, page.get_by_role("link", name="Choose evidence for Outcome for the child"), "Enter")
        press_to(page, page.get_by_role("checkbox").first, "Space")
        press_to(page, page.get_by_role("button", name="Save"), "Enter")
        page.get_by_role("link", name="Change the evidence for Outcome for the child").wait_for()

    def presses(self, key: str, done: int) -> None:
        """The next question of the form, answered by the key of an answer; so many are then answered."""
        self.page.keyboard.press("n")
        self.page.keyboard.press(key)
        self.has_answered(done)

    def has_answered(self, number: int) -> None:
        self.page.get_by_text(re.compile(rf"^{number}$")).and_(self.page.locator("#form-done")).wait_for()

    def types(self, *parts: str) -> None:
        """The next question of the form, whose answer is typed."""
        self.page.keyboard.press("n")
        for part in parts:
            self.page.keyboard.type(part)
            self.page.keyboard.press("Tab")

    def finishes(self) -> None:
        press_to(self.page, self.page.get_by_role("button", name="Finish this case"), "Enter")
        self.page.get_by_role("heading", name="You have finished this case").wait_for()

    def sums_up(self, words: str) -> None:
        """The passage in a cell of the framework matrix, in their own words."""
        page = self.page
        self.opens("Matrix")
        press_to(page, page.locator(".matrix a", has_text="passage").first, "Enter")
        press_to(page, page.get_by_role("checkbox").first, "Space")
        write(page, page.get_by_label("What the case says on it"), words)
        press_to(page, page.get_by_role("button", name="Save"), "Enter")
        page.get_by_text("Summary saved.").wait_for()

    def finds(self, code: str) -> str:
        """What stands under a code; returns the words of the passages."""
        page = self.page
        self.opens("Find")
        write(page, page.get_by_label("Code", exact=True), code)
        press_to(page, page.get_by_role("button", name="Find", exact=True), "Enter")
        page.locator(".found mark").first.wait_for()
        return " ".join(page.locator(".found mark").all_text_contents())


def plain(words: str) -> str:
    return " ".join(words.split())


def the_journey(browser: Browser, study: Path) -> None:
    with serving(study) as (address, link):
        lead, ann, bob, judge, checker = (Person(browser, address) for _ in range(5))
        lead.joins(link, "Lea Lead", "lea@example.org")
        ann.joins(lead.invites("ann@example.org", "Coder"), "Ann")
        bob.joins(lead.invites("bob@example.org", "Coder"), "Bob")
        judge.joins(lead.invites("jo@example.org", "Adjudicator"), "Jo Judge")
        checker.joins(lead.invites("cy@example.org", "Output checker"), "Cy Checker")
        assigned(lead.page)
        first = ann.codes(("ArrowDown", "ArrowDown", "Shift+ArrowDown"))
        assert len(first.split()) > 3
        ann.answers("1")
        ann.sums_up("The review says that nobody looked behind what was told.")
        assert plain(first) in plain(ann.finds("Professional curiosity"))
        press_to(ann.page, ann.page.locator(".house .name"), "Enter")
        press_to(ann.page, ann.page.locator("main").get_by_role("link", name="A1", exact=True), "Enter")
        ann.finishes()
        blind(bob.page, address)
        bob.codes(("ArrowDown", "ArrowDown", "ArrowDown", "Shift+ArrowRight"))
        bob.answers("2")
        bob.finishes()
        settled(judge.page)
        taken_out(checker.page)
        for one in (lead, ann, bob, judge, checker):
            assert one.said == []
            one.context.close()


def assigned(page: Page) -> None:
    page.get_by_role("link", name="Assignments").click()
    page.get_by_label("Cases", exact=True).fill("A1")
    page.get_by_label("Coder", exact=True).select_option(label="Ann")
    page.get_by_label("Second coder, blind to the first").select_option(label="Bob")
    page.get_by_label("One case of how many").fill("1")
    page.get_by_role("button", name="Assign", exact=True).click()
    page.get_by_role("cell", name="second").wait_for()


def blind(page: Page, address: str) -> None:
    """The second coder sees nothing of the first's work."""
    for path in ("/documents/review-A1/", "/cases/A1/", "/find/?r0.what=code&r0.code=professional-curiosity", "/matrix/", "/"):
        page.goto(address + path)
        assert "looked behind" not in page.content()
        named = page.locator("main").get_by_text("ann", exact=True)
        expect(named).to_have_count(1 if path == "/" else 0)  # who joined is no secret
    page.goto(address + "/documents/review-A1/")
    page.wait_for_selector("[data-reader=ready]", state="attached")
    expect(page.locator("#passages li")).to_have_count(0)


def settled(page: Page) -> None:
    """The difference, by keyboard too."""
    press_to(page, page.locator(".house .name"), "Enter")
    press_to(page, page.locator("main").get_by_role("link", name="A1", exact=True), "Enter")
    heading(page, "Differences in A1")
    press_to(page, page.get_by_role("radio").first, "Space")
    write(page, page.get_by_label("Why", exact=True).first, "Part 1 says so.")
    press_to(page, page.get_by_role("button", name=re.compile("Settle.*Outcome for the child")), "Enter")
    page.get_by_text("Settled: The child died").wait_for()


def taken_out(page: Page) -> None:
    page.get_by_role("link", name="Exports").click()
    page.get_by_role("link", name="Table of cases or people, CSV").click()
    with page.expect_download() as leaving:
        page.get_by_role("button", name="Make the file").click()
    table = Path(leaving.value.path()).read_text(encoding="utf-8-sig")
    assert "The child died" in next(line for line in table.splitlines() if line.startswith("A1"))
    page.get_by_role("navigation", name="The study").get_by_role("link", name="Exports").click()
    page.locator("main table").get_by_text(leaving.value.suggested_filename).first.wait_for()


def test_from_the_first_link_to_the_file_that_leaves(browser, tmp_path):
    the_journey(browser, a_study(tmp_path, None))


@pytest.mark.long
@pytest.mark.skipif(not DATA, reason="the real data are not here: set CASEREVIEW_DATA to the folder that holds them")
def test_the_same_with_a_real_report(browser, tmp_path):
    reports: Any = sorted((Path(DATA or "") / "reports").rglob("*.pdf"), key=lambda one: one.stat().st_size)
    the_journey(browser, a_study(tmp_path, reports[len(reports) // 2]))
