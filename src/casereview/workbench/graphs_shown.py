"""Graphs of pathways on pages: which links are drawn where all would be a thicket, and whether paper takes the picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from casereview.publish.graphs.paper import LEAST, Page
from casereview.publish.graphs.parts import Edge, Node
from casereview.publish.graphs.pathway import READABLE, drawn, set_within

WIDEST = 1120
"""Pixels: what a page has room for."""
PAPER = Page(1032, 640, turned=True)
"""What the print view has room for."""

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
    prints = found.size[0] * LEAST <= PAPER.width and found.size[1] * LEAST <= PAPER.height
    return Graph(mark_safe(drawn(found)), prints)  # noqa: S308  # made by lxml, of texts


def chosen(counts: Mapping[Link, int], least: int = 0) -> Chosen:
    """Links of at least so many cases; 0: of the fewest at which at most `READABLE` are drawn."""
    if least or len(counts) <= READABLE:
        return Chosen(tuple(link for link in counts if counts[link] >= least), least or 1)
    frequent = sorted(counts, key=lambda link: -counts[link])
    fewer = counts[frequent[READABLE]]
    links = tuple(link for link in counts if counts[link] > fewer)
    return Chosen(links, fewer + 1) if links else Chosen(tuple(frequent[:READABLE]), fewer, first=True)
