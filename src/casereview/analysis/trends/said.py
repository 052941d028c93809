"""What is said below a trend: how to read its figures, and what is not in them."""

from collections.abc import Iterator
from datetime import date

from casereview.analysis.rates.said import many
from casereview.analysis.trends.line import Line
from casereview.analysis.trends.terms import reforms
from casereview.analysis.trends.times import Counted
from casereview.study import times
from casereview.study.about import Reform


def notes(counted: Counted, line: Line) -> Iterator[str]:
    """The plan's own note, then what a reader must know of the line."""
    study, trend = counted.study, counted.trend
    if trend.note:
        yield trend.note
    if trend.population:
        population = study.populations.populations[trend.population]
        yield f"Population: {population.label}, {population.measure} ({population.source.rstrip('.')})."
        yield f"A rate is the count of one {trend.by.replace('-', ' ')} per {trend.per:,} of them."
    if line.drawn:
        yield from _read(counted, line)
    yield from _not_in_model(counted)
    yield from _left_out(counted)


def _read(counted: Counted, line: Line) -> Iterator[str]:
    what = "rate" if counted.trend.population else "count"
    yield f"Ratios are of the {what}: 1.10 is a tenth more, 0.90 a tenth less; of a slope, each year."
    if counted.trend.season:
        yield "Times of the year have levels of their own, so that seasons are not taken for changes."
    for (_, reform), place in zip(reforms(counted.study, counted.trend), line.terms.steps, strict=True):
        first = counted.times[place]
        if reform.date != first.start:
            yield f"“{reform.label}” ({_day(reform.date)}) counts from {first.label}, the first whole time after it."
    if counted.trend.changes and not line.terms.found:
        yield "No change of slope was found; there may be one too small, or too near an end, for these counts to show it."
    for place, one in enumerate(line.terms.found, start=1):
        low, high = counted.times[one.low].label, counted.times[one.high].label
        yield f"Change {place} stands at {counted.times[one.place].label} (95% interval from {low} to {high})."
    if line.terms.found:
        yield "The counts themselves put the changes there; the intervals of the slopes take their places as given."


def _not_in_model(counted: Counted) -> Iterator[str]:
    named = dict(reforms(counted.study, counted.trend))
    others = [f"{reform.label} ({_day(reform.date)})" for name, reform in crossed(counted).items() if name not in named]
    if others:
        yield f"In this time, and not in the model: {'; '.join(others)}."


def crossed(counted: Counted) -> dict[str, Reform]:
    """Every reform between the first day and the last."""
    if not counted.times:
        return {}
    first, last = counted.times[0].start, counted.times[-1].end
    return {name: reform for name, reform in counted.study.about.reforms.items() if first < reform.date <= last}


def _left_out(counted: Counted) -> Iterator[str]:
    undated, doubtful = counted.undated.total(), counted.doubtful.total()
    asked = times.limits(counted.study, counted.trend)
    if asked and counted.times and asked != (counted.times[0].start, counted.times[-1].end):
        span = f"{_day(counted.times[0].start)} to {_day(counted.times[-1].end)}"
        yield f"Only whole times are counted: {span}."
    if counted.outside:
        yield f"{many(counted.outside, 'event')} of other times {'is' if counted.outside == 1 else 'are'} not counted."
    if undated:
        yield f"Of {many(undated, 'event')} the date is not known well enough: the counts are too low by as much."
    if doubtful:
        yield f"Of {many(doubtful, 'record')} it is not known whether they are events; they are not counted."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
