"""A chronology in the browser, by hand: events are entered, seen in the timeline of all agencies, mended, and found to be one."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from casereview.casebook.models import Event, EventPair
from tests.browser import house
from tests.unit.workbench.conftest import member

pytestmark = house.NEEDS_CHROMIUM


@pytest.fixture
def watch(browser, served) -> Iterator[house.Watch]:
    with house.answering_browsers() as address:
        coder = member("coder", "Ann Other")
        watching = house.Watch(browser, address, coder)
        yield watching
        watching.context.close()


def enter(page: Page, date: str, agency: str, what: str) -> None:
    page.get_by_role("link", name="Enter an event").click()
    page.get_by_label("Date").fill(date)
    page.get_by_label("Agency that recorded it").select_option(label=agency)
    page.get_by_label("What kind of event").select_option(label="Visit")
    page.get_by_label("What happened").fill(what)
    page.get_by_role("button", name="Save").click()


def test_events_are_entered_seen_in_the_timeline_mended_and_found_to_be_one(watch):
    page = watch.go("/cases/A/")
    page.get_by_role("link", name="How to bring one in").click()
    page.get_by_role("link", name="Enter an event").click()
    page.get_by_role("button", name="Save").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Enter a date")
    alert.get_by_role("link", name="Choose an agency.").click()
    expect(page.get_by_label("Agency that recorded it")).to_be_focused()
    page.get_by_role("link", name="Chronology of A").click()
    enter(page, "12/1/2001", "Police", "Seen at home.")
    enter(page, "12/01/2001", "Health visiting", "Told of a visit.")
    enter(page, "02/2001", "General practice", "At the surgery.")
    timeline = page.get_by_role("region", name="Timeline of A")
    expect(timeline.get_by_role("link")).to_have_count(3)
    timeline.get_by_role("link", name="February 2001, General practice: Visit").click()
    expect(page).to_have_url(re.compile("#event-"))
    row = page.locator("tr:target")
    expect(row).to_contain_text("At the surgery.")
    row.get_by_role("link", name="Visit", exact=True).click()
    page.get_by_role("link", name="Mend it").click()
    expect(page.get_by_label("Date")).to_have_value("02/2001")
    page.get_by_label("Date").fill("14/02/2001")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Visit, 14 February 2001")
    page.get_by_role("button", name="Undo my last change").click()
    expect(page.get_by_role("table")).to_contain_text("February 2001")
    page.get_by_role("link", name="Events that may be the same (2)").click()
    page.get_by_label("Why").fill("One visit, told of by both.")
    page.get_by_role("button", name="They are the same").click()
    expect(page.get_by_text("says ann-other: One visit, told of by both.")).to_be_visible()
    page.get_by_role("link", name="Chronology of A").click()
    expect(page.locator("table.chronology tbody tr")).to_have_count(2)
    expect(page.locator("table.chronology tbody tr").first).to_contain_text(re.compile("(Police|Health visiting) has it:"))
    page.get_by_role("link", name="2001", exact=True).click()
    page.get_by_role("link", name="Jan to Mar 2001").click()
    expect(page.get_by_role("textbox", name="To")).to_have_value("31/03/2001")
    assert (Event.objects.filter(current=True).count(), EventPair.objects.get(current=True).same) == (3, True)
    assert watch.said == []
