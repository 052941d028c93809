"""Passages found, as a page or a file shows them: with their words, place, case, codes and what rests on them."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Greatest, Substr

from casereview.casebook.models import Passage, TextVersion
from casereview.workbench.find.names import Names
from casereview.workbench.visibility import Sight

AROUND = 160
"""Code points of the text shown before and after a passage."""


@dataclass(frozen=True)
class Shown:
    """A passage. codes: each with who gave it; rests: the variables whose answers rest on it, each with who chose it."""

    document: str
    title: str
    case: str
    wave: str
    page: int | None
    start: int
    end: int
    exact: str
    before: str
    after: str
    codes: tuple[tuple[str, str], ...]
    rests: tuple[tuple[str, str], ...]


def shown(names: Names, seen: Sight, numbers: Sequence[int], around: int = AROUND) -> list[Shown]:
    """Passages by their numbers, in the order of these. around: 0 leaves out what stands before and after."""
    found = Passage.objects.filter(pk__in=numbers).order_by()
    rows = {
        row[0]: row for row in found.values_list("pk", "text_id", "start", "end", "exact", *(_beside(around) if around else ()))
    }
    texts = _texts({row[1] for row in rows.values()})
    codes, rests = _codes(names, seen, numbers), _rests(names, seen, numbers)
    return [
        _one(texts, rows[number], tuple(codes.get(number, ())), tuple(rests.get(number, ())))
        for number in numbers
        if number in rows
    ]


def _beside(around: int) -> tuple[Substr, Substr]:
    first = Greatest(F("start") - around, Value(0))
    return Substr("text__text", first + 1, F("start") - first), Substr("text__text", F("end") + 1, around)


@dataclass(frozen=True)
class _Text:
    """What the passages of a text share. begins: where its pages begin; pages: their numbers."""

    document: str
    title: str
    case: str
    wave: str
    begins: tuple[int, ...]
    pages: tuple[int, ...]

    def page(self, start: int) -> int | None:
        return self.pages[max(bisect_right(self.begins, start) - 1, 0)] if self.pages else None


def _texts(numbers: Collection[int]) -> dict[int, _Text]:
    rows = TextVersion.objects.filter(pk__in=numbers)
    named = ("pk", "document__key", "document__title", "document__case__key", "document__case__wave", "pages")
    return {
        pk: _Text(key, title, case or "", wave or "", tuple(one[1] for one in pages), tuple(one[0] for one in pages))
        for pk, key, title, case, wave, pages in rows.values_list(*named)
    }


def _one(texts: dict[int, _Text], row: Any, codes: tuple[tuple[str, str], ...], rests: tuple[tuple[str, str], ...]) -> Shown:
    _, number, start, end, exact, *around = row
    text = texts[number]
    before, after = _whole_words(around[0], around[1], start) if around else ("", "")
    place = (text.document, text.title, text.case, text.wave, text.page(start))
    return Shown(*place, start, end, exact, before, after, codes, rests)


def _whole_words(before: str, after: str, start: int) -> tuple[str, str]:
    """What stands around a passage, without the halves of words at its ends."""
    if start > len(before):
        before = "… " + (before.partition(" ")[2] or before)
    if len(after) >= AROUND:
        after = (after.rpartition(" ")[0] or after) + " …"
    return before, after


def _codes(names: Names, seen: Sight, numbers: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    rows = seen.codings().filter(passage__in=numbers).order_by("code", "coder", "source")
    for passage, code, coder, source in rows.values_list("passage_id", "code", "coder", "source"):
        found.setdefault(passage, []).append((names.code(code), coder or source))
    return found


def _rests(names: Names, seen: Sight, numbers: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    rows = seen.evidence().filter(passage__in=numbers).order_by("variable", "coder", "source")
    for passage, variable, coder, source in rows.values_list("passage_id", "variable", "coder", "source").distinct():
        label = names.variable(variable) if variable in names.study.codebook.variables else variable
        found.setdefault(passage, []).append((label, coder or source))
    return found
