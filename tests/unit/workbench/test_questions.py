"""What a chronology asks, on the page of its case and across cases; and how it is answered with evidence."""

import re
from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from lxml import html

from casereview.casebook.acts.assigning import assign
from casereview.casebook.acts.chronicling import join_events, part_events
from casereview.casebook.acts.events import withdraw_events
from casereview.casebook.freezing import freeze
from casereview.casebook.models import Case, Event, Passage, PracticeAnswer
from casereview.casebook.seen import Everything
from casereview.study.practice import Question
from casereview.workbench.places import place_of
from casereview.workbench.practice.told import Told
from tests.casebooks import the_study
from tests.unit.workbench.conftest import member, signed_in
from tests.unit.workbench.test_chronology_pages import chronicled  # noqa: F401  # fixture

ADDRESS = "/cases/A/questions/"
pytestmark = pytest.mark.usefixtures("chronicled")


@pytest.fixture
def coder(served):
    return signed_in(member("coder", "A coder"))


def text(answer) -> str:
    (main,) = html.fromstring(answer.content).xpath("//main")
    return re.sub(r"\s+([.:;,])", r"\1", " ".join(" ".join(main.itertext()).split()))


def named(source: str) -> str:
    return Event.objects.get(source=source, current=True).name


def at(event: str, question: str = "not-seen") -> str:
    return f"{ADDRESS}{question}/{event}/"


def a_passage() -> Passage:
    return Passage.objects.filter(text__document__key="review-A").earliest("pk")


def test_what_is_asked_stands_with_its_events_and_the_recommendation(coder):
    page = text(coder.get(ADDRESS))
    asked, _, rest = page.partition("Cannot be answered What these need")
    assert "Child not seen at a call Where was the child, and who knew? It serves: See the child." in asked
    assert "3 February 2001, Health visiting: Call to the home. Told." in asked
    assert "No visit after a call" in rest


ANOTHER_CALL = {
    **{"label": "Another call", "ask": "Was it a pattern?", "serves": "see"},
    **{"when": {"kind": "call"}, "given": {"kind": "call", "before": "any"}},
}


def test_records_of_one_event_are_not_taken_for_several(served, tmp_path):
    questions = {"another-call": Question.model_validate(ANOTHER_CALL)}
    study = replace(the_study(), folder=tmp_path, practice=the_study().practice.model_copy(update={"questions": questions}))
    cases = Case.objects.filter(key="A")

    def asked() -> tuple[list[str], list[str]]:
        said = [type(one).__name__ for _, _, several in Told(study, Everything(), cases).said() for one in several]
        rows = pq.read_table(freeze(study, tmp_path / "releases") / "data" / "case.parquet", columns=["case", "practice_rows"])
        return said, next(row["practice_rows"] for row in rows.to_pylist() if row["case"] == "A")

    assert asked() == (["Asked"], ["another-call"])
    names = {"one": named("police"), "other": named("health")}
    join_events(by="ann", seen=Everything(), case="A", **names, reason="One call.")
    assert asked() == ([], ["another-call-nothing-asks-it"])
    part_events(by="bob", seen=Everything(), case="A", **names, reason="Two calls.")
    assert asked() == (["Asked"], ["another-call"])


def test_events_that_may_be_one_are_pointed_to_until_somebody_says(coder):
    assert "Some of its events may be one. Until somebody says so" in text(coder.get(ADDRESS))
    join_events(by="a-coder", seen=Everything(), case="A", one=named("police"), other=named("health"), reason="")
    assert "may be one" not in text(coder.get(ADDRESS))


def test_of_records_of_one_event_it_is_asked_once_and_what_was_answered_of_each_stands_there(coder):
    asked_of_both = "//a[contains(@href, '/visit-after-call/')]/@href"
    assert len(set(html.fromstring(coder.get(ADDRESS).content).xpath(asked_of_both))) == 2
    said = {"answer": "partly", "text": "She was asleep.", "event": [named("health")], "was": "0"}
    coder.post(at(named("health")), said)
    join_events(by="a-coder", seen=Everything(), case="A", one=named("police"), other=named("health"), reason="One call.")
    page = html.fromstring(coder.get(ADDRESS).content)
    assert set(page.xpath(asked_of_both)) == {at(named("police"), "visit-after-call")}
    assert coder.get(at(named("health"))).status_code == 404
    answered = text(coder.get(at(named("police"))))
    assert "2 February 2001, Police" in answered
    assert "She was asleep." in answered
    coder.post(at(named("police")), said | {"answer": "yes", "text": "She was in the bath."})
    both = text(coder.get(ADDRESS))
    assert "She was asleep." in both
    assert "She was in the bath." in both


def test_what_is_lacking_is_said_in_words(coder):
    page = text(coder.get(ADDRESS)).partition("Cannot be answered What these need")[2]
    assert "A date is not exact enough" in page or "The chronology ends" in page


def test_nowhere_does_it_say_how_many(coder):
    """Not of a case: how many are asked of it would be a score."""
    page = text(coder.get(ADDRESS))
    assert not re.search(r"\b\d+ (questions|asked)", page)
    assert "asked" not in text(coder.get("/cases/?column=outcome")).lower()


def test_a_question_is_answered_with_evidence_and_changed_and_taken_back(coder):
    address, passage = at(named("health")), a_passage()
    page = html.fromstring(coder.get(address).content)
    offered = page.xpath("//input[@name='passage']/@value")
    assert place_of(passage) in offered
    said = {"answer": "partly", "text": "She was asleep.", "event": [named("police")], "passage": [place_of(passage)], "was": "0"}
    coder.post(address, said)
    made = PracticeAnswer.objects.get(current=True)
    assert (made.answer, made.events, list(made.passages.all())) == ("partly", [named("police")], [passage])
    page = text(coder.get(ADDRESS))
    assert "She was asleep." in page
    assert passage.exact in page
    coder.post(address, said | {"answer": "no", "was": "1"})
    assert "What you answered before" in text(coder.get(address))
    coder.post(address, {"take-back": "1", "was": "3"})
    assert not PracticeAnswer.objects.filter(current=True).exists()
    assert PracticeAnswer.objects.count() == 2


def test_without_an_answer_nothing_is_saved_and_what_was_written_stays(coder):
    answer = coder.post(at(named("health")), {"text": "Half a thought.", "was": "0"})
    assert answer.status_code == 409
    assert "Choose an answer" in text(answer)
    assert "Half a thought." in answer.content.decode()
    assert not PracticeAnswer.objects.exists()


def test_what_was_changed_elsewhere_is_said(coder):
    said = {"answer": "no", "was": "0"}
    coder.post(at(named("health")), said)
    answer = coder.post(at(named("health")), said | {"answer": "yes"})
    assert answer.status_code == 409
    assert "changed this answer elsewhere" in text(answer)


def test_a_question_that_is_not_asked_has_no_page(coder):
    for address in (at(named("police")), at("nowhere"), at(named("health"), "nothing"), at("-")):
        assert coder.get(address).status_code == 404


def test_of_two_blind_coders_neither_sees_the_others_answer(coder):
    other = signed_in(member("coder", "Another coder"))
    for name, second in (("a-coder", False), ("another-coder", True)):
        assign(by="a-lead", cases=["A"], coder=name, second=second)
    before = text(coder.get(ADDRESS)), text(coder.get(at(named("health"))))
    other.post(at(named("health")), {"answer": "no", "text": "Unseen.", "was": "0", "passage": [place_of(a_passage())]})
    assert PracticeAnswer.objects.filter(coder="another-coder", current=True).exists()
    assert (text(coder.get(ADDRESS)), text(coder.get(at(named("health"))))) == before


def test_across_cases_each_number_leads_to_its_cases(coder):
    page = coder.get("/study/practice/")
    assert "of 1 with a chronology" in text(page)
    (link,) = html.fromstring(page.content).xpath("//a[contains(@href, 'question=not-seen&which=asked')]/@href")
    assert "Child not seen at a call: asked Where was the child, and who knew? A" in text(coder.get(f"/study/practice/{link}"))


def test_a_reader_looks_and_does_not_answer(served):
    reader = signed_in(member("reader"))
    assert reader.get(at(named("health"))).status_code == 200
    assert reader.post(at(named("health")), {"answer": "no", "was": "0"}).status_code == 403


def test_an_answer_of_an_event_that_is_gone_is_not_taken_for_one_of_the_whole_chronology(coder):
    coder.post(at(named("health")), {"answer": "yes", "text": "", "was": "0"})
    withdraw_events(by="intake", source="health", keys=[Event.objects.get(source="health", current=True).key])
    page = text(coder.get(ADDRESS)).partition("Answered, and no longer asked The chronology")[2]
    assert "An event that is no longer in the chronology" in page
    assert "The chronology as a whole" not in page


def test_what_was_chosen_and_written_is_kept_where_an_answer_lacks(coder):
    place = place_of(a_passage())
    page = html.fromstring(coder.post(at(named("health")), {"text": "In my words.", "passage": place, "was": "0"}).content)
    assert page.xpath("//textarea[@name='text']")[0].text.strip() == "In my words."
    assert page.xpath("//input[@name='passage'][@checked]/@value") == [place]
