"""Who codes what: the study lead assigns cases, and sees how far they are."""

from collections import Counter
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from casereview.casebook.acts import assigning
from casereview.casebook.differences import differences
from casereview.casebook.forms import form_of
from casereview.casebook.models import Assignment, Case
from casereview.study.study import Study
from casereview.workbench import studies
from casereview.workbench.guard import who
from casereview.workbench.models import Account
from casereview.workbench.permissions import RECORDING
from casereview.workbench.visibility import sight


def coders() -> list[tuple[str, str]]:
    """Those who can be given cases: handle and name."""
    found = Account.objects.filter(is_active=True, role__in=RECORDING).order_by("name")
    return [(one.handle, one.name) for one in found]


class AssigningForm(forms.Form):
    """Which cases, to whom, and one of how many to a second coder."""

    cases = forms.CharField(
        label="Cases",
        required=False,
        help_text="Their identifiers, one a line. Or choose a period instead.",
        widget=forms.Textarea,
    )
    wave = forms.ChoiceField(label="All cases of a period that nobody codes yet", required=False)
    coder = forms.ChoiceField(label="Coder")
    second = forms.ChoiceField(label="Second coder, blind to the first", required=False)
    every = forms.IntegerField(
        label="One case of how many goes to the second coder",
        min_value=1,
        initial=10,
        help_text="1: every case. 10: one case of ten.",
    )

    def __init__(self, study: Study, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        waves = [(slug, one.label) for slug, one in study.about.waves.items()]
        for name, choices in (("wave", [("", "None"), *waves]), ("coder", coders()), ("second", [("", "Nobody"), *coders()])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # as declared above
            field.choices = choices

    def clean(self) -> dict[str, object]:
        """Two coders of a case are two people; the cases are there."""
        given = dict(super().clean() or {})
        if given.get("second") and given.get("second") == given.get("coder"):
            self.add_error("second", "The second coder must be somebody else.")
        named = [line.strip() for line in str(given.get("cases") or "").splitlines() if line.strip()]
        known = set(Case.objects.filter(current=True, key__in=named).values_list("key", flat=True))
        if missing := [one for one in named if one not in known]:
            self.add_error("cases", f"There is no case {', '.join(missing[:5])}.")
        if not named and not given.get("wave"):
            self.add_error("cases", "Name cases, or choose a period.")
        free = Case.objects.filter(current=True, wave=given.get("wave") or "").exclude(assignments__current=True).order_by("key")
        return given | {"cases": named or list(free.values_list("key", flat=True))}


@dataclass(frozen=True)
class Line:
    """An assignment and how far it is. open: how many differences in the case wait to be settled."""

    assignment: Assignment
    name: str
    done: int
    asked: int
    open: int


LISTED = 300
"""How many assignments the page lists."""


def assignments(request: HttpRequest) -> HttpResponse:
    """The assignments and how far they are; posting assigns cases."""
    form = AssigningForm(studies.current(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        _assigned(request, form.cleaned_data)
        return redirect("assignments")
    seen = sight(who(request)).assignments().filter(case__current=True).select_related("case").order_by("case__key", "second")
    shown = {"form": form, "lines": _lines(list(seen[:LISTED])), "more": max(0, seen.count() - LISTED)}
    return render(request, "workbench/assignments.html", shown)


def _lines(seen: list[Assignment]) -> list[Line]:
    names = dict(Account.objects.values_list("handle", "name"))
    open_ones = Counter(one.case.pk for one in differences({one.case.pk for one in seen}) if one.settled is None)
    return [
        Line(one, names.get(one.coder, one.coder), *form_of(studies.current(), one).progress, open_ones[one.case.pk])
        for one in seen
    ]


def unassign(request: HttpRequest) -> HttpResponse:
    """Take a case from its coder."""
    if _unseen(request):
        return redirect("assignments")
    try:
        assigning.unassign(by=who(request).handle, **_which(request))
        messages.success(request, "The case is no longer theirs. What they had answered stays on record and counts no more.")
    except assigning.HasFinished:
        messages.error(request, "They have finished this case. Open it again first.")
    return redirect("assignments")


def reopen(request: HttpRequest) -> HttpResponse:
    """Open a case that its coder had finished."""
    if _unseen(request):
        return redirect("assignments")
    assigning.reopen(by=who(request).handle, **_which(request))
    messages.success(request, "Its coder can go on with it.")
    return redirect("assignments")


def _unseen(request: HttpRequest) -> bool:
    """Whether it is the work of another on a case that they code too; then they hear nothing of it, not even how far it is."""
    which, seen = _which(request), sight(who(request))
    if which["coder"] == seen.handle or not Case.objects.filter(key=which["case"], pk__in=seen.blind).exists():
        return False
    messages.error(request, "You code this case yourself without sight of the other coder. Ask somebody who does not.")
    return True


def _which(request: HttpRequest) -> dict[str, str]:
    return {one: request.POST.get(one, "").replace("\x00", "") for one in ("case", "coder")}  # PostgreSQL takes no NUL


def _assigned(request: HttpRequest, given: dict[str, object]) -> None:
    cases = given["cases"]
    assert isinstance(cases, list)  # noqa: S101  # as clean gives it
    pairs = [(str(given["coder"]), False, cases)]
    if given["second"]:
        pairs.append((str(given["second"]), True, cases[:: int(str(given["every"]))]))
    for coder, second, several in pairs:
        taken = assigning.assign(by=who(request).handle, cases=several, coder=coder, second=second)
        many = len(several) - len(taken)
        said = f"{many} case{'' if many == 1 else 's'} assigned{' for second coding' if second else ''}."
        messages.success(request, said)
        if taken:
            messages.error(request, f"Already assigned, and left as they were: {', '.join(sorted(taken)[:10])}.")
