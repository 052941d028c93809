"""Pictures of tables: real vector graphics, drawn without a browser, each with its words for those who do not see it.

Colours are of Okabe and Ito's set (2008), which people with any kind of colour vision can tell apart; and nothing is said by
colour alone.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

import altair as alt
import vl_convert

from casereview.analysis.tables import Break, Cell, CellTable, Heading
from casereview.publish.numbers import TABLE_PLACES, percent, rounded
from casereview.publish.vectors import made_accessible
from casereview.study.plan import Chart

FONT = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"
COLOURS = ("#0f5a8a", "#d98200", "#008f68", "#b14a86", "#4ea3d8", "#8a4b00", "#555555")
INK, FAINT = "#1d2429", "#d9dee2"
WIDTH = 640
"""Pixels of 1/96 inch, labels and all: the width of the text on A4."""

_VEGA_LITE = "6.1"
_WRAP = 34


@dataclass(frozen=True)
class Picture:
    """A chart: `svg` an element that holds its title and description; `png` the same, twice as large.

    `notes` explain its marks; `marks` only name them, for where the table explains them.
    """

    svg: str
    png: bytes
    alternative: str
    notes: tuple[str, ...]
    marks: tuple[str, ...] = ()


def drawn(slug: str, chart: Chart, table: CellTable) -> Picture:
    """The picture of a table. What it shows is also said in words: the plan's own, or every percentage in turn."""
    made = {"bar": _bars, "grouped-bar": _bars, "trend": _trend}[chart.kind](table)
    alternative = chart.alternative or in_words(chart, table)
    svg = vl_convert.vegalite_to_svg(_styled(made).to_dict(), vl_version=_VEGA_LITE)
    svg = made_accessible(svg, f"chart-{slug}", chart.caption, alternative)
    return Picture(svg, vl_convert.svg_to_png(svg, scale=2), alternative, tuple(_break_notes(table)), tuple(_marks(table)))


def in_words(chart: Chart, table: CellTable) -> str:
    """What a chart shows, cell by cell."""
    kind = {"bar": "Bar chart", "grouped-bar": "Grouped bar chart", "trend": "Line chart"}[chart.kind]
    said = []
    for column in _columns(table):
        shares = [f"{row.label} {_share(cell)}" for row, cell in _cells(table, column)]
        said.append((f"{column.label}: " if column else "") + ", ".join(shares))
    return f"{kind}: {table.title}. {'; '.join(said)}. The same figures are in its table."


def _columns(table: CellTable) -> tuple[Heading | None, ...]:
    return tuple(column for column in table.columns if column.kind == "answer") or (None,)


def _cells(table: CellTable, column: Heading | None) -> Iterator[tuple[Heading, Cell]]:
    for row in table.rows:
        cell = table.cells[f"{row.slug}.{column.slug}" if column else row.slug]
        if row.kind in ("answer", "subtotal") and cell.percent is not None:
            yield row, cell


def _share(cell: Cell) -> str:
    return percent(cell.count, cell.base, TABLE_PLACES) if cell.base else "no base"


def _values(table: CellTable) -> list[dict[str, Any]]:
    segments = _segments(table)
    return [
        {
            "row": "\n".join(textwrap.wrap(row.label, _WRAP)) or row.slug,
            "series": column.label if column else "",
            "share": cell.percent,
            "said": f"{rounded(cell.percent or 0, TABLE_PLACES)}%",
            "low": cell.interval.low if cell.interval else None,
            "high": cell.interval.high if cell.interval else None,
            "top": cell.interval.high if cell.interval else cell.percent,
            "segment": segments.get(row.slug, 0),
            "kind": row.kind,
        }
        for column in _columns(table)
        for row, cell in _cells(table, column)
    ]


def _segments(table: CellTable) -> dict[str, int]:
    """The number of breaks before each row: a line is drawn only between rows of one segment."""
    broken = {one.wave for one in table.breaks}
    passed, segments = 0, {}
    for row in table.rows:
        passed += row.slug in broken
        segments[row.slug] = passed
    return segments


def _chart(values: list[dict[str, Any]]) -> Any:
    return alt.Chart(alt.Data(values=values))  # type: ignore[no-untyped-call]


def _bars(table: CellTable) -> Any:
    values = _values(table)
    several = len(_columns(table)) > 1
    base = _chart(values).encode(y=_row_axis(values))
    if several:
        base = base.encode(yOffset=alt.YOffset("series:N", sort=_order(values, "series")))
    # Several answers together are fainter than each: they count again what stands above them.
    faint = alt.condition("datum.kind == 'subtotal'", alt.value(0.6), alt.value(1))
    bars = base.mark_bar().encode(x=_percent_axis(alt.X, values), color=_colour(table), opacity=faint)
    whiskers = base.transform_filter("datum.low != null").mark_rule(color=INK, strokeWidth=1).encode(x="low:Q", x2="high:Q")
    said = base.mark_text(align="left", dx=6, color=INK, fontSize=12).encode(x="top:Q", text="said:N")
    step = alt.Step(19, **{"for": "offset"}) if several else alt.Step(31)
    return alt.layer(bars, whiskers, said).properties(height=step)


def _row_axis(values: list[dict[str, Any]]) -> alt.Y:
    lines = "length(split(datum.label, '\\n'))"
    # A label of several lines hangs from its first: it is moved up by half of the others.
    higher = [{"test": f"{lines} == {count}", "value": -7.5 * (count - 1)} for count in (2, 3, 4)]
    axis = alt.Axis(
        title=None,
        labelExpr="split(datum.label, '\\n')",
        labelOffset={"condition": higher, "value": 0},
        domain=False,
        ticks=False,
        labelLimit=0,
        labelPadding=8,
    )
    return alt.Y("row:N", sort=_order(values, "row"), axis=axis, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.1))


def _order(values: list[dict[str, Any]], key: str) -> list[str]:
    return list(dict.fromkeys(value[key] for value in values))


def _trend(table: CellTable) -> Any:
    values = _values(table)
    axis = alt.Axis(title=None, labelAngle=0, labelExpr="split(datum.label, '\\n')", labelPadding=6, ticks=False)
    x = alt.X("row:N", sort=_order(values, "row"), scale=alt.Scale(type="band"), axis=axis)
    base = _chart(values).encode(x=x, color=_colour(table))
    line = base.mark_line(strokeWidth=2.2).encode(y=_percent_axis(alt.Y, values), detail="segment:N")
    whiskers = base.transform_filter("datum.low != null").mark_rule(strokeWidth=1.4).encode(y="low:Q", y2="high:Q")
    shape = alt.Shape("series:N", legend=None, sort=_order(values, "series"))
    points = base.mark_point(filled=True, size=70, opacity=1).encode(y="share:Q", shape=shape)
    halo = base.mark_text(**_LABEL, stroke="white", strokeWidth=4).encode(y="top:Q", text="said:N", color=alt.value("white"))
    said = base.mark_text(**_LABEL).encode(y="top:Q", text="said:N", color=alt.value(INK))
    return alt.layer(*_break_marks(table, x), line, whiskers, points, halo, said).properties(height=240)


_LABEL: dict[str, Any] = {"align": "center", "dy": -9, "fontSize": 12}


def _break_marks(table: CellTable, x: alt.X) -> Iterator[Any]:
    labels = {row.slug: "\n".join(textwrap.wrap(row.label, _WRAP)) for row in table.rows}
    letters: dict[str, str] = {}
    for letter, one in _lettered(table):
        letters[one.wave] = letters.get(one.wave, "") + letter
    marks = [{"row": labels[wave], "letter": letter} for wave, letter in letters.items() if wave in labels]
    if marks:
        base = _chart(marks).encode(x=x.bandPosition(0))
        yield base.mark_rule(color=INK, strokeDash=[4, 4], strokeWidth=1)
        yield base.mark_text(color=INK, fontSize=12, fontStyle="italic", dx=5, dy=8, align="left").encode(
            y=alt.value(0), text="letter:N"
        )


def _lettered(table: CellTable) -> list[tuple[str, Break]]:
    """The breaks between the rows of a trend, each with its letter."""
    rows = {row.slug for row in table.rows}
    return list(zip(ascii_lowercase, (one for one in table.breaks if one.wave in rows), strict=False))


def _break_notes(table: CellTable) -> Iterator[str]:
    for letter, one in _lettered(table):
        yield f"{letter}: {' '.join(part.rstrip('.') + '.' for part in (one.label, one.reason) if part)}"


def _marks(table: CellTable) -> Iterator[str]:
    if marks := [f"{letter}, {one.label}" for letter, one in _lettered(table)]:
        yield f"Breaks: {'; '.join(marks)}."


def _percent_axis(channel: Any, values: list[dict[str, Any]]) -> Any:
    most = max((value["top"] or 0 for value in values), default=0)
    end = min(100, 10 * (int(most * 1.1) // 10 + 1))
    axis = alt.Axis(title="Per cent", grid=True, tickCount=6, domain=False, ticks=False, labelFlush=False)
    return channel("share:Q", scale=alt.Scale(domain=[0, end], nice=False), axis=axis)


def _colour(table: CellTable) -> alt.Color:
    series = [column.label if column else "" for column in _columns(table)]
    legend = alt.Legend(title=None, orient="top", symbolType="square", labelLimit=0) if len(series) > 1 else None
    colours = [COLOURS[place % len(COLOURS)] for place in range(len(series))]
    return alt.Color("series:N", sort=series, legend=legend, scale=alt.Scale(domain=series, range=colours))


def _styled(chart: Any) -> Any:
    fitted = chart.properties(width=WIDTH, background="white", autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    text = {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
    return (
        fitted.configure(font=FONT, padding=4)
        .configure_axis(gridColor=FAINT, domainColor=INK, **text)
        .configure_view(stroke=None)
        .configure_legend(labelFontSize=12, labelColor=INK)
    )
