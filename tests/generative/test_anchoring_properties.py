"""Whatever the text: what stands in it is found where it stands, and what is found is text[start:end]."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from casereview.documents import Anchor, CanonicalText, NotFound, anchor, find
from casereview.documents.folding import fold

WORDS = [
    "The",
    "mother",
    "caf\u00e9",
    "don\u2019t",
    "pre-birth",
    "2003-05",
    "\u201cyes\u201d",
    "\u2014",
    "na\u00efve",
    "o\ufb03ce",
    "Stra\u00dfe",
    "\U0001f622",
    "x",
    "4",
    "4.",
]
prose = st.lists(st.sampled_from(WORDS), min_size=4, max_size=60).map(" ".join)
anything = st.text(max_size=300)


def canonical(text: str) -> CanonicalText:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return CanonicalText("txt", text, (), digest, digest)


def letters(text: str) -> int:
    return sum(map(str.isalnum, fold(text).text))


@given(prose | anything, st.data())
def test_what_stands_in_a_text_is_found(text, data):
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))]
    found = find(canonical(text), quote)
    if letters(quote) >= 3:
        assert isinstance(found, Anchor)
        assert found.exact == text[found.start : found.end]
        assert fold(found.exact).text == fold(quote).text
    else:
        assert isinstance(found, NotFound)
        assert found.reason in {"empty", "too-short"}


RETYPED = [
    ("\u2019", "'"),
    ("\u201c", '"'),
    ("\u201d", "''"),
    ("\u2014", "-"),
    ("-", "\u2010"),
    ("-", "-\n"),
    ("\u00e9", "e\u0301"),
    ("\ufb03", "ffi"),
    (" ", "\u00a0 "),
    (" ", "\n"),
]


@given(prose, st.sets(st.sampled_from(RETYPED)), st.booleans(), st.data())
def test_what_retyping_changes_does_not_hide_a_quote(text, changes, upper, data):
    words = text.split(" ")
    start = data.draw(st.integers(0, len(words) - 1))
    original = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
    quote = original.upper() if upper else original
    for old, new in sorted(changes):
        quote = quote.replace(old, new)
    found = find(canonical(text), quote)
    if letters(quote) >= 3:
        assert isinstance(found, Anchor)
        assert fold(found.exact).text == fold(quote).text == fold(original).text


@given(anything, anything)
def test_any_quote_of_any_text_has_a_place_or_a_reason(text, quote):
    found = find(canonical(text), quote)
    if isinstance(found, Anchor):
        assert found == anchor(canonical(text), found.start, found.end)
    else:
        assert found.reason in {"empty", "too-short", "not-in-text", "only-part", "elided"}


@given(anything)
def test_every_folded_character_keeps_its_place(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)
    assert all(0 <= place < len(text) for place in folded.places)
    assert fold(folded.text).text == folded.text
