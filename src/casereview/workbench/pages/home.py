"""The study's home: how far the work is, and what changed last."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casereview.casebook.models import AuditEvent, Case, Coding, Document, Passage, Value
from casereview.workbench.telling import told


def home(request: HttpRequest) -> HttpResponse:
    """How far the work is."""
    counts = (
        ("Cases", Case.objects.filter(current=True).count()),
        ("Documents", Document.objects.filter(current=True).count()),
        ("Cases with a document", Case.objects.filter(current=True, documents__current=True).distinct().count()),
        ("Passages marked", Passage.objects.filter(codings__current=True).distinct().count()),
        ("Codings", Coding.objects.filter(current=True).count()),
        ("Answers", Value.objects.filter(current=True).count()),
    )
    changes = [told(event) for event in AuditEvent.objects.order_by("-number")[:12]]
    return render(request, "workbench/home.html", {"counts": counts, "changes": changes})
