"""Where a quote stands, and why it does not."""

import hashlib

import pytest

from casereview.documents import Anchor, CanonicalText, NotFound, Page, anchor, find, occurrences

REPORT = (
    "1 Introduction\nThe health visitor\u2019s notes \u2014 made in 2003-05 \u2014 speak of pre-\nbirth assess-\nments. "
    "The mother said: \u201cI could not cope\u201d.  The caf\u00e9 was closed. "
    "Three children, aged 2-3,\nwere seen. The mother said nothing else."
)


def canonical(text: str, *pages: tuple[int, int]) -> CanonicalText:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return CanonicalText("txt", text, tuple(Page(n, *page) for n, page in enumerate(pages, 1)), digest, digest)


@pytest.mark.parametrize(
    ("quote", "exact"),
    [
        ("notes \u2014 made", "notes \u2014 made"),
        ("  The mother said  ", "The mother said"),
        ("THE HEALTH VISITOR'S NOTES", "The health visitor\u2019s notes"),
        ("notes - made in 2003\u201305 - speak", "notes \u2014 made in 2003-05 \u2014 speak"),
        ("pre-birth assessments", "pre-\nbirth assess-\nments"),
        ("prebirth assess\u00adments", "pre-\nbirth assess-\nments"),
        ('said: "I could not cope".', "said: \u201cI could not cope\u201d."),
        ("'I could not cope'. The cafe", "I could not cope\u201d.  The caf\u00e9"),
        ("aged 2\u20133, were seen", "aged 2-3,\nwere seen"),
        (
            "health visitor's ... pre-birth assessments",
            "health visitor\u2019s notes \u2014 made in 2003-05 \u2014 speak of pre-\nbirth assess-\nments",
        ),
        ("The mother said [\u2026] The caf\u00e9", "The mother said: \u201cI could not cope\u201d.  The caf\u00e9"),
        ("... I could not cope ...", "I could not cope"),
    ],
)
def test_a_quote_is_found(quote, exact):
    found = find(canonical(REPORT), quote)
    assert isinstance(found, Anchor), found
    assert found.exact == exact
    assert REPORT[found.start : found.end] == exact


@pytest.mark.parametrize(
    ("quote", "reason", "detail"),
    [
        (" \n", "empty", "the quote is empty"),
        ("at", "too-short", "fewer than 3 letters or figures"),
        ("\u201c\u2026\u201d", "too-short", "fewer than 3 letters or figures"),
        ("no such words stand in it", "not-in-text", "has 2 of its 20 letters"),
        ("The mother said: \u201cI could not do it\u201d.", "only-part", "has 23 of its 28 letters"),
        ("aged 23, were", "not-in-text", "has 4 of its 11"),
        ("The caf\u00e9 was ... health visitor", "elided", "it leaves words out; the longest part found has"),
    ],
)
def test_a_quote_without_a_place_says_why(quote, reason, detail):
    found = find(canonical(REPORT), quote)
    assert isinstance(found, NotFound)
    assert found.reason == reason
    assert detail in found.detail


def test_a_reason_holds_no_text():
    found = find(canonical(REPORT), "the mother said that she was secretly afraid")
    assert isinstance(found, NotFound)
    assert "mother" not in found.detail
    assert "afraid" not in found.detail


def test_whole_words_come_before_parts_of_words():
    text = canonical("The manager said that her age, and the age of all.")
    found = find(text, "age")
    assert isinstance(found, Anchor)
    assert found.start == text.text.index("age,")
    assert occurrences(text, "age") == 2
    assert isinstance(find(text, "manage"), Anchor)


def test_a_repeated_quote_stands_at_its_first_place():
    found = find(canonical(REPORT), "The mother said")
    assert isinstance(found, Anchor)
    assert found.start == REPORT.index("The mother said")
    assert occurrences(canonical(REPORT), "the MOTHER said") == 2
    assert occurrences(canonical(REPORT), "nobody said") == occurrences(canonical(REPORT), " ") == 0


def test_a_quote_is_found_across_the_foot_and_the_head_of_pages():
    begins = ["One", "Two", "Three", "Four"]
    pages = [
        f"A fictional review\n{word} begins a page\nand goes on\nup to {word} as it ends\nPage {n} of 4"
        for n, word in enumerate(begins, 1)
    ]
    starts = [sum(len(page) + 1 for page in pages[:n]) for n in range(4)]
    text = canonical("\n".join(pages), *((start, start + len(page)) for start, page in zip(starts, pages, strict=True)))
    found = find(text, "up to Two as it ends Three begins a page")
    assert isinstance(found, Anchor)
    assert found.exact == "up to Two as it ends\nPage 2 of 4\nA fictional review\nThree begins a page"
    assert isinstance(find(text, "Page 2 of 4"), Anchor)


def test_parts_far_apart_are_no_quote():
    text = canonical("The first part stands here. " + "Other words. " * 400 + "The second part stands there.")
    found = find(text, "The first part ... the second part")
    assert isinstance(found, NotFound)
    assert found.reason == "elided"


def test_an_anchor_carries_its_surroundings():
    text = canonical("\U0001f622 " + "before " * 9 + "the passage" + " after" * 9)
    start = text.text.index("the passage")
    made = anchor(text, start, start + 11)
    assert (made.exact, made.prefix, made.suffix) == ("the passage", text.text[start - 32 : start], text.text[start + 11 :][:32])
    assert made.text_sha256 == text.text_sha256
    assert anchor(text, 0, 1).prefix == ""


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 2), (0, 999_999)])
def test_a_place_outside_the_text_is_a_mistake(start, end):
    with pytest.raises(ValueError, match="no passage"):
        anchor(canonical(REPORT), start, end)
