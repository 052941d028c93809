"""A field of numbers, coloured by how far each is from what is usual: the lift of every pair, or what each class answers.

Every number is printed in its square, and what stands out has a frame: nothing is said by colour alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import log2
from typing import Any

import altair as alt

from casereview.analysis.tables import Estimate, EstimateTable, Heading
from casereview.publish.charts.drawing import Drawing
from casereview.publish.charts.shares import ELSEWHERE
from casereview.publish.charts.style import COLOURS, FAINT, INK, SIZE, across, data, labelled, rows
from casereview.publish.estimated import estimate, interval

SHOWN = 0.05
"""Adjusted p below which a pair has a frame."""

_HEAD = 26
"""Pixels above the squares, for the heads of the columns."""

_DOUBLED = 2.0
"""Lift of so many times two, or of two halved so often, has the full colour."""

_ABOVE, _BELOW = COLOURS[0], COLOURS[1]
_PAIRS = (
    "The number in a square is the lift of the two factors that meet there: above 1, in blue, they came together more often "
    "than if they were unrelated; below 1, in orange, less often. The heads of the columns are the numbers of the rows."
)
_FRAMED = f"A frame: p, adjusted for the number of pairs, is below {SHOWN}."
_CLASSES = "The number in a square is how many of a hundred in the class have the answer; the higher, the darker."


@dataclass(frozen=True)
class _Square:
    """Where it stands, what is printed in it, its colour and how much of it, and whether it has a frame."""

    row: str
    column: int
    said: str
    colour: str = _ABOVE
    depth: float = 0.0
    framed: bool = False


def draw(table: EstimateTable) -> Drawing:
    """Pairs of factors below the diagonal, or answers by class."""
    return _pairs(table) if table.kind == "together" else _classes(table)


def _pairs(table: EstimateTable) -> Drawing:
    numbered = list(enumerate(table.factors, start=1))
    labels = {one.slug: f"{number}  {one.label}" for number, one in numbered}
    squares = list(_of_pairs(table))
    notes = (_PAIRS, *([_FRAMED] if any(one.framed for one in squares) else []))
    return Drawing(_field(labels, [str(number) for number, _ in numbered[:-1]], squares), _pairs_in_words(table), notes)


def _of_pairs(table: EstimateTable) -> Iterator[_Square]:
    shown = {row.slug for row in table.rows}
    for (column, one), (_, other) in combinations(enumerate(table.factors), 2):
        slug = f"{one.slug}-with-{other.slug}"
        if slug not in shown:
            continue
        lift, p = table.cells[f"{slug}.lift"], table.cells[f"{slug}.adjusted-p"]
        far = log2(lift.value) / _DOUBLED if lift.value else -1.0 if lift.value == 0 else 0.0
        framed = p.value is not None and p.value < SHOWN
        yield _Square(other.slug, column, _said(lift), _ABOVE if far > 0 else _BELOW, min(1.0, abs(far)), framed)


def _classes(table: EstimateTable) -> Drawing:
    labels = {row.slug: row.label for row in table.rows}
    squares = [
        _Square(row.slug, place, _said(cell), depth=float(cell.value or 0) / 100)
        for row in table.rows
        for place, column in enumerate(table.columns)
        for cell in (table.cells[f"{row.slug}.{column.slug}"],)
    ]
    return Drawing(_field(labels, [one.label for one in table.columns], squares), _classes_in_words(table), (_CLASSES,))


def _said(cell: Estimate) -> str:
    return "–" if cell.value is None else estimate(cell)


def _field(labels: dict[str, str], heads: list[str], squares: list[_Square]) -> Any:
    """The squares, with the labels of their rows at the left and the heads of their columns above."""
    middles, height = rows(labels, 28)
    middles = {slug: middle + _HEAD for slug, middle in middles.items()}
    edges = _edges(list(middles.values()), height + _HEAD)
    top = dict(zip(middles, edges, strict=False))
    foot = dict(zip(middles, edges[1:], strict=True))
    marks = [_mark(one, top[one.row], foot[one.row], middles[one.row]) for one in squares]
    axis = labelled({middle: labels[slug] for slug, middle in middles.items()}, values=list(middles.values()))
    whole = height + _HEAD
    base = data(marks).encode(x=_x(heads, "x:Q"), x2="x2:Q")
    plain = base.transform_filter("!datum.framed").mark_rect(stroke=FAINT, strokeWidth=1)
    framed = base.transform_filter("datum.framed").mark_rect(stroke=INK, strokeWidth=2.4)
    fill = alt.Fill("fill:N", scale=None)
    layers = [one.encode(y=across(whole, at), y2="y2:Q", fill=fill) for one, at in ((plain, axis), (framed, None))]
    printed = data(marks).mark_text(fontSize=SIZE, baseline="middle")
    ink = alt.Color("ink:N", scale=None)
    layers.append(printed.encode(x=_x(heads, "middle:Q"), y=across(whole, None, "at:Q"), text="said:N", color=ink))
    above = data([{"x": place + 0.5, "y": _HEAD / 2, "said": said} for place, said in enumerate(heads)])
    layers.append(above.mark_text(fontSize=SIZE, color=INK).encode(x=_x(heads, "x:Q"), y=across(whole, None), text="said:N"))
    return alt.layer(*layers).resolve_axis(y="independent").properties(height=whole)


def _edges(middles: list[int], last: int) -> list[int]:
    between = [round((one + other) / 2) for one, other in pairwise(middles)]
    return [_HEAD, *between, last]


def _mark(one: _Square, top: int, foot: int, middle: int) -> dict[str, Any]:
    return {
        "x": one.column,
        "x2": one.column + 1,
        "middle": one.column + 0.5,
        "y": top,
        "y2": foot,
        "at": middle,
        "said": one.said,
        "framed": one.framed,
        "fill": _mixed(one.colour, one.depth),
        "ink": "#ffffff" if one.depth > 0.6 and one.colour == _ABOVE else INK,
    }


def _mixed(colour: str, depth: float) -> str:
    """So much of a colour in white."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * 0.95 * depth):02x}" for part in parts)


def _x(heads: list[str], field: str) -> alt.X:
    return alt.X(field, scale=alt.Scale(domain=[0, max(len(heads), 4)], nice=False), axis=None)


def _pairs_in_words(table: EstimateTable) -> str:
    said = [f"{row.label} {_with_interval(table.cells[f'{row.slug}.lift'])}" for row in table.rows]
    return f"Matrix of lift, pair by pair: {table.title}. {'; '.join(said)}. {ELSEWHERE}"


def _classes_in_words(table: EstimateTable) -> str:
    said = [f"{column.label}: {', '.join(_answers(table, column))}" for column in table.columns]
    return f"Matrix of answers by class: {table.title}. {'; '.join(said)}. {ELSEWHERE}"


def _answers(table: EstimateTable, column: Heading) -> Iterator[str]:
    return (f"{row.label} {_with_interval(table.cells[f'{row.slug}.{column.slug}'])}" for row in table.rows)


def _with_interval(cell: Estimate) -> str:
    if cell.value is None:
        return "not applicable"
    return estimate(cell) + (f" ({interval(cell, cell.interval)})" if cell.interval else "")
