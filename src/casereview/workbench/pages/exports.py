"""Exports: what can be taken out, what each file does not take along, and all that has left."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from casereview.casebook import egress
from casereview.casebook.exchange.made import Asked
from casereview.casebook.models import AuditEvent
from casereview.workbench import aside, studies
from casereview.workbench import exports as offers
from casereview.workbench.guard import role_of, who
from casereview.workbench.models import Account
from casereview.workbench.permissions import allowed
from casereview.workbench.visibility import sight

PAGE = 50


@dataclass(frozen=True)
class Left:
    """A file that left."""

    at: datetime
    who: str
    what: str
    file: str
    sha256: str
    size: int


def exports(request: HttpRequest) -> HttpResponse:
    """What can be taken out; below it, what has been."""
    seen = sight(who(request))
    page = Paginator(seen.taken_out(), PAGE).get_page(request.GET.get("page"))
    names = dict(Account.objects.values_list("handle", "name"))
    shown = {
        "offered": [(one, offers.PROGRAMS.get(one.form, "")) for one in offers.OFFERED.values()],
        "page": page,
        "left": [_left(event, names) for event in page],
        "blind": bool(seen.blind),
        "may_import": allowed("import-project", "GET", role_of(request)),
    }
    return render(request, "workbench/exports.html", shown)


def export(request: HttpRequest, form: str) -> HttpResponse:
    """One file: what it would hold and lose; posted, the file."""
    if form not in offers.OFFERED:
        raise Http404
    asked = _asked(request, form)
    if request.method == "POST":
        return _made(request, asked)
    return _offer(request, asked)


def _asked(request: HttpRequest, form: str) -> Asked:
    unit = request.POST.get("unit", "case")
    if unit not in studies.current().units:
        raise Http404
    return Asked(form, unit, request.POST.get("originals") == "on")


def _made(request: HttpRequest, asked: Asked) -> HttpResponse:
    handle = who(request).handle
    content = aside.run(offers.content, studies.current(), handle, asked)
    if not isinstance(content, bytes):
        return _offer(request, asked, " ".join(f"{one.cause} {one.remedy}" for one in content))
    return egress.attachment(by=handle, kind=asked.kind, name=asked.name, content=content)


def _offer(request: HttpRequest, asked: Asked, fault: str = "") -> HttpResponse:
    study = studies.current()
    units = {"case": "Cases"} | {role: one.plural.capitalize() for role, one in study.about.people.items()}
    shown = {
        "offer": offers.OFFERED[asked.form],
        "program": offers.PROGRAMS.get(asked.form, ""),
        "held": offers.held(study, sight(who(request)), asked.form),
        "lost": aside.run(offers.lost, study, who(request).handle, asked),
        "units": units if asked.kind == "case-table" and len(units) > 1 else {},
        "fault": fault,
    }
    return render(request, "workbench/export.html", shown, status=409 if fault else 200)


def _left(event: AuditEvent, names: dict[str, str]) -> Left:
    detail = json.loads(event.detail)
    what = offers.KINDS.get(detail["of"], detail["of"].replace("-", " ").capitalize())
    named = names.get(event.by, f"Command {event.by}")
    return Left(datetime.fromisoformat(event.at), named, what, detail["file"], detail["sha256"], detail["bytes"])
