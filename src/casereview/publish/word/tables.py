"""Tables of a Word document: header rows that repeat, rows kept whole, columns as wide as their figures need."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from casereview.publish import columns
from casereview.publish.printed import Line, PrintedTable
from casereview.publish.word import parts
from casereview.publish.word.runs import add_notes, add_run, add_tests, caption

_WIDTH = 16.4
"""Centimetres between the margins."""
_STUB = 3.8
"""Centimetres that are left to the labels of a table's rows, at least."""
_WHOLE = 18
"""A table of fewer rows is kept on one page."""


def add_table(document: Any, printed: PrintedTable, number: int | None) -> None:
    """A table, in parts where it is too wide, with what is said below it."""
    first, *others = columns.parts(printed)
    caption(document, "Table", number, first.title)
    _part(document, first)
    for one in others:
        caption(document, "Table", None, f"Table {number}. {one.title}" if number else one.title)
        _part(document, one)
    add_notes(document, printed.below)
    add_tests(document, printed.tests)


def _part(document: Any, printed: PrintedTable) -> None:
    table = document.add_table(rows=0, cols=1 + printed.width)
    parts.describe_table(table, printed.title, " ".join(printed.below))
    table.autofit = False
    size, widths = 7.5 if columns.crowded(printed) else 9, _widths(printed)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    if size < 9:
        parts.narrow_margins(table)
    _heads(table, printed, widths, size)
    for line in printed.lines:
        _line(table, line, widths, size)
    if len(table.rows) < _WHOLE:
        parts.keep_together(table)


def _heads(table: Any, printed: PrintedTable, widths: list[float], size: float) -> None:
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
    _row(table, (printed.stub, *printed.measures), widths, size, bold=True)
    parts.repeat_as_header(table.rows[-1])


def _line(table: Any, line: Line, widths: list[float], size: float) -> None:
    bold, italic = line.kind in ("total", "group"), line.kind == "absence"
    if line.entries:
        _row(table, (line.label, *(entry.text for entry in line.entries)), widths, size, bold, italic)
        table.rows[-1].cells[0].paragraphs[0].paragraph_format.left_indent = Cm(0.4 * line.depth)
        return
    row = table.add_row()
    parts.keep_whole(row)
    cell = row.cells[0].merge(row.cells[-1])
    _fill(cell, line.label, size, bold)
    cell.paragraphs[0].paragraph_format.keep_with_next = True


def _row(table: Any, texts: tuple[str, ...], widths: list[float], size: float, bold: bool = False, italic: bool = False) -> None:
    row = table.add_row()
    parts.keep_whole(row)
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = Cm(widths[place])
        _fill(cell, text, size, bold, italic)
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT if place else WD_ALIGN_PARAGRAPH.LEFT


def _fill(cell: Any, text: str, size: float, bold: bool = False, italic: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    add_run(paragraph, text, bold, italic, size)
    parts.line_below(cell, "1D2429" if bold else "C9D1D6", 8 if bold else 4)


def _widths(table: PrintedTable) -> list[float]:
    """The widths of a table's columns in centimetres, by what stands in them; the labels take what is left."""
    needed = columns.widths(table)
    fitting = (_WIDTH - _STUB) / max(sum(needed), columns.ROOMY - columns.STUB)
    figures = [fitting * characters for characters in needed]
    return [_WIDTH - sum(figures), *figures]
