"""Counts or rates over time, the line through them, and the days on which it may step or bend."""

from calendar import month_name
from collections.abc import Iterator
from datetime import date
from string import ascii_lowercase
from typing import Any

import altair as alt

from casereview.analysis.tables import EstimateTable, Point
from casereview.publish.charts import scales
from casereview.publish.charts.drawing import Drawing
from casereview.publish.charts.shares import ELSEWHERE
from casereview.publish.charts.style import COLOURS, INK, SIZE, WIDTH, data, lined, scaled, wrapped
from casereview.publish.numbers import decimal, grouped

_HEIGHT = 260
_WHISKERS = 36
"""Of up to so many times each has its interval drawn; of more that would be a thicket, and a band is drawn in its place."""

_EVERY = {12: (1, 2, 3, 6, 12, 24, 36, 60, 120), 4: (1, 2, 4, 8, 12, 20, 40), 1: (1, 2, 5, 10, 20, 50)}
"""Times in a year → every which of them is named below, where there is no room for all."""

_DRAWN = "Dots are what was counted, with {} for the 95% intervals."
_LINE = " The line is that of the model."
_NO_LINE = " No line could be drawn through them; the table says why."


def draw(table: EstimateTable) -> Drawing:
    """A point a time, with its interval; the line in as many pieces as there are stretches between the marked days."""
    points = table.points
    steps = _steps(table)
    times = [_mark(one, middle, sum(step <= one.start.toordinal() for step in steps)) for one, middle in _middles(points)]
    (_, last), ticks = scales.amounts(max((time["most"] for time in times), default=0))
    y: dict[str, Any] = {"scale": alt.Scale(domain=[0, last], nice=False), "axis": _axis(points, ticks)}
    base = data(times).encode(x=_x(points))
    line = base.transform_filter("datum.fitted != null").mark_line(color=COLOURS[1], strokeWidth=2.4)
    dots = base.mark_point(filled=True, size=34, opacity=1, color=COLOURS[0], shape="circle")
    layers = [
        *_intervals(base, len(times), y),
        *_verticals(_boundaries(table), points),
        line.encode(y=alt.Y("fitted:Q", **y), detail="stretch:N"),
        dots.encode(y=alt.Y("observed:Q", **y)),
    ]
    made = alt.layer(*layers).properties(height=_HEIGHT)
    drawn = _DRAWN.format("a band" if len(times) > _WHISKERS else "thin lines")
    drawn += _LINE if any(one.fitted is not None for one in points) else _NO_LINE
    return Drawing(made, _words(table), (drawn, *_notes(table)), (drawn, *_marks(table)))


def _middles(points: tuple[Point, ...]) -> Iterator[tuple[Point, int]]:
    """Each time with the day in its middle, as a number; the last is taken to be as long as the one before it."""
    starts = [one.start.toordinal() for one in points]
    ends = [*starts[1:], 2 * starts[-1] - starts[-2] if len(starts) > 1 else starts[-1] + 1] if starts else []
    for one, start, end in zip(points, starts, ends, strict=True):
        yield one, (start + end) // 2


def _mark(one: Point, middle: int, stretch: int) -> dict[str, Any]:
    low, high = (one.interval.low, one.interval.high) if one.interval else (None, None)
    most = max(value for value in (one.observed, one.fitted, high, 0) if value is not None)
    seen = {"x": middle, "observed": one.observed, "fitted": one.fitted, "low": low, "high": high}
    return seen | {"most": most, "stretch": stretch}


def _boundaries(table: EstimateTable) -> list[int]:
    """Where the marked days fall: before the first time that begins on them or later; else after the last."""
    times = list(_middles(table.points))
    after = 2 * times[-1][1] - times[-1][0].start.toordinal() if times else 0
    starts = [one.start for one, _ in times]
    return [next((start.toordinal() for start in starts if start >= day), after) for day, _ in table.marked]


def _steps(table: EstimateTable) -> list[int]:
    """Those where the line may step; a line that only bends is drawn in one piece."""
    return _boundaries(table) if any(row.slug.startswith("step-") for row in table.rows) else []


def _x(points: tuple[Point, ...]) -> alt.X:
    named = {middle: wrapped(one.label, 10) for one, middle in _middles(points)}
    widest = max((len(line) for lines in named.values() for line in lines), default=1) * 6.5 + 14
    needed = len(named) * widest / (WIDTH - 60)
    every = next((one for one in _EVERY[_in_a_year(points)] if one >= needed), len(named))
    shown = dict(list(named.items())[::every])
    starts = [one.start.toordinal() for one in points]
    half = (starts[1] - starts[0]) / 2 if len(starts) > 1 else 1
    scale = alt.Scale(domain=[min(named, default=0) - half, max(named, default=1) + half], nice=False, zero=False)
    axis = lined(
        shown, values=list(shown), labelOffset=0, labelFlush=False, domain=True, domainColor=INK, ticks=True, labelPadding=4
    )
    return alt.X("x:Q", scale=scale, axis=axis)


def _in_a_year(points: tuple[Point, ...]) -> int:
    days = (points[1].start - points[0].start).days if len(points) > 1 else 365
    return 12 if days < 40 else 4 if days < 100 else 1


def _axis(points: tuple[Point, ...], ticks: list[float]) -> alt.Axis:
    per = _per(points)
    return scaled(f"Rate per {grouped(per)}" if per else "Number", ticks)


def _per(points: tuple[Point, ...]) -> int | None:
    """What the rates are per, as count, rate and population tell; None of counts."""
    known = (one for one in points if one.population and one.count)
    return next((round(one.observed * one.population / one.count) for one in known if one.population), None)


def _intervals(base: Any, count: int, y: dict[str, Any]) -> Iterator[Any]:
    known = base.transform_filter("datum.low != null").encode(y=alt.Y("low:Q", **y), y2="high:Q")
    if count > _WHISKERS:
        yield known.mark_area(color=COLOURS[0], opacity=0.16)
    else:
        yield known.mark_rule(color=COLOURS[0], strokeWidth=1, opacity=0.75)


def _verticals(boundaries: list[int], points: tuple[Point, ...]) -> Iterator[Any]:
    letters: dict[int, str] = {}
    for letter, place in zip(ascii_lowercase, boundaries, strict=False):
        letters[place] = letters.get(place, "") + letter
    if letters:
        base = data([{"x": place, "letter": letter} for place, letter in letters.items()]).encode(x=_x(points))
        yield base.mark_rule(color=INK, strokeDash=[4, 4], strokeWidth=1)
        letter = base.mark_text(color=INK, fontSize=SIZE, fontStyle="italic", dx=5, dy=8, align="left")
        yield letter.encode(y=alt.value(0), text="letter:N")


def _marked(table: EstimateTable) -> list[tuple[str, str]]:
    return [(letter, f"{label} ({_day(day)})") for letter, (day, label) in zip(ascii_lowercase, table.marked, strict=False)]


def _day(day: date) -> str:
    return f"{day.day} {month_name[day.month]} {day.year}"


def _notes(table: EstimateTable) -> Iterator[str]:
    yield from (f"{letter}: {label.rstrip('.')}." for letter, label in _marked(table))
    for one in table.breaks:
        yield " ".join(part.rstrip(".") + "." for part in (one.label, one.reason) if part)


def _marks(table: EstimateTable) -> Iterator[str]:
    if marked := _marked(table):
        yield f"Marked: {'; '.join(f'{letter}, {label}' for letter, label in marked)}."


def _words(table: EstimateTable) -> str:
    seen = "; ".join(f"{one.label} {_said(one)}" for one in table.points)
    marked = "".join(f" {mark}" for mark in _marks(table))
    return f"Series over time: {table.title}. {seen}.{marked} {ELSEWHERE}"


def _said(one: Point) -> str:
    seen = grouped(one.count) if one.population is None else f"{decimal(one.observed, 1)} ({grouped(one.count)})"
    return seen if one.fitted is None else f"{seen}, line at {decimal(one.fitted, 1)}"
