"""The cases: a list to choose from, and a page for each."""

import json
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from casereview.casebook.models import Case, Document, Value
from casereview.study.codebook import Variable
from casereview.study.study import Study
from casereview.workbench.guard import who
from casereview.workbench.studies import current
from casereview.workbench.visibility import sight

PAGE = 50


def cases(request: HttpRequest) -> HttpResponse:
    """Every case, by its identifier; `wave` and `q` narrow them."""
    wave, sought = request.GET.get("wave", ""), request.GET.get("q", "").strip()
    found = Case.objects.filter(current=True).order_by("key")
    found = found.filter(wave=wave) if wave in current().about.waves else found
    found = found.filter(key__icontains=sought) if sought else found
    found = found.annotate(papers=Count("documents", filter=Q(documents__current=True)))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "workbench/cases.html", {"page": page, "wave": wave, "sought": sought})


@dataclass(frozen=True)
class Answered:
    """What is recorded of one variable, source by source."""

    variable: Variable
    said: tuple[tuple[str, str], ...]


def case(request: HttpRequest, key: str) -> HttpResponse:
    """One case: its people, its documents and its answers."""
    review = get_object_or_404(Case, key=key, current=True)
    seen = sight(who(request))
    people = seen.people(review)
    shown = {
        "case": review,
        "documents": Document.objects.filter(case=review, current=True).order_by("title"),
        "answers": _answers(current(), "case", seen.values().filter(case=review)),
        "people": [(one, _answers(current(), one.role, seen.values().filter(person=one))) for one in people],
    }
    return render(request, "workbench/case.html", shown)


def _answers(study: Study, unit: str, values: QuerySet[Value]) -> list[Answered]:
    said: dict[str, list[tuple[str, str]]] = {}
    for value in values.order_by("variable", "source", "coder"):
        said.setdefault(value.variable, []).append((_in_words(study, value), value.coder or value.source))
    return [Answered(one, tuple(said[slug])) for slug, one in study.variables_of(unit).items() if slug in said]


def _in_words(study: Study, value: Value) -> str:
    if value.absent or value.value is None:
        reason = value.absent or ""
        return study.about.absences[reason].label if reason in study.about.absences else reason
    if not study.variable(value.variable).coded:
        return value.value
    chosen = json.loads(value.value) if study.variable(value.variable).type == "multiple" else [value.value]
    categories = study.categories(value.variable)
    return ", ".join(categories[one].label if one in categories else str(one) for one in chosen) or "None of them"
