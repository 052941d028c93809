"""Bars of percentages with their intervals, side by side for a crosstab."""

from typing import Any

import altair as alt

from casereview.analysis.tables import CellTable
from casereview.publish.charts.drawing import Drawing
from casereview.publish.charts.scales import percentages
from casereview.publish.charts.shares import in_words, key, series, values
from casereview.publish.charts.style import INK, SIZE, coloured, data, row_axis, scaled, tall

_BESIDE = 19
"""Pixels of one of several bars side by side."""


def draw(table: CellTable) -> Drawing:
    """One bar a row, or one a cell."""
    several = len(table.columns) > 1
    made, shown = values(table), series(table)
    labels = {key(row): row.label for row in table.rows if any(value["row"] == key(row) for value in made)}
    base = data(made).encode(y=row_axis(labels, apart=0.3 if len(shown) < 3 else 0.2))
    if several:
        base = base.encode(yOffset=alt.YOffset("series:N", sort=list(shown), scale=alt.Scale(domain=list(shown))))
    # Several answers together are fainter than each: they count again what stands above them.
    faint = alt.condition("datum.kind == 'subtotal'", alt.value(0.6), alt.value(1))
    bars = base.mark_bar().encode(x=_axis(made), color=coloured(shown), opacity=faint)
    thin = {"strokeWidth": 0.8} if several else {"strokeWidth": 1}
    spans = base.transform_filter("datum.low != null").encode(x="low:Q", x2="high:Q")
    whiskers = spans.mark_rule(color="white", strokeWidth=3, opacity=0.5), spans.mark_rule(color=INK, **thin)
    said = base.mark_text(align="left", dx=6, color=INK, fontSize=SIZE).encode(x="top:Q", text="said:N")
    kind = "Grouped bar chart" if several else "Bar chart"
    notes = ("In each group, the bars stand in the order of the key.",) if several else ()
    return Drawing(alt.layer(bars, *whiskers, said).properties(height=_height(labels, shown)), in_words(kind, table), notes)


def _height(labels: dict[str, str], shown: dict[str, str]) -> Any:
    if len(shown) == 1:
        return alt.Step(tall(list(labels.values())))
    each = max(_BESIDE, tall(list(labels.values()), least=1) / len(shown))
    return alt.Step(each, **{"for": "offset"})


def _axis(made: list[dict[str, Any]]) -> alt.X:
    (_, last), ticks = percentages(max((value["top"] or 0 for value in made), default=0))
    axis = scaled("Per cent", ticks)
    # What is printed at the end of the longest bar needs room, too.
    return alt.X("share:Q", scale=alt.Scale(domain=[0, last * 1.13], nice=False), axis=axis)
