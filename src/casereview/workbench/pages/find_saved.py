"""Saved queries: kept under a name, opened, shared, renamed, ended."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from pydantic import ValidationError

from casereview.casebook.acts.queries import change_query, end_query, save_query
from casereview.casebook.models import SavedQuery
from casereview.study.problems import StudyRefused
from casereview.workbench import posted
from casereview.workbench.find import forms
from casereview.workbench.find.asks import KINDS, Crosstab, Passages, Search, Together
from casereview.workbench.find.names import Names
from casereview.workbench.guard import who
from casereview.workbench.pages.find_shared import address_of, names_now
from casereview.workbench.visibility import sight


def save(request: HttpRequest) -> HttpResponse:
    """Keep what a page asks under a name. asks: as its address has it."""
    kind, given = request.POST.get("kind", ""), QueryDict(posted.text(request, "asks")[:20_000])
    if kind not in KINDS:
        raise Http404
    try:
        asked = _asked(kind, given, names_now())
        made = save_query(
            by=who(request).handle,
            name=posted.text(request, "name"),
            kind=kind,
            asks=asked.model_dump(mode="json"),
            shared="shared" in request.POST,
        )
    except StudyRefused as refused:
        _told(request, refused)
        return redirect(f"{reverse(kind)}?{given.urlencode()}")
    messages.success(request, f"“{made.name}” is saved{', and shared with the team' if made.shared else ''}.")
    return redirect(f"{reverse(kind)}?{forms.address(asked)}")


def open_query(request: HttpRequest) -> HttpResponse:
    """Ask a saved query again: of the casebook as it now is."""
    query = _named(request, request.GET)
    try:
        asked = KINDS[query.kind].model_validate(query.asks)
    except ValidationError as error:
        raise Http404 from error
    return redirect(f"{reverse(query.kind)}?{forms.address(asked)}")


def change(request: HttpRequest) -> HttpResponse:
    """Another name for a query of one's own, or whether it is shared; or its end. What it asks is changed by saving it anew."""
    query = _named(request, request.GET)
    if query.coder != who(request).handle:
        raise Http404
    told: dict[str, Any] = {"query": query, "address": address_of(query)}
    if request.method != "POST":
        return render(request, "workbench/find_saved.html", told)
    if "end" in request.POST:
        end_query(by=who(request).handle, query=query.pk)
        messages.success(request, f"“{query.name}” is no longer kept.")
        return redirect(query.kind)
    try:
        changed = change_query(
            by=who(request).handle, query=query.pk, name=posted.text(request, "name"), shared="shared" in request.POST
        )
    except StudyRefused as refused:
        return render(request, "workbench/find_saved.html", told | {"problems": refused.problems}, status=400)
    messages.success(request, f"“{changed.name}” is saved.")
    return redirect(query.kind)


def _asked(kind: str, given: QueryDict, names: Names) -> Passages | Together | Crosstab | Search:
    match kind:
        case "find-passages":
            return forms.passages(given, names)
        case "find-together":
            return forms.together(given, names)
        case "find-by-answer":
            return forms.crosstab(given, names)
    return forms.search(given, names)


def _named(request: HttpRequest, given: QueryDict) -> SavedQuery:
    """The query that an address names, if this person may see it."""
    said = {"kind": given.get("kind", ""), "coder": given.get("by", ""), "name": given.get("name", "")}
    query = sight(who(request)).queries().filter(kind__in=KINDS, **said).first()
    if query is None:
        raise Http404
    return query


def _told(request: HttpRequest, refused: StudyRefused) -> None:
    for problem in refused.problems:
        messages.error(request, f"{problem.cause} {problem.remedy}")
