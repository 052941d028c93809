"""Writes the blocks of a publication, one after another, into a Word document."""

from collections.abc import Iterable
from typing import Any

from docx.shared import Pt

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
from casereview.publish.word import parts
from casereview.publish.word.runs import BRAND, MARK, SOFT, add_notes, add_run, caption, sayable
from casereview.publish.word.tables import add_table


class Writer:
    """Writes blocks, one after another, into a document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._pictures = 0

    def front(self, front: Front) -> None:
        """The title, whose study it is, and what must be known of its data."""
        add_run(self._document.add_paragraph(), front.kind.upper(), bold=True, size=10, colour=SOFT)
        self._document.add_paragraph(sayable(front.title), "Title")
        if front.subtitle:
            add_run(self._document.add_paragraph(), front.subtitle, size=13, colour=SOFT)
        teams = [("Project team", f"{place}: {names}" if place else names) for place, names in front.teams]
        for term, said in (*teams, *front.facts):
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(1)
            add_run(paragraph, f"{term}: ", bold=True, colour=SOFT)
            add_run(paragraph, said)
        for said in filter(None, (front.synthetic, front.selection)):
            notice = self._document.add_paragraph()
            notice.paragraph_format.space_before = Pt(12)
            add_run(notice, said, bold=True, colour=MARK)

    def contents(self, publication: Publication) -> None:
        """The sections, as a field to which Word adds the pages when it is updated."""
        add_run(self._document.add_paragraph(), "Contents", bold=True, size=13, colour=BRAND)
        shown = [sayable(section.text) for section in publication.sections]
        parts.add_lines_field(self._document.add_paragraph, 'TOC \\o "1-2" \\h', shown)

    def section(self, title: str, lines: Iterable[str]) -> None:
        """A numbered list under a heading of its own. Numbers are typed, so that each list begins at 1."""
        self._document.add_heading(title, 1)
        for number, line in enumerate(lines, start=1):
            add_run(self._document.add_paragraph(), f"{number}. {line}", size=9, colour=SOFT)

    def blocks(self, blocks: Iterable[Block], style: str | None = None) -> None:
        """Blocks; `style` is that of the paragraphs among them."""
        for block in blocks:
            self._block(block, style)

    def _block(self, block: Block, style: str | None) -> None:
        match block:
            case Heading():
                self._document.add_heading(sayable(block.text), min(block.level - 1, 9))
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
                    add_run(paragraph, f"“{one.exact}” ")
                    add_run(paragraph, one.source, size=9, colour=SOFT)
            case Definitions():
                self._definitions(block)
            case Tabled():
                add_table(self._document, block.table, block.number)
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
                    add_run(paragraph, one.text, bold, italic, size)
                    paragraph.add_run(str(one.number)).font.superscript = True
                case _:
                    add_run(paragraph, plain((one,)), bold, italic, size)

    def _definitions(self, block: Definitions) -> None:
        for term, lines in block.items:
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            add_run(paragraph, term, bold=True)
            for line in lines:
                add_run(self._document.add_paragraph(), line, size=9.5)

    def _chart(self, chart: Charted) -> None:
        self._pictures += 1
        paper = chart.picture.paper
        turned = paper is not None and paper.turned
        if turned:
            parts.turn(self._document)
        caption(self._document, "Figure", chart.number, plain(chart.caption))
        if paper is None or paper.width:
            parts.add_picture(self._document, chart.picture, self._pictures, plain(chart.caption))
        add_notes(self._document, chart.notes if paper is None or paper.width else (TOO_LONG, *chart.notes))
        if turned:
            parts.turn(self._document)
        if chart.beside:
            add_table(self._document, chart.table, None)
