"""A quote's place in a text: found exactly, or after folding, or not at all with the reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casereview.documents.folding import Folded, fold, folded, longest_run
from casereview.documents.model import Anchor, CanonicalText

CONTEXT = 32
"""Code points of prefix and of suffix."""
SHORTEST = 3
"""Letters and figures that a quote needs."""
SURE = 12
"""Folded characters from which a quote may begin or end inside a word of the text."""
LEFT_OUT = 2_000
"""Code points that an ellipsis in a quote may stand for."""

_ELLIPSIS = re.compile(r"\s*[\[(]?(?:\.\s?\.\s?\.(?:\s?\.)*|\u2026)[\])]?\s*")

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class NotFound:
    """Why a quote has no place. `detail` says how much of it was found, and holds no text.

    reason: empty; too-short; not-in-text; only-part (at least half of it stands there in one piece); elided (it leaves words out,
    and its parts do not stand near one another in their order).
    """

    reason: str
    detail: str


def anchor(text: CanonicalText, start: int, end: int) -> Anchor:
    """The passage from `start` to `end`, in code points. Raises ValueError where the text has no such passage."""
    if not 0 <= start < end <= len(text.text):
        raise ValueError(f"no passage from {start} to {end} in a text of {len(text.text)}")
    within = text.text
    return Anchor(
        text.text_sha256, start, end, within[start:end], within[max(0, start - CONTEXT) : start], within[end : end + CONTEXT]
    )


def find(text: CanonicalText, quote: str) -> Anchor | NotFound:
    """The first place of a quote.

    As it is written; else with case, accents, white space, quotation marks, dashes and line-end hyphens folded, and across
    headers and footers; else, where it leaves words out ("a ... b"), from its first part to its last. Whole words come first.
    """
    quote = quote.strip()
    if not quote:
        return NotFound("empty", "the quote is empty")
    wanted = fold(quote).text
    if sum(map(str.isalnum, wanted)) < SHORTEST:
        return NotFound("too-short", f"fewer than {SHORTEST} letters or figures")
    spans = _spans(text, quote) or _elided(text, quote)
    return anchor(text, *spans[0]) if spans else _reason(text, quote)


def occurrences(text: CanonicalText, quote: str) -> int:
    """How often a quote stands in a text, found by the same means as its first place."""
    return len(_spans(text, quote.strip())) if fold(quote).text else 0


def _spans(text: CanonicalText, quote: str) -> Spans:
    """Every place of a quote by the strictest means that finds one."""
    wanted = fold(quote).text
    exact = list(_exact(text.text, quote))
    plain = [] if _whole(text.text, exact) else list(_loose(folded(text.text), wanted))
    return (
        _whole(text.text, exact)
        or _whole(text.text, plain)
        or exact
        or (plain if len(wanted) >= SURE else [])
        or (list(_loose(folded(text.text, text.pages), wanted)) if text.pages and len(wanted) >= SURE else [])
    )


def _exact(text: str, quote: str) -> Iterator[tuple[int, int]]:
    at = text.find(quote)
    while at >= 0:
        yield at, at + len(quote)
        at = text.find(quote, at + len(quote))


def _loose(text: Folded, wanted: str) -> Iterator[tuple[int, int]]:
    return (text.span(*place) for place in _exact(text.text, wanted))


def _whole(text: str, spans: Spans) -> Spans:
    """Those that neither begin nor end inside a word."""
    return [(start, end) for start, end in spans if not (_inside(text, start) or _inside(text, end))]


def _inside(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _elided(text: CanonicalText, quote: str) -> Spans:
    parts = _parts(quote)
    if not parts:
        return []
    chains = [_spans(text, part) for part in parts]
    for start, end in chains[0]:
        reached = end
        for spans in chains[1:]:
            reached = next((last for first, last in spans if reached <= first <= reached + LEFT_OUT), -LEFT_OUT - 1)
        if reached > 0:
            return [(start, reached)]
    return []


def _parts(quote: str) -> list[str]:
    """What stands on the two sides of each ellipsis."""
    parts = [part for part in _ELLIPSIS.split(quote) if fold(part).text]
    return parts if len(parts) < len(_ELLIPSIS.split(quote)) or len(parts) > 1 else []


def _reason(text: CanonicalText, quote: str) -> NotFound:
    found, whole = longest_run(folded(text.text), quote)
    share = f"the longest part found has {found} of its {whole} letters, figures and stops ({100 * found // whole} per cent)"
    if len(_parts(quote)) > 1:
        return NotFound("elided", f"it leaves words out; {share}")
    return NotFound("only-part" if 2 * found >= whole else "not-in-text", share)
