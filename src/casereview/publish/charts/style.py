"""How every chart looks: its measures, its colours, and its labels.

Colours are of Okabe and Ito's set (2008), which people with any kind of colour vision can tell apart; and nothing is said by
colour alone.
"""

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import altair as alt

FONT = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"
COLOURS = ("#0f5a8a", "#d98200", "#008f68", "#b14a86", "#4ea3d8", "#8a4b00", "#555555")
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")
INK, SOFT, FAINT = "#1d2429", "#5d676e", "#d9dee2"

WIDTH = 560
"""Pixels of 1/96 inch, labels and all: about the width of the text on A4, and not too small to read on a telephone."""

SIZE, LINE = 12, 15
"""Of letters, and from one line of a label to the next, in pixels."""

WRAP, LINES = 28, 4
"""A label has at most so many letters a line, and so many lines; its table and the words have the whole of it."""

_LABELS = "LABELS"
"""Stands for an axis’s own labels in its expressions."""

_UNDRAWN = re.compile(r"[^\S ]|[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def wrapped(label: str, width: int = WRAP, lines: int = LINES) -> list[str]:
    """A label in lines; of a very long one the beginning. What no XML may hold is left out."""
    return textwrap.wrap(_UNDRAWN.sub(" ", label), width, max_lines=lines, placeholder=" …") or ["–"]


def written(text: str) -> str:
    """A text in one line, without what no XML may hold."""
    return " ".join(_UNDRAWN.sub(" ", text).split())


Key = TypeVar("Key", str, int)
"""A row, by its name or its place."""


def data(values: Sequence[Mapping[str, Any]]) -> Any:
    """A chart of some values."""
    return alt.Chart(alt.Data(values=[dict(value) for value in values]))  # type: ignore[no-untyped-call]


def labelled(labels: Mapping[Key, str], *, width: int = WRAP, **axis: Any) -> alt.Axis:
    """An axis whose values have these labels, in several lines where they are long; nothing but the labels is drawn."""
    return lined({key: wrapped(label, width) for key, label in labels.items()}, **axis)


def lined(labels: Mapping[Key, list[str]], **axis: Any) -> alt.Axis:
    """An axis whose values have labels of these lines."""
    # Of a label with several lines the first stands where a label of one would: it is moved up by half of the others.
    counts = sorted({len(lines) for lines in labels.values()} - {1})
    higher = [{"test": f"length({_LABELS}[datum.value]) == {count}", "value": -LINE * (count - 1) / 2} for count in counts]
    whole: dict[str, Any] = {"title": None, "domain": False, "ticks": False, "grid": False, "labelLimit": 0, "labelPadding": 8}
    whole |= {"labelOffset": {"condition": higher, "value": 0} if higher else 0}
    return alt.Axis(labelExpr=json.dumps({str(key): lines for key, lines in labels.items()}), **whole | axis)


def scaled(title: str | list[str], ticks: Sequence[float], **axis: Any) -> alt.Axis:
    """An axis of numbers: a line across for each tick, and the numbers at their ends."""
    whole: dict[str, Any] = {"format": ",~r", "grid": True, "domain": False, "ticks": False, "labelFlush": False}
    return alt.Axis(title=title, values=list(ticks), **whole | axis)


def rows(labels: Mapping[str, str], least: int = 30) -> tuple[dict[str, int], int]:
    """Where the middle of each row stands, from above, and how high all of them are together, in pixels."""
    middles, height = {}, 0
    for name, label in labels.items():
        each = max(least, LINE * len(wrapped(label)) + 8)
        middles[name], height = height + each // 2, height + each
    return middles, height


def across(height: int, axis: alt.Axis | None, field: str = "y:Q") -> alt.Y:
    """Pixels from above, with the labels of rows at the side."""
    return alt.Y(field, scale=alt.Scale(domain=[height, 0], nice=False, zero=False), axis=axis)


def tall(labels: Sequence[str], *, least: int = 0, width: int = WRAP) -> int:
    """The pixels of a row in which the tallest of some labels has room; closer together where there are many rows."""
    lines = max((len(wrapped(label, width)) for label in labels), default=1)
    return max(least or (30 if len(labels) <= 16 else 23), LINE * lines + 8)


def row_axis(labels: Mapping[str, str], *, apart: float = 0.3, **axis: Any) -> alt.Y:
    """The rows of a chart, by the names in `row`, in the order of their labels."""
    scale = alt.Scale(domain=list(labels), paddingInner=apart, paddingOuter=0.1)
    return alt.Y("row:N", scale=scale, axis=labelled(labels, **axis))


def coloured(series: Mapping[str, str], symbol: str | None = "square") -> alt.Color:
    """The colours of series, by the names in `series`; with a key where there are several."""
    colours = [COLOURS[place % len(COLOURS)] for place in range(len(series))]
    scale = alt.Scale(domain=list(series), range=colours)
    return alt.Color("series:N", sort=list(series), legend=_key(series, symbol), scale=scale)


def shaped(series: Mapping[str, str]) -> alt.Shape:
    """The shapes of series, so that none is known by its colour alone; together with `coloured(series, None)` in one key."""
    shapes = [SHAPES[place % len(SHAPES)] for place in range(len(series))]
    scale = alt.Scale(domain=list(series), range=shapes)
    return alt.Shape("series:N", sort=list(series), legend=_key(series, None), scale=scale)


def _key(series: Mapping[str, str], symbol: str | None) -> alt.Legend | None:
    if len(series) < 2:
        return None
    whole: dict[str, Any] = {"title": None, "orient": "top", "labelLimit": 0, "columns": _columns(series)}
    whole |= {"symbolType": symbol} if symbol else {}
    return alt.Legend(**whole, labelExpr=json.dumps({name: wrapped(label, 40, 2) for name, label in series.items()}))


def _columns(series: Mapping[str, str]) -> int:
    """As many entries of a legend side by side as there is room for."""
    longest = max(min(40, len(written(label))) for label in series.values())
    return max(1, min(len(series), WIDTH // (7 * longest + 40)))


def styled(chart: Any) -> dict[str, Any]:
    """The chart as it is drawn: its letters, its lines, and the width of the page."""
    fitted = chart.properties(width=WIDTH, background="white", autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    text = {"labelColor": INK, "titleColor": INK, "labelFontSize": SIZE, "titleFontSize": SIZE, "titleFontWeight": "normal"}
    made: dict[str, Any] = (
        fitted.configure(font=FONT, padding=4, aria=False)
        .configure_axis(gridColor=FAINT, domainColor=INK, labelLineHeight=LINE, **text)
        .configure_view(stroke=None)
        .configure_legend(labelFontSize=SIZE, labelColor=INK)
        .to_dict()
    )
    labels: dict[str, str] = {}
    hoisted: dict[str, Any] = _hoisted(made, labels)
    return hoisted | {"params": [{"name": name, "value": json.loads(found)} for found, name in labels.items()]}


def _hoisted(part: Any, labels: dict[str, str]) -> Any:
    """A part of a chart with its labels as parameters: within an expression, Vega stumbles over words such as “constructor”."""
    if isinstance(part, list):
        return [_hoisted(one, labels) for one in part]
    if not isinstance(part, dict):
        return part
    found = part.get("labelExpr", "")
    if not found.startswith("{"):
        return {key: _hoisted(one, labels) for key, one in part.items()}
    name = labels.setdefault(found, f"labels{len(labels)}")
    return json.loads(json.dumps(part | {"labelExpr": f"{_LABELS}[datum.value]"}).replace(_LABELS, name))
