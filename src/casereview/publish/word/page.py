"""An empty document: its page, styles, header, footer and properties."""

from datetime import datetime
from typing import Any

import docx
from docx.shared import Cm, Pt

from casereview.publish.document import Front
from casereview.publish.word import parts
from casereview.publish.word.runs import BRAND, MARK, SOFT, add_run

FONT = "Arial"


def blank(front: Front) -> Any:
    """A document with nothing on its pages."""
    document = docx.Document()
    parts.speak(document, "en-GB")
    _styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    synthetic = " Synthetic data." if front.synthetic else ""
    head = section.header.paragraphs[0]
    add_run(head, front.marking + synthetic, bold=True, size=8.5, colour=MARK)
    foot = section.footer.paragraphs[0]
    add_run(
        foot,
        f"{front.title}{' · Synthetic data' if front.synthetic else ''} · Release {front.release} · Page ",
        size=8.5,
        colour=SOFT,
    )
    parts.add_field(foot, "PAGE", "1", size=8.5)
    _properties(document, front)
    return document


def _styles(document: Any) -> None:
    sizes = {"Normal": 10.5, "Title": 22, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11, "Heading 4": 10.5, "Caption": 9.5}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if "heme" in key]:
            del fonts.attrib[theme]
        if name != "Normal":
            style.font.bold, style.font.italic, style.font.color.rgb = True, False, BRAND
    document.styles["Caption"].paragraph_format.keep_with_next = True
    document.styles["Caption"].paragraph_format.space_before = Pt(10)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)


def _properties(document: Any, front: Front) -> None:
    day = datetime.fromisoformat(front.released or "2000-01-01")  # a document's dates carry no zone
    about = document.core_properties
    about.title, about.subject = front.title, front.kind
    about.author, about.last_modified_by = ", ".join(name for name, _ in front.team), ""
    about.created = about.modified = day
    about.revision, about.comments, about.language, about.keywords = 1, front.marking, "en-GB", ""
