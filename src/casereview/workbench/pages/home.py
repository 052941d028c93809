"""The study's home: how far the work is, and what changed last."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casereview.casebook.models import Case, Document
from casereview.workbench.guard import who
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
    return render(request, "workbench/home.html", {"counts": counts, "changes": changes})
