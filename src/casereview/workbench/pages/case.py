"""One case: its people, its documents, and all that is said of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from casereview.casebook.chronology import of_case
from casereview.casebook.differences import both_finished
from casereview.casebook.models import Assignment, Case, Document
from casereview.workbench import studies
from casereview.workbench.case_page import CasePage
from casereview.workbench.chronology.told import told_of
from casereview.workbench.guard import role_of, who
from casereview.workbench.memos import memos_on
from casereview.workbench.passages_shown import put_on_record, quoted
from casereview.workbench.permissions import DECIDING, RECORDING
from casereview.workbench.visibility import sight


def case(request: HttpRequest, key: str) -> HttpResponse:
    """One case, as somebody may see it. What it quotes is on record as read."""
    review = get_object_or_404(Case, key=key, current=True)
    account, study = who(request), studies.current()
    seen = sight(account)
    passages = quoted(seen.passages().filter(text__document__case=review, text__document__current=True))
    put_on_record(account.handle, passages.values())
    page = CasePage(study, seen, review, passages)
    coders = both_finished().get(review.pk)
    shown = {
        "case": review,
        "wave": study.about.waves.get(review.wave),
        "documents": Document.objects.filter(case=review, current=True).order_by("title", "key"),
        "records": page.records(),
        "coded": page.coded(),
        "summaries": page.summaries(),
        "assignments": seen.assignments().filter(case=review).order_by("second"),
        "mine": Assignment.objects.filter(case=review, coder=account.handle, current=True).first(),
        "may_settle": coders is not None and role_of(request) in DECIDING and account.handle not in coders,
        "may_record": role_of(request) in RECORDING,
        "events": page.events(),
        "chronology": told_of(of_case(review, seen), study),
        "noted": memos_on("case", review.key, account),
    }
    return render(request, "workbench/case.html", shown)
