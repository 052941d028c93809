"""Boxes and arrows as SVG. What they are is told by shape and line; colours come from the page, or are those of the charts."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import atan2, cos, pi, sin

from lxml import etree

from casereview.publish.charts.style import COLOURS, FONT, INK, SOFT, wrapped, written
from casereview.publish.graphs.parts import Edge, Node

NS = "http://www.w3.org/2000/svg"
Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""

WIDE, LINE, PAD, LETTERS = 148, 15, 8, 21
"""Of a box: its width, the height of a line, the room around its words, and the letters of a line."""

SIZE = 12
"""Of every letter, in pixels."""

STROKE = {"risk": COLOURS[0], "protective": COLOURS[2], "harm": INK, "problem": INK, "condition": COLOURS[0]}


Said = Mapping[str, str | float]
"""Attributes of an element."""

BROKEN = {"stroke-dasharray": "5 3"}


class Canvas:
    """A picture that is being drawn."""

    def __init__(self, width: float, height: float, *, down: bool = False) -> None:
        """down: arrows leave boxes from below, and lead down; else from the side."""
        self._down = down
        self.root = etree.Element("svg", {"xmlns": NS})
        size: Said = {"viewBox": f"0 0 {_said(width)} {_said(height)}", "width": width, "height": height}
        _give(self.root, {**size, "font-family": FONT, "font-size": SIZE})

    def written(self) -> str:
        """The element."""
        return etree.tostring(self.root, encoding="unicode")

    def put(self, to: etree._Element | None, name: str, said: Said, text: str = "") -> etree._Element:
        """An element more, in another or in the picture itself."""
        made = etree.SubElement(self.root if to is None else to, name)
        _give(made, said)
        made.text = text or None
        return made

    def linked(self, href: str, said: str) -> etree._Element:
        """A group that leads somewhere, if there is anywhere to go."""
        return self.put(None, "a", {"href": href, "aria-label": written(said)}) if href else self.put(None, "g", {})

    def text(self, to: etree._Element | None, at: Point, words: str, **more: str | float) -> None:
        """Words around a point; an underline in the name of an attribute stands for a hyphen."""
        said: Said = {"text-anchor": "middle", "class": "graph-text", "fill": INK}
        given = {name.rstrip("_").replace("_", "-"): value for name, value in more.items()}
        self.put(to, "text", {"x": at[0], "y": at[1], **said, **given}, words)

    def box(self, node: Node, middle: Point, size: Point) -> None:
        """A box: risks square, what protects round and broken, harms with cut corners and a thick line."""
        group = self.linked(node.href, f"{node.label}{f': {node.note}' if node.note else ''}")
        self._outline(group, node, (middle[0] - size[0] / 2, middle[1] - size[1] / 2), size)
        label, note = _words(node, size[0])
        top = middle[1] - LINE * (len(label) + len(note) - 1) / 2 + 4
        for place, line in enumerate([*label, *note]):
            small = {"fill": SOFT, "class_": "graph-note"} if place >= len(label) else {}
            self.text(group, (middle[0], top + LINE * place), line, **small)

    def _outline(self, group: etree._Element, node: Node, corner: Point, size: Point) -> None:
        look: Said = {"fill": "white", "stroke": STROKE[node.shape], "class": f"graph-box graph-{node.shape}"}
        sides: Said = {"x": corner[0], "y": corner[1], "width": size[0], "height": size[1]}
        if node.shape == "harm":
            self.put(group, "path", {**look, "d": _cut(*corner, *size), "stroke-width": 3})
        elif node.shape == "protective":
            self.put(group, "rect", {**look, **sides, **BROKEN, "rx": min(size[1] / 2, 20), "stroke-width": 1.6})
        else:
            self.put(group, "rect", {**look, **sides, "rx": 2, "stroke-width": 2.4 if node.shape == "problem" else 1.4})

    def arrow(self, edge: Edge, points: Sequence[Point], *, broken: bool = False) -> etree._Element:
        """A line through some points, with its head. Returns what its labels are to be put into, once all lines are drawn."""
        wide = 1.2 + 5 * edge.weight
        group = self.linked(edge.href, edge.said)
        line: Said = {"d": _curve(points, self._down), "fill": "none"}
        seen: Said = {"stroke": SOFT, "stroke-width": wide, "class": "graph-line"}
        self.put(group, "path", {**line, **seen, **(BROKEN if broken else {})})
        if edge.href:
            self.put(group, "path", {**line, "stroke": "transparent", "stroke-width": 14})
        self.put(group, "path", {"d": _head(points, wide, self._down), "fill": SOFT, "class": "graph-head"})
        return group

    def label(self, group: etree._Element, at: Point, words: str) -> None:
        """Words on a line."""
        wide = 7 * len(words) + 8
        sides: Said = {"x": at[0] - wide / 2, "y": at[1] - 9, "width": wide, "height": 18, "rx": 3}
        self.put(group, "rect", {**sides, "fill": "white", "class": "graph-ground"})
        self.text(group, (at[0], at[1] + 4), words, font_weight="bold")

    def chance(self, group: etree._Element, at: Point, words: str) -> None:
        """The mark of a point at which protection was possible: a diamond, and how often."""
        diamond = f"M {_said(at[0] - 7)} {_said(at[1])} l 7 -7 l 7 7 l -7 7 z"
        look: Said = {"fill": "white", "stroke": COLOURS[2], "stroke-width": 2, "class": "graph-chance"}
        self.put(group, "path", {**look, "d": diamond})
        self.text(group, (at[0] + 14, at[1] + 4), words, text_anchor="start")


def _give(element: etree._Element, said: Said) -> None:
    for name, value in said.items():
        element.set(name, _said(value))


def lines_of(node: Node, wide: float = WIDE) -> list[str]:
    """The lines of a box so wide."""
    label, note = _words(node, wide)
    return [*label, *note]


def _words(node: Node, wide: float) -> tuple[list[str], list[str]]:
    """The lines of the label of a box so wide, and those of its note."""
    letters = int(LETTERS * (wide - 2 * PAD) / (WIDE - 2 * PAD))
    return wrapped(node.label, letters, 5), wrapped(node.note, letters, 2) if node.note else []


def size_of(node: Node, wide: float = WIDE) -> Point:
    """The width and the height of a box."""
    return wide, LINE * len(lines_of(node, wide)) + 2 * PAD


BOW = 18
"""How far a line between two points of one height is drawn up by its bends."""

STEPS = (0.5, 0.35, 0.65, 0.22, 0.78)
"""Along each piece of a line, the nearest to its middle first."""


def along(points: Sequence[Point], down: bool) -> Iterator[Point]:
    """Places on a line, from its middle outwards: piece by piece, and on each at some steps."""
    pieces = list(pairwise(points))
    nearest = sorted(range(len(pieces)), key=lambda place: abs(place - (len(pieces) - 1) / 2))
    if len(points) % 2:
        yield points[len(points) // 2]
    for step in STEPS:
        yield from (_on_curve(*pieces[place], step, down) for place in nearest)


def passed(points: Sequence[Point], down: bool) -> Iterator[Point]:
    """Places all along a line, so near each other that no label has room between two."""
    for start, end in pairwise(points):
        yield from (_on_curve(start, end, step / 16, down) for step in range(17))


def _on_curve(start: Point, end: Point, step: float, down: bool) -> Point:
    """The place on a piece of `_curve`, its two ends and bends being what they are there."""
    straight = 1.5 * step * (1 - step) ** 2 + 1.5 * step**2 * (1 - step) + step**3
    bent = 3 * step**2 * (1 - step) + step**3
    x, y = (bent, straight) if down else (straight, bent)
    return start[0] + (end[0] - start[0]) * x, start[1] + (end[1] - start[1]) * y


def _cut(left: float, top: float, width: float, height: float) -> str:
    corner, right, bottom = 9, left + width, top + height
    corners = [
        *((left + corner, top), (right - corner, top), (right, top + corner), (right, bottom - corner)),
        *((right - corner, bottom), (left + corner, bottom), (left, bottom - corner), (left, top + corner)),
    ]
    return "M " + " L ".join(f"{_said(x)} {_said(y)}" for x, y in corners) + " z"


def _curve(points: Sequence[Point], down: bool) -> str:
    """Smooth, and straight where it leaves and arrives; where it leads down, a bow between two points of one height."""
    said = [f"M {_said(points[0][0])} {_said(points[0][1])}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        middle = ((x1 + x2) / 2, (y1 + y2) / 2 - (BOW if y1 == y2 else 0))
        bends = (x1, middle[1], x2, middle[1], x2, y2) if down else (middle[0], y1, middle[0], y2, x2, y2)
        said.append("C " + " ".join(map(_said, bends)))
    return " ".join(said)


def _head(points: Sequence[Point], wide: float, down: bool) -> str:
    (x1, y1), (x2, y2) = points[-2], points[-1]
    angle = atan2(y2 - y1, 0) if down else atan2(0, x2 - x1)
    size = 7 + 1.6 * wide
    sides = [(x2 - size * cos(angle + turn), y2 - size * sin(angle + turn)) for turn in (pi / 7, -pi / 7)]
    return f"M {_said(x2)} {_said(y2)} " + " ".join(f"L {_said(x)} {_said(y)}" for x, y in sides) + " z"


def _said(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
