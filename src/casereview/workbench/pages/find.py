"""Finding passages: a query built of conditions, what it finds, and the file of it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from casereview.casebook import egress
from casereview.casebook.acts.reading import read_passages
from casereview.study.problems import StudyRefused
from casereview.workbench import aside
from casereview.workbench.find import files, forms
from casereview.workbench.find.asks import AMONG, AnswerRow, CodeRow, Passages
from casereview.workbench.find.marked import Marked, marked
from casereview.workbench.find.names import Names
from casereview.workbench.find.sentences import sentence
from casereview.workbench.find.shown import shown
from casereview.workbench.guard import role_of, who
from casereview.workbench.pages.find_shared import coders, names_now, tabs
from casereview.workbench.permissions import allowed
from casereview.workbench.studies import current
from casereview.workbench.visibility import Sight, sight

PAGE = 25

HOW = {
    "is": "are coded",
    "not-is": "are not coded",
    "overlaps": "overlap a passage coded",
    "not-overlaps": "do not overlap a passage coded",
    "near": "are within so many characters of one coded",
    "not-near": "are not within so many characters of one coded",
    "paragraphs": "are within so many paragraphs of one coded",
    "not-paragraphs": "are not within so many paragraphs of one coded",
    "document": "are in a document with a passage coded",
    "not-document": "are in a document without a passage coded",
    "case": "are of a case with a passage coded",
    "not-case": "are of no case with a passage coded",
}


def passages(request: HttpRequest) -> HttpResponse:
    """The form of a query and, once something is asked, what it finds."""
    names, seen = names_now(), sight(who(request))
    told = {"names": names, "among": AMONG, "how": HOW, "may_let_out": allowed("find-export", "POST", role_of(request))}
    told |= tabs(request, seen, "find-passages")
    try:
        asked = forms.passages(request.GET, names)
    except StudyRefused as refused:
        return render(request, "workbench/find.html", told | {"problems": refused.problems}, status=400)
    told |= {"asked": _drawn(asked if asked.rows else Passages(rows=(CodeRow(),)), names), "coders": coders(seen)}
    if request.GET:
        told |= _found(request, marked(names.study, seen, names.themes), names, seen, asked)
    return render(request, "workbench/find.html", told)


def _drawn(asked: Passages, names: Names) -> dict[str, object]:
    """A query as its form needs it: each answer that could be chosen, and whether it is."""
    rows = []
    for row in asked.rows:
        drawn = row.model_dump()
        if isinstance(row, AnswerRow):
            drawn["label"], drawn["ranged"] = (
                names.variable(row.variable),
                names.variables[row.variable].type in ("number", "date"),
            )
            drawn["offered"] = [(one, label, one in row.answers) for one, label in names.answers(row.variable).items()]
        rows.append(drawn)
    return {"among": asked.among, "rows": rows}


def _found(request: HttpRequest, all_marked: Marked, names: Names, seen: Sight, asked: Passages) -> dict[str, object]:
    kept = all_marked.kept(all_marked.found(asked))
    page = Paginator(kept.passage, PAGE).get_page(request.GET.get("page"))
    rows = shown(names, seen, [int(one) for one in page.object_list])
    read_passages(by=who(request).handle, documents={one.document for one in rows})
    if allowed("find-export", "POST", role_of(request)):
        aside.start()  # a file may be wanted
    counts = kept.counts()
    return {"page": page, "rows": rows, "counts": counts, "sentence": sentence(names, asked), "address": forms.address(asked)}


def export(request: HttpRequest) -> HttpResponse:
    """All that a query finds as a file. asks: the query as an address has it; form: csv or xlsx."""
    names, seen = names_now(), sight(who(request))
    form = "xlsx" if request.POST.get("form") == "xlsx" else "csv"
    try:
        asked = forms.passages(QueryDict(request.POST.get("asks", "")[:20_000]), names)
    except StudyRefused as refused:
        return render(
            request, "workbench/find.html", tabs(request, seen, "find-passages") | {"problems": refused.problems}, status=400
        )
    content, documents = aside.run(files.made, current(), seen, asked, form)
    read_passages(by=who(request).handle, documents=documents)
    return egress.attachment(by=who(request).handle, kind="passages", name=f"passages.{form}", content=content)
