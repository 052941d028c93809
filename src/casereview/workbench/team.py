"""The team: who is invited, who joins, what their role is, and when they leave. Each act with its audit event."""

import hashlib
import secrets
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.text import slugify

from casereview.casebook.acts.writing import act
from casereview.workbench.models import Account, Invitation

DAYS = 7
"""How long an invitation waits."""


def invite(*, by: Account | None, email: str, role: str) -> str:
    """Make a place in the team; returns the secret of its link, which is told once and kept nowhere."""
    secret = secrets.token_urlsafe(24)
    with act("invite", _named(by)) as detail:
        Invitation.objects.filter(email__iexact=email, taken=None).update(withdrawn=True)
        ends = timezone.now() + timedelta(days=DAYS)
        Invitation.objects.create(email=email, role=role, sha256=_hash(secret), invited_by=by, ends=ends)
        detail.update({"email": email, "role": role})
    return secret


def invitation(secret: str) -> Invitation | None:
    """The invitation of a link, while it holds."""
    return Invitation.objects.filter(sha256=_hash(secret), taken=None, withdrawn=False, ends__gt=timezone.now()).first()


def join(*, taking: Invitation, email: str, name: str, password: str) -> Account:
    """Take up an invitation."""
    account = Account(email=email.lower(), name=name, handle=_handle(name), role=taking.role)
    account.set_password(password)
    with act("join", account.handle) as detail:
        account.save(force_insert=True)
        Invitation.objects.filter(pk=taking.pk).update(taken=account)
        detail.update({"handle": account.handle, "role": account.role, "email": account.email})
    return account


def let_in_again(*, by: Account, of: Account) -> str:
    """Give somebody who is locked out a link by which they choose a new password and second factor; returns its secret.

    What they had ends at once, in case somebody else has it. Whoever gives the link cannot be the one who is locked out.
    """
    secret = secrets.token_urlsafe(24)
    with act("let-in-again", by.handle) as detail:
        of.set_unusable_password()
        of.save(update_fields=["password"])
        Authenticator.objects.filter(user=of).delete()
        _sign_out(of)
        Invitation.objects.filter(again=of, taken=None).update(withdrawn=True)
        ends = timezone.now() + timedelta(days=DAYS)
        held = {"email": of.email, "role": of.role, "again": of, "invited_by": by, "ends": ends}
        Invitation.objects.create(**held, sha256=_hash(secret))
        detail.update({"of": of.handle})
    return secret


def come_back(*, taking: Invitation, password: str) -> Account:
    """Take up a link for somebody who was locked out."""
    assert taking.again is not None  # noqa: S101  # a link of this kind
    account = taking.again
    with act("come-back", account.handle) as detail:
        account.set_password(password)
        account.save(update_fields=["password"])
        Invitation.objects.filter(pk=taking.pk).update(taken=account)
        detail.update({"handle": account.handle})
    return account


def withdraw(*, by: Account, taking: Invitation) -> None:
    """End an invitation that nobody took up."""
    with act("withdraw-invitation", by.handle) as detail:
        if Invitation.objects.filter(pk=taking.pk, taken=None, withdrawn=False).update(withdrawn=True):
            detail.update({"email": taking.email})


def set_role(*, by: Account, of: Account, role: str) -> None:
    """Change what somebody may do. Raises LastLead."""
    with act("set-role", by.handle) as detail:
        _keep_a_lead(of, role)
        if of.role != role:
            detail.update({"of": of.handle, "from": of.role, "to": role})
            Account.objects.filter(pk=of.pk).update(role=role)


def end(*, by: Account, of: Account) -> None:
    """Somebody leaves: they can no longer sign in, and are signed out; what they recorded stays. Raises LastLead."""
    with act("end-account", by.handle) as detail:
        _keep_a_lead(of, None)
        Account.objects.filter(pk=of.pk).update(is_active=False)
        Invitation.objects.filter(again=of, taken=None).update(withdrawn=True)
        _sign_out(of)
        detail.update({"of": of.handle})


def _sign_out(of: Account) -> None:
    Session.objects.filter(session_key__in=UserSession.objects.filter(user=of).values("session_key")).delete()


class LastLead(Exception):
    """A study keeps one lead at least."""


def _keep_a_lead(of: Account, role: str | None) -> None:
    others = Account.objects.filter(role="lead", is_active=True).exclude(pk=of.pk)
    if of.role == "lead" and role != "lead" and not others.exists():
        raise LastLead


def _handle(name: str) -> str:
    """A handle made of the name, with a number where somebody has had it before."""
    stem = slugify(name)[:30] or "coder"
    taken = set(Account.objects.filter(handle__startswith=stem).values_list("handle", flat=True))
    return stem if stem not in taken else next(one for n in range(2, 10_000) if (one := f"{stem}-{n}") not in taken)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _named(by: Account | None) -> str:
    return by.handle if by else "casereview serve"
