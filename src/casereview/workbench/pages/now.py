"""What stands now in what somebody has open: the marks of a document, the answers of a form, the differences of a case."""

from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from casereview.casebook.acts.adjudicating import stands
from casereview.casebook.differences import both_finished, differences
from casereview.casebook.forms import form_of
from casereview.casebook.models import Assignment, Case, TextVersion
from casereview.workbench import studies
from casereview.workbench.guard import who
from casereview.workbench.pages.form import answers_of
from casereview.workbench.pages.reader_marks import marks
from casereview.workbench.visibility import sight


def marks_now(request: HttpRequest, key: str) -> JsonResponse:
    """The marks of a document that somebody may see, without any of its text."""
    texts = TextVersion.objects.filter(document__key=key, document__current=True, current=True).defer("text")
    text = texts.first()
    if text is None:
        raise Http404
    return JsonResponse({"stands": text.text_sha256, "marks": marks(text, sight(who(request)))})


def answers_now(request: HttpRequest, key: str) -> JsonResponse:
    """The answers of one's own form, of which another window may have changed some."""
    mine = Assignment.objects.select_related("case").filter(case__key=key, case__current=True, current=True)
    assignment = mine.filter(coder=who(request).handle).first()
    if assignment is None:
        raise Http404
    return JsonResponse({"stands": assignment.finished, "answers": answers_of(form_of(studies.current(), assignment))})


def settled_now(request: HttpRequest, key: str) -> JsonResponse:
    """What stands of the differences in a case, to see whether somebody else has settled one."""
    case = get_object_or_404(Case, key=key, current=True)
    coders = both_finished().get(case.pk)
    if coders is None or who(request).handle in coders:
        raise Http404
    found = differences([case.pk])
    return JsonResponse({"stands": [[one.unit, one.record, one.variable, stands(one)] for one in found]})
