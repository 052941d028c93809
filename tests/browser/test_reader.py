"""The reader in a browser: marked by keys alone, exact to the character, with nothing lost and nothing run."""

import json
import random
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from casereview.casebook.acts.documents import NewDocument, take_in_documents
from casereview.casebook.acts.themes import add_code
from casereview.casebook.models import Assignment, Case, Coding, Evidence, TextVersion
from casereview.documents import text_of_sections
from casereview.study.themes import Theme
from casereview.workbench import studies
from tests.browser import house
from tests.casebooks import the_study
from tests.unit.workbench.conftest import member, signed_in

pytestmark = house.NEEDS_CHROMIUM

HOSTILE = [
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 2'>",
    "</p></section></div><svg onload=window.ran=3>",
    "</script><script>window.ran = 4</script>",
    "\"><iframe srcdoc='<script>parent.ran = 5</script>'></iframe>",
    "' onfocus='window.ran = 6' autofocus x='",
    "<style>@import 'http://127.0.0.1:1/x'</style><link rel=stylesheet href=//127.0.0.1:1/x>",
    "<a href='javascript:window.ran = 7'>here</a><base href='//127.0.0.1:1'>",
    "{{ 7 }} {% load static %} ${window.ran = 8} `${1}`",
    "<!--<script>window.ran = 9//--><meta http-equiv=refresh content='0;url=//127.0.0.1:1'>",
    "\u2028\u2029\u202e<math><mtext><img src=x onerror=window.ran=10>",
    "&lt;script&gt;window.ran = 11&lt;/script&gt;&#60;img src=x onerror=window.ran=12&#62;",
]


class Reading:
    """A page in which a coder is signed in, and all that went wrong in it."""

    def __init__(self, browser: Browser, address: str, **more: object) -> None:
        self.address = address
        self.context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 800}, **more)  # type: ignore[arg-type]
        account = member("coder")
        self.handle = account.handle
        session = signed_in(account).cookies["session"].value
        self.context.add_cookies([{"name": "session", "value": session, "url": address}])
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(house.PATIENCE)
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("request", lambda asked: None if asked.url.startswith(address) else self.said.append(asked.url))

    def open(self, document: str, asking: str = "") -> Page:
        self.page.goto(f"{self.address}/documents/{document}/{asking}")
        self.page.wait_for_selector("[data-reader=ready]", state="attached")
        return self.page

    def state(self, state: str, words: str) -> None:
        self.page.locator(f"#state[data-state={state}]", has_text=words).wait_for()


@pytest.fixture
def reading(browser, address) -> Iterator[Reading]:
    opened = Reading(browser, address)
    yield opened
    opened.context.close()


def take_in(key: str, words: str) -> str:
    text = text_of_sections([("Text", words)])
    take_in_documents(by="kim", source="d", documents=[NewDocument(key, "A", key, "0", text)])
    return text.text


def own() -> list[tuple[str, str]]:
    rows = Coding.objects.filter(coder="a-coder", current=True).order_by("passage__start", "code")
    return [(code, " ".join(exact.split())) for code, exact in rows.values_list("code", "passage__exact")]


def test_a_passage_is_marked_undone_and_taken_away_by_keys_alone(reading):
    page = reading.open("review-A")
    page.focus("#help-button")
    page.keyboard.press("Tab")
    for _ in range(9):
        if page.evaluate("document.activeElement.tagName") == "P":
            break
        page.keyboard.press("Tab")
    for key in ("ArrowDown", "ArrowDown", "Shift+ArrowDown", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    chosen = page.evaluate("getSelection().toString()").strip()
    page.keyboard.type("li")
    page.keyboard.press("Enter")
    reading.state("saved", "given to a passage")
    assert own() == [("listening", chosen)]
    page.keyboard.press("Control+z")
    reading.state("saved", "undone")
    assert own() == []
    page.keyboard.press("Control+Shift+Z")
    reading.state("saved", "done again")
    assert own() == [("listening", chosen)]
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")  # the source's own mark of a part of it comes first
    page.wait_for_function("document.activeElement.closest('li')?.mark.own")
    page.keyboard.press("Delete")
    reading.state("saved", "taken away")
    assert own() == []
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    assert reading.said == []


def test_a_passage_is_marked_by_mouse_and_again_by_a_full_stop(reading):
    page = reading.open("review-A")
    paragraph = page.locator("#text p", has_text="Nobody asked")
    paragraph.click(click_count=3)
    page.click("button[data-code=listening]")
    reading.state("saved", "given to a passage")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    page.keyboard.press(".")
    page.locator("#passages li").nth(3).wait_for()
    house.becomes(page, lambda: sorted(len(exact.split()) for _, exact in own()), [1, 21])
    drawn = "[...CSS.highlights.values()].reduce((sum, one) => sum + one.size, 0)"
    page.keyboard.press("Escape")
    page.wait_for_function(f"{drawn} === document.querySelectorAll('#passages li').length")
    assert reading.said == []


def test_what_cannot_be_saved_is_kept_and_tried_again(reading):
    page = reading.open("review-A")
    page.route("**/coding/", lambda route: route.abort())
    page.locator("#text p", has_text="Nobody asked").click(click_count=3)
    page.click("button[data-code=listening]")
    reading.state("waiting", "One act is kept")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+Shift+Z")
    reading.state("waiting", "3 acts are kept")
    assert own() == []
    page.unroute("**/coding/")
    page.click("#try-now")
    reading.state("saved", "done again")
    assert [code for code, _ in own()] == ["listening"]
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_a_session_that_ends_loses_nothing(reading):
    page = reading.open("review-A")
    reading.context.clear_cookies()
    page.locator("#text p", has_text="Nobody asked").click(click_count=3)
    page.click("button[data-code=practice]")
    reading.state("waiting", "kept on this page")
    session = signed_in(member("coder", "A Coder Again")).cookies["session"].value
    reading.context.add_cookies([{"name": "session", "value": session, "url": reading.address}])
    page.click("#try-now")
    reading.state("saved", "given to a passage")
    assert Coding.objects.filter(code="practice", current=True).exists()


def test_what_the_server_refuses_is_said_and_taken_from_the_page(reading):
    page = reading.open("review-A")
    take_in("review-A", "Read anew.")
    page.locator("#text p", has_text="Nobody asked").click(click_count=3)
    page.click("button[data-code=listening]")
    reading.state("refused", "has been read anew")
    expect(page.get_by_text("by you")).to_have_count(0)


def test_a_weight_is_given_by_its_number_and_changed(reading, monkeypatch):
    weighed = {"listening": {"label": "Listening", "weight": {"most": 3, "labels": ["hardly", "partly", "wholly"]}}}
    monkeypatch.setattr(studies, "current", lambda: the_study(themes=weighed))
    page = reading.open("review-A")
    page.locator("#text p", has_text="Nobody asked").click(click_count=3)
    page.keyboard.type("li")
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="How strongly: Listening").wait_for()
    page.keyboard.press("2")
    reading.state("saved", "given to a passage")
    expect(page.get_by_text("weight 2: partly")).to_be_visible()
    page.get_by_role("button", name="Another weight").click()
    page.get_by_role("button", name="3: wholly").click()
    reading.state("saved", "weighed anew")
    weights = Coding.objects.filter(coder="a-coder", current=True).values_list("weight", flat=True)
    assert list(weights) == [3]
    page.keyboard.press("Control+z")
    reading.state("saved", "undone")
    assert list(weights.all()) == [2]
    page.locator("#text p", has_text="Nobody asked").click(click_count=3)
    page.locator("button[data-code=listening]").click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("by you")).to_have_count(1)
    assert reading.said == []


def test_a_code_in_the_words_of_the_document_is_made_by_a_key(reading):
    page = reading.open("review-A")
    page.locator("#text p", has_text="Nobody asked").dblclick(position={"x": 20, "y": 10})
    page.keyboard.press("+")
    page.get_by_role("dialog", name="New code").wait_for()
    chosen = page.get_by_label("Label").input_value()
    assert chosen == page.evaluate("getSelection().toString()").strip()
    page.get_by_label("Label").fill("In their words")
    page.keyboard.press("Enter")
    reading.state("saved", "“In their words” given to a passage")
    assert own() == [("in-their-words", chosen)]
    expect(page.locator("#codes li").nth(-2)).to_have_text("abIn vivo")
    expect(page.locator("#codes li").last).to_have_text("abIn their words")
    page.keyboard.press("Control+z")
    reading.state("saved", "undone")
    assert own() == []
    expect(page.locator("#codes")).not_to_contain_text("In their words")
    page.keyboard.press("Control+Shift+Z")
    reading.state("saved", "done again")
    assert own() == [("in-their-words-2", chosen)]
    page.keyboard.type("in th")
    page.locator("#found").get_by_text("In their words").wait_for()
    assert reading.said == []


def test_a_passage_is_chosen_as_evidence_from_the_form_and_back(reading):
    coder = reading.handle
    Assignment.objects.create(case=Case.objects.get(key="A"), coder=coder)
    page = reading.page
    page.goto(f"{reading.address}/cases/A/form/evidence/?unit=case&record=A&variable=plan")
    page.get_by_role("main").get_by_role("link", name="review-A").click()
    page.wait_for_selector("[data-reader=ready]", state="attached")
    page.locator("#text p", has_text="Nobody asked").click(click_count=3)
    page.keyboard.press("=")
    reading.state("saved", "Evidence for Plan")
    expect(page.locator("#passages b", has_text="Evidence for Plan")).to_be_visible()
    page.keyboard.press("Control+z")
    reading.state("saved", "undone")
    assert not Evidence.objects.filter(coder=coder, current=True).exists()
    page.keyboard.type("plan")
    page.keyboard.press("Enter")
    house.becomes(page, Evidence.objects.filter(coder=coder, current=True).count, 1)
    page.get_by_role("link", name="Back to the form").click()
    expect(page.get_by_text("Nobody asked").first).to_be_visible()
    assert reading.said == []


def test_a_memo_on_a_passage_is_written_beside_it(reading):
    page = reading.open("review-A")
    page.locator("#passages .memo").first.click()
    page.get_by_label("A memo on this passage").fill("Who should have asked?")
    page.get_by_role("button", name="Save the memo").last.click()
    page.wait_for_selector("[data-reader=ready]", state="attached")
    page.locator("#passages .memo").first.get_by_text("Memos (1)").click()
    expect(page.locator("#memo-said")).to_have_text("a-coder: Who should have asked?")
    assert reading.said == []


def test_what_others_mark_meanwhile_appears_and_disturbs_nothing(reading):
    reading.page.route("**/now/**", lambda route: route.fulfill(status=204))  # what the server has would take their place
    page = reading.open("review-A")
    paragraph = page.locator("#text p", has_text="Nobody asked")
    paragraph.click(click_count=3)
    page.click("button[data-code=practice]")
    reading.state("saved", "given to a passage")
    paragraph.click(click_count=3)
    chosen = page.evaluate("getSelection().toString()")
    listed = page.locator("#passages li")
    expect(listed).to_have_count(3)
    news = [["listening", 5, 15, "lou", False], ["practice", 8, 20, "lou", False]]
    page.wait_for_function(
        """rows => {
          document.dispatchEvent(new CustomEvent("marks", { detail: rows }));
          return !document.querySelector("#passages").textContent.includes("by kim");
        }""",
        arg=news,
    )
    listed.get_by_text("by lou").nth(1).wait_for()
    expect(listed.locator(".by")).to_have_text([re.compile(f", by {who}$") for who in ("you", "lou", "lou")])
    assert page.evaluate("getSelection().toString()") == chosen
    page.keyboard.press("Control+z")
    reading.state("saved", "undone")
    assert own() == []
    page.evaluate("document.dispatchEvent(new CustomEvent('marks', { detail: [] }))")
    listed.first.wait_for(state="detached")
    page.wait_for_function("[...CSS.highlights.values()].filter(one => !one.priority && one.size === 0).length === 2")
    assert reading.said == []


def test_hostile_words_never_run(reading):
    study = the_study()
    for number, words in enumerate(HOSTILE):
        theme = Theme(label=words, definition=words, include=words, exclude=words, example=words)
        add_code(by="kim", study=study, code=f"hostile-{number}", theme=theme)
    text = take_in("hostile", "\n".join(HOSTILE))
    document = NewDocument("hostile", "A", "".join(HOSTILE), "1", text_of_sections([("Text", "\n".join(HOSTILE))]))
    take_in_documents(by="kim", source="d", documents=[document])
    page = reading.open("hostile")
    assert page.evaluate("[...document.querySelectorAll('#text p')].map(one => one.textContent).join('')") == text
    for number, words in enumerate(HOSTILE[:3]):
        page.locator("#text p").nth(number + 1).click(click_count=3)
        page.locator(f"button[data-code=hostile-{number}]").click()
        page.locator("#passages li").nth(number).wait_for()
        reading.state("saved", "given to a passage")
        expect(page.locator("#passages li b").nth(number)).to_contain_text(words.split()[0])
    page.fill("#search", "script")
    page.locator("#found [role=option]").first.wait_for()
    page.goto(f"{reading.address}/passages/hostile/")
    assert page.evaluate("window.ran") is None
    assert reading.said == []


def test_without_script_the_text_and_its_passages_can_be_read(browser, address):
    reading = Reading(browser, address, java_script_enabled=False)
    reading.page.goto(f"{address}/documents/review-A/")
    expect(reading.page.get_by_text("Nobody asked the older child what she saw.")).to_be_visible()
    expect(reading.page.locator(".reader-side")).not_to_be_visible()
    reading.page.get_by_role("link", name="its passages are listed").click()
    expect(reading.page.get_by_role("cell", name="Nobody asked the older child")).to_be_visible()
    reading.context.close()


@pytest.mark.parametrize("count", [4_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_a_range_on_the_page_is_the_same_on_the_server(reading, count):
    drawn = random.Random(4)
    pieces = ["a", "b", " ", ". ", "\n", "\n\n", "é", "e\u0301", "😢", "𝔄", "👩‍👧", "ﬁ", "\u202e", "<", "&amp;", "中"]
    text = take_in("drawn", "".join(drawn.choices(pieces, k=20_000)))
    page = reading.open("drawn")
    ranges = [sorted(drawn.sample(range(len(text) + 1), 2)) for _ in range(count)]
    ranges = [[start, min(end, start + 400)] for start, end in ranges]
    found = page.evaluate(ROUND, [ranges, len(text)])
    assert len(found) == count
    for (start, end), (back, until, exact) in zip(ranges, found, strict=True):
        assert (back, until, exact) == (start, end, text[start:end])
    version = TextVersion.objects.get(document__key="drawn", current=True)
    client = signed_in(member("coder", "Somebody"))
    for start, end, exact in found[:10]:
        asked = {"document": "drawn", "text": version.text_sha256, "start": start, "end": end, "exact": exact}
        answer = client.post("/coding/", json.dumps(asked | {"codes": ["listening"]}), content_type="application/json")
        assert answer.status_code == 200


ROUND = """async ([ranges, length]) => {
  const { Text } = await import("/static/workbench/reader/text.js");
  const text = new Text(document.getElementById("text"), length);
  return ranges.map(([start, end]) => {
    const range = document.createRange();
    range.setStart(...text.spot(text.toUnits(start)));
    range.setEnd(...text.spot(text.toUnits(end), true));
    const from = text.offset(range.startContainer, range.startOffset), to = text.offset(range.endContainer, range.endOffset);
    return [text.toPoints(from), text.toPoints(to), text.slice(from, to)];
  });
}"""
