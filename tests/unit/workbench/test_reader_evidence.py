"""Passages as evidence in the reader: for one's own form, seen by whoever may, taken away by whoever chose them."""

import pytest

from casereview.casebook.models import Assignment, AuditEvent, Case, Evidence
from tests.unit.workbench.conftest import member, signed_in
from tests.unit.workbench.test_reader_pages import ADDRESS, data_of, marking, send

pytestmark = pytest.mark.usefixtures("served")

PLAN = "evidence/case/A/plan"
WORDS = "known to several agencies"


def choosing(exact: str = WORDS, question: str = PLAN, cited: bool = True) -> dict:
    place = {name: said for name, said in marking(exact).items() if name != "codes"}
    return place | {"evidence": question, "cited": cited}


@pytest.fixture
def coder():
    account = member("coder")
    Assignment.objects.create(case=Case.objects.get(key="A"), coder=account.handle)
    return account


def test_a_passage_becomes_evidence_and_ceases_to_be(coder):
    client = signed_in(coder)
    assert data_of(client.get(ADDRESS))["codes"][PLAN] == ["Evidence for Plan", 24, "", True, None, ""]
    assert send(client, "/coding/evidence/", choosing()).json() == {}
    event = AuditEvent.objects.latest("number")
    assert (event.act, WORDS in event.detail) == ("cite-words", False)
    start = choosing()["start"]
    mark = [PLAN, start, start + len(WORDS), "a-coder", True, None]
    assert mark in data_of(client.get(ADDRESS))["marks"]
    page = client.get("/cases/A/form/").content.decode()
    assert WORDS in page
    assert send(client, "/coding/evidence/", choosing(cited=False)).status_code == 200
    assert mark not in data_of(client.get(ADDRESS))["marks"]
    assert Evidence.objects.filter(coder="a-coder").count() == 1


def test_evidence_is_chosen_for_ones_own_form_alone(coder):
    other = signed_in(member("coder", "Somebody Else"))
    assert PLAN not in data_of(other.get(ADDRESS))["codes"]
    for asked in (choosing(), choosing(question="evidence/case/A/no-such"), choosing(question="listening")):
        assert send(other, "/coding/evidence/", asked).json()["problems"][0]["code"] == "form-not-open"
    client = signed_in(coder)
    false = choosing() | {"exact": "never said"}
    assert send(client, "/coding/evidence/", false).json()["problems"][0]["code"] == "passage-not-there"
    assert send(client, "/coding/evidence/", marking(WORDS)).status_code == 400
    Assignment.objects.update(finished=True)
    assert send(client, "/coding/evidence/", choosing()).json()["problems"][0]["code"] == "form-not-open"
    assert not Evidence.objects.filter(source="coded").exists()


def test_two_who_answer_a_case_do_not_see_one_anothers_evidence(coder):
    second = member("coder", "Lou Second")
    Assignment.objects.create(case=Case.objects.get(key="A"), coder=second.handle, second=True)
    client, other = signed_in(coder), signed_in(second)
    before = data_of(client.get(ADDRESS))
    send(other, "/coding/evidence/", choosing())
    after = data_of(client.get(ADDRESS))
    assert (after["marks"], after["codes"]) == (before["marks"], before["codes"])


def test_the_form_leads_to_the_document_and_back(coder):
    client = signed_in(coder)
    page = client.get("/cases/A/form/evidence/?unit=case&record=A&variable=plan").content.decode()
    assert f'href="{ADDRESS}?for=evidence%2Fcase%2FA%2Fplan"' in page
    reader = client.get(f"{ADDRESS}?for={PLAN}")
    assert data_of(reader)["wanted"] == PLAN
    assert 'href="/cases/A/form/#' in reader.content.decode()
    assert data_of(client.get(f"{ADDRESS}?for=evidence/case/A/nothing"))["wanted"] == ""
