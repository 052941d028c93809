"""In a browser: the study lead adds a recommendation that makes an earlier one again, and records what became of it."""

from playwright.sync_api import expect

from tests.browser import house
from tests.browser.test_reader import Reading
from tests.unit.workbench.conftest import member, signed_in

pytestmark = house.NEEDS_CHROMIUM


def test_from_a_finding_to_a_recommendation_in_the_register(browser, address):
    lead = Reading(browser, address)
    session = signed_in(member("lead")).cookies["session"].value
    lead.context.add_cookies([{"name": "session", "value": session, "url": address}])
    page = lead.page
    page.goto(f"{lead.address}/")
    page.get_by_role("link", name="Findings").click()
    expect(page.get_by_role("heading", name="For the team: no counter-example is named")).to_be_visible()
    page.get_by_role("link", name="Recommendations", exact=True).click()
    page.get_by_role("link", name="Add a recommendation").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()

    page.get_by_label("Title").fill("See the child at home")
    page.get_by_label("Change").fill("See each child where they live.")
    page.get_by_label("Visits were not recorded").check()
    page.get_by_label("Police").check()
    page.get_by_label("Owner").fill("The board")
    page.get_by_label("Due").fill("2003-03-31")
    page.get_by_label("Review that first made it").select_option("W1")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="See the child at home")).to_be_visible()

    page.get_by_role("link", name="Record the status of W2").click()
    page.get_by_label("Status").select_option("Under way")
    page.get_by_label("What is known of it").fill("Some were seen.")
    page.get_by_label("What shows it").fill("listening")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("cell", name="Under way", exact=True)).to_be_visible()

    page.get_by_role("link", name="All recommendations").click()
    page.get_by_label("Status now").select_option("Under way")
    page.get_by_label("For", exact=True).select_option("Police")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("row")).to_have_count(2)
    row = page.get_by_role("row", name="See the child at home")
    expect(row).to_contain_text("made")
    expect(row).to_contain_text("under way")
    row.get_by_role("link", name="See the child at home").click()
    with page.expect_download() as file:
        page.get_by_role("button", name="Save as a file").click()
    assert "title: See the child at home" in file.value.path().read_text(encoding="utf-8")
    assert [one for one in lead.said if "400 (Bad Request)" not in one] == []  # of the form that was sent empty
    lead.context.close()
