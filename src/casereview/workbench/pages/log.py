"""The audit log: who did what and who read what, for the study lead; and whether its chain is whole."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from casereview.casebook import audit
from casereview.workbench.guard import who
from casereview.workbench.telling import told, words_of
from casereview.workbench.visibility import sight

PAGE = 100


def log(request: HttpRequest) -> HttpResponse:
    """The events, newest first; `by`, `act` and `day` narrow them."""
    seen = sight(who(request))
    by, act, day = (request.GET.get(name, "").strip().replace("\x00", "") for name in ("by", "act", "day"))
    found = events = seen.log()
    for name, value in {"by": by, "act": act}.items():
        found = found.filter(**{name: value}) if value else found
    found = found.filter(at__startswith=day) if day else found
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    acts = {one: words_of(one) for one in events.order_by().values_list("act", flat=True).distinct()}
    shown = {
        "page": page,
        "rows": [told(one) for one in page],
        "people": sorted(set(events.order_by().values_list("by", flat=True).distinct())),
        "acts": _by_words(acts),
        "by": by,
        "act": act,
        "day": day,
        "blind": bool(seen.blind),
    }
    return render(request, "workbench/log.html", shown)


def check(request: HttpRequest) -> HttpResponse:
    """Follow the chain from its first event to its last."""
    problems = audit.verify()
    for one in problems:
        messages.error(request, f"{one.cause} {one.remedy}")
    if not problems:
        messages.success(request, "The log is whole: every event follows the one before it, and is as it was written.")
    return redirect("log")


def _by_words(acts: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(acts.items(), key=lambda one: one[1])
