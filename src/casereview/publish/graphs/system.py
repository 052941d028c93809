"""The map of the system around a case: conditions on their levels, from the nation down to the family, and the practice below.

J. Rasmussen, Risk management in a dynamic society, Safety Science 27 (1997) 183-213: an AcciMap.
"""

from collections.abc import Mapping, Sequence

from casereview.publish.charts.style import FAINT, SOFT, wrapped
from casereview.publish.graphs.parts import Edge, Node
from casereview.publish.graphs.svg import LINE, WIDE, Canvas, Point, middle_of, size_of

LABELS, GAP, ROOM, ABREAST = 116, 18, 26, 6
"""The width of the levels' names; between boxes; above and below them; and how many stand abreast at most."""

KEY = "An arrow leads from what lay behind to what it lay behind. Thick frames: practice. Thin frames: conditions."


def drawn_map(levels: Mapping[str, Sequence[Node]], edges: Sequence[Edge]) -> tuple[str, Point]:
    """The SVG element, and its size. levels: name → its boxes, from the top; the last is the practice itself."""
    middles: dict[str, Point] = {}
    bands: list[tuple[str, float, float]] = []
    top = 0.0
    for name, nodes in levels.items():
        height = _placed(nodes, top, middles)
        bands.append((name, top, height))
        top += height
    abreast = min(ABREAST, max((len(nodes) for nodes in levels.values()), default=1) or 1)
    size = LABELS + abreast * (WIDE + GAP) + GAP, top
    canvas = Canvas(*size, down=True)
    for band in bands:
        _band(canvas, *band)
    named = {node.slug: node for nodes in levels.values() for node in nodes}
    for edge in edges:
        points = _line(middles[edge.start], middles[edge.end], size_of(named[edge.start]), size_of(named[edge.end]))
        group = canvas.arrow(edge, points)
        if edge.label:
            canvas.label(group, middle_of(points), edge.label)
    for slug, node in named.items():
        canvas.box(node, middles[slug], size_of(node))
    return canvas.written(), size


def _placed(nodes: Sequence[Node], top: float, middles: dict[str, Point]) -> float:
    """Put boxes into rows below a level's upper edge; how high the level is."""
    bottom = top + ROOM
    for start in range(0, len(nodes), ABREAST):
        row = nodes[start : start + ABREAST]
        height = max(size_of(node)[1] for node in row)
        for place, node in enumerate(row):
            middles[node.slug] = (LABELS + GAP + WIDE / 2 + place * (WIDE + GAP), bottom + height / 2)
        bottom += height + ROOM
    return max(bottom - top, 3.5 * LINE)


def _band(canvas: Canvas, name: str, top: float, height: float) -> None:
    wide = float(str(canvas.root.get("width")))
    if top:
        canvas.put(None, "path", {"d": f"M 0 {top:.1f} H {wide:.1f}", "stroke": FAINT, "class": "graph-band"})
    lines = wrapped(name, 16, 4)
    for place, line in enumerate(lines):
        y = top + height / 2 - LINE * (len(lines) - 1) / 2 + LINE * place + 4
        canvas.text(None, (8, y), line, text_anchor="start", fill=SOFT, class_="graph-note", font_weight="bold")


def _line(start: Point, end: Point, size: Point, other: Point) -> list[Point]:
    """From below a box to above another, or the other way; of two in one row, by a bow above them."""
    if abs(start[1] - end[1]) < 1:
        above = min(start[1] - size[1] / 2, end[1] - other[1] / 2)
        return [(start[0], start[1] - size[1] / 2), ((start[0] + end[0]) / 2, above - 14), (end[0], end[1] - other[1] / 2)]
    down = 1 if start[1] < end[1] else -1
    return [(start[0], start[1] + down * size[1] / 2), (end[0], end[1] - down * other[1] / 2)]
