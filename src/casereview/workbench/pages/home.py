"""The study's home: how far the work is, and what changed last."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casereview.casebook.differences import both_finished, differences
from casereview.casebook.models import Assignment, Case, Document
from casereview.workbench.guard import who
from casereview.workbench.models import Account
from casereview.workbench.permissions import DECIDING
from casereview.workbench.telling import told
from casereview.workbench.visibility import sight


def home(request: HttpRequest) -> HttpResponse:
    """How far the work is."""
    seen = sight(who(request))
    counts = (
        ("Cases", Case.objects.filter(current=True).count()),
        ("Documents", Document.objects.filter(current=True).count()),
        ("Cases with a document", Case.objects.filter(current=True, documents__current=True).distinct().count()),
        ("Passages marked", seen.codings().values("passage").distinct().count()),
        ("Codings", seen.codings().count()),
        ("Answers", seen.values().count()),
    )
    changes = [told(event) for event in seen.events(12)]
    waiting = {"mine": _mine(who(request)), "unsettled": _unsettled(who(request))}
    return render(request, "workbench/home.html", {"counts": counts, "changes": changes} | waiting)


def _mine(account: Account) -> list[str]:
    """The cases that somebody still has to code."""
    mine = Assignment.objects.filter(coder=account.handle, current=True, finished=False, case__current=True)
    return list(mine.order_by("case__key").values_list("case__key", flat=True))


def _unsettled(account: Account) -> dict[str, int]:
    """Cases with how many differences in them somebody can settle: not in those that they coded."""
    if account.role not in DECIDING:
        return {}
    others = [case for case, coders in both_finished().items() if account.handle not in coders]
    return dict(Counter(one.case.key for one in differences(others) if one.settled is None))
