"""The reader: a document beside the codebook, and the passages that are marked in it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casereview.casebook.acts.coding import code_passage, uncode
from casereview.casebook.acts.reading import read_document
from casereview.casebook.models import Coding, TextVersion
from casereview.study.problems import StudyRefused
from casereview.workbench import studies
from casereview.workbench.guard import role_of, who
from casereview.workbench.pages.reader_coining import IN_VIVO, coined, taken_from_tree
from casereview.workbench.pages.reader_marks import IN_ORDER, elsewhere, marks, offered, told, told_code
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
    data = {
        "document": key,
        "text": text.text_sha256,
        "length": len(text.text),
        "me": seen.handle,
        "coding": coding,
        "codes": {one.slug: told_code(one) for one in codes},
        "marks": marks(text, seen),
        "opened": opening(seen.handle, text),
    }
    shown = {"text": text, "sheets": sheets(text.text, text.pages), "codes": codes, "coding": coding, "data": data}
    return render(request, "workbench/reader.html", shown | {"elsewhere": elsewhere(text, seen)})


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
        return _unreadable()
    except StudyRefused as refusal:
        return _refused(refusal)
    return JsonResponse({"marks": [told(coding) for coding in made]})


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
        return _unreadable()
    except StudyRefused as refusal:
        return _refused(refusal)
    new = {one.slug: told_code(one) for one in offered(studies.current()) if one.slug in (IN_VIVO, coding.code)}
    return JsonResponse({"marks": [told(coding)], "codes": new})


def end_codings(request: HttpRequest) -> HttpResponse:
    """Take codings of one's own away; with `coined`, the code too that was made for them, if nothing stands against it."""
    try:
        asked = _Ended.model_validate_json(request.body)
    except ValidationError:
        return _unreadable()
    ended = uncode(by=who(request).handle, document=asked.document, text_sha256=asked.text, marks=asked.codings)
    gone = bool(asked.coined) and taken_from_tree(by=who(request).handle, study=studies.current(), code=asked.coined)
    return JsonResponse({"ended": ended, "gone": gone})


def _read(request: HttpRequest, key: str) -> TextVersion:
    try:
        return read_document(by=who(request).handle, key=key)
    except TextVersion.DoesNotExist as error:
        raise Http404 from error


def _page_of(text: TextVersion, coding: Coding) -> int | None:
    return next((number for number, start, _ in reversed(text.pages) if start <= coding.passage.start), None)


def _refused(refusal: StudyRefused) -> JsonResponse:
    """What the casebook would not take, and what to do."""
    told = [{"code": one.code, "cause": one.cause, "remedy": one.remedy} for one in refusal.problems]
    return JsonResponse({"problems": told}, status=409)


def _unreadable() -> JsonResponse:
    problem = {"code": "wrong-type", "cause": "The page sent what cannot be read.", "remedy": "Load it again."}
    return JsonResponse({"problems": [problem]}, status=400)
