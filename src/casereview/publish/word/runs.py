"""Runs of text in a paragraph: their weight, size and colour."""

from collections.abc import Iterable
from typing import Any

from docx.shared import Pt, RGBColor

from casereview.publish.printed import PrintedTest
from casereview.publish.word import parts

BRAND, SOFT, MARK = RGBColor(0x0B, 0x3C, 0x5D), RGBColor(0x4D, 0x5A, 0x63), RGBColor(0x7A, 0x2E, 0x0E)


def add_run(paragraph: Any, text: str, bold: bool = False, italic: bool = False, size: float = 0, colour: Any = None) -> None:
    """Add text; `size` in points, 0 for that of the paragraph."""
    run = paragraph.add_run(sayable(text))
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = colour


def sayable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(one for one in text if one in "\t\n" or one >= " ").replace("\ufffe", "").replace("\uffff", "")


def caption(document: Any, word: str, number: int | None, said: str) -> None:
    """The line above a table or figure; Word counts those that have a number."""
    paragraph = document.add_paragraph(style="Caption")
    if number is not None:
        add_run(paragraph, f"{word} ")
        parts.add_field(paragraph, f"SEQ {word} \\* ARABIC", str(number))
        add_run(paragraph, ". ")
    add_run(paragraph, said)


def add_notes(document: Any, notes: Iterable[str]) -> None:
    """What stands below a table or figure."""
    for note in notes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        add_run(paragraph, note, size=8.5, colour=SOFT)


def add_tests(document: Any, tests: Iterable[PrintedTest]) -> None:
    """What the tests of a table say."""
    for test in tests:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(3)
        add_run(paragraph, f"{test.term}. ", bold=True, size=8.5)
        add_run(paragraph, test.sentence, size=8.5)
        for said in test.more:
            add_run(paragraph, f" {said}", size=8.5, colour=SOFT)
