"""A text folded for search: what printing, typing and copying change is taken out, and every character keeps its place."""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from casereview.documents.model import Page

_DASHES = "\\-\u00ad\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_QUOTES = "\"'`\u00b4\u2018-\u201f\u2032\u2033\u2039\u203a\u00ab\u00bb"
_UNSEEN = "\u200b-\u200f\u2060\ufeff\ufffd\ue000-\uf8ff\u2022\u25aa\u25cf\u00b7"
_DROPPED = rf"\s_{_DASHES}{_QUOTES}{_UNSEEN}"
_TOKEN = re.compile(rf"[^{_DROPPED}]+|(?<=\d)[{_DROPPED}]+(?=\d)")
_DROP = re.compile(f"[{_DROPPED}]+")
_DASH = re.compile(f"[{_DASHES}]")
_LINE = re.compile(r"[^\n]*\S[^\n]*")


class Folded(NamedTuple):
    """`text` folded; `places[i]` is the offset, in the text as it stands, of the character that folded character i comes from."""

    text: str
    places: "array[int]"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where folded characters `start` to `end` stand in the text itself."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Letters in one case and without accents, and punctuation; no white space, dashes or quotation marks.

    So line-end hyphens join, whether they were the printer's or the writer's. Between two digits a gap stays a gap and a
    dash a dash: "2-3" is not "23".
    """
    pieces: list[str] = []
    places = array("I")
    for token in _TOKEN.finditer(text):
        found = token.group()
        if found.isascii() and not _DROP.match(found):
            pieces.append(found.lower())
            places.extend(range(token.start(), token.end()))
        else:
            for offset, folded in _folded(found, token.start()):
                pieces.append(folded)
                places.extend([offset] * len(folded))
    return Folded("".join(pieces), places)


def _folded(token: str, start: int) -> Iterator[tuple[int, str]]:
    if _DROP.match(token):
        yield start, "-" if _DASH.search(token) else " "
        return
    for offset, character in enumerate(token, start):
        apart = unicodedata.normalize("NFKD", character.casefold())
        yield offset, "".join(each for each in apart if not (unicodedata.combining(each) or _DROP.match(each)))


@lru_cache(maxsize=16)
def folded(text: str, pages: tuple[Page, ...] = ()) -> Folded:
    """A text folded, remembered for the next quote; given its pages, without the lines that run along their tops and feet."""
    pieces, reached = [], 0
    for start, end in running_lines(text, pages):
        pieces += [text[reached:start], " " * (end - start)]
        reached = end
    return fold("".join([*pieces, text[reached:]]))


def running_lines(text: str, pages: tuple[Page, ...]) -> list[tuple[int, int]]:
    """Headers and footers: lines among the first or last two of a page that return, but for figures, on a third of the pages."""
    edges = [_edges(text, page) for page in pages]
    seen = Counter(_shape(text[start:end]) for lines in edges for start, end in set(lines))
    often = max(3, len(pages) // 3)
    return sorted({line for lines in edges for line in lines if seen[_shape(text[slice(*line)])] >= often})


def _edges(text: str, page: Page) -> list[tuple[int, int]]:
    lines = [match.span() for match in _LINE.finditer(text, page.start, page.end)]
    return lines[:2] + lines[-2:]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def longest_run(text: Folded, quote: str) -> tuple[int, int]:
    """How many characters the longest part of a quote has that stands in the text, and how many the quote has, both folded.

    Parts begin and end where words do; a quote of more than 64 words is cut into 64 parts of about as many words.
    """
    whole = fold(quote)
    starts = [match.start() for match in re.finditer(r"\S+", quote)]
    cuts = sorted({bisect_left(whole.places, start) for start in starts})
    cuts = [*cuts[:: len(cuts) // 64 + 1], len(whole.text)]
    best = first = 0
    for last in range(1, len(cuts)):
        while first < last and whole.text[cuts[first] : cuts[last]] not in text.text:
            first += 1
        best = max(best, cuts[last] - cuts[first])
    return best, len(whole.text)
