"""Which answers came together (an UpSet plot): combinations in a matrix of dots, how many above, and how many each at the left.

Source: A. Lex and others, UpSet: visualization of intersecting sets, IEEE Transactions on Visualization and Computer Graphics 20
(2014) 1983-1992.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import Any

import altair as alt

from casereview.analysis.tables import Cell, CellTable
from casereview.analysis.words import within
from casereview.publish.charts.drawing import Drawing
from casereview.publish.charts.shares import ELSEWHERE, said
from casereview.publish.charts.style import COLOURS, INK, SIZE, across, data, labelled, rows
from casereview.publish.numbers import grouped
from casereview.study.plan.combinations import OTHER, WITH_OTHERS, named

_BARS, _GAP = 150, 12
"""Pixels of the tallest bar above the matrix, and between the bars and the matrix."""

_PLOT, _FIGURE = 380, 7
"""Pixels: about as wide is all but the labels, and a figure of a printed number."""

_BAND, _EMPTY = "#f2f4f5", "#c9d0d5"
_MEANT = "Above: how many have just what is filled in the column. At the left: how many have each, alone or with others."
_NONE = "The column without a filled dot counts those with none of these."


def draw(table: CellTable) -> Drawing:
    """A column a combination, the most frequent first; a row an answer."""
    plot = _Plot(table)
    layers = [*plot.bands(), *plot.matrix(), *plot.above(), *plot.beside()]
    made = alt.layer(*layers).resolve_axis(y="independent").properties(height=plot.height)
    return Drawing(made, plot.words(), tuple(plot.notes()))


@dataclass(frozen=True)
class _Plot:
    """Where everything stands: a column is 1 wide, and what is at the left of the matrix is below 0; pixels from above."""

    table: CellTable

    @cached_property
    def sets(self) -> dict[str, str]:
        """Name → label of the answers."""
        return {row.slug: row.label.removesuffix(WITH_OTHERS) for row in self.table.rows if row.kind == "subtotal"}

    @cached_property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """The combinations, with the answers in each."""
        known = {named(yes): yes for size in range(len(self.sets) + 1) for yes in combinations(self.sets, size)}
        return {row.slug: known[row.slug] for row in self.table.rows if row.kind == "answer" and row.slug != OTHER}

    @cached_property
    def top(self) -> int:
        """Where the matrix begins: what is printed above the bars stands upright where the columns are narrow."""
        longest = max((len(grouped(self.count(slug))) for slug in self.columns), default=1)
        return _BARS + _GAP + (_FIGURE * longest + 8 if self.upright else 20)

    @cached_property
    def upright(self) -> bool:
        longest = max((len(grouped(self.count(slug))) for slug in self.columns), default=1)
        return longest * _FIGURE + 3 > _PLOT / (self.wide + self.left)

    @cached_property
    def middles(self) -> dict[str, int]:
        """The middle of each answer's row."""
        return {name: middle + self.top for name, middle in rows(self.sets, 24)[0].items()}

    @property
    def height(self) -> int:
        return rows(self.sets, 24)[1] + self.top

    @property
    def wide(self) -> int:
        return max(len(self.columns), 8)

    @property
    def left(self) -> float:
        return max(4.5, 0.36 * self.wide)

    @property
    def y(self) -> alt.Y:
        return across(self.height, None)

    def x(self, field: str = "x:Q") -> alt.X:
        """Columns, from the left."""
        return alt.X(field, scale=alt.Scale(domain=[-self.left, self.wide], nice=False), axis=None)

    def cell(self, slug: str) -> Cell:
        return self.table.cells[f"{slug}.total" if self.table.columns else slug]

    def count(self, slug: str) -> int:
        return self.cell(slug).count

    def bands(self) -> Iterator[Any]:
        """The rows, every other one on a ground of grey, with their labels."""
        middles = list(self.middles.values())
        labels = labelled({self.middles[name]: label for name, label in self.sets.items()}, values=middles)
        edges = [self.top, *(round((one + other) / 2) for one, other in pairwise(middles)), self.height]
        bands = [{"x": 0, "x2": self.wide, "y": top, "y2": end} for top, end in list(pairwise(edges))[::2]]
        yield data(bands).mark_rect(color=_BAND).encode(x=self.x(), x2="x2:Q", y=across(self.height, labels), y2="y2:Q")

    def matrix(self) -> Iterator[Any]:
        """A dot for each answer that is in a combination, joined by a line; a faint one for each that is not."""
        places = list(enumerate(self.columns.values()))
        dots = [{"x": place + 0.5, "y": at, "in": name in yes} for place, yes in places for name, at in self.middles.items()]
        ends = [(place, self.middles[yes[0]], self.middles[yes[-1]]) for place, yes in places if len(yes) > 1]
        joined = data([{"x": place + 0.5, "y": first, "y2": last} for place, first, last in ends])
        yield joined.mark_rule(color=INK, strokeWidth=2.4).encode(x=self.x(), y=self.y, y2="y2:Q")
        for which, colour in (("datum.in", INK), ("!datum.in", _EMPTY)):
            some = data(dots).encode(x=self.x(), y=self.y).transform_filter(which)
            yield some.mark_point(shape="circle", filled=True, opacity=1, color=colour, size=90 if self.wide <= 22 else 60)

    def above(self) -> Iterator[Any]:
        """How many have each combination."""
        most = max((self.count(slug) for slug in self.columns), default=0) or 1
        foot = self.top - _GAP
        bars = [
            {"x": place + 0.18, "x2": place + 0.82, "middle": place + 0.5, "y": foot - _BARS * count / most, "foot": foot}
            | {"said": grouped(count)}
            for place, count in enumerate(map(self.count, self.columns))
        ]
        base = data(bars).encode(y=self.y)
        yield base.mark_rect(color=COLOURS[0]).encode(x=self.x(), x2="x2:Q", y2="foot:Q")
        turned = {"angle": 270, "align": "left", "dx": 5, "baseline": "middle"} if self.upright else {"dy": -7}
        yield base.mark_text(color=INK, fontSize=SIZE, **turned).encode(x=self.x("middle:Q"), text="said:N")

    def beside(self) -> Iterator[Any]:
        """How many have each answer, alone or with others."""
        most = max((self.count(name) for name in self.sets), default=0) or 1
        printed = (_FIGURE * len(grouped(most)) + 8) * (self.wide + self.left) / _PLOT
        longest = max(self.left - 0.4 - printed, 0.8)
        bars = [
            {"x": -0.4 - longest * self.count(name) / most, "x2": -0.4, "y": middle - 8, "y2": middle + 8, "middle": middle}
            | {"said": grouped(self.count(name))}
            for name, middle in self.middles.items()
        ]
        base = data(bars).encode(x=self.x())
        yield base.mark_rect(color=COLOURS[0]).encode(x2="x2:Q", y=self.y, y2="y2:Q")
        text = base.mark_text(align="right", dx=-5, color=INK, fontSize=SIZE)
        yield text.encode(y=across(self.height, None, "middle:Q"), text="said:N")

    def words(self) -> str:
        """Every column, then every row."""
        lines = {"answer": list[str](), "subtotal": list[str]()}
        for row in self.table.rows:
            if row.kind in lines:
                cell = self.cell(row.slug)
                lines[row.kind].append(f"{row.label} {grouped(cell.count)} ({said(cell)})")
        together, each = (", ".join(those) or "none" for those in lines.values())
        return f"UpSet plot: {self.table.title}. Combinations: {together}. In all: {each}. {ELSEWHERE}"

    def notes(self) -> Iterator[str]:
        """What the columns and the bars mean, and what is not drawn."""
        yield _MEANT
        if () in self.columns.values():
            yield _NONE
        if others := next((row for row in self.table.rows if row.slug == OTHER), None):
            yield f"Not drawn: {within(others.label)}, with {grouped(self.count(OTHER))} in all."
