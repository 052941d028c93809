"""The framework matrix, its cells, and the file of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from casereview.casebook import egress, tree, tree_versions
from casereview.casebook.acts.reading import read_passages
from casereview.casebook.acts.summaries import summarise, version_of_summary
from casereview.casebook.models import Case, Passage, Summary, SummaryPassage
from casereview.documents import CanonicalText, Page
from casereview.study.problems import StudyRefused
from casereview.study.themes import Theme
from casereview.workbench import matrix_files, posted
from casereview.workbench.guard import role_of, who
from casereview.workbench.matrix import ORDER, WHICH, chosen, rows
from casereview.workbench.permissions import allowed
from casereview.workbench.places import at_places, place_of
from casereview.workbench.studies import current
from casereview.workbench.theme_forms import offered
from casereview.workbench.visibility import Sight, sight

PAGE = 40


def matrix(request: HttpRequest) -> HttpResponse:
    """Cases × themes; what is shown is in the address."""
    study = current()
    themes = tree_versions.current(study)
    what, codes = chosen(request.GET, study, themes), tree.codes(themes)
    page = Paginator(rows(what, sight(who(request)), study, themes), PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    shown = {
        "what": what,
        "page": page,
        "columns": [(one, codes[one]) for one in what.themes],
        "offered": list(offered(themes, ())),
        "samples": study.samples.samples,
        "which": WHICH,
        "orders": ORDER,
        "asked": asked.urlencode(),
        "may_let_out": allowed("matrix-export", "POST", role_of(request)),
    }
    return render(request, "workbench/matrix.html", shown)


def export(request: HttpRequest) -> HttpResponse:
    """The matrix as it is shown, all its pages, as a file. form: csv or xlsx."""
    study, form = current(), request.POST.get("form", "")
    if form not in ("csv", "xlsx"):
        raise Http404
    themes = tree_versions.current(study)
    what, codes = chosen(request.GET, study, themes), tree.codes(themes)
    write = matrix_files.as_csv if form == "csv" else matrix_files.as_xlsx
    content = write(study, [codes[one].label for one in what.themes], rows(what, sight(who(request)), study, themes))
    return egress.attachment(by=who(request).handle, kind="framework-matrix", name=f"framework-matrix.{form}", content=content)


@dataclass(frozen=True)
class Shown:
    """A passage behind a cell. place: what it is called; codes: those by which it stands here, none if it has lost them;
    chosen: mine rests on it."""

    number: int
    place: str
    passage: Passage
    page: int | None
    codes: tuple[str, ...]
    chosen: bool


def cell(request: HttpRequest, theme: str, case: str) -> HttpResponse:
    """What one case says on one theme: the passages, and beside them the summary."""
    review = get_object_or_404(Case, key=case, current=True)
    codes = tree.codes(tree_versions.current(current()))
    if theme not in codes:
        raise Http404
    if request.method == "POST":
        return _saved(request, review, theme, codes)
    return _cell(request, review, theme, codes)


def _saved(request: HttpRequest, case: Case, theme: str, codes: dict[str, Theme]) -> HttpResponse:
    text, account = posted.text(request, "text"), who(request)
    chosen = _of_case(case).filter(pk__in=at_places(_of_case(case), request.POST.getlist("passage")))
    mine = SummaryPassage.objects.filter(summary__case=case, summary__coder=account.handle).values("passage")
    known = chosen.filter(Q(pk__in=sight(account).passages()) | Q(pk__in=mine))
    try:
        summarise(
            by=account.handle,
            case=case.key,
            theme=theme,
            text=text,
            passages=list(known.values_list("pk", flat=True)),
            seen=posted.number(request, "seen") or 0,
        )
    except StudyRefused as refused:
        fault = " ".join(f"{problem.cause} {problem.remedy}" for problem in refused.problems)
        return _cell(request, case, theme, codes, typed=text, fault=fault)
    messages.success(request, "Summary saved.")
    return redirect("matrix-cell", theme, case.key)


def _cell(
    request: HttpRequest, case: Case, theme: str, codes: dict[str, Theme], typed: str | None = None, fault: str = ""
) -> HttpResponse:
    account = who(request)
    visible = sight(account)
    summaries = visible.summaries().filter(case=case, theme=theme).prefetch_related("passages").order_by("coder")
    mine = next((one for one in summaries if one.coder == account.handle), None)
    passages = _passages(visible, case, theme, summaries, mine)
    read_passages(by=account.handle, documents={one.passage.text.document.key for one in passages})
    numbers = {one.passage.pk: one.number for one in passages}
    shown = {
        "case": case,
        "theme": theme,
        "held": codes[theme],
        "passages": passages,
        "mine": mine,
        "version": version_of_summary(case, theme, account.handle),
        "typed": typed if typed is not None else (mine.text if mine else ""),
        "fault": fault,
        "others": [
            (one, sorted(numbers[passage.pk] for passage in one.passages.all() if passage.pk in numbers))
            for one in summaries
            if one != mine
        ],
        "earlier": _earlier(case, theme, account.handle, {one.passage.pk: one.place for one in passages}),
        "may_write": allowed("matrix-cell", "POST", role_of(request)),
    }
    return render(request, "workbench/matrix_cell.html", shown, status=409 if fault else 200)


def _earlier(case: Case, theme: str, coder: str, places: dict[int, str]) -> list[tuple[Summary, list[str]]]:
    """What somebody's own summary said before, the newest first, with the places of the passages that it rested on."""
    past = Summary.objects.filter(case=case, theme=theme, coder=coder, current=False).prefetch_related("passages").order_by("-pk")
    return [(one, [places[passage.pk] for passage in one.passages.all() if passage.pk in places]) for one in past]


def _behind(visible: Sight, case: Case, theme: str, rested_on: Sequence[int]) -> QuerySet[Passage]:
    """The passages of a case that have a theme or a code below it, and those on which its summaries rest."""
    below = tree.below(tree_versions.current(current()), theme)
    coded = visible.codings().filter(code__in=below).values("passage")
    return _of_case(case).filter(Q(pk__in=coded) | Q(pk__in=rested_on))


def _of_case(case: Case) -> QuerySet[Passage]:
    return Passage.objects.filter(text__document__case=case, text__current=True, text__document__current=True)


def _passages(visible: Sight, case: Case, theme: str, summaries: QuerySet[Summary], mine: Summary | None) -> list[Shown]:
    rested_on = {one.coder: {passage.pk for passage in one.passages.all()} for one in summaries}
    found = _behind(visible, case, theme, sorted(set().union(*rested_on.values())))
    found = found.select_related("text__document").defer("text__text").order_by("text__document__key", "start", "end")
    newest = tree_versions.current(current())
    labels = tree.codes(newest)
    given: dict[int, set[str]] = {}
    codings = visible.codings().filter(code__in=tree.below(newest, theme), passage__in=found)
    for passage, code in codings.values_list("passage", "code"):
        given.setdefault(passage, set()).add(labels[code].label)
    own = rested_on.get(mine.coder, set()) if mine else set()
    return [
        Shown(number, place_of(one), one, _page(one), tuple(sorted(given.get(one.pk, ()))), one.pk in own)
        for number, one in enumerate(found, start=1)
    ]


def _page(passage: Passage) -> int | None:
    pages = tuple(Page(*page) for page in passage.text.pages)
    return CanonicalText("pdf", "", pages, "", "").page_at(passage.start)
