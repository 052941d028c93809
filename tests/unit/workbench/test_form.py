"""The form, the assignments and adjudication in the browser; and that coders of one case learn nothing of each other."""

import re

import pytest
from django.urls import get_resolver

from casereview.casebook import audit
from casereview.casebook.acts import answering, assigning
from casereview.casebook.acts.passages import Mark, mark_passages
from casereview.casebook.acts.summaries import summarise
from casereview.casebook.forms import form_of
from casereview.casebook.models import Assignment, AuditEvent, Coding, Evidence, Passage, TextVersion, Value
from casereview.documents import Anchor
from casereview.workbench.permissions import ROUTES
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
    assert "cases says: The child died" in page


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
    assert Evidence.objects.get(coder="ann").passage.text.document.key == address.split(":")[0]
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


# What ann sees in two worlds that differ only in what bob did.


KEYS = ("A", "B", "review-A", "L1")
GIVEN = {"case": "A", "theme": "listening", "code": "listening", "number": 7, "pk": 7}


def addresses():
    """Every address that can be looked at, of the cases and documents that there are."""
    yield "/cases/A/form/evidence/?unit=case&record=A&variable=plan"
    for name, ways in get_resolver().reverse_dict.lists():
        if "GET" in ROUTES.get(name, {}) and not str(name).startswith(("account", "mfa", "usersessions")):
            (pattern, parameters), *_ = ways[0][0]
            for key in KEYS:
                yield "/" + pattern % {one: key if one == "key" else GIVEN.get(one, "some-name") for one in parameters}


def seen_by(client):
    """Address → what stands there, without what differs from one moment to the next whoever does what."""
    tokens = r'name="csrfmiddlewaretoken" value="[^"]+"|"token": "[^"]+"'
    changing = re.compile(tokens + r'|<time datetime="[^"]+">[^<]+</time>')
    answers = {address: client.get(address) for address in sorted(set(addresses()))}
    return {address: (one.status_code, changing.sub("", one.content.decode())) for address, one in answers.items()}


def anns_work(client):
    give(client, "outcome", "is:fatal")
    give(client, "plan", "is:yes")
    give(client, "outcome", "is:harm", was=1)
    client.post("/cases/A/form/people/add/", {"role": "child", "name": "2"})


def bobs_work(client):
    give_all(client, outcome="is:harm")
    client.post("/cases/A/form/people/add/", {"role": "child", "name": "younger"})
    client.post("/cases/A/form/people/add/", {"role": "child", "name": "2"})
    text = TextVersion.objects.get(document__key="review-A", current=True)
    anchor = Anchor(text.text_sha256, 0, 10, text.text[:10], "", text.text[10:42])
    mark = Mark("x", "x", "review-A", anchor, "listening", "bob", ())
    mark_passages(by="bob", source="double-coded", marks=[mark])
    summarise(by="bob", case="A", theme="listening", text="Bob thinks otherwise.", passages=[], seen=None)
    passage = Passage.objects.get(text=text, start=0, end=10).pk
    at = {"case": "A", "unit": "case", "record": "A", "variable": "plan"}
    answering.cite(by="bob", study=the_study(), **at, added=[passage], removed=[])
    for name in ("younger", "2"):
        give(client, "sex", "is:boy", unit="child", record=f"A/{name}")
    client.post("/cases/A/form/finish/")


@pytest.fixture
def after(ann, bob, tmp_path, django_db_blocker):
    """What ann sees once bob has done something or nothing, from the same beginning."""

    def look(work):
        from django.db import transaction

        with transaction.atomic():
            work(bob)
            anns_work(ann)
            found = seen_by(ann)
            transaction.set_rollback(True)
        return found

    return look


def test_a_coder_learns_nothing_of_the_others_work(after):
    silent, busy = after(lambda bob: None), after(bobs_work)
    assert len(silent) > 10
    assert {address for address in silent if silent[address] != busy[address]} == set()


def test_the_other_coder_did_do_something(after, ann, bob):
    def both(client):
        bobs_work(client)
        assert form_of(the_study(), Assignment.objects.select_related("case").get(coder="bob")).assignment.finished
        assert Coding.objects.filter(coder="bob").exists()

    after(both)
    assert AuditEvent.objects.exists()
    assert audit.verify() == []
