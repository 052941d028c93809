"""As much of a graph as can be read on a page, and on what page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casereview.publish.graphs.parts import Edge, Node
from casereview.publish.graphs.pathway import LAYOUTS, READABLE
from casereview.publish.graphs.places import Layout, Placed, placed
from casereview.publish.pages import LEAST, PAGES, Page

FULLER = (Layout(100, 44), *(replace(one, most=most) for one in LAYOUTS for most in (6, 5, 4, 3)))
"""Narrower still; and with fewer boxes beside one another."""

ALONE = 12
"""Boxes in no link: with more of them there would be no room for links."""


@dataclass(frozen=True)
class Fitted:
    """A graph on its page, so much smaller than its letters are. left: the edges left out; alone: boxes in no link, left out."""

    placed: Placed
    page: Page
    scale: float
    left: tuple[Edge, ...] = ()
    alone: tuple[Node, ...] = ()

    @property
    def width(self) -> float:
        """On paper, in pixels of 1/96 inch."""
        return self.placed.size[0] * self.scale


def fitted(nodes: Sequence[Node], edges: Sequence[Edge]) -> Fitted:
    """The whole graph if it can be read on one of the pages; else that of the heaviest edges, as many as can.

    Edges of one weight stay or go together, unless those of the greatest are too many by themselves: then the first of them
    stay. Boxes that only edges left out have go, too.
    """
    linked = _ends(edges)
    alone = [node for node in nodes if node.slug not in linked]
    for kept in _kept(edges):
        there = _ends(kept) | {node.slug for node in alone[:ALONE]}
        if found := _on_a_page([node for node in nodes if node.slug in there], kept):
            left = tuple(edge for edge in edges if edge not in kept)
            return replace(found, left=left, alone=tuple(alone[ALONE:]))
    raise AssertionError("No page has room for two boxes.")  # a label has no more lines than it may


def _ends(edges: Sequence[Edge]) -> set[str]:
    return {slug for edge in edges for slug in (edge.start, edge.end)}


def _kept(edges: Sequence[Edge]) -> Iterator[list[Edge]]:
    """What is tried to be drawn, the most first."""
    kept = list(edges)
    for weight in sorted({edge.weight for edge in edges}):
        kept = [edge for edge in edges if edge.weight >= weight]
        if len(kept) <= READABLE:
            yield kept
    for number in range(min(READABLE, len(kept)), -1, -1):
        yield kept[:number]


def _on_a_page(nodes: Sequence[Node], edges: Sequence[Edge]) -> Fitted | None:
    """Upright if it can be, and of the ways in which it can be set the one with the largest letters."""
    tried: list[Placed] = []
    for more in (LAYOUTS, FULLER):
        tried += [placed(nodes, edges, one) for one in more]
        if upright := _best(tried, PAGES[0]):
            return upright
    return _best(tried, PAGES[1])


def _best(tried: Sequence[Placed], page: Page) -> Fitted | None:
    best = max((Fitted(one, page, _scale(one, page)) for one in tried), key=lambda one: one.scale)
    return best if best.scale >= LEAST else None


def _scale(one: Placed, page: Page) -> float:
    return min(1.0, page.width / one.size[0], page.height / one.size[1])
