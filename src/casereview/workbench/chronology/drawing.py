"""What a timeline is drawn of: lanes, marks, and the outlines by which kinds of event are told apart."""

from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from casereview.workbench.chronology.axis import Tick
from casereview.workbench.chronology.span import Span

WIDTH, LABELS, EDGE = 1120, 170, 14
"""Of the drawing, of the agencies' names at its left, and of the blank at its right."""
TOP = 46
"""Above the lanes: the days that matter, and the axis."""
ACROSS = 22
"""Characters of an agency's name in a line."""

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
    span: Span
    joins: tuple[tuple[float, float, float, float], ...] = ()
    width: int = WIDTH
    labels: int = LABELS
    top: int = TOP

    @property
    def start(self) -> date:
        """The first day."""
        return self.span.start

    @property
    def end(self) -> date:
        """The last day."""
        return self.span.end
