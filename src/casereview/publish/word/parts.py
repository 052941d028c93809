"""What python-docx leaves to raw XML: fields, repeated header rows, text alternatives, vector pictures, links."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Inches, Pt

from casereview.publish.charts import Picture

_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def add_field(paragraph: Any, instruction: str, shown: str, size: float | None = None) -> None:
    """A field such as `PAGE` or `SEQ Table`; `shown` stands until Word works it out. `size` in points."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = paragraph.add_run(shown)
    run.font.size = Pt(size) if size else None
    field.append(run._r)
    paragraph._p.append(field)


def add_lines_field(new_paragraph: Callable[[], Any], instruction: str, lines: Sequence[str]) -> None:
    """A field of several paragraphs, such as `TOC`; `lines` stand until Word works it out."""
    paragraphs = [new_paragraph() for _ in lines or ("",)]
    for paragraph, line in zip(paragraphs, lines, strict=False):
        paragraph.paragraph_format.space_after = Pt(2)
        if paragraph is paragraphs[0]:
            _mark(paragraph, "begin")
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = instruction
            paragraph.add_run()._r.append(code)
            _mark(paragraph, "separate")
        paragraph.add_run(line)
    _mark(paragraphs[-1], "end")


def _mark(paragraph: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def add_link(paragraph: Any, text: str, href: str) -> None:
    """A link to another place."""
    identifier = paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), identifier)
    run = paragraph.add_run(text)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def repeat_as_header(row: Any) -> None:
    """Repeat a row at the head of each page; readers of the screen take it for the columns' names."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_whole(row: Any) -> None:
    """Do not let a row break across pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def keep_together(table: Any) -> None:
    """Keep all the rows of a table on one page."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def narrow_margins(table: Any) -> None:
    """Less room beside the text of each cell, for a table of many columns."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "45")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins) if look is not None else table._tbl.tblPr.append(margins)


def describe_table(table: Any, title: str, description: str) -> None:
    """The text alternative of a table."""
    for tag, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), text)
        table._tbl.tblPr.append(element)


def line_below(cell: Any, colour: str, eighths: int) -> None:
    """A line below a cell, in eighths of a point."""
    borders = OxmlElement("w:tcBorders")
    bottom = OxmlElement("w:bottom")
    for name, value in (("w:val", "single"), ("w:sz", str(eighths)), ("w:space", "0"), ("w:color", colour)):
        bottom.set(qn(name), value)
    borders.append(bottom)
    cell._tc.get_or_add_tcPr().append(borders)


def turn(document: Any) -> None:
    """A new page, turned round; after one that is, upright again."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.page_width, section.page_height = section.page_height, section.page_width
    wide = section.page_width > section.page_height
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT


def add_picture(document: Any, picture: Picture, number: int, title: str) -> None:
    """A vector picture, with a bitmap for programs that cannot draw it, and its text alternative."""
    width = Inches(picture.paper.width / 96) if picture.paper else Cm(16)
    document.add_picture(io.BytesIO(picture.png), width=width)
    inline = document.inline_shapes[-1]._inline
    inline.docPr.set("descr", picture.alternative)
    inline.docPr.set("title", title)
    part = Part(PackURI(f"/word/media/drawing{number}.svg"), "image/svg+xml", picture.svg.encode(), document.part.package)
    identifier = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    extension = (
        f'<a:extLst xmlns:a="{_DRAWING}" xmlns:r="{_RELATIONS}"><a:ext uri="{_SVG_EXTENSION}">'
        f'<asvg:svgBlip xmlns:asvg="{_SVG_NAMESPACE}" r:embed="{identifier}"/></a:ext></a:extLst>'
    )
    next(inline.iter(qn("a:blip"))).append(parse_xml(extension))


def speak(document: Any, language: str) -> None:
    """The language of all text, for spelling and for reading aloud."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for properties in defaults.iter(qn("w:rPr")):
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        element = OxmlElement("w:lang")
        element.set(qn("w:val"), language)
        element.set(qn("w:eastAsia"), language)
        properties.append(element)
