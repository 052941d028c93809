"""Finding in a browser: a query is built, saved, opened; a cell leads to its passages, a passage to its place in the reader."""

import pytest
from playwright.sync_api import expect

from tests.browser import house
from tests.browser.test_reader import Reading, take_in
from tests.unit.workbench.conftest import member, signed_in

pytestmark = house.NEEDS_CHROMIUM


@pytest.fixture
def lead(browser, address):
    opened = Reading(browser, address)
    session = signed_in(member("lead")).cookies["session"].value
    opened.context.add_cookies([{"name": "session", "value": session, "url": address}])
    yield opened
    opened.context.close()


def chosen(page) -> str:
    page.wait_for_selector("[data-reader=ready]", state="attached")
    return page.evaluate("getSelection().toString()").strip()


def test_from_a_query_to_the_passage_in_the_reader(lead):
    page = lead.page
    page.goto(f"{lead.address}/")
    page.get_by_role("link", name="Find", exact=True).click()
    page.get_by_label("Code", exact=True).select_option("listening")
    page.get_by_label("One more condition").select_option("answer-plan")
    page.get_by_role("button", name="Add it").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("heading", name="2 passages")).to_be_visible()
    expect(page.locator(".sentence")).to_contain_text("are coded “Listening to the child”; and that are of a case where")
    page.get_by_text("Save this query").click()
    page.get_by_label("Name").fill("Heard, with a plan")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("“Heard, with a plan” is saved.")).to_be_visible()

    with page.expect_download() as file:
        page.get_by_role("button", name="CSV").click()
    assert file.value.suggested_filename == "passages.csv"
    assert "The file was closed" in file.value.path().read_text(encoding="utf-8-sig")
    expect(page.get_by_text("The file is there.")).to_be_visible()

    page.goto(f"{lead.address}/find/")
    page.get_by_text("Saved queries (1)").click()
    page.get_by_role("link", name="Heard, with a plan").first.click()
    page.get_by_role("link", name="open passage 2").click()
    assert chosen(page) == "The file was closed"
    assert lead.said == []


def test_a_cell_leads_to_its_passages_and_words_to_their_place(lead):
    page = lead.page
    far = "Nothing of note. " * 2000 + "😢 The grandmother was never asked. " + "Nothing else. " * 500
    take_in("far", far)
    page.goto(f"{lead.address}/find/by-answer/?variable=plan&codes=listening&below=1&count=passages")
    page.locator("td.number a").nth(1).click()
    expect(page.get_by_role("heading", name="2 passages")).to_be_visible()
    page.get_by_role("link", name="Words").click()
    page.get_by_label("With the words").fill("grandmothers")
    page.get_by_role("button", name="Find").click()
    page.locator("a.snippet").click()
    assert chosen(page) == "grandmother"
    place = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().top")
    assert 0 < place < 800
    assert lead.said == []
