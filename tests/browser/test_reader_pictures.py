"""The page as it looks, in a browser: what is selected on it is selected in the text, and marks are drawn on it."""

import re

import pytest
from playwright.sync_api import expect

from casereview.casebook import store
from casereview.casebook.acts.documents import NewDocument, take_in_documents
from casereview.casebook.models import Area, AreaCoding
from casereview.documents import read_isolated
from tests.browser.test_reader import own, pytestmark, reading  # noqa: F401  # the fixture `reading`
from tests.security.pdf_bytes import document, lines, stream

PAGES = [
    ["The family moved twice in one year.", "Nobody asked the older child", "what she saw."],
    ["A second page follows here."],
    [],
]
"""The lines of each page."""


@pytest.fixture
def report(served):
    path = served / "report.pdf"
    path.write_bytes(document([stream(lines(page, size=20, step=30, left=100)) for page in PAGES]))
    text = read_isolated(path)
    store.keep(path, text.sha256)
    take_in_documents(by="kim", source="d", documents=[NewDocument("report", "A", "A report", "0", text)])
    return text


def at(page, number: int, x: float, y: float) -> tuple[float, float]:
    """The place on the screen of a point of an A4 page, in points from its top left."""
    box = page.locator(f".sheet[data-page='{number}'] .picture").bounding_box()
    return box["x"] + box["width"] * x / 595, box["y"] + box["height"] * y / 842


def dragged(page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=3)
    page.mouse.up()


def test_what_is_selected_on_the_page_is_marked_in_the_text_and_drawn_on_both(reading, report):  # noqa: F811
    page = reading.open("report")
    expect(page.locator(".picture")).to_have_count(0)
    page.get_by_role("button", name="Page", exact=True).click()
    page.locator(".sheet[data-page='1'] .picture[data-here]").wait_for()
    dragged(page, at(page, 1, 95, 86), at(page, 1, 500, 120))
    expect(page.locator(".chosen rect")).to_have_count(2)
    assert " ".join(page.evaluate("getSelection().toString()").split()) == "Nobody asked the older child what she saw."
    page.click("button[data-code=listening]")
    reading.state("saved", "given to a passage on page 1")
    assert own() == [("listening", "Nobody asked the older child what she saw.")]
    expect(page.locator("[data-page='1'] .marks rect")).to_have_count(2)
    page.keyboard.press("Control+z")
    reading.state("saved", "undone")
    page.wait_for_function("!document.querySelector('.marks rect')")
    page.mouse.dblclick(*at(page, 1, 180, 56))
    page.wait_for_function("getSelection().toString() === 'family'")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.type("pra")
    page.keyboard.press("Enter")
    reading.state("saved", "given to a passage")
    assert own() == [("practice", "family moved twice")]
    page.get_by_role("button", name="Both").click()
    expect(page.get_by_text("Nobody asked the older child").first).to_be_visible()
    expect(page).to_have_url(re.compile("view=both"))
    page.reload()
    page.locator(".sheet[data-page='1'] .marks rect").first.wait_for(state="attached")
    assert reading.said == []


def test_pages_come_when_they_are_near_and_say_where_there_is_nothing_to_read(reading, report):  # noqa: F811
    asked: list[str] = []
    reading.page.on("request", lambda one: asked.append(one.url) if "/image/" in one.url else None)
    page = reading.open("report", "?view=page")
    page.locator(".sheet[data-page='1'] .picture[data-here]").wait_for()
    assert not any("/3/image" in one for one in asked)
    page.locator(".sheet[data-page='3']").scroll_into_view_if_needed()
    page.locator(".sheet[data-page='3'] .picture[data-here]").wait_for()
    expect(page.get_by_role("img", name="Page 3, a picture without text")).to_be_visible()
    expect(page.get_by_role("heading", name="it has no text to mark")).to_be_visible()
    assert reading.said == []


def test_a_page_that_cannot_be_shown_says_why_and_the_text_stays(reading, report):  # noqa: F811
    store.place(report.sha256).unlink()
    page = reading.open("report")
    page.get_by_role("button", name="Page", exact=True).click()
    page.locator(".picture .fault").first.get_by_text("there is no such file").wait_for()
    page.get_by_role("button", name="Text", exact=True).click()
    expect(page.get_by_text("Nobody asked the older child")).to_be_visible()


def test_an_area_is_drawn_by_mouse_or_keys_given_a_code_and_undone(reading, report):  # noqa: F811
    page = reading.open("report", "?view=page")
    page.locator(".sheet[data-page='1'] .picture[data-here]").wait_for()
    page.get_by_role("button", name="Mark an area").click()
    dragged(page, at(page, 1, 100, 150), at(page, 1, 300, 250))
    page.locator("button[data-code=listening]").click()
    reading.state("saved", "given to an area on page 1")
    area = Area.objects.get()
    for said, meant in ((area.left, 100), (area.bottom, 842 - 250), (area.right, 300), (area.top, 842 - 150)):
        assert abs(said - meant) <= 2
    expect(page.locator("[data-page='1'] .areas rect")).to_have_count(1)
    expect(page.locator("#passages i", has_text="An area of the page")).to_have_count(1)
    page.get_by_role("button", name="Mark an area").click()
    before = page.locator(".area").get_attribute("aria-label") or ""
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".area")).not_to_have_attribute("aria-label", before)
    page.keyboard.type("pra")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.areas rect').length === 2")
    reading.state("saved", "given to an area on page 1")
    page.keyboard.press("Control+z")
    reading.state("saved", "undone")
    assert list(AreaCoding.objects.filter(current=True).values_list("code", flat=True)) == ["listening"]
    page.reload()
    page.locator("[data-page='1'] .areas rect").wait_for()
    page.locator("#passages .passage", has_text="An area").click()
    assert reading.said == []
