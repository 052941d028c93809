"""Two people at work in one study: what one does appears before the other, and disturbs nothing that the other is doing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from casereview.casebook.acts import answering
from casereview.casebook.acts.assigning import assign
from casereview.casebook.acts.memos import write_memo
from casereview.casebook.acts.themes import add_code
from casereview.casebook.models import Value
from casereview.study.themes import Theme
from tests.browser import house
from tests.casebooks import the_study
from tests.unit.workbench.conftest import member

pytestmark = house.NEEDS_CHROMIUM
ASK = "document.dispatchEvent(new Event('visibilitychange'))"
"""What makes a page ask at once, without waiting for its time."""


@pytest.fixture
def watch(browser, served) -> Iterator[house.Watch]:
    with house.answering_browsers() as address:
        member("coder", "Other")
        watching = house.Watch(browser, address, member("coder"))
        yield watching
        watching.context.close()
        assert watching.said == []


def give(was: int, answer: str) -> None:
    asked = {"case": "A", "unit": "case", "record": "A", "variable": "visits", "absent": "", "was": was}
    answering.record_answer(by="a-coder", study=the_study(), answers=[answer], **asked)


def test_what_another_marks_appears_in_the_reader(watch):
    page = watch.go("/documents/review-A/")
    count = page.locator("#passages li").count()
    house.code(the_study(), "other", "review-A", "The file was closed in May.")
    page.evaluate(ASK)
    expect(page.locator("#passages li")).to_have_count(count + 1)
    expect(page.locator("#passages li", has_text="The file was closed in May.")).to_contain_text("other")


def test_a_page_is_brought_up_to_date_and_keeps_the_focus(watch):
    page = watch.go("/themes/")
    page.locator("main a", has_text="Listening to the child").focus()
    add_code(by="other", study=the_study(), code="seeing", theme=Theme(label="Seeing the child"))
    page.evaluate(ASK)
    expect(page.locator("main")).to_contain_text("Seeing the child")
    expect(page.locator("main a", has_text="Listening to the child")).to_be_focused()


def test_what_somebody_is_writing_is_left_and_the_change_waits(watch):
    page = watch.go("/memos/")
    page.fill("input[name=q]", "what I look for")
    write_memo(by="other", about="code", key="listening", text="Another has seen this")
    page.evaluate(ASK)
    expect(page.locator("#live")).to_contain_text("Others have changed what this page shows.")
    expect(page.locator("input[name=q]")).to_have_value("what I look for")
    page.locator("#live button").click()
    expect(page.locator("main")).to_contain_text("Another has seen this")
    expect(page.locator("#live")).to_be_empty()


def test_an_answer_of_another_window_appears_and_is_not_saved_over(watch):
    assign(by="a-lead", cases=["A"], coder="a-coder", second=False)
    page = watch.go("/cases/A/form/")
    field = page.locator("form.question:has(input[value=visits]) input[name=text]")
    give(0, "4")
    page.evaluate(ASK)
    expect(field).to_have_value("4")
    field.fill("7")
    give(1, "5")
    page.evaluate(ASK)
    expect(page.locator("form.question:has(input[value=visits]) [data-fault]")).to_contain_text("answered in another window")
    expect(field).to_have_value("7")
    field.blur()
    expect(page.locator("form.question:has(input[value=visits]) [data-fault]")).to_contain_text("Not saved")
    assert list(Value.objects.filter(coder="a-coder", current=True).values_list("value", flat=True)) == ["5"]
    watch.said.clear()  # the browser's own word for what was refused


def test_a_page_that_asks_in_vain_says_so(watch):
    page = watch.go("/cases/")
    watch.context.clear_cookies()
    page.evaluate(ASK)
    expect(page.locator("#live")).to_contain_text("signed out")
