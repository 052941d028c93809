"""Codes with one another, and codes by answers: tables whose cells open the passages behind them."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casereview.workbench.find import forms, tables
from casereview.workbench.find.asks import Crosstab, Together
from casereview.workbench.find.marked import marked
from casereview.workbench.find.names import Names
from casereview.workbench.find.tables import Table
from casereview.workbench.guard import who
from casereview.workbench.pages.find_shared import names_now, tabs
from casereview.workbench.visibility import sight

BY = {"overlaps": "Passages that overlap", "document": "In one document", "case": "In one case"}


def together(request: HttpRequest) -> HttpResponse:
    """Which codes stand together."""
    names, seen = names_now(), sight(who(request))
    asked = forms.together(request.GET, names)
    table = tables.together(marked(names.study, seen, names.themes), names, asked)
    told = {"names": names, "asked": asked, "by": BY, "codes": asked.codes or names.top()}
    return render(request, "workbench/find_together.html", tabs(request, seen, "find-together") | told | _told(asked, table))


def by_answer(request: HttpRequest) -> HttpResponse:
    """Codes by the answers to a variable."""
    names, seen = names_now(), sight(who(request))
    asked = forms.crosstab(request.GET, names)
    table = tables.crosstab(marked(names.study, seen, names.themes), names, asked)
    told = {
        "names": names,
        "asked": asked,
        "codes": asked.codes or names.top(),
        "across": _across(names, asked),
        "several": _several(names, asked),
    }
    return render(request, "workbench/find_by_answer.html", tabs(request, seen, "find-by-answer") | told | _told(asked, table))


def _across(names: Names, asked: Crosstab) -> str:
    return {"wave": "Period", "sample": "Sample"}.get(asked.variable) or names.variable(asked.variable)


def _several(names: Names, asked: Crosstab) -> bool:
    """Whether a case can stand in several columns."""
    if asked.variable in ("wave", "sample"):
        return asked.variable == "sample"
    variable = names.variables[asked.variable]
    return variable.type == "multiple" or variable.unit != "case"


def _told(asked: Together | Crosstab, table: Table) -> dict[str, object]:
    """The table, each cell with the address of its passages."""
    lines = [
        (line, (line.whole, forms.address(line.whole.asks)), [(cell, forms.address(cell.asks)) for cell in line.cells])
        for line in table.lines
    ]
    return {"table": replace(table, lines=()), "lines": lines, "address": forms.address(asked)}
