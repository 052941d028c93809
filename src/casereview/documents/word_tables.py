"""The tables of a Word document, each as a grid: what a merged cell holds stands in every place that it covers."""

import re

from lxml import html

from casereview.documents.characters import cleaned
from casereview.documents.limits import Limits
from casereview.documents.refusals import Unreadable
from casereview.documents.word import markup_of

WIDEST = 200
"""Columns of a table that are read; no chronology has more."""

Row = tuple[list[str], bool]
"""A row's cells, and whether it is one cell from side to side."""


def tables_of(content: bytes, limits: Limits) -> list[list[Row]]:
    """The tables of a DOCX in order; one within another's cell is text of that cell. Raises Unreadable as `word.text_of`."""
    markup = markup_of(content, limits)
    body = html.fragment_fromstring(markup, create_parent="body") if markup.strip() else html.fragment_fromstring("<body/>")
    outer = [one for one in body.iter("table") if next(one.iterancestors("table"), None) is None]
    tables = [_grid(one) for one in outer]
    if sum(len(cell) for table in tables for cells, _ in table for cell in cells) > limits.characters:
        raise Unreadable("document-too-large", ("its tables hold more text than the limits allow",))
    return tables


def _grid(table: html.HtmlElement) -> list[Row]:
    grid: list[Row] = []
    reaching: dict[int, tuple[int, str]] = {}  # column → rows still covered from above, and with what
    for row in table.xpath("./tr | ./thead/tr | ./tbody/tr"):
        grid.append(_row(row.xpath("./td | ./th"), reaching))
    return grid


def _row(given: list[html.HtmlElement], reaching: dict[int, tuple[int, str]]) -> Row:
    cells: list[str] = []
    alone = len(given) == 1 and not reaching
    for cell in given:
        _covered(cells, reaching)
        text, across, down = _text(cell), _span(cell, "colspan"), _span(cell, "rowspan")
        for _ in range(min(across, WIDEST - len(cells))):
            if down > 1:
                reaching[len(cells)] = (down - 1, text)
            cells.append(text)
    _covered(cells, reaching)
    return cells, alone and len(cells) > 1


def _covered(cells: list[str], reaching: dict[int, tuple[int, str]]) -> None:
    """The cells at this place that reach down from above."""
    while (place := len(cells)) in reaching:
        rows, text = reaching.pop(place)
        if rows > 1:
            reaching[place] = (rows - 1, text)
        cells.append(text)


def _span(cell: html.HtmlElement, name: str) -> int:
    written = cell.get(name, "1")
    return max(1, int(written)) if written.isdecimal() and len(written) < 6 else 1


def _text(cell: html.HtmlElement) -> str:
    """Its paragraphs, list items and rows of inner tables a line each."""
    for found in cell.iter("br", "p", "li", "tr"):
        found.tail = "\n" + (found.tail or "")
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in cell.text_content().split("\n"))
    return cleaned("\n".join(line for line in lines if line))
