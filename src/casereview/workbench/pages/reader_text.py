"""A canonical text laid out for reading: sheets of paragraphs that together are the whole text, each character in one of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

TOGETHER = 40
"""Paragraphs of a sheet, where the text has no pages."""
LONGEST = 4_000
"""Code points of a paragraph; a longer one is cut at a space."""
WIDEST = 160
"""Code points of a printed line; where lines are longer, each is a paragraph."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Sheet:
    """Paragraphs that are laid out together. number: of the page; None where the text has no pages; start: in code points;
    bare: without any text."""

    number: int | None
    html: SafeString
    start: int = 0
    bare: bool = False


def sheets(text: str, pages: Sequence[Sequence[int]]) -> list[Sheet]:
    """The text as sheets, in order. pages: [[number, start, end], …] in code points."""
    if not pages:
        whole = paragraphs(text, 0, len(text))
        return [Sheet(None, _html(text, whole[at : at + TOGETHER])) for at in range(0, len(whole), TOGETHER)]
    starts = [0, *(start for _, start, _ in pages[1:]), len(text)]
    spans = zip((number for number, _, _ in pages), pairwise(starts), strict=True)
    return [_page(number, text, *span) for number, span in spans]


def _page(number: int, text: str, start: int, end: int) -> Sheet:
    return Sheet(number, _html(text, paragraphs(text, start, end)), start, not text[start:end].strip())


def paragraphs(text: str, start: int, end: int) -> Spans:
    """Where the paragraphs of a part of the text stand, in code points: without gaps, the space between them with the one before.

    Lines as printed are put together again up to one that is clearly shorter than most, or is followed by an empty one.
    """
    cuts = [start, *(at for at in _ends(text, start, end) if start < at < end), end]
    return [piece for span in pairwise(cuts) if span[0] < span[1] for piece in _cut(text, *span)]


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where a line ends a paragraph."""
    lines = [(one.start(), one.end()) for one in _LINE.finditer(text, start, end)]
    long = sorted(len(text[slice(*line)].strip()) for line in lines)[len(lines) * 9 // 10] if lines else 0
    begun = False
    for (first, last), after in pairwise(lines):
        line = text[first:last].strip()
        begun = begun or bool(line)
        if begun and text[slice(*after)].strip() and (long > WIDEST or 4 * len(line) < 3 * long):
            yield last
            begun = False


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        middle = space + 1 if space >= 0 else start + LONGEST
        yield start, middle
        start = middle
    yield start, end


def _html(text: str, spans: Spans) -> SafeString:
    return format_html_join("", '<p data-start="{}" tabindex="-1">{}</p>', ((start, text[start:end]) for start, end in spans))
