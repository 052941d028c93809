"""Sign-ins, failures and second factors, noted in the audit log as they happen."""

from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from casereview.casebook.acts.writing import act


@receiver(user_logged_in)
def _signed_in(user: Any, **more: Any) -> None:
    _note("sign-in", user.handle)


@receiver(user_logged_out)
def _signed_out(user: Any, **more: Any) -> None:
    if user is not None:
        _note("sign-out", user.handle)


@receiver(user_login_failed)
def _failed(credentials: dict[str, Any], **more: Any) -> None:
    _note("sign-in-failed", str(credentials.get("email") or credentials.get("username") or "somebody"))


@receiver(authenticator_added)
def _added(user: Any, authenticator: Any, **more: Any) -> None:
    _note("second-factor-added", user.handle, kind=str(authenticator.type))


@receiver(authenticator_removed)
def _removed(user: Any, authenticator: Any, **more: Any) -> None:
    _note("second-factor-removed", user.handle, kind=str(authenticator.type))


def _note(what: str, by: str, **detail: object) -> None:
    with act(what, by) as noted:
        noted.update({"account": by, **detail})
