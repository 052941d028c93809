"""PDF: every character with its box, columns in order, pages mapped, damage said."""

import zlib
from array import array

import numpy as np
import pytest

from casereview.documents import CanonicalText, DocumentRefused, Limits, read_isolated
from casereview.documents.pdf import _listed, _paired
from tests.security.pdf_bytes import document, lines, placed, stream

COLUMN = "{side} column line {number} of a fictional report"


def read(folder, content: bytes, **how) -> CanonicalText:
    path = folder / "report.pdf"
    path.write_bytes(content)
    return read_isolated(path, **how)


def boxes(text: CanonicalText) -> np.ndarray:
    """Left, top, right and bottom, each with a value a character."""
    return np.frombuffer(text.boxes, "f4").reshape(-1, 4).T


def two_columns(order) -> list[tuple[int, int, str]]:
    """Twelve lines on either side of a gutter, below a title across both."""
    title = [(60, 780, "A title that runs across the whole page, above both of the columns and over the gutter")]
    return title + [
        (60 if side == "left" else 320, 740 - 14 * number, COLUMN.format(side=side, number=number)) for side, number in order
    ]


def test_pages_are_mapped(tmp_path):
    text = read(tmp_path, document([stream(lines([f"Page {number}", "Fictional text."])) for number in range(1, 4)]))
    assert text.kind == "pdf"
    assert [text.text[page.start : page.end] for page in text.pages] == [f"Page {n}\nFictional text." for n in (1, 2, 3)]
    assert text.text == "\n".join(text.text[page.start : page.end] for page in text.pages)
    assert text.page_at(text.text.index("Page 3")) == 3
    assert text.boxes == b""


def test_each_character_has_its_box(tmp_path):
    words = [(60, 700, "first"), (60, 600, "second"), (300, 500, "third"), (90, 400, "fourth")]
    text = read(tmp_path, document([stream(placed(words)), stream(placed(words[:2]))]), boxes=True)
    left, top, right, bottom = boxes(text)
    assert len(left) == len(text.text)
    for x, y, word in words:
        at = text.text.index(word)
        assert left[at] == pytest.approx(x, abs=1.5)
        assert bottom[at : at + len(word)].min() == pytest.approx(y, abs=3)
        assert (right[at : at + len(word)] > left[at : at + len(word)]).all()
        assert (np.diff(left[at : at + len(word)]) > 0).all()
        assert (top[at : at + len(word)] < y + 12).all()
    assert [text.text[at] for at in np.flatnonzero(np.isnan(left))] == ["\n"] * 5


def test_columns_drawn_line_by_line_in_turn_are_read_one_after_the_other(tmp_path):
    drawn = two_columns((side, number) for number in range(12) for side in ("left", "right"))
    text = read(tmp_path, document([stream(placed(drawn))]), boxes=True)
    wanted = [COLUMN.format(side=side, number=number) for side in ("left", "right") for number in range(12)]
    assert text.text.split("\n") == [drawn[0][2], *wanted]
    at = text.text.index("right column line 3")
    assert boxes(text)[0][at] == pytest.approx(320, abs=1.5)


def test_three_columns_and_a_heading_between(tmp_path):
    places = {"one": 40, "two": 230, "three": 420}
    drawn = [(x, 760 - 13 * n, f"{name} has its line {n:02} of a report") for n in range(8) for name, x in places.items()]
    drawn.append((40, 600, "A heading that runs across all three of the columns of this page of a report, and over both gutters"))
    drawn += [(x, 560 - 13 * n, f"{name} has its part {n:02} of a report") for n in range(8) for name, x in places.items()]
    text = read(tmp_path, document([stream(placed(drawn))])).text
    upper = [f"{name} has its line {n:02} of a report" for name in places for n in range(8)]
    lower = [f"{name} has its part {n:02} of a report" for name in places for n in range(8)]
    assert text.split("\n") == [*upper, drawn[24][2], *lower]


def test_columns_drawn_whole_stay_as_they_are(tmp_path):
    drawn = two_columns((side, number) for side in ("left", "right") for number in range(12))
    text = read(tmp_path, document([stream(placed(drawn))]))
    assert text.text.split("\n") == [each[2] for each in drawn]


def test_a_table_is_read_row_by_row(tmp_path):
    drawn = [
        (x, 700 - 20 * row, word) for row in range(8) for x, word in ((60, f"Authority {row}"), (320, str(row * 7)), (400, "yes"))
    ]
    text = read(tmp_path, document([stream(placed(drawn))])).text
    assert text.split() == [word for row in range(8) for word in ("Authority", str(row), str(row * 7), "yes")]


def test_a_table_of_sentences_and_grades_is_read_row_by_row(tmp_path):
    rows = [(f"The experience of children who need help, part {row}", "Requires improvement") for row in range(6)]
    drawn = [(x, 700 - 30 * row, words) for row, cells in enumerate(rows) for x, words in zip((60, 340), cells, strict=True)]
    text = read(tmp_path, document([stream(placed(drawn))])).text
    assert text.split() == [word for cells in rows for words in cells for word in words.split()]


def test_a_hyphen_at_the_end_of_a_line_is_stored_as_one(tmp_path):
    text = read(tmp_path, document([stream(lines(["The pre-", "birth assess-", "ment was late."]))]), boxes=True)
    assert text.text == "The pre-\nbirth assess-\nment was late."
    left, *_ = boxes(text)
    assert not np.isnan(left[text.text.index("-")])
    assert np.isnan(left[text.text.index("\n")])


def test_a_character_beyond_the_first_plane_is_one_character(tmp_path):
    meaning = stream(
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange "
        b"2 beginbfchar <0041> <D83DDE22> <0042> <0062> endbfchar endcmap end"
    )
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[8 0 R]>>"
    inner = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 500/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>"
    content = stream(b"BT /F1 10 Tf 60 700 Td <0042004100420042> Tj ET")
    text = read(tmp_path, document([content], resources=b"<</Font<</F1 7 0 R>>>>", extra=[meaning, font, inner]), boxes=True)
    assert text.text == "b\U0001f622bb"
    assert boxes(text).shape == (4, 4)


def test_two_surrogates_become_one_character_in_the_box_of_the_first():
    text, paired = _paired("a\ud83d\ude22b\ud83d", array("f", [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5]))
    assert text == "a\U0001f622b\ud83d"
    assert paired[::4].tolist() == [1, 2, 4, 5]


def test_a_page_that_is_a_picture_is_noted(tmp_path):
    picture = stream(
        zlib.compress(bytes(12)),
        b"/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode",
    )
    form = stream(b"/I Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 12 0 R>>>>")
    resources = b"<</Font<</F1 3 0 R>>/XObject<</I 12 0 R/X 13 0 R>>>>"
    pages = [
        stream(b"/I Do"),
        stream(b"/X Do"),
        stream(b"/I Do " + lines(["A fictional caption below the picture"])),
        stream(b"/I Do"),
    ]
    text = read(tmp_path, document(pages, resources=resources, extra=[picture, form]))
    assert text.notes == ("Picture without text: pages 1 to 2, 4.",)


def test_an_empty_page_is_no_picture(tmp_path):
    text = read(tmp_path, document([stream(b"")]))
    assert text.notes == ("It holds no text.",)


def test_a_turned_page_keeps_its_order_and_boxes(tmp_path):
    drawn = b"BT /F1 10 Tf 0 1 -1 0 100 60 Tm (One line.) Tj 0 1 -1 0 120 60 Tm (And another.) Tj ET"
    text = read(tmp_path, document([stream(drawn)], page=b"/Rotate 90"), boxes=True)
    assert [line.strip() for line in text.text.split("\n")] == ["One line.", "And another."]
    left, top, *_ = boxes(text)
    assert len(left) == len(text.text)
    assert (np.diff(top[: len("One")]) > 0).all()


def test_a_damaged_file_is_repaired_once_and_says_so(tmp_path):
    whole = document([stream(lines([f"Fictional page {number}."])) for number in range(8)])
    text = read(tmp_path, whole[: len(whole) * 3 // 4])
    assert "Fictional page 3." in text.text
    assert text.notes == ("It was damaged, and has been repaired: parts of it may be missing.",)
    with pytest.raises(DocumentRefused, match="nothing of its text is left"):
        read(tmp_path, whole[:400])


def test_a_page_that_cannot_be_read_is_noted(tmp_path):
    whole = document([stream(lines([f"Fictional page {number}."])) for number in range(1, 5)])
    text = read(tmp_path, whole.replace(b"\n6 0 obj\n<</Type/Page", b"\n6 0 obj\n<</Type/Lost"))
    assert text.notes == ("Damaged, and not read: page 2.",)
    assert text.text == "Fictional page 1.\n\nFictional page 3.\nFictional page 4."


def test_page_numbers_in_words():
    assert _listed([3]) == "page 3"
    assert _listed([1, 3, 4, 5, 9, 10]) == "pages 1, 3 to 5, 9 to 10"


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(pages=2), "3 pages, 2 allowed"),
        (Limits(characters=20), "more than 20 characters"),
        (Limits(file_bytes=10), "0 MB, 0 MB allowed"),
    ],
)
def test_limits_are_said(tmp_path, limits, words):
    content = document([stream(lines(["Fictional text."]))] * 3)
    with pytest.raises(DocumentRefused) as refused:
        read(tmp_path, content, limits=limits)
    (problem,) = refused.value.problems
    assert problem.code == "document-too-large"
    assert words in problem.cause
