"""Signing in with a passkey, in a browser, under the policy that lets nothing run but our own files."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from casereview.workbench import team
from casereview.workbench.models import Account
from tests.browser import house

pytestmark = house.NEEDS_CHROMIUM
PHRASE = "a long enough phrase"


@pytest.fixture
def address(browser, served) -> Iterator[str]:
    cache.clear()
    with house.answering_browsers() as address:
        yield address


def with_a_device(watch: house.Watch) -> None:
    """A device that holds passkeys and says yes."""
    devices = watch.context.new_cdp_session(watch.page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    yes = {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options | yes})


def test_a_passkey_is_set_up_named_used_to_sign_in_and_to_show_oneself_again(browser, address):
    secret = team.invite(by=None, email="new@example.org", role="lead")
    watch = house.Watch(browser, address, None)
    with_a_device(watch)
    page = watch.go(f"/invited/{secret}/")
    page.get_by_label("Your name").fill("Somebody New")
    page.get_by_label("A password").fill(PHRASE)
    page.get_by_role("button", name="Join").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for it").fill("work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    expect(page.locator(".recovery li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail address").fill("new@example.org")
    page.get_by_label("Password").fill(PHRASE)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="How far the work is").wait_for()
    page.get_by_role("link", name="Team", exact=True).click()
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_role("heading", name="Show that it is you").wait_for()
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Invite somebody").wait_for()
    watch.go("/account/2fa/webauthn/")
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("A name for it").fill("old laptop")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove old laptop").click()
    page.get_by_role("button", name="Remove the passkey").click()
    page.get_by_text("You have none").wait_for()
    page.locator(".house .name").click()
    page.get_by_role("heading", name="Set up your second factor").wait_for()
    assert watch.said == []


def test_a_browser_without_a_passkey_says_so_in_words(browser, address):
    account = Account.objects.create(email="one@example.org", name="One", handle="one", role="coder")
    watch = house.Watch(browser, address, account)
    page = watch.go("/account/2fa/webauthn/add/")
    page.evaluate("() => { navigator.credentials.create = async () => { throw new DOMException('', 'NotAllowedError'); }; }")
    page.get_by_role("button", name="Add a passkey").click()
    page.locator("#passkey-fault", has_text="No passkey was given").wait_for()
    assert watch.said == []
    watch.context.close()
