"""The picture of a chart: drawn once, the same in every format."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import vl_convert
from lxml import etree

from casereview.analysis.tables import Answered
from casereview.publish.charts.drawing import Drawing, Paper
from casereview.publish.charts.empty import nothing
from casereview.publish.charts.style import WIDTH, styled, written
from casereview.publish.pages import LEAST, PAGES
from casereview.publish.vectors import made_accessible
from casereview.study.plan import Chart

_VEGA_LITE = "6.1"

KINDS = {
    "bar": "bars",
    "grouped-bar": "bars",
    "trend": "trend",
    "forest": "forest",
    "pyramid": "pyramid",
    "dots": "dots",
    "upset": "upset",
    "series": "series",
    "graph": "graph",
    "matrix": "matrix",
}
"""Kind of chart → the module here that draws it."""


LONGEST = 760
"""Pixels of a picture that is printed as wide as the text."""


@dataclass(frozen=True)
class Picture:
    """A chart: `svg` an element that holds its title and description; `png` the same, twice as large.

    `notes` explain its marks; `marks` do so where its table is at hand, and explains them, too. linked: the same as `svg` with
    its links; empty where it has none. paper: its width there, if it has one of its own.
    """

    svg: str
    png: bytes
    alternative: str
    notes: tuple[str, ...]
    marks: tuple[str, ...] = ()
    linked: str = ""
    paper: Paper | None = None


def drawn(slug: str, chart: Chart, table: Answered) -> Picture:
    """The picture of a table. What it shows is also said in words: the plan's own, or every figure in turn.

    Raises Unsaid where the counts forbid it.
    """
    made = drawing(chart, table)
    alternative = written(chart.alternative or made.words)
    drawn = made.chart if isinstance(made.chart, str) else vl_convert.vegalite_to_svg(styled(made.chart), vl_version=_VEGA_LITE)
    named = f"chart-{slug}", written(chart.caption), alternative
    svg, linked = made_accessible(drawn, *named), made_accessible(drawn, *named, linked=True) if made.paper else ""
    marks = made.notes if made.marks is None else made.marks
    paper = made.paper or _fitting(svg)
    return Picture(svg, vl_convert.svg_to_png(svg, scale=2), alternative, made.notes, marks, linked, paper)


def _fitting(svg: str) -> Paper | None:
    """Of a picture longer than a page, how wide it can be there; None of one that fits."""
    root = etree.fromstring(svg)
    width, height = float(root.get("width", WIDTH)), float(root.get("height", 0))
    if height <= LONGEST:
        return None
    scale = PAGES[0].height / height
    return Paper(width * scale if scale >= LEAST else 0)


def drawing(chart: Chart, table: Answered) -> Drawing:
    """What is drawn of a table. Raises Unsaid where the counts forbid it."""
    draw: Callable[[Answered], Drawing] = import_module(f"casereview.publish.charts.{KINDS[chart.kind]}").draw
    return draw(table) if table.base else nothing(table)
