"""The timeline of a chronology as a drawing: a lane an agency, and the days that matter through all of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from casereview.practice.events import Dates
from casereview.workbench.chronology.axis import Axis, ticks
from casereview.workbench.chronology.drawing import EDGE, LABELS, TOP, WIDTH, Drawing, Key, Lane, Mark
from casereview.workbench.chronology.lanes import PAD, InLine, Lanes
from casereview.workbench.chronology.shown import LineShown
from casereview.workbench.chronology.span import Span

HALF = 4
"""Points that half a letter takes at most."""


@dataclass(frozen=True)
class Drawer:
    """Draws a chronology. kinds, agencies: name → label, in their order.

    address: of the page for another time; row: where a line stands.
    """

    kinds: Mapping[str, str]
    agencies: Mapping[str, str]
    address: Callable[[date, date], str]
    row: Callable[[LineShown], str]

    def drawn(self, lines: Sequence[LineShown], span: Span, incident: Dates | None, born: Iterable[Dates | None]) -> Drawing:
        """The events of some lines, as far as they lie within the span."""
        axis = Axis(span.start, span.end, LABELS, WIDTH - EDGE)
        shown = [(one, line) for line in lines for one in line.events if _within(axis, one.event.first, one.event.last)]
        drawer = Lanes(axis, list(self.kinds), self.address, self.row)
        lanes, marks, height = self._lanes(shown, drawer)
        return Drawing(
            height=height,
            lanes=tuple(lanes),
            ticks=tuple(ticks(axis)),
            marks=tuple(marks),
            lines=tuple(_days(axis, incident, born)),
            legend=tuple(self._legend(shown, drawer)),
            span=span,
            joins=tuple(_joins(lines, drawer.places)),
        )

    def _lanes(self, shown: Sequence[InLine], drawer: Lanes) -> tuple[list[Lane], list[Mark], float]:
        """The lanes of the agencies that have any event, their marks, and how high the drawing is."""
        lanes, marks, y = [], [], float(TOP)
        for agency, label in self.agencies.items():
            mine = [(one, line) for one, line in shown if one.event.agency == agency]
            if mine:
                made, height = drawer.lane(mine, y)
                lanes.append(Lane(label, y, height))
                marks += made
                y += height
        return lanes, marks, y + PAD

    def _legend(self, shown: Sequence[InLine], drawer: Lanes) -> Iterable[Key]:
        used = {one.event.kind for one, _ in shown}
        return (Key(drawer.number(kind), label, *drawer.shape(kind)) for kind, label in self.kinds.items() if kind in used)


def _within(axis: Axis, first: date, last: date) -> bool:
    return last >= axis.start and first <= axis.end


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
        if dates is not None and _within(axis, dates.first, dates.last):
            x = axis.x(min(max(dates.first, axis.start), axis.end))
            yield x, words if dates.first == dates.last else f"{words}, about"


def _joins(lines: Sequence[LineShown], places: Mapping[str, tuple[float, float]]) -> Iterable[tuple[float, float, float, float]]:
    for line in lines:
        there = [places[one.event.id] for one in line.events if one.event.id in places]
        for one, other in pairwise(there):
            yield *one, *other
