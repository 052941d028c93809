"""Pathways as one graph: boxes for factors, arrows as wide as many cases have the link, as many as can be read on a page."""

from collections.abc import Iterator, Sequence

from casereview.analysis.tables import CellTable, Factor
from casereview.publish.charts.drawing import Drawing, Paper
from casereview.publish.charts.shares import ELSEWHERE, said
from casereview.publish.graphs.paper import Fitted, fitted
from casereview.publish.graphs.parts import Edge, Node
from casereview.publish.graphs.pathway import KEY, drawn
from casereview.publish.hrefs import evidence_href
from casereview.publish.numbers import grouped
from casereview.study.pathways import chance_row, link_row, place_row

_WIDTH = "Arrows are as wide as many cases have the link; their number is printed."


def draw(table: CellTable) -> Drawing:
    """The graph, of all columns together; each arrow and box leads to its evidence."""
    found = fitted(list(nodes(table)), list(edges(table)))
    notes = (*_left(table, found), KEY, _WIDTH)
    return Drawing(drawn(found.placed), _words(table), notes, paper=Paper(found.width, found.page.turned))


def nodes(table: CellTable) -> Iterator[Node]:
    """The factors of the links that are shown, and those that could have protected; the others stand in the table."""
    linked = {slug for edge in edges(table) for slug in (edge.start, edge.end)}
    for one in table.factors:
        there, chances = _count(table, one.slug), _count(table, chance_row(one.slug))
        notes = [_cases(there)] * bool(there) + [f"could have: {grouped(chances)}"] * bool(chances)
        row = one.slug if there else chance_row(one.slug) if chances else ""
        if one.slug in linked or chances:
            yield Node(one.slug, one.label, one.side, ", ".join(notes), _evidence(table, row))


def edges(table: CellTable) -> Iterator[Edge]:
    """The links that are shown."""
    pairs = [(one, other) for one in table.factors for other in table.factors if one != other]
    found = {(one, other): _count(table, link_row(one.slug, other.slug)) for one, other in pairs}
    most = max(found.values(), default=0) or 1
    for (one, other), count in found.items():
        if count:
            chances = _count(table, place_row(one.slug, other.slug))
            words, href = _said(table, one, other), _evidence(table, link_row(one.slug, other.slug))
            chance = grouped(chances) if chances else ""
            yield Edge(one.slug, other.slug, grouped(count), words, count / most, href, chance)


def _left(table: CellTable, found: Fitted) -> Iterator[str]:
    """What is left out, so that the rest can be read."""
    kept, left = (_counts(table, several) for several in (found.placed.edges, found.left))
    if left:
        yield (
            f"Not the whole graph: with all {len(kept) + len(left):,} links, letters would be too small to read, or the "
            f"arrows too many to follow. {_which(kept, left)} All are in its table."
        )
    if found.alone:
        labels = "; ".join(one.label for one in found.alone)
        yield f"Not drawn for want of room, and in no link: {labels}."


def _which(kept: Sequence[int], left: Sequence[int]) -> str:
    if not kept:
        return "None is drawn."
    if max(left) < min(kept):
        return f"Drawn: the {len(kept):,} that {min(kept):,} cases or more have. Left out: {len(left):,} that fewer have."
    tied = f"of those that {_cases(min(kept))} {'has' if min(kept) == 1 else 'have'}, the first of pathways.yaml"
    return f"Drawn: {len(kept):,}, the most frequent, and {tied}. Left out: {len(left):,}."


def _cases(number: int) -> str:
    return f"{grouped(number)} case{'' if number == 1 else 's'}"


def _counts(table: CellTable, several: Sequence[Edge]) -> list[int]:
    return [_count(table, link_row(edge.start, edge.end)) for edge in several]


def _evidence(table: CellTable, row: str) -> str:
    return evidence_href(table.slug, _address(table, row)) if _address(table, row) in table.cells else ""


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
