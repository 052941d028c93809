"""Which cells of a population a rate or a trend rests on: those of the answers and times that its filter admits."""

from collections.abc import Iterable, Mapping
from itertools import product

from casereview.study import populations, times
from casereview.study.conditions import holds, parse, variables
from casereview.study.plan import Length, Rate, Trend
from casereview.study.populations import PERIOD, Population
from casereview.study.spans import waves_spanned
from casereview.study.study import Study
from casereview.study.times import Time

YEARS: tuple[Length, ...] = ("year", "financial-year")
"""The periods by which the population of a rate can be known: people of several years, added up, are person-years."""

Cells = dict[tuple[str, ...], dict[str, str]]
"""A cell of a population by its answers, in the order of `by`; and these by variable, with the wave if it can be told."""


def needed(study: Study, asked: Rate | Trend, population: Population) -> Cells:
    """The cells of a population that a rate or trend needs, whether or not they are there. Raises PopulationUnreadable."""
    periods = {time.name: time for time in _periods(study, asked, population)}
    own = {PERIOD: tuple(periods), "wave": waves_spanned(study, asked)}
    answers = [own[name] if name in own else current(study, name) for name in population.by]
    rows = [dict(zip(population.by, key, strict=True)) for key in product(*answers)]
    where = parse(asked.where)
    told = ((row, row | _wave(study, periods[row[PERIOD]])) if PERIOD in row else (row, row) for row in rows)
    return {tuple(row.values()): whole for row, whole in told if holds(where, whole) is True}


def people(study: Study, asked: Rate | Trend, population: str, by: tuple[str, ...]) -> dict[tuple[str, ...], float]:
    """How many people there were behind a rate or trend, by the answers of variables; not where a cell is missing."""
    of = study.populations.populations[population]
    there = populations.cells(study.folder, of)
    return _summed(needed(study, asked, of), there, by)


def standard(study: Study, rate: Rate) -> dict[tuple[str, ...], float]:
    """The make-up to which a rate is standardised, by the answers of what it is standardised by."""
    assert rate.standardise is not None  # noqa: S101  # asked only of one that is
    of = study.populations.populations[rate.standardise.to]
    there = populations.cells(study.folder, of)
    return _summed({key: dict(zip(of.by, key, strict=True)) for key in there}, there, rate.standardise.by)


def _summed(wanted: Cells, there: Mapping[tuple[str, ...], float], by: tuple[str, ...]) -> dict[tuple[str, ...], float]:
    found: dict[tuple[str, ...], float] = {}
    missing = set()
    for key, row in wanted.items():
        answers = tuple(row[name] for name in by)
        found[answers] = found.get(answers, 0.0) + there.get(key, 0.0)
        if key not in there:
            missing.add(answers)
    return {answers: total for answers, total in found.items() if answers not in missing}


def unexpressed(study: Study, asked: Rate | Trend, population: Population) -> tuple[str, ...]:
    """The variables by which events are filtered, and people cannot be: the two would not be of the same."""
    known = {*population.by, *(("wave",) if PERIOD in population.by else ())}
    named = variables(parse(asked.where))
    # Waves in which nothing was collected give no events, but their people would be counted.
    narrowed = {"wave"} if waves_spanned(study, asked) != study.waves else set[str]()
    return tuple(sorted((named | narrowed) - known))


def length(names: Iterable[str]) -> Length | None:
    """The length of which every name can be read as a time, years before others: 2011-12 is a financial year before it is
    December 2011. None if there is none.
    """
    read = set(names)
    return next((one for one in (*YEARS, *times.FORMS) if all(times.read(name, one) for name in read)), None)


def current(study: Study, name: str) -> tuple[str, ...]:
    """The answers of a variable that are still in use."""
    return tuple(slug for slug, category in study.categories(name).items() if category.retired is None)


def _periods(study: Study, asked: Rate | Trend, population: Population) -> tuple[Time, ...]:
    """The periods that are needed: a trend's times; of a rate, the years of its waves."""
    if PERIOD not in population.by:
        return ()
    if isinstance(asked, Trend):
        return times.of(study, asked)
    found = length(row.get(PERIOD, "") for _, row in populations.rows(study.folder, population))
    spans = [study.about.waves[wave] for wave in waves_spanned(study, asked)]
    return tuple(time for span in spans for time in times.within(span.start, span.end, found)) if found in YEARS else ()


def _wave(study: Study, time: Time) -> dict[str, str]:
    """The wave in which a time begins."""
    found = [slug for slug, wave in study.about.waves.items() if wave.start <= time.start <= wave.end]
    return {"wave": found[0]} if found else {}
