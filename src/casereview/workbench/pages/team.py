"""The team's page, and the page on which an invited person joins."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from casereview.workbench import team as acts
from casereview.workbench.guard import asks_again, who
from casereview.workbench.models import Account, Invitation
from casereview.workbench.permissions import ROLES

_ADDRESS = "Enter an e-mail address, such as name@example.org."


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label="E-mail address",
        help_text="They sign in with it. Nothing is sent: you give them the link.",
        error_messages={"required": "Enter their e-mail address.", "invalid": _ADDRESS},
    )
    role = forms.ChoiceField(label="Role", choices=list(ROLES.items()), initial="coder")

    def clean_email(self) -> str:
        """Somebody who is in the team needs no invitation."""
        email = str(self.cleaned_data["email"])
        if Account.objects.filter(email__iexact=email, is_active=True).exists():
            raise ValidationError("Somebody with this address is in the team already.")
        return email


class JoiningForm(forms.Form):
    """What an invited person says of themselves."""

    email = forms.EmailField(
        label="Your e-mail address",
        help_text="You sign in with it. Nothing is sent to it.",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": "Enter your e-mail address.", "invalid": _ADDRESS},
    )
    name = forms.CharField(
        label="Your name",
        max_length=200,
        help_text="As it is to stand beside what you record.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name."},
    )
    password = forms.CharField(
        label="A password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="12 characters or more. Three or four words that have nothing to do with one another are good.",
        error_messages={"required": "Enter a password."},
    )

    def clean_email(self) -> str:
        """An address is one person's."""
        email = str(self.cleaned_data["email"])
        if Account.objects.filter(email__iexact=email).exists():
            raise ValidationError("Somebody with this address has an account already.")
        return email

    def clean_password(self) -> str:
        """As the validators of the settings have it."""
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password


class ComingBackForm(forms.Form):
    """What somebody who was locked out chooses."""

    password = JoiningForm.declared_fields["password"]
    clean_password = JoiningForm.clean_password


def team(request: HttpRequest) -> HttpResponse:
    """Who is in the team, and who is invited."""
    people = Account.objects.order_by("-is_active", "name")
    waiting = Invitation.objects.filter(taken=None, withdrawn=False, ends__gt=timezone.now()).order_by("email")
    return render(request, "workbench/team.html", {"people": people, "waiting": waiting})


@asks_again
def invite(request: HttpRequest) -> HttpResponse:
    """Inviting somebody shows their link, once."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        secret = acts.invite(by=who(request), email=form.cleaned_data["email"], role=form.cleaned_data["role"])
        return _link(request, secret, form.cleaned_data["email"], again=False)
    return render(request, "workbench/team_invite.html", {"form": form})


@asks_again
def member(request: HttpRequest, handle: str) -> HttpResponse:
    """One person of the team, and what the lead can do: another role, a link to get in again, an end."""
    of = get_object_or_404(Account, handle=handle)
    kinds = set(Authenticator.objects.filter(user=of).values_list("type", flat=True))
    shown = {"of": of, "roles": ROLES, "oneself": of.pk == who(request).pk, "second_factor": bool(kinds)}
    return render(request, "workbench/team_member.html", shown)


@asks_again
def let_in_again(request: HttpRequest, handle: str) -> HttpResponse:
    """Give somebody who is locked out a link, shown once."""
    of = get_object_or_404(Account, handle=handle, is_active=True)
    if of.pk == who(request).pk:
        messages.error(
            request, "Another lead can do this for you. Your own password and second factor are on your account’s page."
        )
        return redirect("team")
    return _link(request, acts.let_in_again(by=who(request), of=of), of.name, again=True)


def _link(request: HttpRequest, secret: str, whom: str, again: bool) -> HttpResponse:
    link = request.build_absolute_uri(reverse("invited", args=[secret]))
    return render(request, "workbench/team_link.html", {"link": link, "whom": whom, "again": again})


def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw an invitation."""
    acts.withdraw(by=who(request), taking=get_object_or_404(Invitation, pk=number))
    messages.success(request, "The invitation is withdrawn; its link no longer works.")
    return redirect("team")


@asks_again
def set_role(request: HttpRequest, handle: str) -> HttpResponse:
    """Give somebody another role; it holds from their next click."""
    of, role = get_object_or_404(Account, handle=handle), request.POST.get("role", "")
    try:
        if role in ROLES:
            acts.set_role(by=who(request), of=of, role=role)
            messages.success(request, f"{of.name} is now {ROLES[role].lower()}.")
    except acts.LastLead:
        messages.error(request, _LAST)
    return redirect("team")


@asks_again
def end(request: HttpRequest, handle: str) -> HttpResponse:
    """End somebody's account."""
    of = get_object_or_404(Account, handle=handle)
    try:
        acts.end(by=who(request), of=of)
        messages.success(request, f"{of.name} can no longer sign in. What they recorded stays.")
    except acts.LastLead:
        messages.error(request, _LAST)
    return redirect("team")


_LAST = "A study keeps one lead at least. Make somebody else lead first."


def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """Take up an invitation: a name, a password; then the second factor."""
    taking = acts.invitation(secret)
    if taking is None:
        return render(request, "workbench/invitation_over.html", status=410)
    form = _joining(request, taking)
    if request.method == "POST" and form.is_valid():
        account = _joined(taking, form.cleaned_data)
        record_authentication(request, account, method="password", email=account.email, reauthenticated=True)
        perform_login(request, account)
        return redirect("home")
    return render(request, "workbench/invited.html", {"form": form, "taking": taking, "invited_as": ROLES[taking.role]})


def _joining(request: HttpRequest, taking: Invitation) -> forms.Form:
    if taking.again:
        return ComingBackForm(request.POST or None)
    form = JoiningForm(request.POST or None, initial={"email": taking.email})
    form.fields["email"].disabled = bool(taking.email)
    return form


def _joined(taking: Invitation, said: dict[str, str]) -> Account:
    if taking.again:
        return acts.come_back(taking=taking, password=said["password"])
    return acts.join(taking=taking, **said)
