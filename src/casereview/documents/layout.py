"""The order in which the lines of a page are read: one column after the other, where the file draws them line by line in turn.

A file usually gives its text in reading order, and then that order stays: it also keeps the cells of a table whole. Only
where the lines on two sides of a gutter take turns, and both sides look like prose, are they cut apart: an XY-cut (Nagy and
Seth, "Hierarchical representation of optically scanned documents", ICPR 1984) whose horizontal cuts are the lines that
cross the gutter.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import sub
from typing import NamedTuple

MOST_LINES = 2_000
"""A page with more lines than this is no page of prose; its order stays, so that the time for a page is bounded."""
FEWEST_LINES = 6
"""A column has at least as many."""

_LINE = re.compile("[^\r\n\x02\ufffe]*[\x02\ufffe]|[^\r\n\x02\ufffe]+")
_GAP = re.compile(" +")


class Line(NamedTuple):
    """A run of characters on one line, `start` to `end` of the page's text, and the box around it."""

    start: int
    end: int
    left: float
    bottom: float
    right: float
    top: float


def lines_in_order(text: str, boxes: Sequence[float]) -> list[tuple[int, int]]:
    """The lines of a page as (start, end) of its text, in the order in which they are read; line breaks belong to none.

    boxes: left, top, right and bottom of the first character, then of the second, in points from the page's lower left.
    """
    whole = [_line(match.start(), match.end(), boxes) for match in _LINE.finditer(text)]
    pieces = [piece for line in whole for piece in _pieces(line, text, boxes)]
    if len(pieces) > MOST_LINES or not _gutter(pieces):
        return [(line.start, line.end) for line in whole]
    return list(_joined(_columns(pieces), text))


def _line(start: int, end: int, boxes: Sequence[float]) -> Line:
    """The box of a line from its first and its last character, which is near enough to tell columns apart."""
    (left, top, right, bottom), last = boxes[4 * start : 4 * start + 4], boxes[4 * end - 4 : 4 * end]
    return Line(start, end, min(left, last[0]), min(bottom, last[3]), max(right, last[2]), max(top, last[1]))


def _pieces(line: Line, text: str, boxes: Sequence[float]) -> Iterator[Line]:
    """A line cut at its gaps that are wider than the line is high: each may be a gutter."""
    start, wide = line.start, line.top - line.bottom
    if _widest(line, boxes) > wide or "  " in text[line.start : line.end]:
        for gap in _GAP.finditer(text, line.start + 1, line.end - 1):
            if boxes[4 * gap.end()] - boxes[4 * gap.start() - 2] > wide:
                yield _line(start, gap.start(), boxes)
                start = gap.end()
    yield line if start == line.start else _line(start, line.end, boxes)


def _widest(line: Line, boxes: Sequence[float]) -> float:
    """The widest gap between two characters that follow one another."""
    rights, lefts = boxes[4 * line.start + 2 : 4 * line.end - 4 : 4], boxes[4 * line.start + 4 : 4 * line.end : 4]
    return max(map(sub, lefts, rights), default=0.0)


def _columns(lines: list[Line]) -> list[Line]:
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    left, right, across = _sides(lines, gutter)
    across.sort(key=lambda line: -line.top)
    cuts = [float("inf"), *(line.bottom for line in across), float("-inf")]
    ordered: list[Line] = []
    for (upper, lower), crossing in zip(pairwise(cuts), [*across, None], strict=True):
        for side in (left, right):
            ordered += _columns([line for line in side if lower < (line.bottom + line.top) / 2 <= upper])
        ordered += [crossing] if crossing else []
    return ordered


def _gutter(lines: list[Line]) -> float | None:
    """The place from left to right at which lines begin a second column of prose that takes turns with a first."""
    starts = Counter(round(line.left) for line in lines)
    found = []
    for place, count in starts.items():
        if count >= FEWEST_LINES:
            left, right, across = _sides(lines, place)
            if _prose(left) and _prose(right) and _beside(left, right) and _in_turn(lines, place):
                found.append((len(across), place))
    return min(found)[1] if found else None


def _sides(lines: list[Line], gutter: float) -> tuple[list[Line], list[Line], list[Line]]:
    left: list[Line] = []
    right: list[Line] = []
    across: list[Line] = []
    for line in lines:
        side = right if line.left >= gutter - 1.5 else left if line.right <= gutter - 3 else across
        side.append(line)
    return left, right, across


def _prose(lines: list[Line]) -> bool:
    """Whether lines are many and of some 25 characters or more, as in prose and not in the cells of a table."""
    height = _median(line.top - line.bottom for line in lines)
    return len(lines) >= FEWEST_LINES and _median(line.right - line.left for line in lines) > 10 * height


def _median(values: Iterable[float]) -> float:
    """Here and not from `statistics`, whose import takes longer than a page."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 0.0


def _beside(left: list[Line], right: list[Line]) -> bool:
    shared = min(max(line.top for line in side) for side in (left, right)) - max(
        min(line.bottom for line in side) for side in (left, right)
    )
    tall = min(max(line.top for line in side) - min(line.bottom for line in side) for side in (left, right))
    return shared > tall / 2


def _in_turn(lines: list[Line], gutter: float) -> bool:
    """Whether the file gives the two sides line by line in turn, rather than each as a whole or cell by cell."""
    sides = [line.left >= gutter - 1.5 for line in lines if line.left >= gutter - 1.5 or line.right <= gutter - 3]
    changes = sum(one != other for one, other in pairwise(sides))
    return changes > 1.4 * min(sides.count(True), sides.count(False))


def _joined(pieces: list[Line], text: str) -> Iterator[tuple[int, int]]:
    """Pieces between which only spaces stand, as one again."""
    start, end = pieces[0].start, pieces[0].end
    for piece in pieces[1:]:
        if piece.start > end and not text[end : piece.start].strip(" "):
            end = piece.end
        else:
            yield start, end
            start, end = piece.start, piece.end
    yield start, end
