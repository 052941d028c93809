"""Estimates beneath one another, each with its interval and its figures: ratios on a logarithmic scale, about 1."""

from collections.abc import Iterator
from typing import Any

import altair as alt

from casereview.analysis.tables import Answered
from casereview.publish.charts import scales
from casereview.publish.charts.drawing import Drawing
from casereview.publish.charts.estimates import Item, Items, items
from casereview.publish.charts.shares import ELSEWHERE
from casereview.publish.charts.style import INK, LINE, across, coloured, data, labelled, lined, rows, scaled, shaped, wrapped

_AXES = {"coefficient": "Coefficient", "rate": "Rate", "percent": "Per cent"}
_ARROWS = "An arrow marks an interval that goes on beyond the scale; its figures are printed beside it."
_HOLLOW = "A hollow mark is what the others are compared with."


def draw(table: Answered) -> Drawing:
    """One line a row and column, with its figures at the right."""
    found = items(table)
    ends, ticks = _scale(found)
    middles, height = rows(found.rows, max(26, LINE * len(found.series) + 11))
    marks = [_mark(one, found, middles, ends) for one in found.items]
    layers = [*_line_at_one(found), *_estimates(marks, found, _x(found, ends, ticks), height), _printed(found, middles, height)]
    made = alt.layer(*layers).resolve_axis(y="independent").properties(height=height)
    notes = [_HOLLOW] if any(one.reference for one in found.items) else []
    notes += [_ARROWS] if any(mark["under"] or mark["over"] for mark in marks) else []
    return Drawing(made, _words(table, found), (*notes, *found.whys), tuple(notes))


def _scale(found: Items) -> scales.Scale:
    values = [one.value for one in found.items if one.value is not None]
    ends = [end for one in found.items if one.interval for end in (one.interval.low, one.interval.high)]
    match found.form:
        case "ratio":
            return scales.ratios(values, ends)
        case "percent":
            return scales.percentages(max([*values, *ends], default=0))
        case "coefficient":
            return scales.coefficients([*values, *ends])
    return scales.amounts(min(max([*values, *ends], default=0), 3 * max(values, default=0) or 1))


def _mark(one: Item, found: Items, middles: dict[str, int], ends: tuple[float, float]) -> dict[str, Any]:
    """Where an estimate stands; `under`, `over`: its interval goes on beyond the scale."""
    low, high = (one.interval.low, one.interval.high) if one.interval else (None, None)
    if low is None or high is None or one.value is None:
        low = high = None
    inside = one.value is not None and ends[0] <= one.value <= ends[1]
    return {
        "y": middles[one.row] + LINE * (list(found.series).index(one.series) - (len(found.series) - 1) / 2),
        "series": one.series,
        "x": one.value if inside else None,
        "low": None if low is None else max(low, ends[0]),
        "high": None if high is None else min(high, ends[1]),
        "under": low is not None and low < ends[0],
        "over": high is not None and high > ends[1],
        "reference": one.reference,
    }


def _x(found: Items, ends: tuple[float, float], ticks: list[float]) -> dict[str, Any]:
    kind: Any = "log" if found.form == "ratio" else "linear"
    axis = scaled(wrapped(_title(found), 48), ticks)
    return {"scale": alt.Scale(type=kind, domain=list(ends), nice=False, zero=False), "axis": axis}


def _title(found: Items) -> str:
    only = next(iter(found.series.values())) if len(found.series) == 1 else ""
    return f"{only or 'Ratio'}, on a logarithmic scale" if found.form == "ratio" else only or _AXES.get(found.form, "")


def _line_at_one(found: Items) -> Iterator[Any]:
    if found.form == "ratio":
        yield data([{"one": 1}]).mark_rule(color=INK, strokeWidth=1).encode(x="one:Q")


def _estimates(marks: list[dict[str, Any]], found: Items, x: dict[str, Any], height: int) -> Iterator[Any]:
    base = data(marks).encode(y=across(height, None), color=coloured(found.series, None))
    spans = base.transform_filter("datum.low != null").mark_rule(strokeWidth=1.6)
    yield spans.encode(x=alt.X("low:Q", **x), x2="high:Q")
    for side, end, shape in (("under", "low", "triangle-left"), ("over", "high", "triangle-right")):
        arrows = base.transform_filter(f"datum.{side}").mark_point(filled=True, size=60, opacity=1, shape=shape)
        yield arrows.encode(x=alt.X(f"{end}:Q", **x))
    points = base.transform_filter("datum.x != null && !datum.reference").mark_point(filled=True, size=64, opacity=1)
    yield points.encode(x=alt.X("x:Q", **x), shape=shaped(found.series))
    hollow = base.transform_filter("datum.reference").mark_point(filled=True, size=56, opacity=1, fill="white", strokeWidth=1.6)
    yield hollow.encode(x=alt.X("x:Q", **x), stroke=alt.value(INK), shape=shaped(found.series))


def _printed(found: Items, middles: dict[str, int], height: int) -> Any:
    """The rows at the left, and at the right the figures, one below the other where a row has several."""
    base = data([{"y": middle} for middle in middles.values()]).mark_point(opacity=0)
    at = list(middles.values())
    left = labelled({middles[row]: label for row, label in found.rows.items()}, values=at)
    said = {row: [one.said for one in found.items if one.row == row] for row in found.rows}
    right = lined({middles[row]: those for row, those in said.items()}, values=at, orient="right")
    sides = [base.encode(y=across(height, axis)) for axis in (left, right)]
    return alt.layer(*sides).resolve_axis(y="independent")


def _words(table: Answered, found: Items) -> str:
    said = []
    for name, label in found.series.items():
        those = [f"{found.rows[one.row]} {one.said}" for one in found.items if one.series == name]
        said.append((f"{label}: " if label else "") + "; ".join(those))
    return f"Forest plot: {table.title}. {'. '.join(said)}. {ELSEWHERE}"
