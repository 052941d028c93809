"""Pages that ask whether what they show has changed: told what they may see, and nothing while it is the same."""

import re
from itertools import count

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from casereview.casebook.acts.assigning import assign
from casereview.casebook.acts.memos import write_memo
from casereview.casebook.models import AuditEvent
from casereview.workbench import live
from tests.browser.house import code
from tests.casebooks import the_study
from tests.unit.workbench.conftest import member, signed_in

MARKS, ANSWERS = "/now/marks/review-A/", "/now/answers/A/"
WORDS = "Nobody asked the older child"


def asking(client, address, has="nothing"):
    return client.get(address, headers={live.HAS: has})


def shown(client, address):
    return re.search(rb'data-live="([^"]*)"', client.get(address).content)[1].decode()


@pytest.fixture
def coder(served):
    return signed_in(member("coder"))


def test_nothing_is_sent_while_nothing_has_changed(coder):
    member("coder", "Another")
    first = asking(coder, MARKS)
    has = first.headers[live.IS]
    assert asking(coder, MARKS, has).status_code == 204
    code(the_study(), "another", "review-A", WORDS)
    changed = asking(coder, MARKS, has)
    assert changed.status_code == 200
    (new,) = [one for one in changed.json()["marks"] if one not in first.json()["marks"]]
    assert new[0] == "listening"
    assert new[3:5] == ["another", False]
    assert asking(coder, MARKS, changed.headers[live.IS]).status_code == 204


@pytest.mark.parametrize("address", ["/", "/cases/", "/themes/", "/themes/history/", "/memos/", "/assignments/"])
def test_a_page_knows_what_it_shows_and_is_answered_with_itself(served, address):
    lead = signed_in(member("lead"))
    has = shown(lead, address)
    assert asking(lead, address, has).status_code == 204
    assert asking(lead, address, has).status_code == 204  # remembered
    answer = asking(lead, address, "something else")
    assert answer.headers[live.IS] == has
    assert f'data-live="{has}"' in answer.content.decode()


def test_what_happens_while_it_is_remembered_is_not_passed_over(served):
    lead = signed_in(member("lead"))
    has = shown(lead, "/memos/")
    for number in range(3):
        assert asking(lead, "/memos/", has).status_code == 204
        write_memo(by="a-lead", about="case", key="A", text=f"Note {number}")
        answer = asking(lead, "/memos/", has)
        assert answer.status_code == 200
        has = answer.headers[live.IS]


def test_that_somebody_is_there_is_written_down_once_in_a_while(coder, monkeypatch):
    monkeypatch.setattr(live, "_period", lambda: 1)
    coder.get("/")
    ends, seen = Session.objects.get().expire_date, UserSession.objects.get().last_seen_at
    coder.get("/")
    assert (Session.objects.get().expire_date, UserSession.objects.get().last_seen_at) == (ends, seen)
    monkeypatch.setattr(live, "_period", lambda: 2)
    coder.get("/")
    assert Session.objects.get().expire_date > ends
    assert UserSession.objects.get().last_seen_at > seen


def test_who_only_asks_is_not_there_any_longer_for_it(coder, monkeypatch):
    later = count()
    monkeypatch.setattr(live, "_period", lambda: next(later))  # each request long after the one before
    coder.get("/")
    ends, seen, events = Session.objects.get().expire_date, UserSession.objects.get().last_seen_at, AuditEvent.objects.count()
    for address in (MARKS, "/", "/cases/", MARKS):
        answer = asking(coder, address)
        assert answer.status_code == 200
        assert "session" not in answer.cookies
    assert (Session.objects.get().expire_date, UserSession.objects.get().last_seen_at) == (ends, seen)
    assert AuditEvent.objects.count() == events
    coder.get("/documents/review-A/", headers={live.HAS: "a page that reads a text is an act of a person"})
    assert Session.objects.get().expire_date > ends


def test_what_a_person_is_to_be_told_is_left_for_the_page_that_they_open(coder):
    coder.post("/memos/new/", {"about": "case", "key": "A", "text": "A note"})
    assert b"Memo saved." not in asking(coder, "/memos/").content
    assert b"Memo saved." in coder.get("/memos/").content


def test_a_blind_coder_is_answered_alike_whatever_the_other_does(served, monkeypatch):
    first, second = member("coder", "First"), member("coder", "Second")
    for one, is_second in ((first, False), (second, True)):
        assign(by="a-lead", cases=["A"], coder=one.handle, second=is_second)
    client = signed_in(first)
    head = live.audit.head
    monkeypatch.setattr(live.audit, "head", None)  # whether others did something must not decide how long it takes
    pages = {address: asking(client, address).headers[live.IS] for address in (MARKS, ANSWERS, "/cases/", "/themes/", "/memos/")}
    monkeypatch.setattr(live.audit, "head", head)
    code(the_study(), "second", "review-A", WORDS)
    write_memo(by="second", about="case", key="A", text="What only I have seen")
    assert {address: asking(client, address, has).status_code for address, has in pages.items()} == dict.fromkeys(pages, 204)


def test_a_form_is_told_what_another_window_answered(coder):
    assign(by="a-lead", cases=["A"], coder="a-coder", second=False)
    has = asking(coder, ANSWERS).headers[live.IS]
    given = {"unit": "case", "record": "A", "variable": "visits", "was": "0", "text": "4"}
    assert coder.post("/cases/A/form/", given, headers={"accept": "application/json"}).status_code == 200
    answers = asking(coder, ANSWERS, has).json()["answers"]
    (name,) = [one for one in answers["given"] if one.endswith("-visits")]
    assert answers["given"][name]["text"] == "4"
    assert answers["questions"][name]["version"] == 1
    assert signed_in(member("coder", "Another")).get(ANSWERS).status_code == 404
