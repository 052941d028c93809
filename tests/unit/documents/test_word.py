"""Word documents: nothing of a report is lost, and its parts become lines."""

import io

import docx
import pytest

from casereview.documents.limits import Limits
from casereview.documents.refusals import Unreadable
from casereview.documents.word import text_of
from tests.security import word_bytes as word

RUN = "<w:r><w:t>{}</w:t></w:r>"


def text(body: str, **more: str) -> str:
    return text_of(word.document(word.part(body), more), Limits())


def test_paragraphs_headings_lists_and_tables_become_lines():
    made = docx.Document()
    made.add_heading("Findings", 1)
    made.add_paragraph("A fictional paragraph.")
    made.add_paragraph("first", style="List Bullet")
    made.add_paragraph("second", style="List Bullet")
    table = made.add_table(2, 2)
    for at, words in enumerate(("Agency", "Contacts", "School", "4")):
        table.cell(at // 2, at % 2).text = words
    made.add_paragraph("The end.")
    out = io.BytesIO()
    made.save(out)
    assert text_of(out.getvalue(), Limits()).split("\n") == [
        "Findings",
        "A fictional paragraph.",
        "- first",
        "- second",
        "Agency\tContacts",
        "School\t4",
        "The end.",
    ]


def test_tracked_changes_content_controls_and_breaks():
    inserted = f"<w:ins w:id='1' w:author='x'>{RUN.format('put in')}</w:ins>"
    deleted = "<w:del w:id='2' w:author='x'><w:r><w:delText>taken out</w:delText></w:r></w:del>"
    control = f"<w:sdt><w:sdtContent>{word.paragraph('in a control')}</w:sdtContent></w:sdt>"
    broken = "<w:p><w:r><w:t>above</w:t><w:br/><w:t>below</w:t></w:r></w:p>"
    assert (
        text(f"<w:p>{RUN.format('text ')}{inserted}{deleted}</w:p>{control}{broken}") == "text put in\nin a control\nabove\nbelow"
    )


def test_a_text_box_is_read():
    inside = f"<w:txbxContent>{word.paragraph('in a box')}</w:txbxContent>"
    box = f"<w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    assert "in a box" in text(f"<w:p><w:r>{box}</w:r></w:p>")


def test_an_empty_document_has_no_text():
    assert text("") == ""


def test_what_could_unpack_without_end_is_refused():
    with pytest.raises(Unreadable) as refused:
        text("", **{"word/styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'})
    assert refused.value.code == "document-hostile"


@pytest.mark.parametrize("limits", [Limits(members=2), Limits(unpacked_bytes=100)])
def test_an_archive_is_weighed_before_it_is_unpacked(limits):
    with pytest.raises(Unreadable) as refused:
        text_of(word.document(word.part(word.paragraph("text"))), limits)
    assert refused.value.code == "document-too-large"
