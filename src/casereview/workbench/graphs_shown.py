"""Graphs of pathways on pages: which links are drawn where all would be a thicket, and whether paper takes the picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from casereview.publish.graphs.parts import Edge, Node
from casereview.publish.graphs.pathway import READABLE, drawn, set_within
from casereview.publish.graphs.svg import Point
from casereview.publish.graphs.system import drawn_map
from casereview.publish.pages import LEAST, Page

WIDEST = 1120
"""Pixels: what a page has room for."""
PAPER = Page(1032, 640, turned=True)
"""What the print view has room for."""
MAP = Page(1032, 577, turned=True)
"""What it has for a map, on one page with its heading."""

Link = tuple[str, str]


@dataclass(frozen=True)
class Graph:
    """A picture. prints: whether its letters can be read on paper."""

    svg: SafeString
    prints: bool


@dataclass(frozen=True)
class Chosen:
    """The links that are drawn: those of at least so many cases. first: only the first of them, as all are as frequent."""

    links: tuple[Link, ...]
    least: int
    first: bool = False


def graph(nodes: Sequence[Node], edges: Sequence[Edge]) -> Graph | None:
    """The picture; None of nothing."""
    if not nodes:
        return None
    found = set_within(nodes, edges, WIDEST)
    return Graph(mark_safe(drawn(found)), _prints(found.size, PAPER))  # noqa: S308  # made by lxml, of texts


def system_map(levels: Mapping[str, Sequence[Node]], edges: Sequence[Edge]) -> Graph | None:
    """The picture of a system; None of nothing."""
    if not any(levels.values()):
        return None
    svg, size = drawn_map(levels, edges)
    return Graph(mark_safe(svg), _prints(size, MAP))  # noqa: S308  # made by lxml, of texts


def _prints(size: Point, page: Page) -> bool:
    return size[0] * LEAST <= page.width and size[1] * LEAST <= page.height


def chosen(counts: Mapping[Link, int], least: int = 0) -> Chosen:
    """Links of at least so many cases; 0: of the fewest at which at most `READABLE` are drawn."""
    if least or len(counts) <= READABLE:
        return Chosen(tuple(link for link in counts if counts[link] >= least), least or 1)
    frequent = sorted(counts, key=lambda link: -counts[link])
    fewer = counts[frequent[READABLE]]
    links = tuple(link for link in counts if counts[link] > fewer)
    return Chosen(links, fewer + 1) if links else Chosen(tuple(frequent[:READABLE]), fewer, first=True)
