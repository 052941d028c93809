"""A3, A5, U4, X3 over every route: rights that end, sessions that end, nothing kept, nothing told, no file that opens here."""

import logging
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from casereview.casebook.acts.documents import NewDocument, take_in_documents
from casereview.casebook.models import AuditEvent, Document, TextVersion
from casereview.documents import text_of_sections
from casereview.workbench import team
from casereview.workbench.models import Account
from casereview.workbench.pages import reader
from casereview.workbench.permissions import ANYONE, ROUTES, SIGNED_IN, allowed
from tests.browser import house
from tests.browser.states import states
from tests.unit.workbench.conftest import member, signed_in
from tests.unit.workbench.test_permissions import routes

pytestmark = pytest.mark.usefixtures("served")
ENDS_THE_SESSION = {"account_logout", "usersessions_list"}


def every_cell():
    """Route, address and method, of all that a lead may do."""
    for name, address in routes().items():
        for method in ROUTES.get(name, {}):
            if name not in ENDS_THE_SESSION:
                yield name, address, method


def test_a_right_lost_is_lost_with_the_next_request_on_every_route():
    keeper, account = member("lead", "Keeper"), member("lead", "Going")
    browser = signed_in(account, recently=True)
    assert browser.get("/team/").status_code == 200
    team.set_role(by=keeper, of=account, role="reader")
    lost = [one for one in every_cell() if allowed(one[0], one[2], "lead") and not allowed(one[0], one[2], "reader")]
    assert len(lost) >= 40
    assert [one for one in lost if browser.generic(one[2], one[1]).status_code != 403] == []
    assert Account.objects.get(pk=account.pk).role == "reader"


def test_somebody_whose_account_is_ended_is_served_nothing_more():
    keeper, account = member("lead", "Keeper"), member("lead", "Going")
    browser = signed_in(account, recently=True)
    assert browser.get("/team/").status_code == 200
    team.end(by=keeper, of=account)
    closed = [one for one in every_cell() if ROUTES[one[0]][one[2]] != ANYONE]
    assert len(closed) >= 80
    answers = [(one, browser.generic(one[2], one[1])) for one in closed]
    assert [one for one, answer in answers if not sent_to_sign_in(answer)] == []


def test_whose_second_factor_is_taken_is_served_nothing_but_its_setting_up():
    account = member("lead", "Going")
    browser = signed_in(account)
    assert browser.get("/team/").status_code == 200
    house.without_second_factor(account)
    closed = [one for one in every_cell() if ROUTES[one[0]][one[2]] not in (ANYONE, SIGNED_IN)]
    assert [one for one in closed if browser.generic(one[2], one[1]).headers.get("Location") != "/account/2fa/"] == []


def sent_to_sign_in(answer):
    return answer.status_code == 302 and answer["Location"].startswith("/account/login/")


def test_a_session_ends_after_a_quarter_of_an_hour_and_with_the_browser():
    browser = signed_in(member("lead"))
    cookie = browser.get("/").cookies["session"]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == ("", "", True, "Strict")
    session = Session.objects.get(session_key=browser.session.session_key)
    assert timedelta(0) < session.expire_date - timezone.now() <= timedelta(minutes=15)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert sent_to_sign_in(browser.get("/"))


@pytest.mark.parametrize("who", ["anyone", "lead"])
def test_no_answer_may_be_kept_and_every_one_has_the_policy(who):
    browser = Client() if who == "anyone" else signed_in(member("lead"), recently=True)
    for _, address, method in every_cell():
        answer = browser.generic(method, address)
        assert answer["Cache-Control"] == "no-store", address
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert "default-src 'none'" in answer["Content-Security-Policy"], address
        assert answer["Referrer-Policy"] == "same-origin", address


CANARY = "zinnober"


def test_log_and_messages_and_tracebacks_hold_no_words_of_a_document_an_answer_or_a_memo(caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    accounts = house.a_team()
    house.work()
    words = text_of_sections([("Text", f"The {CANARY}-text stood here. Nothing else did.")])
    take_in_documents(by="kim", source="d", documents=[NewDocument("planted", "B", f"{CANARY}-title", "0", words)])
    house.give(house.the_study(), "a-coder", "B", "note", [f"{CANARY}-answer"])
    coder, lead = signed_in(accounts["coder"], recently=True), signed_in(accounts["lead"], recently=True)
    text = TextVersion.objects.get(document__key="planted")
    house.code(house.the_study(), "a-coder", "planted", f"{CANARY}-text")
    for about, key in (("case", "B"), ("document", "planted"), ("code", "listening")):
        coder.post("/memos/new/", {"about": about, "key": key, "text": f"{CANARY}-memo"})
    coder.post("/matrix/listening/B/", {"text": f"{CANARY}-summary", "seen": ""})
    event = {"date": "2001", "agency": "gp", "kind": "visit", "what": f"{CANARY}-event"}
    coder.post("/cases/B/chronology/events/new/", event)
    coder.post("/cases/B/chronology/events/new/", event | {"date": f"{CANARY}-day"})
    wrong = {
        "document": "planted",
        "text": text.text_sha256,
        "start": 0,
        "end": 9,
        "exact": f"{CANARY}-q",
        "codes": ["listening"],
    }
    assert coder.post("/coding/", wrong, content_type="application/json").status_code == 409
    coder.post("/cases/B/form/", {"unit": "case", "record": "B", "variable": "visits", "was": "0", "text": f"{CANARY}-x"})
    for state in states(accounts):
        {"coder": coder, "lead": lead}.get(state.whose, Client()).get(state.address)
    lead.post("/matrix/export/", {"form": "csv"})
    told = coder.get("/documents/planted/").content.decode() + coder.get("/cases/B/").content.decode()
    assert f"{CANARY}-text" in told
    assert f"{CANARY}-answer" in told
    assert f"{CANARY}-event" in coder.get("/cases/B/chronology/").content.decode()
    monkeypatch.setattr(reader, "render", lambda *given: 1 / 0)
    coder.raise_request_exception = False
    assert coder.get("/documents/planted/").status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert [line for line in caplog.text.splitlines() if CANARY in line] == []
    assert mail.outbox == []
    detail = "\n".join(AuditEvent.objects.values_list("detail", flat=True))
    assert "planted" in detail
    assert CANARY not in detail


def test_no_route_serves_an_original_and_no_file_opens_in_the_browser():
    accounts = house.a_team()
    house.work()
    lead = signed_in(accounts["lead"], recently=True)
    files = [lead.post(f"/exports/{form}/") for form in ("qdc", "jsonld")]
    files += [lead.post("/matrix/export/?theme=listening", {"form": form}) for form in ("csv", "xlsx")]
    files += [lead.post("/find/export/", {"asks": "r0.what=code&r0.code=listening", "form": "csv"})]
    for answer in files:
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert answer["X-Content-Type-Options"] == "nosniff"
    for _, address, method in every_cell():
        answer = lead.generic(method, address)
        kind = answer.get("Content-Type", "").partition(";")[0]
        assert kind in (
            "text/html",
            "application/json",
            "image/png",
            "image/webp",
            "image/jpeg",
            "",
        ) or "attachment" in answer.get("Content-Disposition", ""), address
    for key in Document.objects.values_list("key", flat=True):
        page = lead.get(f"/documents/{key}/")
        assert page["Content-Type"].startswith("text/html")
