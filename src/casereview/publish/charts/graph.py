"""Pathways as one graph: boxes for factors, arrows as wide as many cases have the link."""

from collections.abc import Iterator

from casereview.analysis.tables import CellTable, Factor
from casereview.publish.charts.drawing import Drawing
from casereview.publish.charts.shares import ELSEWHERE, said
from casereview.publish.charts.style import WIDTH
from casereview.publish.graphs.parts import Edge, Node
from casereview.publish.graphs.pathway import KEY, drawn_pathway
from casereview.publish.numbers import grouped
from casereview.study.pathways import chance_row, link_row, place_row

HIGHEST = 840
"""Pixels: a page, with its caption."""
_WIDTH = "Arrows are as wide as many cases have the link; their number is printed."


def draw(table: CellTable) -> Drawing:
    """The graph, of all columns together."""
    return Drawing(
        drawn_pathway(list(nodes(table)), list(edges(table)), widest=WIDTH, page=(WIDTH, HIGHEST)), _words(table), (KEY, _WIDTH)
    )


def nodes(table: CellTable) -> Iterator[Node]:
    """The factors of the links that are shown, and those that could have protected; the others stand in the table."""
    linked = {slug for edge in edges(table) for slug in (edge.start, edge.end)}
    for one in table.factors:
        there, chances = _count(table, one.slug), _count(table, chance_row(one.slug))
        notes = [f"{grouped(there)} cases"] * bool(there) + [f"could have: {grouped(chances)}"] * bool(chances)
        if one.slug in linked or chances:
            yield Node(one.slug, one.label, one.side, ", ".join(notes))


def edges(table: CellTable) -> Iterator[Edge]:
    """The links that are shown."""
    pairs = [(one, other) for one in table.factors for other in table.factors if one != other]
    found = {(one, other): _count(table, link_row(one.slug, other.slug)) for one, other in pairs}
    most = max(found.values(), default=0) or 1
    for (one, other), count in found.items():
        if count:
            chances = _count(table, place_row(one.slug, other.slug))
            words = _said(table, one, other)
            chance = grouped(chances) if chances else ""
            yield Edge(one.slug, other.slug, grouped(count), words, count / most, chance=chance)


def _said(table: CellTable, one: Factor, other: Factor) -> str:
    cell = table.cells[_address(table, link_row(one.slug, other.slug))]
    return f"{one.label} to {other.label}: {grouped(cell.count)} ({said(cell)})"


def _count(table: CellTable, row: str) -> int:
    cell = table.cells.get(_address(table, row))
    return cell.count if cell else 0


def _address(table: CellTable, row: str) -> str:
    return f"{row}.total" if table.columns else row


def _words(table: CellTable) -> str:
    rows = ((row.label, table.cells[_address(table, row.slug)]) for row in table.rows)
    figures = "; ".join(f"{label} {grouped(cell.count)} ({said(cell)})" for label, cell in rows)
    return f"Graph: {table.title}. {figures}. {ELSEWHERE}"
