"""Ways for arrows through rows of boxes: each passes a row where no box stands, and shares the room there with others.

E. R. Gansner, E. Koutsofios, S. C. North and K.-P. Vo, A technique for drawing directed graphs, IEEE Transactions on Software
Engineering 19 (1993) 214-230, section 5: lines are kept within the free room of every rank that they pass.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casereview.publish.graphs.svg import WIDE, Point

LABELS, GAP, WIDEST, ROOM = 116, 18, 42, 26
"""The width of the names at the left; between boxes abreast, and where many arrows pass; and above and below a row of them."""

APART, STUB = 5, 8
"""Between arrows that pass side by side; and how far one between boxes of one row stands up before it bends."""

Spot = tuple[int, int]
"""A row from above, and a place in it from the left."""

Opening = tuple[float, float]
"""Room for arrows in a row, from left to right: between boxes, where a box would have room, or the middle of a box's edge."""


@dataclass(frozen=True)
class Row:
    """Boxes abreast, from the left: between which heights, and how high each of them is."""

    top: float
    bottom: float
    heights: tuple[float, ...]

    def edges(self, place: int) -> Opening:
        """The upper and the lower edge of a box."""
        middle = (self.top + self.bottom) / 2
        return middle - self.heights[place] / 2, middle + self.heights[place] / 2


@dataclass(frozen=True)
class Grid:
    """Rows from above. abreast: how many boxes have room in one; gap: between them."""

    rows: tuple[Row, ...]
    abreast: int
    gap: float = GAP

    @property
    def width(self) -> float:
        """Of the whole."""
        return self.left_of(self.abreast)

    def left_of(self, place: int) -> float:
        """Where a box begins."""
        return LABELS + self.gap + place * (WIDE + self.gap)

    def middle_of(self, place: int) -> float:
        """The middle of a box."""
        return self.left_of(place) + WIDE / 2

    def openings(self, row: int) -> Iterator[Opening]:
        """Where a row can be passed."""
        for place in range(self.abreast + 1):
            yield self.left_of(place) - self.gap, self.left_of(place)
        for place in range(len(self.rows[row].heights), self.abreast):
            yield self.left_of(place), self.left_of(place) + WIDE

    def fitted(self, links: Sequence[tuple[Spot, Spot]]) -> "Grid":
        """The same, with gaps in which the arrows that pass most of them have room beside each other."""
        passed = Counter((stop.row, stop.opening) for stops in _ways(self, links) for stop in stops if stop.box is None)
        most = max((number for (_, (left, right)), number in passed.items() if right - left < WIDE), default=0)
        return replace(self, gap=min(max(GAP, APART * (most + 1)), WIDEST))


@dataclass(frozen=True)
class Stop:
    """Where an arrow leaves or reaches a box, or passes a row. towards: where it would by itself. above: at the upper edge."""

    row: int
    opening: Opening
    towards: float
    box: int | None = None
    above: bool = False


def ways(grid: Grid, links: Sequence[tuple[Spot, Spot]]) -> list[list[Point]]:
    """The points of each arrow, from its start to its end."""
    found = _ways(grid, links)
    places = _shared(found)
    return [
        _points(grid.rows, stops, [places[number, step] for step in range(len(stops))], turned=start > end)
        for number, (stops, (start, end)) in enumerate(zip(found, links, strict=True))
    ]


def _ways(grid: Grid, links: Sequence[tuple[Spot, Spot]]) -> list[list[Stop]]:
    """Of each arrow, where it stops, from above; it goes round by more where others pass, too."""
    used: Counter[tuple[int, Opening]] = Counter()
    return [list(_stops(grid, min(link), max(link), used)) for link in links]


def _stops(grid: Grid, upper: Spot, lower: Spot, used: Counter[tuple[int, Opening]]) -> Iterator[Stop]:
    (first, start), (last, end) = upper, lower
    x, goal, passed = grid.middle_of(start), grid.middle_of(end), []
    for row in range(first + 1, last):
        straight = x + (goal - x) / (last - row + 1)
        others = {one: used[row, one] for one in grid.openings(row)}
        opening = min(others, key=lambda one: _far(one, x, goal, straight) + GAP * others[one] * (1 + others[one] / 2))
        used[row, opening] += 1
        passed.append(Stop(row, opening, straight))
        x = sum(opening) / 2
    yield Stop(first, _edge(grid, start), sum(passed[0].opening) / 2 if passed else goal, start, above=first == last)
    yield from passed
    yield Stop(last, _edge(grid, end), x, end, above=True)


def _edge(grid: Grid, place: int) -> Opening:
    """The part of a box's edge at which arrows leave and reach it."""
    return grid.middle_of(place) - WIDE / 4, grid.middle_of(place) + WIDE / 4


def _far(opening: Opening, x: float, goal: float, straight: float) -> float:
    """How far round an opening leads; of several that lead no further, the straighter is nearer."""
    middle = sum(opening) / 2
    return abs(middle - x) + abs(middle - goal) + abs(middle - straight) / 4


def _shared(found: Sequence[Sequence[Stop]]) -> dict[tuple[int, int], float]:
    """The number of an arrow and of its stop → where that lies: all that share an opening as far apart as they can be."""
    several: dict[tuple[int, Opening, bool], list[tuple[float, int, int]]] = {}
    for number, stops in enumerate(found):
        for step, stop in enumerate(stops):
            several.setdefault((stop.row, stop.opening, stop.above), []).append((stop.towards, number, step))
    places = {}
    for (_, (left, right), _), those in several.items():
        for place, (_, number, step) in enumerate(sorted(those), 1):
            places[number, step] = left + (right - left) * place / (len(those) + 1)
    return places


def _points(rows: Sequence[Row], stops: Sequence[Stop], places: Sequence[float], *, turned: bool) -> list[Point]:
    over = STUB if stops[0].row == stops[-1].row else 0
    found: list[Point] = []
    for stop, x in zip(stops, places, strict=True):
        row = rows[stop.row]
        if stop.box is None:
            found += [(x, row.top), (x, row.bottom)]
        elif stop.above:
            found += [(x, row.top - over), (x, row.edges(stop.box)[0])][:: 1 if found else -1]
        else:
            found += [(x, row.edges(stop.box)[1]), (x, row.bottom)]
    once = list(dict.fromkeys(found))
    return once[::-1] if turned else once
