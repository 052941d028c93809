"""A4: the second factor is always on, recovery codes work once, what is sensitive asks again; in our words alone."""

import re
import socket
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from casereview.casebook.models import AuditEvent
from casereview.study.problems import StudyRefused
from casereview.workbench import safety, serving, team
from casereview.workbench.models import Account
from casereview.workbench.permissions import ROUTES
from tests.unit.workbench.conftest import member, signed_in
from tests.unit.workbench.test_permissions import routes

pytestmark = pytest.mark.usefixtures("served")
PASSWORD = "a long enough phrase"
ASK_AGAIN = {
    "GET": ["/team/invite/", "/team/members/a-coder/", "/account/2fa/recovery-codes/generate/", "/account/2fa/webauthn/add/"],
    "POST": [
        *("/team/invite/", "/team/members/a-coder/role/", "/team/members/a-coder/end/", "/team/members/a-coder/let-in-again/"),
        *("/account/2fa/recovery-codes/generate/", "/account/2fa/totp/deactivate/", "/account/2fa/webauthn/add/"),
    ],
}


@pytest.fixture(autouse=True)
def nobody_has_tried():
    cache.clear()


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def joined(role="coder"):
    """A browser in which somebody has just joined, and what they have still to do."""
    secret = team.invite(by=None, email="new@example.org", role=role)
    browser = Client()
    browser.post(f"/invited/{secret}/", {"name": "Somebody New", "password": PASSWORD})
    return browser


def set_up(browser):
    """The second factor, through the pages; returns its recovery codes."""
    page = browser.get("/account/2fa/totp/activate/").content.decode()
    (secret,) = re.findall(r'id="key">([A-Z2-7]+)<', page)
    browser.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    return re.findall(r"<code>(\d{8})</code>", browser.get("/account/2fa/recovery-codes/").content.decode())


def first_step():
    browser = Client()
    browser.post("/account/login/", {"login": "new@example.org", "password": PASSWORD})
    return browser


def test_nothing_opens_before_the_second_factor_and_everything_after():
    browser = joined()
    for address in ("/", "/cases/", "/documents/review-A/", "/team/"):
        assert browser.get(address)["Location"] == "/account/2fa/"
    assert "Set up your second factor" in browser.get("/account/2fa/").content.decode()
    assert len(set_up(browser)) == 10
    assert browser.get("/cases/").status_code == 200
    assert "second-factor-added" in set(AuditEvent.objects.values_list("act", flat=True))


def test_recovery_codes_are_shown_once_and_each_works_once():
    browser = joined()
    codes = set_up(browser)
    assert not set(codes) & set(re.findall(r"\d{8}", browser.get("/account/2fa/recovery-codes/").content.decode()))
    again = first_step()
    assert again.get("/")["Location"].startswith("/account/login/")
    assert again.post("/account/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    assert again.get("/cases/").status_code == 200
    refused = first_step()
    page = refused.post("/account/2fa/authenticate/", {"code": codes[0]}).content.decode()
    assert "That was not right" in page
    assert refused.get("/cases/")["Location"].startswith("/account/login/")


def test_the_codes_cannot_be_guessed_for_long():
    set_up(joined())
    browser = first_step()
    for guess in range(6):
        page = browser.post("/account/2fa/authenticate/", {"code": f"{guess:06}"}).content.decode()
    assert "Too many tries" in page


def test_what_is_sensitive_asks_again_and_nothing_is_done_before():
    coder = member("coder")
    browser = signed_in(member("lead"))
    before = AuditEvent.objects.count()
    for method, addresses in ASK_AGAIN.items():
        for address in addresses:
            answer = browser.generic(method, address)
            assert answer.status_code == 302, address
            assert "/reauthenticate/?next=" in answer["Location"], address
    assert AuditEvent.objects.count() == before
    assert Account.objects.get(pk=coder.pk).is_active
    page = browser.post("/account/reauthenticate/", {"password": "another phrase", "next": "/team/"}).content.decode()
    assert "The password is not right." in page
    assert (
        browser.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/team/invite/"})["Location"] == "/team/invite/"
    )
    assert browser.get("/team/invite/").status_code == 200


def test_somebody_locked_out_gets_in_again_by_a_link_and_by_nothing_else():
    set_up(joined())
    lead = signed_in(member("lead"), recently=True)
    page = lead.post("/team/members/somebody-new/let-in-again/").content.decode()
    (link,) = re.findall(r"http://testserver(/invited/[^<]+)", page)
    of = Account.objects.get(email="new@example.org")
    assert not of.has_usable_password()
    assert not Authenticator.objects.filter(user=of).exists()
    assert "is not right" in first_step().post("/account/login/", {"login": of.email, "password": PASSWORD}).content.decode()
    browser = Client()
    assert browser.post(link, {"password": "another long phrase"}).status_code == 302
    assert browser.get("/cases/")["Location"] == "/account/2fa/"
    assert len(set_up(browser)) == 10
    assert Client().get(link).status_code == 410
    assert Account.objects.count() == 2
    acts = list(AuditEvent.objects.values_list("act", flat=True))
    assert {"let-in-again", "come-back"} <= set(acts)


def test_a_lead_does_not_lock_themself_out_nor_an_ended_account_in():
    lead = member("lead")
    signed_in(lead, recently=True).post("/team/members/a-lead/let-in-again/")
    assert Account.objects.get(pk=lead.pk).has_usable_password()
    coder = member("coder")
    secret = team.let_in_again(by=lead, of=coder)
    team.end(by=lead, of=coder)
    assert team.invitation(secret) is None


@pytest.mark.parametrize("role", ["anyone", "new", "lead"])
def test_every_page_is_of_our_own_making(role):
    browser = {"anyone": Client, "new": joined, "lead": lambda: signed_in(member("lead"))}[role]()
    for name, address in routes().items():
        if "GET" in ROUTES.get(name, {}):
            used = [one.origin.name for one in getattr(browser.get(address), "templates", []) if one.origin]
            assert [one for one in used if "allauth" in one] == [], address


UNSAFE = [
    {"DEBUG": True},
    {"MFA_SUPPORTED_TYPES": ["recovery_codes"]},
    {"INSTALLED_APPS": []},
    {"MIDDLEWARE": settings.MIDDLEWARE[:-1]},
    {"MIDDLEWARE": settings.MIDDLEWARE[1:]},
    {"SESSION_COOKIE_AGE": 8 * 3600},
    {"SESSION_EXPIRE_AT_BROWSER_CLOSE": False},
    {"SESSION_COOKIE_HTTPONLY": False},
    {"SESSION_COOKIE_SAMESITE": "Lax"},
    {"SECRET_KEY": "only for tests: serve makes one of its own"},
    {"DEMO": True, "ALLOWED_HOSTS": ["localhost", "reviews.example.org"]},
]


def the_settings(**changed):
    names = {name for one in UNSAFE for name in one}
    held = {name: getattr(settings, name) for name in names} | {"SECRET_KEY": "k" * 48, "DEBUG": False}
    return SimpleNamespace(**(held | {"DEMO": False, "ALLOWED_HOSTS": ["localhost"]} | changed))


def test_it_is_served_with_its_own_settings():
    assert safety.faults(the_settings()) == []
    assert safety.faults(the_settings(DEMO=True)) == []


@pytest.mark.parametrize("changed", UNSAFE, ids="-".join)
def test_it_is_not_served_with_unsafe_settings(changed):
    assert [one.code for one in safety.faults(the_settings(**changed))] == ["unsafe-settings"]


def test_passwords_are_hashed_as_django_does_by_default():
    """The tests hash quickly; nothing in the product does."""
    assert not settings.is_overridden("PASSWORD_HASHERS")


def test_serving_looks_first():
    with pytest.raises(StudyRefused):
        serving.listening("127.0.0.1", 1)  # the key of the tests is nobody's secret


def test_a_port_that_something_else_has_is_said(monkeypatch):
    monkeypatch.setattr(serving, "_application", lambda: None)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(StudyRefused) as refused:
            serving.listening("127.0.0.1", other.getsockname()[1])
    assert [one.code for one in refused.value.problems] == ["cannot-listen"]
