"""A pathway, of one case or of many: risks at the left, harms at the right, and what only could have protected below."""

from collections.abc import Iterator, Sequence
from typing import Any

from casereview.publish.graphs.parts import Edge, Node
from casereview.publish.graphs.places import Layout, Placed, placed
from casereview.publish.graphs.svg import Canvas, Point, Rectangle, along, passed

NARROW, NEAR, BELOW = 112, 50, 54
"""Where there is little room: the width of a box, and between layers; and between layers that stand below each other."""

LAYOUTS = (Layout(), Layout(NARROW, NEAR), Layout(between=BELOW, down=True), Layout(NARROW, BELOW, down=True))
"""The ways of setting a graph, in the order in which they are tried."""

READABLE = 30
"""Links; a picture of more is a thicket, in which none can be followed."""

PLACED = 100
"""Links; labels of more are not kept apart, as nobody can follow them and it would take long."""

KEY = (
    "Square: a risk. Round with a broken line: something that protects. Cut corners and a thick line: a harm. A diamond marks a "
    "point at which protection was possible."
)


def set_within(nodes: Sequence[Node], edges: Sequence[Edge], widest: float) -> Placed:
    """A graph that is no wider, if it can be: with narrower boxes, or leading from above to below."""
    tried = []
    for layout in LAYOUTS:
        tried.append(placed(nodes, edges, layout))
        if tried[-1].size[0] <= widest:
            return tried[-1]
    return min(tried, key=lambda one: one.size[0])


def drawn(found: Placed) -> str:
    """The SVG element; its words for those who do not see it stand beside it."""
    down = found.layout.down
    canvas = Canvas(*found.size, down=down)
    lines = [(edge, line_of(found, edge)) for edge in found.edges]
    groups = [canvas.arrow(edge, points, broken=found.nodes[edge.start].shape == "protective") for edge, points in lines]
    labels = _Labels(found, lines)
    for (edge, points), group in zip(lines, groups, strict=True):
        _labelled(canvas, group, edge, labels.place(edge, points), down)
    for slug, node in found.nodes.items():
        canvas.box(node, found.middles[slug], found.sizes[slug])
    return canvas.written()


def _labelled(canvas: Canvas, group: Any, edge: Edge, at: Point, down: bool) -> None:
    if edge.label:
        canvas.label(group, at, edge.label)
    if edge.chance:
        canvas.chance(group, _beside(edge, at, down), edge.chance)


def _beside(edge: Edge, at: Point, down: bool) -> Point:
    """Where the mark of a chance stands, by the label of its arrow."""
    if not edge.label:
        return at
    return (at[0] + 12 + 4 * len(edge.label), at[1]) if down else (at[0], at[1] + 18)


class _Labels:
    """Finds places for the labels of arrows: over no box, no other label and no other arrow, as long as there are such."""

    def __init__(self, found: Placed, lines: Sequence[tuple[Edge, Sequence[Point]]]) -> None:
        self.down = found.layout.down
        self.taken = [_around(found.middles[slug], size) for slug, size in found.sizes.items()]
        self.passed = {id(edge): list(passed(points, self.down)) for edge, points in lines}

    def place(self, edge: Edge, points: Sequence[Point]) -> Point:
        """The middle of the label: as near the middle of the arrow as there is room."""
        places = list(along(points, self.down))
        if len(self.passed) > PLACED:
            return places[0]
        free = [at for at in places if not self._over(self.taken, edge, at)] or places[:1]
        others = [_around(at, (2, 2)) for other, several in self.passed.items() if other != id(edge) for at in several]
        at = next((at for at in free if not self._over(others, edge, at)), free[0])
        self.taken += self._covered(edge, at)
        return at

    def _over(self, taken: Sequence[Rectangle], edge: Edge, at: Point) -> bool:
        return any(_touch(one, other) for one in self._covered(edge, at) for other in taken)

    def _covered(self, edge: Edge, at: Point) -> Iterator[Rectangle]:
        if edge.label:
            yield _around(at, (7 * len(edge.label) + 8, 18))
        if edge.chance:
            x, y = _beside(edge, at, self.down)
            yield x - 8, y - 8, x + 16 + 7 * len(edge.chance), y + 8


def _around(middle: Point, size: Point) -> Rectangle:
    return middle[0] - size[0] / 2, middle[1] - size[1] / 2, middle[0] + size[0] / 2, middle[1] + size[1] / 2


def _touch(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def line_of(found: Placed, edge: Edge) -> list[Point]:
    """From the side of a box to the side of another, by the places between."""
    path = found.found.paths[edge.start, edge.end]
    first, *between, last = (found.middles[item] for item in path)
    axis = 1 if found.layout.down else 0
    ahead = 1 if first[axis] < last[axis] else -1
    return [_side(first, found.sizes[edge.start], axis, ahead), *between, _side(last, found.sizes[edge.end], axis, -ahead)]


def _side(middle: Point, size: Point, axis: int, ahead: int) -> Point:
    half = ahead * size[axis] / 2
    return (middle[0], middle[1] + half) if axis else (middle[0] + half, middle[1])
