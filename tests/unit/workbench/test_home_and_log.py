"""The home page, the log, and what a summary said before."""

import re

import pytest

from casereview.casebook.acts import assigning
from casereview.casebook.acts.memos import write_memo
from casereview.casebook.acts.reading import read_document
from casereview.casebook.acts.summaries import summarise
from casereview.casebook.models import Assignment, AuditEvent, Summary
from tests.casebooks import the_study
from tests.unit.workbench.conftest import member, signed_in

pytestmark = pytest.mark.usefixtures("served")


@pytest.fixture(autouse=True)
def the_small_study(monkeypatch):
    for room in ("matrix", "memos", "themes"):
        monkeypatch.setattr(f"casereview.workbench.pages.{room}.current", the_study)


@pytest.fixture
def lead():
    return signed_in(member("lead", "Lea"))


def page(client, address):
    return client.get(address).content.decode()


def test_reading_and_others_files_are_no_changes_and_the_log_has_them(lead):
    for document in ("review-A", "review-D", "L1"):
        read_document(by="kim", key=document)
    assert "read a document" not in page(lead, "/")
    log = page(lead, "/log/?by=kim&act=read-document")
    assert log.count("<td>read a document</td>") == 3
    assert "<td>took in documents</td>" not in log
    assert "Nothing fits." in page(lead, "/log/?day=1999-01-01")
    assert signed_in(member("adjudicator")).get("/log/").status_code == 403


def test_the_log_is_followed_from_end_to_end(lead, monkeypatch):
    assert "The log is whole" in lead.post("/log/check/", follow=True).content.decode()
    monkeypatch.setattr("casereview.casebook.audit._hash", lambda event: "0" * 64)
    assert "it is not as it was written" in lead.post("/log/check/", follow=True).content.decode()


def test_a_lead_who_is_blind_of_a_case_is_told_of_their_own_acts_alone(lead):
    for coder, second in (("lea", False), ("bob", True)):
        assigning.assign(by="kim", cases=["A"], coder=coder, second=second)
    read_document(by="bob", key="review-A")
    shown = page(lead, "/log/")
    assert "<td>bob</td>" not in shown
    assert "<option>bob</option>" not in shown


def test_progress_is_said_in_words_beside_its_bar(lead):
    assigning.assign(by="lea", cases=["A", "B", "C"], coder="ann", second=False)
    Assignment.objects.filter(case__key="A").update(finished=True)
    assert "Cases coded, of those assigned: 1 of 3" in page(lead, "/")
    assert '<progress id="progress-1" value="1" max="3">' in page(lead, "/")


def test_a_code_shows_passages_that_have_it_and_the_reading_is_on_record(lead):
    assert "Nobody asked the older child" in page(lead, "/themes/code/listening/")
    assert AuditEvent.objects.latest("number").act == "read-passages"


def test_what_a_summary_said_before_is_there_and_can_be_said_again(lead):
    summarise(by="lea", case="A", theme="listening", text="The first words.", passages=[], seen=0)
    version = re.search(r'name="seen" value="(\d+)"', page(lead, "/matrix/listening/A/")).group(1)
    lead.post("/matrix/listening/A/", {"text": "Other words.", "seen": version})
    shown = page(lead, "/matrix/listening/A/")
    assert "<p>The first words.</p>" in shown
    version = re.search(r'name="seen" value="(\d+)"', shown).group(1)
    lead.post("/matrix/listening/A/", {"text": "The first words.", "seen": version})
    assert Summary.objects.get(current=True).text == "The first words."


@pytest.mark.parametrize(
    ("about", "key", "address"),
    [
        ("document", "review-A", "/documents/review-A/"),
        ("value", "case/plan/A", "/cases/A/#value-plan"),
        ("value", "child/sex/B1", "/cases/B/#value-sex"),
    ],
)
def test_a_memo_leads_to_what_it_is_about(lead, about, key, address):
    write_memo(by="lea", about=about, key=key, text="A note.")
    assert f'<a href="{address}">' in page(lead, "/memos/")
