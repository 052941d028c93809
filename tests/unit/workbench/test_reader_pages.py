"""The reader's pages: read only with an event, marked only by coders, blind where two code."""

import json
import re

import pytest

from casereview.casebook import audit
from casereview.casebook.acts.documents import NewDocument, take_in_documents
from casereview.casebook.models import Assignment, AuditEvent, Case, Coding, TextVersion, ThemeVersion
from casereview.documents import text_of_sections
from casereview.workbench import studies
from tests.casebooks import the_study
from tests.unit.workbench.conftest import member, signed_in

pytestmark = pytest.mark.usefixtures("served")

ADDRESS = "/documents/review-A/"


def data_of(answer) -> dict:
    return json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', answer.content.decode()).group(1))


def marking(exact: str, /, code: str = "listening", **more) -> dict:
    text = TextVersion.objects.get(document__key="review-A", current=True)
    start = text.text.index(exact)
    asked = {"document": "review-A", "text": text.text_sha256, "start": start, "end": start + len(exact), "exact": exact}
    return asked | {"codes": [code]} | more


def send(client, address: str, content: object):
    return client.post(address, json.dumps(content), content_type="application/json")


def test_the_text_is_served_with_its_event_or_not_at_all(monkeypatch):
    client = signed_in(member("reader"))
    answer = client.get(ADDRESS)
    assert "Nobody asked the older child what she saw." in answer.content.decode()
    event = AuditEvent.objects.latest("number")
    assert (event.act, event.by) == ("read-document", "a-reader")
    append = audit.append

    def failing(**event):
        if event["act"] == "read-document":
            raise OSError("no room")
        append(**event)

    monkeypatch.setattr(audit, "append", failing)
    for address in (ADDRESS, "/passages/review-A/"):
        with pytest.raises(OSError, match="no room"):
            client.get(address)


def test_what_is_not_there_is_not_found_and_not_told():
    before = AuditEvent.objects.filter(act="read-document").count()
    assert signed_in(member("reader")).get("/documents/nothing/").status_code == 404
    assert AuditEvent.objects.filter(act="read-document").count() == before


def test_a_mark_is_made_shown_and_taken_away():
    client = signed_in(member("coder"))
    asked = marking("known to several agencies")
    [mark] = send(client, "/coding/", asked).json()["marks"]
    assert mark == ["listening", asked["start"], asked["end"], "a-coder", True, None]
    assert mark in data_of(client.get(ADDRESS))["marks"]
    assert "known to several agencies" in client.get("/passages/review-A/?code=listening").content.decode()
    ended = {"document": "review-A", "text": asked["text"], "codings": [mark[:3]]}
    assert send(client, "/coding/end/", ended).json() == {"ended": [mark[:3]], "gone": False}
    assert mark not in data_of(client.get(ADDRESS))["marks"]


WEIGHED = {"listening": {"label": "Listening", "weight": {"most": 2, "labels": ["hardly", "wholly"]}}}


def test_a_code_is_weighed_where_the_codebook_asks(monkeypatch):
    monkeypatch.setattr(studies, "current", lambda: the_study(themes=WEIGHED))
    client = signed_in(member("coder"))
    assert data_of(client.get(ADDRESS))["codes"]["listening"][4] == [[1, "1: hardly"], [2, "2: wholly"]]
    [mark] = send(client, "/coding/", marking("known to", weight=2)).json()["marks"]
    assert mark[-1] == 2
    [mark] = send(client, "/coding/", marking("known to", weight=1)).json()["marks"]
    assert [one for one in data_of(client.get(ADDRESS))["marks"] if one[3] == "a-coder"] == [mark]
    assert "Listening, weight 1" in client.get("/passages/review-A/").content.decode()
    assert send(client, "/coding/", marking("known to", weight=3)).json()["problems"][0]["code"] == "weight-unfit"


def coining(exact: str, label: str, under: str = "in-vivo") -> dict:
    return {name: said for name, said in marking(exact).items() if name != "codes"} | {"label": label, "under": under}


def ending(asked: dict, mark: list, **more) -> dict:
    return {"document": asked["document"], "text": asked["text"], "codings": [mark[:3]]} | more


def test_a_code_in_the_words_of_the_document_is_made_given_and_undone():
    client = signed_in(member("coder"))
    asked = coining("known to several agencies", "Known to several agencies")
    answer = send(client, "/coding/new/", asked).json()
    [mark] = answer["marks"]
    assert mark[0] == "known-to-several-agencies"
    assert answer["codes"]["known-to-several-agencies"][2:] == ["In vivo", True, None, "in-vivo"]
    assert ThemeVersion.objects.order_by("-number").first().number == 2
    assert send(client, "/coding/end/", ending(asked, mark, coined=mark[0])).json() == {"ended": [mark[:3]], "gone": True}
    assert mark[0] not in data_of(client.get(ADDRESS))["codes"]
    [again] = send(client, "/coding/new/", asked).json()["marks"]
    assert again[0] == "known-to-several-agencies-2"
    send(client, "/coding/", marking("closed in May", code=again[0]))
    assert send(client, "/coding/end/", ending(asked, again, coined=again[0])).json()["gone"] is False
    assert again[0] in data_of(client.get(ADDRESS))["codes"]


def test_a_new_code_that_cannot_be_given_is_not_made():
    client = signed_in(member("coder"))
    for asked in (
        coining("known to", "Known") | {"exact": "known by"},
        coining("known to", "Known", "nowhere"),
        coining("known", " "),
    ):
        assert send(client, "/coding/new/", asked).status_code == 409
    assert send(client, "/coding/new/", marking("known to")).status_code == 400
    assert not ThemeVersion.objects.exists()
    assert signed_in(member("reader")).post("/coding/new/").status_code == 403


def test_what_becomes_of_a_new_code_tells_a_blind_coder_nothing():
    first, second = member("coder", "Kim First"), member("coder", "Lou Second")
    case = Case.objects.get(key="A")
    Assignment.objects.create(case=case, coder=first.handle)
    Assignment.objects.create(case=case, coder=second.handle, second=True)
    asked, client = coining("known to", "Known"), signed_in(first)
    [mark] = send(client, "/coding/new/", asked).json()["marks"]
    assert send(client, "/coding/end/", ending(asked, mark, coined=mark[0])).json()["gone"] is False


def test_a_false_mark_is_refused_in_words_and_a_broken_one_too():
    client = signed_in(member("coder"))
    answer = send(client, "/coding/", marking("known to", exact="known by"))
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (409, "passage-not-there")
    for broken in ({}, [], marking("known", start="0"), marking("known", codes=[]), marking("known", more=1)):
        assert send(client, "/coding/", broken).status_code == 400
    for broken in ({"codings": [1]}, {"document": "review-A", "text": "", "codings": [["listening", "1", 2]]}):
        assert send(client, "/coding/end/", broken).status_code == 400
    assert not Coding.objects.filter(source="coded").exists()


def test_who_may_not_code_is_not_offered_it():
    client = signed_in(member("reader"))
    assert send(client, "/coding/", marking("known")).status_code == 403
    answer = client.get(ADDRESS)
    assert not data_of(answer)["coding"]
    assert b'id="search"' not in answer.content


def test_two_who_code_a_case_do_not_see_one_another():
    first, second = member("coder", "Kim First"), member("coder", "Lou Second")
    case = Case.objects.get(key="A")
    Assignment.objects.create(case=case, coder=first.handle)
    Assignment.objects.create(case=case, coder=second.handle, second=True)
    one, other = signed_in(first), signed_in(second)
    send(one, "/coding/", marking("known to several"))
    send(other, "/coding/", marking("closed in May"))
    for client, own, hidden in ((one, first, second), (other, second, first)):
        for address in (ADDRESS, "/passages/review-A/"):
            page = client.get(address).content.decode()
            assert hidden.handle not in page
        assert own.handle in {mark[3] for mark in data_of(client.get(ADDRESS))["marks"]}
    Assignment.objects.update(finished=True)
    assert {first.handle, second.handle} <= {mark[3] for mark in data_of(one.get(ADDRESS))["marks"]}


def test_what_another_does_unseen_changes_no_byte_of_what_a_coder_gets():
    first, second = member("coder", "Kim First"), member("coder", "Lou Second")
    case = Case.objects.get(key="A")
    Assignment.objects.create(case=case, coder=first.handle)
    Assignment.objects.create(case=case, coder=second.handle, second=True)
    one, other, asked = signed_in(first), signed_in(second), marking("known to several")
    ended = {"document": "review-A", "text": asked["text"], "codings": [["listening", asked["start"], asked["end"]]]}

    def heard() -> list[object]:
        told = [send(one, "/coding/", asked).content, data_of(one.get(ADDRESS))["marks"], one.get("/passages/review-A/").content]
        return [*told[:2], re.sub(rb"csrf\S+ value=\S+", b"", told[2]), send(one, "/coding/end/", ended).content]

    before = heard()
    for exact in ("known to several", "closed in May", "The family"):
        send(other, "/coding/", marking(exact))
    assert heard() == before


def test_hostile_text_is_only_text():
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7 }}</p></script><!--"
    text = text_of_sections([(hostile, hostile)])
    take_in_documents(by="kim", source="d", documents=[NewDocument('"><svg onload=alert(3)>', "A", hostile, "0", text)])
    page = signed_in(member("coder")).get("/documents/%22%3E%3Csvg%20onload=alert(3)%3E/").content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<svg" not in page


def test_a_case_leads_to_its_documents():
    assert f'href="{ADDRESS}"' in signed_in(member("reader")).get("/cases/A/").content.decode()
