"""The cases: a grid that is filtered, sorted and kept by name; what it shows is in its address."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from casereview.casebook import egress
from casereview.casebook.acts.queries import end_query, save_query
from casereview.casebook.models import Case, SavedQuery
from casereview.interchange import spreadsheets
from casereview.study.problems import StudyRefused
from casereview.study.study import Study
from casereview.workbench import posted, studies
from casereview.workbench.case_asked import (
    CODING,
    DOCUMENTS,
    KNOWN,
    PLAIN,
    Asked,
    Filter,
    asked,
    columns,
    in_order,
    labelled,
    offered_reasons,
    words,
)
from casereview.workbench.case_grid import Grid, Said, heads
from casereview.workbench.guard import role_of, who
from casereview.workbench.permissions import allowed
from casereview.workbench.visibility import Sight, sight

PAGE = 50
KIND = "cases"
LONGEST = 20_000
"""Characters of an address that is kept as a view."""


def cases(request: HttpRequest) -> HttpResponse:
    """The cases that are asked for, with the columns that are asked for."""
    study, seen, what = studies.current(), sight(who(request)), asked(request.GET, studies.current())
    grid = Grid(study, seen, what)
    page = Paginator(grid.cases().values_list("pk", flat=True), PAGE).get_page(request.GET.get("page"))
    shown = {
        "what": what,
        "page": page,
        "rows": grid.rows(list(page)),
        "heads": [(name, label, *_sorting(request.GET, what, name)) for name, label in heads(study, what)],
        "by_key": _sorting(request.GET, what, "case"),
        "filters": [_shown(request.GET, study, one) for one in what.filters],
        "offered": list(_by_unit(study, {one.slug for one in what.filters})),
        "choosable": [("Of the work", list(PLAIN.items())), *_by_unit(study, set())],
        "samples": study.samples.samples,
        "documents": DOCUMENTS,
        "coding": CODING,
        "base": Case.objects.filter(current=True).count(),
        "words": words(what, study),
        "in_order": in_order(what, study),
        "asked": _without(request.GET, "page"),
        "views": _views(seen),
        "may_let_out": allowed("cases-export", "POST", role_of(request)),
    }
    return render(request, "workbench/cases.html", shown)


def export(request: HttpRequest) -> HttpResponse:
    """The grid as it is shown, all its pages, as a file. form: csv or xlsx."""
    study, form, what = studies.current(), request.POST.get("form", ""), asked(request.GET, studies.current())
    if form not in ("csv", "xlsx"):
        raise Http404
    lines = list(_lines(study, what, sight(who(request))))
    widths = {0: 16.0} | dict.fromkeys(range(1, len(lines[0])), 24.0)
    content = spreadsheets.as_csv(lines) if form == "csv" else spreadsheets.as_xlsx(lines, study.about.case.plural, widths)
    return egress.attachment(by=who(request).handle, kind="cases", name=f"cases.{form}", content=content)


def save_view(request: HttpRequest) -> HttpResponse:
    """Keep what an address asks under a name, in place of one's own of that name."""
    address = posted.text(request, "asked")[:LONGEST]
    asks = {"address": {key: values for key, values in QueryDict(address).lists() if key != "page"}}
    try:
        save_query(
            by=who(request).handle, name=posted.text(request, "name"), kind=KIND, asks=asks, shared="shared" in request.POST
        )
    except StudyRefused as refused:
        messages.error(request, " ".join(f"{problem.cause} {problem.remedy}" for problem in refused.problems))
    else:
        messages.success(request, "View saved.")
    return redirect(f"{reverse('cases')}?{address}")


def end_view(request: HttpRequest) -> HttpResponse:
    """A view of one's own is no longer kept."""
    account = who(request)
    own = sight(account).queries().filter(kind=KIND, coder=account.handle, name=posted.text(request, "name"))
    for one in own:
        end_query(by=account.handle, query=one.pk)
        messages.success(request, "View taken away. It stays on record.")
    return redirect("cases")


def _lines(study: Study, what: Asked, seen: Sight) -> Iterator[list[str | int]]:
    """The grid as lines of a table; the last column names the variables that are said differently."""
    grid, labels = Grid(study, seen, what), [label for _, label in heads(study, what)]
    yield [study.about.case.label, *labels, "Said differently"]
    for row in grid.rows(list(grid.cases().values_list("pk", flat=True))):
        differing = [label for label, cell in zip(labels, row.cells, strict=True) if any(one.differ for one in cell)]
        yield [row.case.key, *("; ".join(map(_written, cell)) for cell in row.cells), "; ".join(differing)]


def _written(said: Said) -> str:
    return f"{said.of}: {said.words}" if said.of else said.words


def _shown(address: QueryDict, study: Study, one: Filter) -> dict[str, object]:
    """A filter as its fields show it."""
    variable = study.variable(one.slug)
    several = [(slug, category.label, slug in one.among) for slug, category in study.categories(one.slug).items()]
    several.append((KNOWN, "Any answer" if variable.coded else "Known", one.known))
    several += [(f"~{slug}", label, slug in one.absent) for slug, label in offered_reasons(study, one.slug).items()]
    return {
        "asked": one,
        "label": labelled(study, one.slug),
        "type": variable.type,
        "several": several,
        "typed": {part: address.get(f"{part}.{one.slug}", "") for part in ("from", "to")},
        "without": _without(address, "page", *(f"{part}.{one.slug}" for part in ("is", "from", "to", "has")), on=one.slug),
    }


def _sorting(address: QueryDict, what: Asked, name: str) -> tuple[str, str]:
    """The address that sorts by a column, and how it sorts now: `ascending`, `descending` or not at all ('')."""
    now = "" if what.order != name else "descending" if what.down else "ascending"
    other = _asks(address, "page", "order") | {"order": [f"-{name}" if now == "ascending" else name]}
    return urlencode(other, doseq=True), now


def _without(address: QueryDict, *names: str, on: str = "") -> str:
    """An address without some of what it asks."""
    asks = _asks(address, *names)
    asks["on"] = [one for one in asks.get("on", []) if one != on]
    return urlencode(asks, doseq=True)


def _asks(address: QueryDict, *without: str) -> dict[str, list[str]]:
    return {key: [one for one in values if one] for key, values in address.lists() if key not in without}


def _by_unit(study: Study, without: set[str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The variables under the case and each role."""
    for unit in study.units:
        label = study.about.case.label if unit == "case" else study.about.people[unit].label
        named = [(slug, columns(study)[slug]) for slug in study.variables_of(unit) if slug not in without]
        if named:
            yield label, named


def _views(seen: Sight) -> list[tuple[SavedQuery, str, bool]]:
    """The saved views with their addresses, and whether they are one's own."""
    found = seen.queries().filter(kind=KIND).order_by("name", "coder")
    return [(one, urlencode(one.asks.get("address", {}), doseq=True), one.coder == seen.handle) for one in found]
