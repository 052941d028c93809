"""plan.yaml, trends: dates by which records fall into times, and reforms that there are."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from casereview.study import times
from casereview.study.checks.common import At, unknown
from casereview.study.checks.dimensions import typed
from casereview.study.checks.people import missing, of_the_same
from casereview.study.conditions import Malformed
from casereview.study.denominators import people
from casereview.study.plan import Trend
from casereview.study.populations import PERIOD, PopulationUnreadable
from casereview.study.problems import Place, Problem
from casereview.study.sources import RowsSource
from casereview.study.spans import waves_spanned
from casereview.study.study import Study
from casereview.study.times import Time

MOST = 1_200
"""Times of a trend: a hundred years of months."""


def check(study: Study, slug: str, trend: Trend, at: At) -> Iterator[Problem]:
    """Findings in one of them."""
    yield from typed(study, trend, trend.dated, ("date",), at("dated"))
    for name in trend.reforms:
        yield from unknown(at("reforms"), "reform", name, study.about.reforms)
    yield from _terms(trend, at)
    try:
        asked, held = times.limits(study, trend), times.of(study, trend)
    except Malformed:
        return
    if trend.dated not in study.codebook.variables:
        return
    if asked is None or not 2 <= len(held) <= MOST:
        span = f"From {asked[0]} to {asked[1]}" if asked else "In the waves that it counts, of which there is none,"
        cause = f"{span} there are {len(held):,} whole times of its length ({trend.by})."
        yield Problem(at("by"), "trend-times", cause, f"Choose start, end and by so that there are 2 to {MOST:,}.")
        return
    yield from _uncounted(study, trend, held, at)
    yield from _outside(study, trend, held, at("reforms"))
    yield from _population(study, trend, held, at)


def _terms(trend: Trend, at: At) -> Iterator[Problem]:
    if trend.reforms and trend.changes:
        cause = "Either the plan says where the line may bend (reforms), or the counts do (changes)."
        yield Problem(at("changes"), "trend-terms", cause, "Take one of the two out, or make two trends.")
    if len(set(trend.reforms)) < len(trend.reforms):
        yield Problem(at("reforms"), "trend-terms", "A reform stands here twice.", "Name it once.")
    if trend.season and trend.by in ("year", "financial-year"):
        yield Problem(at("season"), "trend-terms", "A year has no seasons.", "Count by month or quarter, or take it out.")


def _uncounted(study: Study, trend: Trend, held: tuple[Time, ...], at: At) -> Iterator[Problem]:
    """Days on which nothing was collected: the counts there would be 0, and would not mean it."""
    waves = [study.about.waves[wave] for wave in waves_spanned(study, trend)]
    for before, after in pairwise(waves):
        if before.end + timedelta(days=1) < after.start and held[0].start < after.start and held[-1].end > before.end:
            cause = f"Nothing is counted between {before.end} and {after.start}: no wave that it counts has these days."
            yield Problem(at("where"), "trend-times", cause, "Let start and end lie on one side of them, or admit more waves.")
    if _of_the_wave(study, trend.dated) and (held[0].start < waves[0].start or held[-1].end > waves[-1].end):
        cause = f"Records are counted from {waves[0].start} to {waves[-1].end} only, by the waves; the trend would go further."
        yield Problem(at("start" if held[0].start < waves[0].start else "end"), "trend-times", cause, "Keep within these days.")


def _of_the_wave(study: Study, name: str) -> bool:
    """Whether a date is the one that puts a record into its wave."""
    rows = (source for source in study.sources.sources.values() if isinstance(source, RowsSource) and source.wave_date)
    return any(column == source.wave_date and one.variable == name for source in rows for column, one in source.columns.items())


def _outside(study: Study, trend: Trend, held: tuple[Time, ...], place: Place) -> Iterator[Problem]:
    for name in trend.reforms:
        reform = study.about.reforms.get(name)
        if reform and not held[0].start < reform.date <= held[-1].start:
            cause = (
                f"“{name}” ({reform.date}) has no time before it, or none after it: these are {held[0].name} to {held[-1].name}."
            )
            yield Problem(place, "trend-times", cause, "Leave it out, or let the trend begin earlier or end later.")


def _population(study: Study, trend: Trend, held: tuple[Time, ...], at: At) -> Iterator[Problem]:
    if trend.population is None:
        return
    place = at("population")
    yield from unknown(place, "population", trend.population, study.populations.populations)
    population = study.populations.populations.get(trend.population)
    if population is None:
        return
    if PERIOD not in population.by:
        cause = f"“{trend.population}” is given by {', '.join(population.by)}: a trend needs the people of each time."
        yield Problem(place, "population-mismatch", cause, f"Give it by {PERIOD}, such as {times.FORMS[trend.by]}.")
        return
    yield from of_the_same(study, trend, population, at)
    lacking = list(missing(study, trend, trend.population, place))
    yield from lacking
    if not lacking:
        yield from _nobody(study, trend, trend.population, place)


def _nobody(study: Study, trend: Trend, population: str, place: Place) -> Iterator[Problem]:
    try:
        empty = [time for (time,), number in people(study, trend, population, (PERIOD,)).items() if not number]
    except (PopulationUnreadable, Malformed, KeyError):
        return
    if empty:
        cause = f"In {', '.join(empty[:8])}, “{population}” has nobody, and a rate of nobody cannot be."
        yield Problem(place, "population-mismatch", cause, "Correct the numbers, or leave these times out.")
