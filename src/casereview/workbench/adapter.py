"""How allauth behaves here: accounts come by invitation alone, nothing is sent anywhere, and what it says is in our words."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from casereview.workbench.models import Account
from casereview.workbench.studies import current

_WAYS = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use your app or a recovery code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up by themselves, and nothing is sent by e-mail."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account has been ended. Ask the study lead.",
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "enter_current_password": "The password you have now is not right.",
        "incorrect_password": "The password is not right.",
        "incorrect_code": "The code is not right. Use the one that the app shows now.",
        "too_many_login_attempts": "Too many tries that were not right. Wait five minutes, then try again.",
        "rate_limited": "Too many tries. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: invitations are links of their own."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The product sends nothing."""

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, Any]]:
        """The ways to show who you are once more, in our words."""
        ways = super().get_reauthentication_methods(user)
        return [way | {"description": _WAYS[way["id"]]} for way in ways]


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """How a second factor is named to its owner, and to the app or browser that holds it."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": "Set up an app or a passkey first.",
        "incorrect_code": "That was not right. Try again with the code that the app shows now, or with the same passkey.",
    }

    def get_totp_issuer(self) -> str:
        """The study's title: the app shows it above the code."""
        return f"casereview: {current().about.title}"[:60]

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        """The name that a passkey is offered."""
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "My passkey" if held == 0 else f"My passkey {held + 1}"
