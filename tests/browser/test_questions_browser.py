"""A question of a chronology in the browser: read with its events, answered with a passage and an event, and changed back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from casereview.casebook.acts.events import EventRow, take_in_events
from casereview.casebook.models import PracticeAnswer
from casereview.study.happened import Happened
from casereview.study.intervals import spanned
from tests.browser import house
from tests.unit.workbench.conftest import member

pytestmark = house.NEEDS_CHROMIUM


@pytest.fixture
def watch(browser, served) -> Iterator[house.Watch]:
    for source, when, seen in (("police", "2001-01-02", "seen"), ("health-visiting", "2001-01-20", "not-seen")):
        said = Happened(spanned(when), "", source, "call", ("mother",), f"Entered by {source}.", {"seen": [seen]})
        take_in_events(by="intake", source=source, rows=[EventRow("A", said, f"{source}.csv, row 2")])
    with house.answering_browsers() as address:
        watching = house.Watch(browser, address, member("coder", "Ann Other"))
        yield watching
        watching.context.close()


def test_a_practice_question_is_answered_with_evidence(watch):
    page = watch.go("/cases/A/")
    page.get_by_role("link", name="What the chronology asks").click()
    asked = page.get_by_role("region", name="Asked", exact=True)
    expect(asked).to_contain_text("Where was the child, and who knew?")
    asked.get_by_role("link", name="Child not seen at a call").click()
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose an answer")
    page.get_by_label("Partly").check()
    page.get_by_label("In your words").fill("Her sister saw her at school.")
    page.get_by_text("Other events of this chronology").click()
    page.get_by_label("2 January 2001, Police").check()
    passages = page.get_by_role("group", name="Passages that the answer rests on").get_by_role("checkbox")
    passages.first.check()
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_role("status").first).to_contain_text("Answer saved.")
    expect(page.get_by_role("region", name="Asked", exact=True)).to_contain_text("Her sister saw her at school.")
    page.get_by_role("link", name="change your answer").click()
    page.get_by_label("Not known").check()
    page.get_by_role("button", name="Save the answer").click()
    page.get_by_role("link", name="change your answer").click()
    page.get_by_role("button", name="Undo: answer this again").click()
    made = PracticeAnswer.objects.get(current=True)
    assert (made.answer, len(made.events), made.passages.count()) == ("partly", 1, 1)
    page.get_by_role("link", name="Practice", exact=True).click()
    page.get_by_role("link", name="1 case: Child not seen at a call").click()
    page.get_by_role("link", name="A", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Questions of the chronology")
    assert watch.said == []
