"""A text laid out in paragraphs is still the whole text, whatever is in it."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from casereview.documents.characters import cleaned
from casereview.workbench.pages.reader_text import LONGEST, paragraphs, sheets

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("\n\n ab.😢𝔄<&>\"'")).map(cleaned)


@given(TEXTS)
def test_paragraphs_are_the_whole_text_without_gaps(text):
    assert "".join(text[start:end] for start, end in paragraphs(text, 0, len(text))) == text


@given(TEXTS, TEXTS)
def test_what_the_page_holds_is_the_text_at_its_offsets(one, other):
    text = f"{one}\n{other}"
    for pages in ([], [[1, 0, len(one)], [2, len(one) + 1, len(text)]]):
        whole = "".join(sheet.html for sheet in sheets(text, pages))
        held = [
            (int(start), html.unescape(words)) for start, words in re.findall(r'<p data-start="(\d+)"[^>]*>([^<]*)</p>', whole)
        ]
        assert "".join(words for _, words in held) == text
        assert all(text[start : start + len(words)] == words for start, words in held)


def test_printed_lines_are_put_together_and_a_short_one_ends_a_paragraph():
    line = "The health visitor called at the house and was told that all was well."
    text = "\n".join([line, line, "It was not.", line, line, "", line])
    found = [text[start:end] for start, end in paragraphs(text, 0, len(text))]
    assert [one.strip() for one in found] == [f"{line}\n{line}\nIt was not.", f"{line}\n{line}", line]


def test_long_lines_are_paragraphs_of_their_own_and_very_long_ones_are_cut_at_a_space():
    line = "word " * 60
    assert len(paragraphs(f"{line}\n{line}", 0, 602)) == 2
    cut = paragraphs("word " * 2000, 0, 10_000)
    assert max(end - start for start, end in cut) <= LONGEST
    assert all(start % 5 == 0 for start, _ in cut)


def test_a_page_of_a_text_is_a_sheet():
    found = sheets("one\ntwo\n\nthree", [[1, 0, 3], [2, 4, 7], [3, 8, 8], [4, 9, 14]])
    assert [sheet.number for sheet in found] == [1, 2, 3, 4]
    assert 'data-start="9"' in found[3].html
