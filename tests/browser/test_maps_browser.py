"""Pathways and maps in a browser: a link drawn on passages, opened across cases; a problem with its conditions on the map."""

import pytest
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from tests.browser import house
from tests.browser.test_reader import Reading
from tests.unit.workbench.conftest import member, signed_in

pytestmark = house.NEEDS_CHROMIUM

QUOTE = "Nobody asked the older child"


@pytest.fixture
def lead(browser, address):
    opened = Reading(browser, address)
    session = signed_in(member("lead")).cookies["session"].value
    opened.context.add_cookies([{"name": "session", "value": session, "url": address}])
    yield opened
    opened.context.close()


def test_a_pathway_is_drawn_on_passages_and_its_edge_opens_them_across_cases(lead):
    page = lead.page
    page.goto(f"{lead.address}/cases/A/")
    page.get_by_role("link", name="Pathway to harm").click()
    drawing = page.get_by_role("region", name="Draw a link")
    drawing.get_by_label("From", exact=True).select_option("violence")
    drawing.get_by_label("To", exact=True).select_option("not-seen")
    drawing.get_by_text("Choose passages").click()
    drawing.get_by_label("The file was closed").first.check()
    drawing.get_by_label("Or a quote from").select_option("review-A")
    drawing.get_by_label("The quote, word for word").fill(QUOTE)
    drawing.get_by_role("button", name="Draw the link").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    row = page.get_by_role("row", name="Violence at home The child not seen")
    row.get_by_text("2 passages").click()
    expect(row.get_by_text(QUOTE)).to_be_visible()

    row.get_by_role("button", name="Take away").click()
    expect(page.get_by_text("No link.")).to_be_visible()
    page.get_by_role("button", name="Undo: draw it again").click()
    expect(page.get_by_role("row", name="Violence at home The child not seen").get_by_text("2 passages")).to_be_visible()

    page.goto(f"{lead.address}/study/pathways/")
    page.locator("figure.graph a", has_text="1").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Violence at home → The child not seen")).to_be_visible()
    expect(page.get_by_text(QUOTE)).to_be_visible()


def test_a_quote_that_is_not_there_is_told_and_nothing_is_lost(lead):
    page = lead.page
    page.goto(f"{lead.address}/cases/A/pathway/")
    drawing = page.get_by_role("region", name="Draw a link")
    drawing.get_by_label("To", exact=True).select_option("death")
    drawing.get_by_label("Or a quote from").select_option("review-A")
    drawing.get_by_label("The quote, word for word").fill("What nobody wrote")
    drawing.get_by_label("Note").fill("By the school.")
    drawing.get_by_role("button", name="Draw the link").click()
    expect(page.get_by_role("alert")).to_contain_text("does not stand in that document")
    expect(page.get_by_role("region", name="Draw a link").get_by_label("Note")).to_have_value("By the school.")
    expect(page.get_by_role("region", name="Draw a link").get_by_label("To", exact=True)).to_have_value("death")


def test_a_problem_and_what_lay_behind_it_stand_on_the_map(lead):
    page = lead.page
    page.goto(f"{lead.address}/cases/A/system/")
    recording = page.get_by_role("region", name="Record a practice problem")
    recording.get_by_label("Practice problem").select_option("not-asked")
    recording.get_by_label("Why it made sense at the time").fill("There was no time to.")
    recording.get_by_role("button", name="Record the problem").click()
    expect(page.get_by_role("heading", name="Nothing behind it yet")).to_be_visible()

    behind = page.get_by_role("region", name="Record what lay behind it")
    behind.get_by_label("Behind this problem").select_option("not-asked")
    behind.get_by_label("Lay this condition").select_option("caseload")
    behind.get_by_role("button", name="Record the condition").click()
    expect(page.get_by_role("heading", name="Nothing behind it yet")).to_have_count(0)
    led = page.get_by_role("region", name="Record what led to that")
    led.get_by_label("Condition").select_option("cuts")
    led.get_by_label("It led to").select_option("caseload")
    led.get_by_role("button", name="Record the link").click()
    drawn = page.locator("figure.system-map svg")
    for words in ("National", "Cuts", "High caseloads", "Practice"):
        expect(drawn.get_by_text(words, exact=True)).to_be_visible()

    page.emulate_media(media="print")
    assert len(PdfDocument(page.pdf(prefer_css_page_size=True))) == 1
    page.emulate_media(media="screen")

    page.goto(f"{lead.address}/study/systems/")
    page.get_by_role("link", name="1 cases: High caseloads").click()
    expect(page.get_by_role("heading", name="High caseloads, behind: Nobody asked the child")).to_be_visible()
