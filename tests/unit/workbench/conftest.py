"""A served study: the small fictional one of `tests/casebooks.py`, taken in, with a team."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from casereview.casebook.opening import opened
from casereview.workbench import studies, team
from casereview.workbench.models import Account
from tests.casebooks import take, the_study, write_all


@pytest.fixture(scope="session")
def taken_in(tmp_path_factory, django_db_blocker) -> Path:
    folder = tmp_path_factory.mktemp("served")
    (folder / "data").mkdir()
    write_all(folder / "data")
    with django_db_blocker.unblock(), opened(folder / "casebook.db"):
        take(the_study(), folder / "data")
    return folder


@pytest.fixture
def served(tmp_path, taken_in, django_db_blocker, monkeypatch) -> Iterator[Path]:
    """The casebook of a study that is being served, open. Two-factor sign-in is asked for, as outside a demonstration."""
    shutil.copyfile(taken_in / "casebook.db", tmp_path / "casebook.db")
    shutil.copytree(taken_in / "documents", tmp_path / "documents")
    monkeypatch.setattr(studies, "current", the_study)
    monkeypatch.setattr("casereview.workbench.context.current", the_study)
    with django_db_blocker.unblock(), opened(tmp_path / "casebook.db"):
        yield tmp_path


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
