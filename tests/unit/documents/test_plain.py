"""Plain text in the encodings that people have, and texts from the columns of a table."""

import codecs

import pytest

from casereview.documents import text_of_sections
from casereview.documents.characters import cleaned
from casereview.documents.plain import decoded
from casereview.documents.refusals import Unreadable
from casereview.documents.sniffing import kind_of

WORDS = "The worker\u2019s caf\u00e9"


@pytest.mark.parametrize(
    "content",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.encode("cp1252"),
    ],
)
def test_encodings(content):
    assert kind_of(content, "a.txt") == "txt"
    assert decoded(content) == WORDS


def test_lines_end_in_a_newline():
    assert decoded(b"one\r\ntwo\rthree\nfour\ffive") == "one\ntwo\nthree\nfour\nfive"


def test_utf_16_that_breaks_off_is_damaged():
    with pytest.raises(Unreadable) as refused:
        decoded(codecs.BOM_UTF16_LE + b"a\0b")
    assert refused.value.code == "document-damaged"


def test_control_characters_are_replaced_one_for_one():
    assert cleaned("a\0b\x02c\ufffed\x07e\x85f\ud800g\tt\nn") == "a\ufffdb-c-d e f\ufffdg\tt\nn"


def test_sections_are_headed_by_their_names():
    text = text_of_sections([("investigation", " One.\r\nTwo. "), ("concerns", "Three.")])
    assert text.text == "investigation\nOne.\nTwo.\n\nconcerns\nThree."
    assert (text.kind, text.pages, text.sha256) == ("table", (), text.text_sha256)
    assert text_of_sections([("investigation", "One."), ("concerns", "")]).text == "investigation\nOne.\n\nconcerns\n"
