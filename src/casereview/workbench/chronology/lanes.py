"""A lane of a timeline: a mark an event, a bar a date that is not exact.

Marks that would lie on one another are stacked; more than fit become one that says how many they are, and leads to their time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from casereview.workbench.chronology.axis import Axis
from casereview.workbench.chronology.drawing import DROP, LABELS, SHAPES, Mark
from casereview.workbench.chronology.shown import LineShown, Shown

MARK, ROW, PAD = 22, 25, 9
"""Of a mark, of a row of them, and above and below the rows."""
STACK = 4
"""Marks on one another before they become one."""
BAR, DEEPEST = 14, 6
"""How high a bar is, and how many rows of them a lane has at most."""

InLine = tuple[Shown, LineShown]
"""An event, and its line of the table."""


@dataclass
class Lanes:
    """Draws lanes on an axis. kinds: their numbers by their order; address: of the page for another time.

    row: where a line of the table stands; places: where each event came to stand.
    """

    axis: Axis
    kinds: Sequence[str]
    address: Callable[[date, date], str]
    row: Callable[[LineShown], str]
    places: dict[str, tuple[float, float]] = field(default_factory=dict)

    def lane(self, mine: Sequence[InLine], top: float) -> tuple[list[Mark], float]:
        """The marks of an agency, and how high its lane is."""
        bars: list[InLine] = []
        exact: list[InLine] = []
        for one, line in mine:
            (bars if self.axis.span(one.event.first, one.event.last) > MARK else exact).append((one, line))
        marks, rows = self._stacked(exact, top + PAD)
        drawn, more = self._bars(bars, top + PAD + rows * ROW)
        return marks + drawn, max(2 * PAD + rows * ROW + more * (BAR + 6), 2 * PAD + ROW)

    def number(self, kind: str) -> int:
        """What stands in the marks of a kind."""
        return self.kinds.index(kind) + 1

    def shape(self, kind: str) -> tuple[str, int]:
        """The outline of a kind, and how far below its middle its number stands."""
        place = (self.number(kind) - 1) % len(SHAPES)
        return SHAPES[place], DROP[place]

    def _stacked(self, exact: Sequence[InLine], top: float) -> tuple[list[Mark], int]:
        bins: dict[int, list[InLine]] = {}
        for one, line in exact:
            place = int((self.axis.x(max(one.event.first, self.axis.start)) - LABELS) // (MARK + 2))
            bins.setdefault(place, []).append((one, line))
        marks = []
        for number, several in bins.items():
            x = LABELS + number * (MARK + 2) + MARK / 2 + 1
            marks += self._cluster(several, x, top) if len(several) > STACK else self._stack(several, x, top)
        return marks, max((len(several) if len(several) <= STACK else 1 for several in bins.values()), default=0)

    def _stack(self, several: Sequence[InLine], x: float, top: float) -> list[Mark]:
        marks = []
        for row, (one, line) in enumerate(several):
            y = self._put(one, x, top + row * ROW + ROW / 2)
            (shape, drop), number = self.shape(one.event.kind), str(self.number(one.event.kind))
            marks.append(Mark(x, y, _how("mark", line), number, one.said, self.row(line), shape, drop=drop))
        return marks

    def _cluster(self, several: Sequence[InLine], x: float, top: float) -> list[Mark]:
        events, y = [one.event for one, _ in several], top + ROW / 2
        for one, _ in several:
            self._put(one, x, y)
        first, last = min(one.first for one in events), max(one.last for one in events)
        margin = timedelta(max(1, (last - first).days // 10))
        title = f"{len(several)} events, {several[0][0].agency}: look closer"
        return [Mark(x, y, "cluster", f"×{len(several)}", title, self.address(first - margin, last + margin))]

    def _put(self, one: Shown, x: float, y: float) -> float:
        self.places[one.event.id] = (x, y)
        return y

    def _bars(self, bars: Sequence[InLine], top: float) -> tuple[list[Mark], int]:
        """In as few rows as they fit into; what would need more rows than `DEEPEST` is one bar that leads to the table."""
        free: list[float] = []
        marks, left = [], []
        for one, line in bars:
            x, end = self._ends(one)
            row = next((row for row, taken in enumerate(free) if taken + 4 <= x), len(free))
            if row == DEEPEST:
                left.append((x, end, one))
                continue
            free[row:] = [end, *free[row + 1 :]]
            y = self._put(one, (x + end) / 2, top + row * (BAR + 6) + BAR / 2)
            number = str(self.number(one.event.kind))
            marks.append(Mark(x, y, _how("bar", line), number, one.said, self.row(line), width=max(end - x, 16)))
        if left:
            marks.append(self._more(left, top + DEEPEST * (BAR + 6) + BAR / 2))
        return marks, len(free) + bool(left)

    def _ends(self, one: Shown) -> tuple[float, float]:
        axis = self.axis
        return axis.x(max(one.event.first, axis.start)), axis.x(min(one.event.last, axis.end) + timedelta(1))

    def _more(self, left: Sequence[tuple[float, float, Shown]], y: float) -> Mark:
        for x, end, one in left:
            self._put(one, (x + end) / 2, y)
        x, end = min(one for one, _, _ in left), max(one for _, one, _ in left)
        title = f"{len(left)} more events of which the day is not known, {left[0][2].agency}: see the table"
        return Mark(x, y, "bar", f"×{len(left)}", title, "#table", width=max(end - x, 24))


def _how(what: str, line: LineShown) -> str:
    return f"{what} differs" if line.differs else f"{what} double" if line.line.doubles else what
