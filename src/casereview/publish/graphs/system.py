"""The map of the system around a case: conditions on their levels, from the nation down to the family, and the practice below.

J. Rasmussen, Risk management in a dynamic society, Safety Science 27 (1997) 183-213: an AcciMap.
"""

from collections.abc import Mapping, Sequence

from casereview.publish.charts.style import FAINT, SOFT, wrapped
from casereview.publish.graphs.parts import Edge, Node
from casereview.publish.graphs.svg import LINE, Canvas, Point, size_of
from casereview.publish.graphs.ways import ROOM, Grid, Row, Spot, ways

ABREAST = 6
"""How many boxes stand abreast at most."""

KEY = "An arrow leads from what lay behind to what it lay behind. Thick frames: practice. Thin frames: conditions."


def drawn_map(levels: Mapping[str, Sequence[Node]], edges: Sequence[Edge]) -> tuple[str, Point]:
    """The SVG element, and its size. levels: name → its boxes, from the top; the last is the practice itself."""
    spots: dict[str, Spot] = {}
    rows: list[Row] = []
    bands: list[tuple[str, float, float]] = []
    top = 0.0
    for name, nodes in levels.items():
        height = _placed(nodes, top, rows, spots)
        bands.append((name, top, height))
        top += height
    links = [(spots[edge.start], spots[edge.end]) for edge in edges]
    grid = Grid(tuple(rows), max((len(row.heights) for row in rows), default=1)).fitted(links)
    size = grid.width, top
    canvas = Canvas(*size, down=True)
    for band in bands:
        _band(canvas, *band)
    for edge, points in zip(edges, ways(grid, links), strict=True):
        canvas.arrow(edge, points)
    for node in (node for nodes in levels.values() for node in nodes):
        row, place = spots[node.slug]
        canvas.box(node, (grid.middle_of(place), (rows[row].top + rows[row].bottom) / 2), size_of(node))
    return canvas.written(), size


def _placed(nodes: Sequence[Node], top: float, rows: list[Row], spots: dict[str, Spot]) -> float:
    """Put boxes into rows below a level's upper edge; how high the level is."""
    bottom = top + ROOM
    for start in range(0, len(nodes), ABREAST):
        abreast = nodes[start : start + ABREAST]
        heights = tuple(size_of(node)[1] for node in abreast)
        spots |= {node.slug: (len(rows), place) for place, node in enumerate(abreast)}
        rows.append(Row(bottom, bottom + max(heights), heights))
        bottom += max(heights) + ROOM
    return max(bottom - top, 3.5 * LINE)


def _band(canvas: Canvas, name: str, top: float, height: float) -> None:
    wide = float(str(canvas.root.get("width")))
    if top:
        canvas.put(None, "path", {"d": f"M 0 {top:.1f} H {wide:.1f}", "stroke": FAINT, "class": "graph-band"})
    lines = wrapped(name, 16, 4)
    for place, line in enumerate(lines):
        y = top + height / 2 - LINE * (len(lines) - 1) / 2 + LINE * place + 4
        canvas.text(None, (8, y), line, text_anchor="start", fill=SOFT, class_="graph-note", font_weight="bold")
