"""Where the boxes of a pathway stand, by the layers of its links; what is in no link stands in rows below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casereview.publish.graphs.layers import Item, Layered, layered
from casereview.publish.graphs.parts import Edge, Node
from casereview.publish.graphs.svg import WIDE, Point, size_of

BETWEEN, BESIDE, FREE, EDGE = 84, 18, 16, 12
"""Between layers, between the boxes of one, the room of a link that passes a layer, and the margin."""
ROUNDS = 12


@dataclass(frozen=True)
class Layout:
    """How a graph is set: how wide a box is, how far apart layers are, whether it leads down, and how many stand in a layer."""

    wide: int = WIDE
    between: int = BETWEEN
    down: bool = False
    most: int | None = None


@dataclass(frozen=True)
class Placed:
    """Boxes with the places of their middles and their sizes, and the links between them, as far as they have been put."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    layout: Layout
    found: Layered
    middles: Mapping[Item, Point]
    sizes: Mapping[str, Point]

    @property
    def size(self) -> Point:
        """Of the whole, margins and all."""
        room = {item: self.sizes[item] if isinstance(item, str) else (FREE, FREE) for item in self.middles}
        width = max((x + room[item][0] / 2 for item, (x, _) in self.middles.items()), default=0)
        height = max((y + room[item][1] / 2 for item, (_, y) in self.middles.items()), default=0)
        return width + EDGE, height + EDGE


def placed(nodes: Sequence[Node], edges: Sequence[Edge], layout: Layout) -> Placed:
    """Risks first, harms last, and below them what only could have protected."""
    named = {node.slug: node for node in nodes}
    linked = {slug for edge in edges for slug in (edge.start, edge.end)}
    inside = [node.slug for node in nodes if node.slug in linked or node.shape != "protective"]
    below = [node.slug for node in nodes if node.slug not in inside]
    last = [one for one in inside if named[one].shape == "harm"]
    found = layered(inside, [(edge.start, edge.end) for edge in edges], last, layout.most)
    sizes = {slug: size_of(node, layout.wide) for slug, node in named.items()}
    middles = _Places(found, sizes, layout).middles()
    return Placed(named, tuple(edges), layout, found, _with_below(middles, below, sizes, layout), sizes)


class _Places:
    """Where the items of layers stand. Along a layer, an item has so much room as it is tall (or, leading down, wide)."""

    def __init__(self, found: Layered, sizes: Mapping[str, Point], layout: Layout) -> None:
        self.found = found
        self.down = layout.down
        self.between = layout.between
        items = [item for column in found.layers for item in column]
        boxes = {item: sizes[item] for item in items if isinstance(item, str)}
        self.along = {item: (boxes[item][0 if self.down else 1] if item in boxes else FREE) for item in items}
        self.deep = [
            max((boxes[item][1 if self.down else 0] for item in one if item in boxes), default=0) for one in found.layers
        ]

    def middles(self) -> dict[Item, Point]:
        """The middle of every item."""
        place = {item: number for number, column in enumerate(self.found.layers) for item in column}
        starts = [EDGE + sum(self.deep[:number]) + number * self.between for number in range(len(self.deep))]
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


def _with_below(
    middles: Mapping[Item, Point], slugs: Sequence[str], sizes: Mapping[str, Point], layout: Layout
) -> dict[Item, Point]:
    """What is in no link stands in rows below, as wide as the rest."""
    made = dict(middles)
    bottom = max((y + sizes.get(str(item), (0, FREE))[1] / 2 for item, (_, y) in middles.items()), default=0)
    right = max((x for x, _ in middles.values()), default=0)
    columns = max(2, int(right // (layout.wide + BESIDE)) + 1)
    for start in range(0, len(slugs), columns):
        row = slugs[start : start + columns]
        height = max(sizes[slug][1] for slug in row)
        middle = bottom + 2 * BESIDE + height / 2
        made |= {slug: (EDGE + layout.wide * (number + 0.5) + number * BESIDE, middle) for number, slug in enumerate(row)}
        bottom = middle + height / 2
    return made
