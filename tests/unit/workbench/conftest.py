"""People of a served study's team, and their browsers."""

import time

from django.test import Client

from casereview.workbench import team
from casereview.workbench.models import Account


def member(role: str, name: str = "") -> Account:
    """Somebody of the team."""
    name = name or f"A {role}"
    email = f"{name.replace(' ', '-').lower()}@example.org"
    secret = team.invite(by=None, email=email, role=role)
    invitation = team.invitation(secret)
    assert invitation is not None
    return team.join(taking=invitation, email=email, name=name, password="a long enough phrase")


def signed_in(account: Account, second_factor: bool = True, recently: bool = False) -> Client:
    """A browser in which somebody has signed in; recently: and has just shown once more that it is them."""
    from allauth.mfa.models import Authenticator

    if second_factor:
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "none"})
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    if recently:
        session = client.session
        shown = [{"method": "password", "at": time.time(), "reauthenticated": True}]
        session.update({"account_authentication_methods": shown, "account_authentication_methods_user": str(account.pk)})
        session.save()
    return client
