"""The reader: a document beside the codebook, and the passages that are marked in it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casereview.casebook.acts import answering
from casereview.casebook.acts.coding import code_passage, uncode
from casereview.casebook.acts.reading import read_document
from casereview.casebook.forms import Record
from casereview.casebook.models import Coding, TextVersion
from casereview.study.given import Unfit
from casereview.study.problems import Place, Problem, StudyRefused
from casereview.workbench import studies
from casereview.workbench.guard import role_of, who
from casereview.workbench.memos import memos_on
from casereview.workbench.pages.form_fields import name_of
from casereview.workbench.pages.reader_answers import refused, unreadable
from casereview.workbench.pages.reader_areas import areas
from casereview.workbench.pages.reader_coining import IN_VIVO, coined, taken_from_tree
from casereview.workbench.pages.reader_evidence import question_of
from casereview.workbench.pages.reader_marks import IN_ORDER, elsewhere, everything, noted, offered, told, told_code
from casereview.workbench.pages.reader_pages import opening
from casereview.workbench.pages.reader_text import sheets
from casereview.workbench.permissions import allowed
from casereview.workbench.visibility import sight

PAGE = 100
"""Passages on a page of the list without script."""


def reader(request: HttpRequest, key: str) -> HttpResponse:
    """A document's text, the tree of codes, and every passage marked that this person may see."""
    text, seen, codes = _read(request, key), sight(who(request)), offered(studies.current())
    coding = allowed("code-passage", "POST", role_of(request))
    found, called = everything(studies.current(), text, seen, coding)
    wanted = request.GET.get("for", "")
    data = {
        "document": key,
        "text": text.text_sha256,
        "length": len(text.text),
        "me": seen.handle,
        "coding": coding,
        "codes": called,
        "marks": found,
        "wanted": wanted if wanted in called and called[wanted][3] else "",
        "memos": noted(text, seen),
        "areas": areas(text, seen),
        "opened": opening(seen.handle, text),
    }
    shown = {"text": text, "sheets": sheets(text.text, text.pages), "codes": codes, "coding": coding, "data": data}
    about = {"elsewhere": elsewhere(text, seen), "noted": memos_on("document", key, who(request))}
    return render(request, "workbench/reader.html", shown | about | _asked_for(str(data["wanted"]), called))


def passages(request: HttpRequest, key: str) -> HttpResponse:
    """The passages of a document as a list that needs no script; `code` narrows it."""
    text, codes = _read(request, key), {one.slug: one.theme for one in offered(studies.current())}
    found = sight(who(request)).codings().filter(passage__text=text).select_related("passage")
    code = request.GET.get("code", "")
    found = found.filter(code=code) if code in codes else found
    page = Paginator(found.order_by(*IN_ORDER), PAGE).get_page(request.GET.get("page"))
    rows = [(one, _page_of(text, one), codes[one.code].label if one.code in codes else one.code) for one in page]
    shown = {"text": text, "page": page, "rows": rows, "codes": codes, "code": code}
    return render(request, "workbench/reader_passages.html", shown)


def _asked_for(wanted: str, called: dict[str, list[Any]]) -> dict[str, str]:
    """For the page: the question for which a passage is chosen, in words, and where on the form it stands."""
    if not wanted:
        return {}
    asked = question_of(wanted)
    return {"wanted": called[wanted][0], "question": name_of(Record(asked["unit"], asked["record"], 0), asked["variable"])}


class _Marked(BaseModel):
    """A passage to be given codes."""

    model_config = ConfigDict(extra="forbid", strict=True)

    document: str
    text: str
    start: int
    end: int
    exact: str
    codes: list[str] = Field(min_length=1, max_length=50)
    weight: int | None = Field(default=None, ge=-100, le=100)


class _Cited(_Marked):
    """A passage that is evidence for a question, or no longer."""

    codes: list[str] = Field(default_factory=list, max_length=0)
    evidence: str
    cited: bool


class _Coined(_Marked):
    """A passage to be given a new code. under: the code below which it stands; empty: at the top."""

    codes: list[str] = Field(default_factory=list, max_length=0)
    label: str = Field(max_length=200)
    under: str


class _Ended(BaseModel):
    """Codings to be taken away: the code and the place of each."""

    model_config = ConfigDict(extra="forbid", strict=True)

    document: str
    text: str
    codings: list[tuple[str, int, int]] = Field(max_length=1000)
    coined: str = ""


def code(request: HttpRequest) -> HttpResponse:
    """GET: a token, for a page that was open while its reader signed in again. POST: give a passage codes."""
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    try:
        asked = _Marked.model_validate_json(request.body)
        made = code_passage(
            by=who(request).handle,
            study=studies.current(),
            document=asked.document,
            text_sha256=asked.text,
            start=asked.start,
            end=asked.end,
            exact=asked.exact,
            codes=asked.codes,
            weight=asked.weight,
        )
    except ValidationError:
        return unreadable()
    except StudyRefused as refusal:
        return refused(refusal)
    return JsonResponse({"marks": [told(coding) for coding in made]})


def cite(request: HttpRequest) -> HttpResponse:
    """Say that an answer of one's own form rests on a passage, or no longer does."""
    try:
        asked = _Cited.model_validate_json(request.body)
        text = TextVersion.objects.select_related("document__case").filter(document__key=asked.document, current=True).first()
        case = text.document.case.key if text and text.document.case else ""
        question = question_of(asked.evidence)
        answering.cite_words(
            by=who(request).handle,
            study=studies.current(),
            case=case,
            unit=question["unit"],
            record=question["record"],
            variable=question["variable"],
            text_sha256=asked.text,
            document=asked.document,
            start=asked.start,
            end=asked.end,
            exact=asked.exact,
            cited=asked.cited,
        )
    except ValidationError:
        return unreadable()
    except StudyRefused as refusal:
        return refused(refusal)
    except (answering.NotAssigned, answering.Finished, Unfit):
        cause = "This form is no longer yours to fill, or has no such question."
        return refused(StudyRefused([Problem(Place("passage"), "form-not-open", cause, "Load the page again.")]))
    return JsonResponse({})


def coin(request: HttpRequest) -> HttpResponse:
    """Give a passage a new code, in the words of the document."""
    try:
        asked = _Coined.model_validate_json(request.body)
        place = {
            "document": asked.document,
            "text_sha256": asked.text,
            "start": asked.start,
            "end": asked.end,
            "exact": asked.exact,
        }
        coding = coined(by=who(request).handle, study=studies.current(), label=asked.label, under=asked.under or None, **place)
    except ValidationError:
        return unreadable()
    except StudyRefused as refusal:
        return refused(refusal)
    new = {one.slug: told_code(one) for one in offered(studies.current()) if one.slug in (IN_VIVO, coding.code)}
    return JsonResponse({"marks": [told(coding)], "codes": new})


def end_codings(request: HttpRequest) -> HttpResponse:
    """Take codings of one's own away; with `coined`, the code too that was made for them, if nothing stands against it."""
    try:
        asked = _Ended.model_validate_json(request.body)
    except ValidationError:
        return unreadable()
    ended = uncode(by=who(request).handle, document=asked.document, text_sha256=asked.text, marks=asked.codings)
    # Whether a code can go depends on who else has given it, which a blind coder must not hear.
    may = bool(asked.coined) and not sight(who(request)).blind
    gone = may and taken_from_tree(by=who(request).handle, study=studies.current(), code=asked.coined)
    return JsonResponse({"ended": ended, "gone": gone})


def _read(request: HttpRequest, key: str) -> TextVersion:
    try:
        return read_document(by=who(request).handle, key=key)
    except TextVersion.DoesNotExist as error:
        raise Http404 from error


def _page_of(text: TextVersion, coding: Coding) -> int | None:
    return next((number for number, start, _ in reversed(text.pages) if start <= coding.passage.start), None)
