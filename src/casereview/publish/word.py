"""A publication as a Word document: real headings, lists, captions, tables whose header rows repeat, and vector pictures."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

from casereview.publish import columns
from casereview.publish import word_parts as parts
from casereview.publish.document import (
    TOO_LONG,
    Block,
    Borrowed,
    Charted,
    Definitions,
    Front,
    Heading,
    Inline,
    LineBreak,
    Link,
    Listing,
    Marked,
    Paragraph,
    Passages,
    Publication,
    Quotation,
    Tabled,
    plain,
)
from casereview.publish.library import Library
from casereview.publish.printed import Line, PrintedTable, PrintedTest
from casereview.publish.sourced import SourceTable, sources
from casereview.publish.stamped import stamped

BRAND, SOFT, MARK = RGBColor(0x0B, 0x3C, 0x5D), RGBColor(0x4D, 0x5A, 0x63), RGBColor(0x7A, 0x2E, 0x0E)
FONT = "Arial"
_WIDTH = 16.4
"""Centimetres between the margins."""
_STUB = 3.8
"""Centimetres that are left to the labels of a table's rows, at least."""
_WHOLE = 18
"""A table of fewer rows is kept on one page."""


def word(library: Library, publication: Publication) -> bytes:
    """The document. The same publication gives the same bytes."""
    document = _blank(publication.front)
    writer = _Writer(document)
    writer.front(publication.front)
    if publication.slug == "report":
        writer.contents(publication)
    writer.blocks(publication.blocks)
    if publication.borrowed:
        writer.section("Figures from elsewhere", (f"“{one.text}”: {one.source}." for one in publication.borrowed))
    if publication.figures:
        lines = [f"{table.title}. {_read(table)}." for table in sources(library, publication)]
        writer.section("Where the figures come from", lines)
    made = io.BytesIO()
    document.save(made)
    return stamped(made.getvalue())


def _read(table: SourceTable) -> str:
    return "; ".join(f"“{line.said}”: {line.cell}" for line in table.lines)


def _widths(table: PrintedTable) -> list[float]:
    """The widths of a table's columns in centimetres, by what stands in them; the labels take what is left."""
    needed = columns.widths(table)
    fitting = (_WIDTH - _STUB) / max(sum(needed), columns.ROOMY - columns.STUB)
    figures = [fitting * characters for characters in needed]
    return [_WIDTH - sum(figures), *figures]


def _blank(front: Front) -> Any:
    document = docx.Document()
    parts.speak(document, "en-GB")
    _styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    synthetic = " Synthetic data." if front.synthetic else ""
    head = section.header.paragraphs[0]
    _run(head, front.marking + synthetic, bold=True, size=8.5, colour=MARK)
    foot = section.footer.paragraphs[0]
    _run(
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


def _run(paragraph: Any, text: str, bold: bool = False, italic: bool = False, size: float = 0, colour: Any = None) -> None:
    run = paragraph.add_run(_sayable(text))
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = colour


def _sayable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(one for one in text if one in "\t\n" or one >= " ").replace("\ufffe", "").replace("\uffff", "")


def _fill(cell: Any, text: str, size: float, bold: bool = False, italic: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    _run(paragraph, text, bold, italic, size)
    parts.line_below(cell, "1D2429" if bold else "C9D1D6", 8 if bold else 4)


class _Writer:
    """Writes blocks, one after another, into a document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._pictures = 0

    def front(self, front: Front) -> None:
        """The title, whose study it is, and what must be known of its data."""
        _run(self._document.add_paragraph(), front.kind.upper(), bold=True, size=10, colour=SOFT)
        self._document.add_paragraph(_sayable(front.title), "Title")
        if front.subtitle:
            _run(self._document.add_paragraph(), front.subtitle, size=13, colour=SOFT)
        teams = [("Project team", f"{place}: {names}" if place else names) for place, names in front.teams]
        for term, said in (*teams, *front.facts):
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(1)
            _run(paragraph, f"{term}: ", bold=True, colour=SOFT)
            _run(paragraph, said)
        for said in filter(None, (front.synthetic, front.selection)):
            notice = self._document.add_paragraph()
            notice.paragraph_format.space_before = Pt(12)
            _run(notice, said, bold=True, colour=MARK)

    def contents(self, publication: Publication) -> None:
        """The sections, as a field to which Word adds the pages when it is updated."""
        _run(self._document.add_paragraph(), "Contents", bold=True, size=13, colour=BRAND)
        shown = [_sayable(section.text) for section in publication.sections]
        parts.add_lines_field(self._document.add_paragraph, 'TOC \\o "1-2" \\h', shown)

    def section(self, title: str, lines: Iterable[str]) -> None:
        """A numbered list under a heading of its own. Numbers are typed, so that each list begins at 1."""
        self._document.add_heading(title, 1)
        for number, line in enumerate(lines, start=1):
            _run(self._document.add_paragraph(), f"{number}. {line}", size=9, colour=SOFT)

    def blocks(self, blocks: Iterable[Block], style: str | None = None) -> None:
        """Blocks; `style` is that of the paragraphs among them."""
        for block in blocks:
            self._block(block, style)

    def _block(self, block: Block, style: str | None) -> None:
        match block:
            case Heading():
                self._document.add_heading(_sayable(block.text), min(block.level - 1, 9))
            case Paragraph():
                self._inlines(
                    self._document.add_paragraph(style=style), block.children, size=9 if block.role.startswith("small") else 0
                )
            case Listing():
                for item in block.items:
                    self.blocks(item, "List Number" if block.ordered else "List Bullet")
            case Quotation():
                self.blocks(block.blocks, "Quote")
            case Passages():
                for one in block.passages:
                    paragraph = self._document.add_paragraph(style="Quote")
                    _run(paragraph, f"“{one.exact}” ")
                    _run(paragraph, one.source, size=9, colour=SOFT)
            case Definitions():
                self._definitions(block)
            case Tabled():
                self._table(block.table, block.number)
            case Charted():
                self._chart(block)

    def _inlines(
        self, paragraph: Any, children: tuple[Inline, ...], bold: bool = False, italic: bool = False, size: float = 0
    ) -> None:
        for one in children:
            match one:
                case Marked(mark=mark, children=inner):
                    self._inlines(paragraph, inner, bold or mark == "strong", italic or mark == "em", size)
                case Link(internal=False, href=href):
                    parts.add_link(paragraph, plain(one.children), href)
                case LineBreak():
                    paragraph.add_run().add_break()
                case Borrowed():
                    _run(paragraph, one.text, bold, italic, size)
                    paragraph.add_run(str(one.number)).font.superscript = True
                case _:
                    _run(paragraph, plain((one,)), bold, italic, size)

    def _definitions(self, block: Definitions) -> None:
        for term, lines in block.items:
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            _run(paragraph, term, bold=True)
            for line in lines:
                _run(self._document.add_paragraph(), line, size=9.5)

    def _caption(self, word_: str, number: int | None, said: str) -> None:
        paragraph = self._document.add_paragraph(style="Caption")
        if number is not None:
            _run(paragraph, f"{word_} ")
            parts.add_field(paragraph, f"SEQ {word_} \\* ARABIC", str(number))
            _run(paragraph, ". ")
        _run(paragraph, said)

    def _chart(self, chart: Charted) -> None:
        self._pictures += 1
        paper = chart.picture.paper
        turned = paper is not None and paper.turned
        if turned:
            parts.turn(self._document)
        self._caption("Figure", chart.number, plain(chart.caption))
        if paper is None or paper.width:
            parts.add_picture(self._document, chart.picture, self._pictures, plain(chart.caption))
        self._notes(chart.notes if paper is None or paper.width else (TOO_LONG, *chart.notes))
        if turned:
            parts.turn(self._document)
        if chart.beside:
            self._table(chart.table, None)

    def _table(self, printed: PrintedTable, number: int | None) -> None:
        first, *others = columns.parts(printed)
        self._caption("Table", number, first.title)
        self._part(first)
        for one in others:
            self._caption("Table", None, f"Table {number}. {one.title}" if number else one.title)
            self._part(one)
        self._notes(printed.below)
        self._tests(printed.tests)

    def _part(self, printed: PrintedTable) -> None:
        table = self._document.add_table(rows=0, cols=1 + printed.width)
        parts.describe_table(table, printed.title, " ".join(printed.below))
        table.autofit = False
        size, widths = 7.5 if columns.crowded(printed) else 9, _widths(printed)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        if size < 9:
            parts.narrow_margins(table)
        self._heads(table, printed, widths, size)
        for line in printed.lines:
            self._line(table, line, widths, size)
        if len(table.rows) < _WHOLE:
            parts.keep_together(table)

    def _heads(self, table: Any, printed: PrintedTable, widths: list[float], size: float) -> None:
        if printed.grouped:
            row = table.add_row()
            _fill(row.cells[0], "", size)
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            first = 1
            for group in printed.groups:
                cell = row.cells[first].merge(row.cells[first + len(group.measures) - 1])
                _fill(cell, group.label, size, bold=True)
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
                first += len(group.measures)
            parts.repeat_as_header(row)
        self._row(table, (printed.stub, *printed.measures), widths, size, bold=True)
        parts.repeat_as_header(table.rows[-1])

    def _line(self, table: Any, line: Line, widths: list[float], size: float) -> None:
        bold, italic = line.kind in ("total", "group"), line.kind == "absence"
        if line.entries:
            self._row(table, (line.label, *(entry.text for entry in line.entries)), widths, size, bold, italic)
            table.rows[-1].cells[0].paragraphs[0].paragraph_format.left_indent = Cm(0.4 * line.depth)
            return
        row = table.add_row()
        parts.keep_whole(row)
        cell = row.cells[0].merge(row.cells[-1])
        _fill(cell, line.label, size, bold)
        cell.paragraphs[0].paragraph_format.keep_with_next = True

    def _row(
        self, table: Any, texts: tuple[str, ...], widths: list[float], size: float, bold: bool = False, italic: bool = False
    ) -> None:
        row = table.add_row()
        parts.keep_whole(row)
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Cm(widths[place])
            _fill(cell, text, size, bold, italic)
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT if place else WD_ALIGN_PARAGRAPH.LEFT

    def _notes(self, notes: Iterable[str]) -> None:
        for note in notes:
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            _run(paragraph, note, size=8.5, colour=SOFT)

    def _tests(self, tests: Iterable[PrintedTest]) -> None:
        for test in tests:
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(3)
            _run(paragraph, f"{test.term}. ", bold=True, size=8.5)
            _run(paragraph, test.sentence, size=8.5)
            for said in test.more:
                _run(paragraph, f" {said}", size=8.5, colour=SOFT)
