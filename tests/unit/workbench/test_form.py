"""The form, the assignments and adjudication in the browser."""

import re

import pytest

from casereview.casebook.acts import assigning
from casereview.casebook.models import Assignment, AuditEvent, Evidence, Value
from casereview.workbench import studies
from tests.casebooks import the_study
from tests.unit.workbench.conftest import member, signed_in

pytestmark = pytest.mark.usefixtures("served")
SCRIPT = {"HTTP_ACCEPT": "application/json"}
WHOLE = {
    **{"outcome": "is:fatal", "plan": "absent:unclear", "factors": "none:", "agencies": "is:health"},
    **{"day": "absent:not-stated", "visits": "absent:not-stated", "note": "absent:not-stated"},
}


@pytest.fixture
def ann():
    account = member("coder", "Ann")
    assigning.assign(by="lead", cases=["A"], coder="ann", second=False)
    return signed_in(account)


@pytest.fixture
def bob():
    account = member("coder", "Bob")
    assigning.assign(by="lead", cases=["A"], coder="bob", second=True)
    return signed_in(account)


def give(client, variable, *answer, was=0, unit="case", record="A", headers=SCRIPT, **more):
    given = {"unit": unit, "record": record, "variable": variable, "was": was, "answer": answer} | more
    return client.post("/cases/A/form/", given, **headers)


def give_all(client, **other):
    for variable, answer in (WHOLE | other).items():
        assert give(client, variable, answer).status_code == 200
    assert give(client, "sex", "is:girl", unit="child", record="A1").status_code == 200


def said(coder):
    return dict(Value.objects.filter(coder=coder, current=True).values_list("variable", "value"))


def test_an_answer_is_saved_as_it_is_given_and_the_page_hears_of_it(ann):
    state = give(ann, "outcome", "is:fatal").json()
    assert (state["done"], state["asked"]) == (1, 8)
    assert [one["version"] for name, one in state["questions"].items() if name.endswith("-outcome")] == [1]
    assert said("ann") == {"outcome": "fatal"}


def test_it_works_without_script(ann):
    answer = give(ann, "day", headers={}, year="2001", month="2", day="")
    assert answer.status_code == 302
    assert said("ann") == {"day": "2001-02"}
    refused = give(ann, "day", headers={}, was=1, day="3", year="2001", month="")
    assert refused.status_code == 422
    assert "That is no date" in refused.content.decode()


def test_nothing_is_chosen_beforehand_and_sources_stand_beside(ann):
    page = ann.get("/cases/A/form/").content.decode()
    assert " checked" not in page
    assert "The source “cases” says: The child died" in page


def test_what_a_source_says_can_be_taken(ann):
    for variable in ("factors", "visits", "outcome"):
        assert give(ann, variable, headers={}, take="cases").status_code == 302
    assert said("ann") == {"factors": '["alcohol", "debt"]', "visits": "3", "outcome": "fatal"}


def test_a_conflict_is_shown_and_nothing_overwritten(ann):
    give(ann, "outcome", "is:fatal")
    answer = give(ann, "outcome", "is:harm")
    assert answer.status_code == 409
    assert "another window" in answer.json()["refused"]
    assert "another window" in give(ann, "outcome", "is:harm", headers={}).content.decode()
    assert said("ann") == {"outcome": "fatal"}


@pytest.mark.parametrize(
    "answer", [("is:alcohol", "none:"), ("is:alcohol", "absent:unclear"), ("absent:unclear", "absent:not-stated"), ()]
)
def test_what_does_not_go_together_is_refused(ann, answer):
    assert give(ann, "factors", *answer).status_code == 422


def test_an_answer_is_taken_back(ann):
    give(ann, "outcome", "is:fatal")
    give(ann, "outcome", was=1, do="clear")
    assert said("ann") == {}


def test_only_those_assigned_answer(ann):
    other = signed_in(member("coder", "Cy"))
    assert other.get("/cases/A/form/").status_code == 404
    assert give(other, "outcome", "is:fatal").status_code == 404
    assert other.post("/cases/A/form/finish/").status_code == 404
    assert ann.get("/cases/nowhere/form/").status_code == 404


def test_evidence_is_chosen_from_passages_that_are_marked(ann):
    where = "/cases/A/form/evidence/?unit=case&record=A&variable=plan"
    page = ann.get(where).content.decode()
    (address, *_) = re.findall(r'name="passage" value="([^"]+)"', page)
    given = {"unit": "case", "record": "A", "variable": "plan", "passage": [address]}
    assert ann.post("/cases/A/form/evidence/", given).status_code == 302
    assert Evidence.objects.get(coder="ann").passage.text.document.key == address.split("@")[0]
    ann.post("/cases/A/form/evidence/", given | {"passage": [], "shown": [address]})
    assert not Evidence.objects.filter(coder="ann", current=True).exists()


def test_finishing_names_all_that_is_lacking_at_once(ann):
    refused = ann.post("/cases/A/form/finish/")
    assert refused.status_code == 422
    assert refused.content.decode().count("It is not answered.") == 8
    give_all(ann)
    assert ann.post("/cases/A/form/finish/").status_code == 302
    assert Assignment.objects.get(coder="ann").finished
    assert give(ann, "outcome", "is:harm", was=1).status_code == 409


def test_a_person_is_added_and_taken_away(ann):
    ann.post("/cases/A/form/people/add/", {"role": "child", "name": "2"})
    assert "child A/2" in ann.get("/cases/A/form/").content.decode()
    ann.post("/cases/A/form/people/remove/", {"role": "child", "person": "A/2"})
    assert "child A/2" not in ann.get("/cases/A/form/").content.decode()


def test_the_lead_assigns_many_and_every_second_to_another():
    lead = signed_in(member("lead"))
    for name in ("Ann", "Bob"):
        member("coder", name)
    given = {"cases": "A\nB\nC\nD", "wave": "", "coder": "ann", "second": "bob", "every": "2"}
    assert lead.post("/assignments/", given).status_code == 302
    pairs = Assignment.objects.filter(current=True).order_by("case__key", "second").values_list("case__key", "coder")
    assert list(pairs) == [("A", "ann"), ("A", "bob"), ("B", "ann"), ("C", "ann"), ("C", "bob"), ("D", "ann")]
    assert "0 of 8" in lead.get("/assignments/").content.decode()
    assert lead.post("/assignments/", given | {"second": "ann"}).status_code == 200
    assert "no case Q" in lead.post("/assignments/", given | {"cases": "Q"}).content.decode()


def test_differences_wait_for_a_third_person_who_settles_them(ann, bob):
    judge = signed_in(member("adjudicator", "Judge"))
    give_all(ann)
    give_all(bob, outcome="is:harm")
    for coder in (ann, bob):
        assert judge.get("/cases/A/adjudication/").status_code == 404
        coder.post("/cases/A/form/finish/")
    assert "/cases/A/adjudication/" in judge.get("/").content.decode()
    page = judge.get("/cases/A/adjudication/").content.decode()
    (was,) = re.findall(r'name="was" value="([^"]+)"', page)
    given = {"unit": "case", "record": "A", "variable": "outcome", "was": was, "choice": "second", "reason": "Page 3."}
    assert judge.post("/cases/A/adjudication/", given).status_code == 302
    assert Value.objects.get(source="agreed").value == "harm"
    assert "/cases/A/adjudication/" not in judge.get("/").content.decode()
    judge.post("/cases/A/adjudication/", given)
    assert Value.objects.filter(source="agreed").count() == 1


def test_a_lead_who_codes_a_case_does_not_settle_it_and_is_blind(bob):
    account = member("lead", "Lea")
    assigning.assign(by="lead", cases=["A"], coder="lea", second=False)
    lead = signed_in(account)
    give_all(bob)
    bob.post("/cases/A/form/finish/")
    page = lead.get("/assignments/").content.decode()
    assert "Lea" in page
    assert "Bob" not in re.sub(r"<option.*?</option>", "", page)
    assert "bob" not in lead.get("/cases/A/").content.decode()
    assert lead.get("/cases/A/adjudication/").status_code == 404


def test_the_last_change_of_an_answer_is_undone_and_undone_again(ann):
    give(ann, "factors", "is:debt")
    give(ann, "factors", "none:", was=1)
    give(ann, "factors", was=3, do="undo")
    assert said("ann") == {"factors": '["debt"]'}
    give(ann, "factors", was=5, do="clear")
    give(ann, "factors", was=6, do="undo")
    assert said("ann") == {"factors": '["debt"]'}
    give(ann, "outcome", "is:fatal")
    give(ann, "outcome", was=1, do="undo")
    assert "outcome" not in said("ann")


def test_quotes_that_the_form_shows_are_on_record_as_read(ann):
    where = "/cases/A/form/evidence/?unit=case&record=A&variable=plan"
    assert not AuditEvent.objects.filter(act="read-passages").exists()
    (address, *_) = re.findall(r'name="passage" value="([^"]+)"', ann.get(where).content.decode())
    assert AuditEvent.objects.filter(act="read-passages", by="ann").count() == 1
    ann.post("/cases/A/form/evidence/", {"unit": "case", "record": "A", "variable": "plan", "passage": [address]})
    ann.get("/cases/A/form/")
    assert AuditEvent.objects.filter(act="read-passages", by="ann").count() == 2


def test_unlikely_answers_are_questioned_as_they_are_given(ann, monkeypatch):
    checks = {"known": {"when": {"outcome": {"is": "harm"}, "plan": {"is": "no"}}, "ask": "Harm, and no plan?"}}
    monkeypatch.setattr(studies, "current", lambda: the_study(checks=checks))
    give(ann, "outcome", "is:harm")
    state = give(ann, "plan", "is:no").json()
    assert [one["checks"] for one in state["questions"].values() if one["checks"]] == [[["known", "Harm, and no plan?", ""]]]
    assert "Harm, and no plan?" in ann.post("/cases/A/form/finish/").content.decode()
    given = {"do": "explain:known", "because-known": "It was too late for one."}
    assert give(ann, "plan", headers={}, was=1, **given).status_code == 302
    assert "You said: It was too late for one." in ann.get("/cases/A/form/").content.decode()
    assert give(ann, "plan", headers={}, was=1, **(given | {"because-known": ""})).status_code == 422
