"""The timeline of a chronology as a drawing: a lane an agency, a mark an event, a bar a date that is not exact.

Marks that would lie on one another are stacked; more than fit become one that says how many they are, and leads to their time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from textwrap import wrap

from casereview.practice.events import Dates
from casereview.workbench.chronology.axis import Axis, Tick, ticks
from casereview.workbench.chronology.shown import LineShown, Shown

WIDTH, LABELS, EDGE = 1120, 170, 14
"""Of the drawing, of the agencies' names at its left, and of the blank at its right."""
MARK, ROW, PAD, TOP = 22, 25, 9, 46
ACROSS = 22
"""Characters of an agency's name in a line."""
STACK = 4
"""Marks on one another before they become one."""
BAR, DEEPEST = 14, 6
"""How high a bar is, and how many rows of them a lane has at most."""
LEAST = 28
"""Days that a drawing shows at least."""

HALF = 4
"""Points that half a letter takes at most."""

SHAPES = (
    "M-10,0a10,10 0 1,0 20,0a10,10 0 1,0 -20,0",
    "M-9,-9H9V9H-9Z",
    "M0,-12L12,0L0,12L-12,0Z",
    "M-12,10L0,-13L12,10Z",
    "M-11,0L-5.5,-9.5H5.5L11,0L5.5,9.5H-5.5Z",
    "M-12,-10H12L0,13Z",
)
"""Outlines around the middle of a mark; a kind's number stands in it, so that no shape need be told from another."""


DROP = (4, 4, 4, 7, 4, 1)
"""How far below the middle of each outline the foot of its number stands."""


@dataclass(frozen=True)
class Mark:
    """An event, or several. how: `mark`, `bar` or `cluster`, with `double` or `differs`. width: of a bar."""

    x: float
    y: float
    how: str
    text: str
    title: str
    href: str
    shape: str = ""
    width: float = 0
    drop: int = 4


@dataclass(frozen=True)
class Lane:
    """An agency: where its lane begins, and how high it is."""

    label: str
    y: float
    height: float

    @property
    def words(self) -> list[tuple[float, str]]:
        """Its name in lines, each with the place of its foot."""
        lines = wrap(self.label, ACROSS)
        top = self.y + self.height / 2 + 4 - 8 * (len(lines) - 1)
        return [(top + 16 * number, line) for number, line in enumerate(lines)]


@dataclass(frozen=True)
class Key:
    """A kind of event in the legend."""

    number: int
    label: str
    shape: str
    drop: int


@dataclass(frozen=True)
class Drawing:
    """All that is drawn. lines: (x, middle of the words, words) of the incident and of births.

    joins: between events that are one.
    """

    height: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    lines: tuple[tuple[float, float, str], ...]
    legend: tuple[Key, ...]
    start: date
    end: date
    joins: tuple[tuple[float, float, float, float], ...] = ()
    width: int = WIDTH
    labels: int = LABELS
    top: int = TOP


@dataclass
class Drawer:
    """Draws a chronology. kinds: kind → its number; address: of the page for another time."""

    kinds: Mapping[str, str]
    agencies: Mapping[str, str]
    address: Callable[[date, date], str]
    places: dict[str, tuple[float, float]] = field(default_factory=dict)

    def drawn(
        self,
        lines: Sequence[LineShown],
        start: date | None,
        end: date | None,
        incident: Dates | None,
        born: Iterable[Dates | None],
    ) -> Drawing | None:
        """None where there is nothing to draw."""
        if not lines:
            return None
        axis = Axis(*_limits(lines, start, end, incident), LABELS, WIDTH - EDGE)
        shown = [
            (one, line) for line in lines for one in line.events if one.event.last >= axis.start and one.event.first <= axis.end
        ]
        lanes, marks, y = [], [], float(TOP)
        for agency in [one for one in self.agencies if any(shown_one.event.agency == one for shown_one, _ in shown)]:
            mine = [(one, line) for one, line in shown if one.event.agency == agency]
            made, height = self._lane(mine, axis, y)
            lanes.append(Lane(self.agencies[agency], y, height))
            marks += made
            y += height
        used = [kind for kind in self.kinds if any(one.event.kind == kind for one, _ in shown)]
        legend = tuple(Key(self._number(kind), self.kinds[kind], *self._shape(kind)) for kind in used)
        joins = tuple(_joins(lines, self.places))
        days = tuple(_days(axis, incident, born))
        return Drawing(y + PAD, tuple(lanes), tuple(ticks(axis)), tuple(marks), days, legend, axis.start, axis.end, joins)

    def _lane(self, mine: Sequence[tuple[Shown, LineShown]], axis: Axis, top: float) -> tuple[list[Mark], float]:
        exact = [(one, line) for one, line in mine if axis.span(one.event.first, one.event.last) <= MARK]
        bars = [(one, line) for one, line in mine if axis.span(one.event.first, one.event.last) > MARK]
        marks, rows = self._stacked(exact, axis, top + PAD)
        drawn, more = self._bars(bars, axis, top + PAD + rows * ROW)
        return marks + drawn, max(2 * PAD + rows * ROW + more * (BAR + 6), 2 * PAD + ROW)

    def _stacked(self, exact: Sequence[tuple[Shown, LineShown]], axis: Axis, top: float) -> tuple[list[Mark], int]:
        bins: dict[int, list[tuple[Shown, LineShown]]] = {}
        for one, line in exact:
            bins.setdefault(int((axis.x(max(one.event.first, axis.start)) - LABELS) // (MARK + 2)), []).append((one, line))
        marks = []
        for number, several in bins.items():
            x = LABELS + number * (MARK + 2) + MARK / 2 + 1
            if len(several) > STACK:
                marks.append(self._cluster([one for one, _ in several], x, top + ROW / 2))
                self.places |= {one.event.id: (x, top + ROW / 2) for one, _ in several}
                continue
            for row, (one, line) in enumerate(several):
                y = top + row * ROW + ROW / 2
                self.places[one.event.id] = (x, y)
                number_said, (shape, drop) = str(self._number(one.event.kind)), self._shape(one.event.kind)
                marks.append(Mark(x, y, _how("mark", line), number_said, one.said, f"#{line.name}", shape, drop=drop))
        return marks, max((len(several) if len(several) <= STACK else 1 for several in bins.values()), default=0)

    def _cluster(self, several: Sequence[Shown], x: float, y: float) -> Mark:
        first, last = min(one.event.first for one in several), max(one.event.last for one in several)
        margin = timedelta(max(1, (last - first).days // 10))
        title = f"{len(several)} events, {several[0].agency}: look closer"
        return Mark(x, y, "cluster", f"×{len(several)}", title, self.address(first - margin, last + margin))

    def _bars(self, bars: Sequence[tuple[Shown, LineShown]], axis: Axis, top: float) -> tuple[list[Mark], int]:
        """In as few rows as they fit into; what would need more rows than `DEEPEST` is one bar that leads to the table."""
        free: list[float] = []
        marks, left = [], []
        for one, line in bars:
            x, end = axis.x(max(one.event.first, axis.start)), axis.x(min(one.event.last, axis.end) + timedelta(1))
            row = next((row for row, taken in enumerate(free) if taken + 4 <= x), len(free))
            if row == DEEPEST:
                left.append((x, end, one))
                continue
            free[row:] = [end, *free[row + 1 :]]
            y = top + row * (BAR + 6) + BAR / 2
            self.places[one.event.id] = ((x + end) / 2, y)
            number = str(self._number(one.event.kind))
            marks.append(Mark(x, y, _how("bar", line), number, one.said, f"#{line.name}", width=max(end - x, 16)))
        if left:
            y = top + DEEPEST * (BAR + 6) + BAR / 2
            marks.append(_more(left, y))
            self.places |= {one.event.id: ((x + end) / 2, y) for x, end, one in left}
        return marks, len(free) + bool(left)

    def _number(self, kind: str) -> int:
        return list(self.kinds).index(kind) + 1

    def _shape(self, kind: str) -> tuple[str, int]:
        place = (self._number(kind) - 1) % len(SHAPES)
        return SHAPES[place], DROP[place]


def _more(left: Sequence[tuple[float, float, Shown]], y: float) -> Mark:
    x, end = min(one for one, _, _ in left), max(one for _, one, _ in left)
    title = f"{len(left)} more events of which the day is not known, {left[0][2].agency}: see the table"
    return Mark(x, y, "bar", f"×{len(left)}", title, "#table", width=max(end - x, 24))


def _how(what: str, line: LineShown) -> str:
    return f"{what} differs" if line.differing else f"{what} double" if line.doubles else what


def _limits(lines: Sequence[LineShown], start: date | None, end: date | None, incident: Dates | None) -> tuple[date, date]:
    events = [one.event for line in lines for one in line.events]
    first = start or min(one.first for one in events)
    days = [one.last for one in events] + ([incident.last] if incident and incident.last > first else [])
    last = end or max(days)
    if (last - first).days < LEAST:
        around = timedelta((LEAST - (last - first).days) // 2)
        return first - around, last + around
    return first, last


def _days(axis: Axis, incident: Dates | None, born: Iterable[Dates | None]) -> Iterable[tuple[float, float, str]]:
    """The days that matter: where each lies, the middle of its words, and the words. No words stand on others."""
    end = axis.right
    for x, said in sorted(_marked(axis, incident, born), reverse=True):
        middle = min(x, end - HALF * len(said))
        end = middle - HALF * (len(said) + 2)
        yield x, middle, said


def _marked(axis: Axis, incident: Dates | None, born: Iterable[Dates | None]) -> Iterable[tuple[float, str]]:
    found = [(incident, "Incident"), *((one, "Birth") for one in dict.fromkeys(born))]
    for dates, words in found:
        if dates is not None and dates.last >= axis.start and dates.first <= axis.end:
            x = axis.x(min(max(dates.first, axis.start), axis.end))
            yield x, words if dates.first == dates.last else f"{words}, about"


def _joins(lines: Sequence[LineShown], places: Mapping[str, tuple[float, float]]) -> Iterable[tuple[float, float, float, float]]:
    for line in lines:
        there = [places[one.event.id] for one in line.events if one.event.id in places]
        for one, other in pairwise(there):
            yield *one, *other
