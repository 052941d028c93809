"""The team: joining by a link that works once, and a study that keeps a lead."""

import json

import pytest
from django.test import Client

from casereview.casebook import audit
from casereview.casebook.models import AuditEvent
from casereview.workbench import team
from casereview.workbench.models import Account, Invitation
from tests.unit.workbench.conftest import member, signed_in

pytestmark = pytest.mark.usefixtures("served")
JOINING = {"email": "new@example.org", "name": "Somebody New", "password": "a long enough phrase"}


def test_an_invited_person_joins_once():
    secret = team.invite(by=member("lead"), email="new@example.org", role="coder")
    client = Client()
    assert client.post(f"/invited/{secret}/", JOINING).status_code == 302
    account = Account.objects.get(email="new@example.org")
    assert (account.role, account.handle) == ("coder", "somebody-new")
    assert client.get("/")["Location"] == "/account/2fa/"  # nothing before the second factor
    assert Client().get(f"/invited/{secret}/").status_code == 410


def test_the_address_of_an_invitation_is_its_own():
    secret = team.invite(by=member("lead"), email="new@example.org", role="coder")
    Client().post(f"/invited/{secret}/", JOINING | {"email": "other@example.org"})
    assert Account.objects.filter(email="new@example.org").exists()
    assert not Account.objects.filter(email="other@example.org").exists()


@pytest.mark.parametrize("password", ["short", "passwordpassword1"[:11], ""])
def test_a_weak_password_joins_nobody(password):
    secret = team.invite(by=member("lead"), email="new@example.org", role="coder")
    assert Client().post(f"/invited/{secret}/", JOINING | {"password": password}).status_code == 200
    assert not Account.objects.filter(email="new@example.org").exists()


def test_a_withdrawn_invitation_is_over():
    lead = member("lead")
    secret = team.invite(by=lead, email="new@example.org", role="coder")
    team.withdraw(by=lead, taking=Invitation.objects.get(taken=None, withdrawn=False))
    assert team.invitation(secret) is None


def test_a_handle_is_never_used_again():
    first = member("coder", "Same Name")
    team.end(by=member("lead"), of=first)
    secret = team.invite(by=None, email="second@example.org", role="coder")
    second = team.join(taking=team.invitation(secret), email="second@example.org", name="Same Name", password="a long phrase")
    assert (first.handle, second.handle) == ("same-name", "same-name-2")


def test_the_last_lead_stays():
    lead = member("lead")
    for act in (lambda: team.end(by=lead, of=lead), lambda: team.set_role(by=lead, of=lead, role="reader")):
        with pytest.raises(team.LastLead):
            act()
    assert Account.objects.get(pk=lead.pk).role == "lead"


def test_losing_a_right_or_the_account_holds_from_the_next_request():
    lead, coder = member("lead"), member("coder")
    browser = signed_in(coder)
    assert browser.get("/cases/").status_code == 200
    team.end(by=lead, of=coder)
    assert browser.get("/cases/")["Location"].startswith("/account/login/")
    other = signed_in(second := member("lead", "Second Lead"))
    assert other.get("/team/").status_code == 200
    team.set_role(by=lead, of=second, role="reader")
    assert other.get("/team/").status_code == 403


def test_every_act_is_in_the_log_and_none_holds_a_secret():
    lead = member("lead")
    secret = team.invite(by=lead, email="new@example.org", role="coder")
    team.set_role(by=lead, of=member("coder"), role="reader")
    acts = [event.act for event in AuditEvent.objects.order_by("number")]
    assert acts[-4:] == ["invite", "invite", "join", "set-role"]
    whole = json.dumps(list(AuditEvent.objects.values_list("detail", flat=True)))
    assert secret not in whole
    assert "a long enough phrase" not in whole
    assert audit.verify() == []


def test_signing_in_needs_the_password_and_then_the_second_factor():
    coder = member("coder")
    signed_in(coder)  # which sets a second factor up
    browser = Client()
    wrong = browser.post("/account/login/", {"login": coder.email, "password": "another phrase"})
    assert wrong.status_code == 200
    right = browser.post("/account/login/", {"login": coder.email, "password": "a long enough phrase"})
    assert right["Location"].startswith("/account/2fa/authenticate/")
    assert browser.get("/")["Location"].startswith("/account/login/")
    assert "sign-in-failed" in {event.act for event in AuditEvent.objects.all()}


def test_what_every_answer_carries():
    for answer in (Client().get("/account/login/"), Client().get("/nowhere"), signed_in(member("reader")).get("/")):
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
