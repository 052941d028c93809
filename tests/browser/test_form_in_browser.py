"""The form in a browser: an unlikely answer is questioned as it is given, explained, and the last change undone."""

import re

import pytest
from playwright.sync_api import expect

from casereview.casebook.acts import assigning
from casereview.casebook.models import Memo, Value
from casereview.workbench import studies
from tests.browser import house
from tests.browser.test_reader import Reading
from tests.casebooks import the_study

pytestmark = house.NEEDS_CHROMIUM
CHECKS = {"planned": {"when": {"outcome": {"is": "harm"}, "plan": {"is": "no"}}, "ask": "Harm, and no plan. Is that so?"}}


@pytest.fixture
def form(browser, address, monkeypatch):
    study = the_study(checks=CHECKS)
    monkeypatch.setattr(studies, "current", lambda: study)
    reading = Reading(browser, address)
    assigning.assign(by="lead", cases=["A"], coder="a-coder", second=False)
    reading.page.goto(f"{address}/cases/A/form/")
    yield reading
    reading.context.close()


def test_an_unlikely_answer_is_questioned_at_once_and_explained(form):
    page = form.page
    page.get_by_label("Serious harm").check()
    page.locator("form.question", has=page.locator("legend", has_text="plan")).get_by_label("No", exact=False).first.check()
    because = page.get_by_label("Harm, and no plan. Is that so?")
    because.wait_for()
    because.fill("There was no time for one.")
    page.get_by_role("button", name="Yes, it is so").click()
    page.get_by_text("You said: There was no time for one.").wait_for()
    assert Memo.objects.get(about="check").text == "There was no time for one."
    assert form.said == []


def test_the_last_change_is_undone(form):
    page = form.page
    question = page.locator("form.question", has=page.locator("legend", has_text="outcome"))
    for label, version in (("Serious harm", "1"), ("The child died", "3")):
        question.get_by_label(label).check()
        expect(question.locator("[name=was]")).to_have_value(version)
    question.get_by_role("button", name="Undo the last change").click()
    expect(question.locator("[name=was]")).to_have_value("5")
    assert list(Value.objects.filter(coder="a-coder", current=True).values_list("value", flat=True)) == ["harm"]


def test_what_is_still_being_saved_is_not_asked_for_again(form):
    page, held = form.page, []
    page.route("**/cases/A/form/", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    page.get_by_label("Serious harm").check()
    house.becomes(page, lambda: len(held), 1)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")
    focused = page.locator("form.question:focus-within legend")
    expect(focused).to_be_visible()
    expect(focused).not_to_contain_text(re.compile("outcome", re.IGNORECASE))
    held[0].continue_()
    expect(page.locator("#form-done")).to_have_text("1")
