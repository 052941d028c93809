"""A line of percentages over the waves, interrupted where they cannot be compared."""

from collections.abc import Iterator
from string import ascii_lowercase
from typing import Any

import altair as alt

from casereview.analysis.tables import Break, CellTable
from casereview.publish.charts.drawing import Drawing
from casereview.publish.charts.scales import percentages
from casereview.publish.charts.shares import in_words, key, series, values
from casereview.publish.charts.style import INK, SIZE, WIDTH, coloured, data, labelled, scaled, shaped

_HEIGHT = 240
_LABEL: dict[str, Any] = {"align": "center", "dy": -9, "fontSize": SIZE}
_LABEL_WIDTH = 42
"""Pixels of a printed percentage, and of what stands between it and the next."""


def draw(table: CellTable) -> Drawing:
    """One point a wave, with a line through those that can be compared."""
    made, shown, segments = values(table), series(table), _segments(table)
    drawn = [value | {"segment": segments[value["row"]]} for value in made]
    labels = {key(row): row.label for row in table.rows if key(row) in {value["row"] for value in made}}
    x = _x(labels)
    beside = alt.XOffset("series:N", sort=list(shown), scale=alt.Scale(domain=list(shown), paddingOuter=1))
    base = data(drawn).encode(x=x, xOffset=beside, color=coloured(shown, None))
    line = base.mark_line(strokeWidth=2.2).encode(y=_axis(made), detail="segment:N")
    whiskers = base.transform_filter("datum.low != null").mark_rule(strokeWidth=1.4).encode(y="low:Q", y2="high:Q")
    points = base.mark_point(filled=True, size=70, opacity=1).encode(y="share:Q", shape=shaped(shown))
    said = _said(base) if _roomy(len(labels), len(shown)) else ()
    layers = [*_break_marks(table, x), line, whiskers, points, *said]
    words = in_words("Line chart", table)
    return Drawing(alt.layer(*layers).properties(height=_HEIGHT), words, tuple(_notes(table)), tuple(_marks(table)))


def _roomy(waves: int, series: int) -> bool:
    """Whether every percentage can be printed: several points of a wave stand beside one another, with room about them."""
    places = waves * (series + 2 if series > 1 else 1)
    return places * _LABEL_WIDTH <= WIDTH - 60


def _segments(table: CellTable) -> dict[str, int]:
    """The number of breaks before each row: a line is drawn only between rows of one segment."""
    broken = {one.wave for one in table.breaks}
    passed, segments = 0, {}
    for row in table.rows:
        passed += row.slug in broken
        segments[key(row)] = passed
    return segments


def _x(labels: dict[str, str]) -> alt.X:
    width = max(6, (WIDTH - 60) // max(1, len(labels)) // 7)
    axis = labelled(labels, width=width, labelAngle=0, labelPadding=6, labelOffset=0)
    return alt.X("row:N", scale=alt.Scale(type="band", domain=list(labels)), axis=axis)


def _axis(made: list[dict[str, Any]]) -> alt.Y:
    (_, last), ticks = percentages(max((value["top"] or 0 for value in made), default=0))
    axis = scaled("Per cent", ticks)
    return alt.Y("share:Q", scale=alt.Scale(domain=[0, last * 1.08], nice=False), axis=axis)


def _said(base: Any) -> Iterator[Any]:
    """The percentages above the points, each with a white edge, so that no line crosses a figure."""
    halo = base.mark_text(**_LABEL, stroke="white", strokeWidth=4)
    yield halo.encode(y="top:Q", text="said:N", color=alt.value("white"))
    yield base.mark_text(**_LABEL).encode(y="top:Q", text="said:N", color=alt.value(INK))


def _break_marks(table: CellTable, x: alt.X) -> Iterator[Any]:
    letters: dict[str, str] = {}
    for letter, one in _lettered(table):
        letters[one.wave] = letters.get(one.wave, "") + letter
    if letters:
        base = data([{"row": f"_{wave}", "letter": letter} for wave, letter in letters.items()]).encode(x=x.bandPosition(0))
        yield base.mark_rule(color=INK, strokeDash=[4, 4], strokeWidth=1)
        yield base.mark_text(color=INK, fontSize=SIZE, fontStyle="italic", dx=5, dy=8, align="left").encode(
            y=alt.value(0), text="letter:N"
        )


def _lettered(table: CellTable) -> list[tuple[str, Break]]:
    """The breaks between the rows of a trend, each with its letter."""
    rows = {row.slug for row in table.rows}
    return list(zip(ascii_lowercase, (one for one in table.breaks if one.wave in rows), strict=False))


def _notes(table: CellTable) -> Iterator[str]:
    for letter, one in _lettered(table):
        yield f"{letter}: {' '.join(part.rstrip('.') + '.' for part in (one.label, one.reason) if part)}"


def _marks(table: CellTable) -> Iterator[str]:
    if marks := [f"{letter}, {one.label}" for letter, one in _lettered(table)]:
        yield f"Breaks: {'; '.join(marks)}."
