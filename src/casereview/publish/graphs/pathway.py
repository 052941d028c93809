"""A pathway, of one case or of many: risks at the left, harms at the right, and what only could have protected below."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from casereview.publish.graphs.layers import Item, Layered, layered
from casereview.publish.graphs.parts import Edge, Node
from casereview.publish.graphs.svg import WIDE, Canvas, Point, middle_of, size_of

BETWEEN, BESIDE, FREE, EDGE = 84, 18, 16, 12
"""Between layers, between the boxes of one, the room of a link that passes a layer, and the margin."""
ROUNDS = 12

KEY = (
    "Square: a risk. Round with a broken line: something that protects. Cut corners and a thick line: a harm. A diamond marks a "
    "point at which protection was possible."
)


def drawn_pathway(nodes: Sequence[Node], edges: Sequence[Edge], *, widest: float | None = None, page: Point | None = None) -> str:
    """The SVG element; its words for those who do not see it stand beside it.

    widest: where it would be wider from left to right, it leads from above to below. page: the width that it is then
    given, and the height that it may have.
    """
    named = {node.slug: node for node in nodes}
    linked = {slug for edge in edges for slug in (edge.start, edge.end)}
    inside = [node.slug for node in nodes if node.slug in linked or node.shape != "protective"]
    below = [node.slug for node in nodes if node.slug not in inside]
    last = [one for one in inside if named[one].shape == "harm"]
    found = layered(inside, [(edge.start, edge.end) for edge in edges], last)
    wide = len(found.layers) * (WIDE + BETWEEN) - BETWEEN + 2 * EDGE
    down = widest is not None and wide > widest
    middles = _Places(found, {slug: size_of(node) for slug, node in named.items()}, down).middles()
    return _drawn(named, edges, found, _with_below(middles, below, named), down, page)


class _Places:
    """Where the items of layers stand. Along a layer, an item has so much room as it is tall (or, leading down, wide)."""

    def __init__(self, found: Layered, sizes: dict[str, Point], down: bool) -> None:
        self.found = found
        self.down = down
        items = [item for column in found.layers for item in column]
        boxes = {item: sizes[item] for item in items if isinstance(item, str)}
        self.along = {item: (boxes[item][0 if down else 1] if item in boxes else FREE) for item in items}
        self.deep = [max((boxes[item][1 if down else 0] for item in one if item in boxes), default=0) for one in found.layers]

    def middles(self) -> dict[Item, Point]:
        """The middle of every item."""
        place = {item: number for number, column in enumerate(self.found.layers) for item in column}
        starts = [EDGE + sum(self.deep[:number]) + number * (BETWEEN - 30 * self.down) for number in range(len(self.deep))]
        across = {item: starts[number] + self.deep[number] / 2 for item, number in place.items()}
        along = self._along()
        return {item: (along[item], across[item]) if self.down else (across[item], along[item]) for item in place}

    def _along(self) -> dict[Item, float]:
        """Each layer in its order, its items drawn towards the middle of their neighbours, none over another."""
        beside = self._beside()
        at = {item: number * 60.0 for column in self.found.layers for number, item in enumerate(column)}
        for _ in range(ROUNDS):
            for column in self.found.layers:
                wanted = [sum(at[one] for one in beside.get(item, [item])) / len(beside.get(item, [item])) for item in column]
                at |= dict(zip(column, _apart(wanted, [self.along[item] for item in column]), strict=True))
        first = min((at[item] - self.along[item] / 2 for item in at), default=0)
        return {item: where - first + EDGE for item, where in at.items()}

    def _beside(self) -> dict[Item, list[Item]]:
        beside: dict[Item, list[Item]] = {}
        for path in self.found.paths.values():
            for one, other in pairwise(path):
                beside.setdefault(one, []).append(other)
                beside.setdefault(other, []).append(one)
        return beside


def _apart(wanted: Sequence[float], room: Sequence[float]) -> list[float]:
    """In the same order, each as near as can be to where it wants to be: half pushed on, half pushed back."""
    on, back = list(wanted), list(wanted)
    for place in range(1, len(on)):
        on[place] = max(on[place], on[place - 1] + (room[place - 1] + room[place]) / 2 + BESIDE)
    for place in range(len(back) - 2, -1, -1):
        back[place] = min(back[place], back[place + 1] - (room[place + 1] + room[place]) / 2 - BESIDE)
    return [(one + other) / 2 for one, other in zip(on, back, strict=True)]


def _with_below(middles: dict[Item, Point], slugs: Sequence[str], named: dict[str, Node]) -> dict[Item, Point]:
    """What is in no link stands in rows below, as wide as the rest."""
    sizes = {slug: size_of(node)[1] for slug, node in named.items()}
    bottom = max((y + sizes.get(str(item), FREE) / 2 for item, (_, y) in middles.items()), default=0)
    right = max((x for x, _ in middles.values()), default=0)
    columns = max(2, int(right // (WIDE + BESIDE)) + 1)
    for start in range(0, len(slugs), columns):
        row = slugs[start : start + columns]
        height = max(sizes[slug] for slug in row)
        middle = bottom + 2 * BESIDE + height / 2
        middles |= {slug: (EDGE + WIDE / 2 + number * (WIDE + BESIDE), middle) for number, slug in enumerate(row)}
        bottom = middle + height / 2
    return middles


def _drawn(
    named: dict[str, Node], edges: Sequence[Edge], found: Layered, middles: dict[Item, Point], down: bool, page: Point | None
) -> str:
    sizes = {slug: size_of(node) for slug, node in named.items()}
    room = {item: sizes[item] if isinstance(item, str) else (FREE, FREE) for item in middles}
    width = max((x + room[item][0] / 2 for item, (x, _) in middles.items()), default=0)
    height = max((y + room[item][1] / 2 for item, (_, y) in middles.items()), default=0)
    canvas = Canvas(width + EDGE, height + EDGE, down=down)
    lines = [(edge, _line(found.paths[edge.start, edge.end], middles, sizes, down)) for edge in edges]
    groups = [canvas.arrow(edge, points, broken=named[edge.start].shape == "protective") for edge, points in lines]
    for (edge, points), group in zip(lines, groups, strict=True):
        _labelled(canvas, group, edge, middle_of(points), down)
    for slug, node in named.items():
        canvas.box(node, middles[slug], sizes[slug])
    if page:
        canvas.fit(*page)
    return canvas.written()


def _labelled(canvas: Canvas, group: Any, edge: Edge, at: Point, down: bool) -> None:
    if edge.label:
        canvas.label(group, at, edge.label)
    if edge.chance:
        beside, under = (12 + 4 * len(edge.label), 0) if down else (0, 18)
        canvas.chance(group, (at[0] + beside, at[1] + under) if edge.label else at, edge.chance)


def _line(path: Sequence[Item], middles: dict[Item, Point], sizes: dict[str, Point], down: bool) -> list[Point]:
    """From the side of a box to the side of another, by the places between."""
    points = [middles[item] for item in path]
    axis = 1 if down else 0
    ahead = 1 if points[0][axis] < points[-1][axis] else -1
    return [
        _side(points[0], sizes[str(path[0])], axis, ahead),
        *points[1:-1],
        _side(points[-1], sizes[str(path[-1])], axis, -ahead),
    ]


def _side(middle: Point, size: Point, axis: int, ahead: int) -> Point:
    half = ahead * size[axis] / 2
    return (middle[0], middle[1] + half) if axis else (middle[0] + half, middle[1])
