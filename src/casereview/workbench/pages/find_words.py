"""Words in the documents, with what stands around them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casereview.casebook import words
from casereview.casebook.acts.reading import read_passages
from casereview.casebook.models import TextVersion
from casereview.documents import CanonicalText, Page
from casereview.study.problems import StudyRefused
from casereview.workbench.find import forms
from casereview.workbench.find.asks import Search
from casereview.workbench.guard import who
from casereview.workbench.pages.find_shared import names_now, tabs
from casereview.workbench.visibility import sight

PAGE = 20
AROUND = 110
"""Code points shown before and after a word that was found."""
MOST = 3
"""Snippets of one page of a document."""


@dataclass(frozen=True)
class Snippet:
    """Words around a hit. parts: pieces of text in order, each with whether it was found; at: of the first, in the document."""

    parts: tuple[tuple[str, bool], ...]
    at: tuple[int, int]


@dataclass(frozen=True)
class Found:
    """A page of a document in which the words stand. more: hits that no snippet shows."""

    document: str
    title: str
    case: str
    page: int | None
    snippets: tuple[Snippet, ...]
    more: int


def search(request: HttpRequest) -> HttpResponse:
    """What is looked for, and where it stands. Documents are seen by the whole team, so nothing here is hidden from anyone."""
    names = names_now()
    asked = forms.search(request.GET, names)
    told = tabs(request, sight(who(request)), "find-words") | {"names": names, "asked": asked, "address": forms.address(asked)}
    if not asked.words:
        return render(request, "workbench/find_words.html", told)
    try:
        return render(request, "workbench/find_words.html", told | _found(request, asked))
    except StudyRefused as refused:
        return render(request, "workbench/find_words.html", told | {"problems": refused.problems}, status=400)


def _found(request: HttpRequest, asked: Search) -> dict[str, object]:
    written = words.read(asked.words)
    texts = _of_wave(asked.wave) if asked.wave else None
    pieces, documents = words.count(written, texts)
    last = max((pieces - 1) // PAGE, 0)
    given = request.GET.get("page", "")
    number = min(int(given), last + 1) if given.isdecimal() and 0 < len(given) < 7 and int(given) else 1
    rows = _rows(words.hits(written, (number - 1) * PAGE, PAGE, texts))
    read_passages(by=who(request).handle, documents={one.document for one in rows})
    return {"rows": rows, "pieces": pieces, "documents": documents, "number": number, "last": last + 1}


def _of_wave(wave: str) -> list[int]:
    rows = TextVersion.objects.filter(pk__in=words.current(), document__case__wave=wave)
    return list(rows.values_list("pk", flat=True))


def _rows(hits: list[words.Hit]) -> list[Found]:
    texts = TextVersion.objects.filter(pk__in={hit.text for hit in hits}).select_related("document__case").defer("text")
    by_number = {one.pk: one for one in texts}
    return [_row(by_number[hit.text], hit) for hit in hits]


def _row(text: TextVersion, hit: words.Hit) -> Found:
    snippets = tuple(_snippets(hit))
    shown = sum(found for one in snippets for _, found in one.parts)
    pages = tuple(Page(*page) for page in text.pages)
    page = CanonicalText("pdf", "", pages, "", "").page_at(hit.start)
    case = text.document.case.key if text.document.case else ""
    return Found(text.document.key, text.document.title, case, page, snippets, len(hit.spots) - shown)


def _snippets(hit: words.Hit) -> Iterator[Snippet]:
    """Hits that stand close together share one."""
    groups: list[list[tuple[int, int]]] = []
    for spot in hit.spots:
        if groups and spot[0] - groups[-1][-1][1] < AROUND:
            groups[-1].append(spot)
        else:
            groups.append([spot])
    for group in groups[:MOST]:
        yield Snippet(tuple(_parts(hit.words, group)), (hit.start + group[0][0], hit.start + group[0][1]))


def _parts(text: str, spots: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """A text around some spots, from a space to a space."""
    first, last = spots[0][0] - AROUND, spots[-1][1] + AROUND
    first = text.find(" ", first, spots[0][0]) + 1 or spots[0][0] if first > 0 else 0
    last = text.rfind(" ", spots[-1][1], last) if last < len(text) else len(text)
    last = max(last, spots[-1][1])
    yield ("… " if first else "") + text[first : spots[0][0]], False
    for (start, end), after in zip(spots, [*(spot[0] for spot in spots[1:]), last], strict=True):
        yield text[start:end], True
        yield text[end:after], False
    if last < len(text):
        yield " …", False
