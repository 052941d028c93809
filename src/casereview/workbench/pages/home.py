"""The study's home: how far the work is, and what changed last."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casereview.casebook import tree_versions
from casereview.casebook.differences import both_finished, differences
from casereview.casebook.models import Assignment, Case, Document
from casereview.workbench.guard import who
from casereview.workbench.models import Account, Invitation
from casereview.workbench.permissions import DECIDING, LEAD, RECORDING
from casereview.workbench.telling import READING, Told, told
from casereview.workbench.visibility import Sight, sight

MANY = 200
"""Changes among which the last that read otherwise are looked for."""


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
    changed = ~Q(act__in=READING) & ~(Q(act="let-out") & ~Q(by=seen.handle))
    changes = _each_once([told(event) for event in seen.events(MANY, changed)])[:12]
    shown = {"counts": counts, "changes": changes, "progress": _progress(seen)}
    return render(request, "workbench/home.html", shown | _waiting(who(request), seen))


def _each_once(changes: Iterable[Told]) -> list[Told]:
    """Of several changes in a row that read alike, the newest, which is the first."""
    return [next(alike) for _, alike in groupby(changes, key=lambda one: (one.by, one.what, one.of))]


def _waiting(account: Account, seen: Sight) -> dict[str, object]:
    """What waits for somebody."""
    again = tree_versions.to_look_at_again(seen.to_settle()).count() if account.role in RECORDING else 0
    invited = Invitation.objects.filter(taken=None, withdrawn=False, ends__gt=timezone.now()).count()
    waiting = {"mine": _mine(account), "unsettled": _unsettled(account), "again": again}
    waiting |= {"invited": invited if account.role in LEAD else 0}
    begin = account.role in LEAD and Case.objects.filter(current=True).exists() and not Assignment.objects.exists()
    return waiting | {"waits": any(waiting.values()), "begin": begin, "recording": RECORDING}


def _progress(seen: Sight) -> list[tuple[str, int, int]]:
    """(what, done, of how many), as somebody may see it; how far coders agree is not among it."""
    finished: dict[int, list[bool]] = {}
    for case, done in seen.assignments().filter(case__current=True).values_list("case", "finished"):
        finished.setdefault(case, []).append(done)
    twice = [several for several in finished.values() if len(several) > 1]
    parts = [("Cases coded, of those assigned", sum(map(all, finished.values())), len(finished))]
    parts += [("Cases coded twice, of those that are to be", sum(map(all, twice)), len(twice))] if twice else []
    differing = differences(both_finished())
    settled = sum(one.settled is not None for one in differing)
    return parts + ([("Differences settled", settled, len(differing))] if differing else [])


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
