"""plan.yaml, rates: events by answers by which their population is known, too."""

from collections.abc import Iterator
from itertools import product

from casereview.study import populations
from casereview.study.checks.common import At, answer_unfit, unknown
from casereview.study.checks.dimensions import dimension, one_answer
from casereview.study.checks.people import missing, not_there, of_the_same
from casereview.study.conditions import Malformed
from casereview.study.denominators import YEARS, current, length, standard
from casereview.study.plan import Rate
from casereview.study.populations import PERIOD, Population, PopulationUnreadable
from casereview.study.problems import Place, Problem
from casereview.study.spans import waves_spanned
from casereview.study.study import Study
from casereview.study.times import within


def check(study: Study, slug: str, rate: Rate, at: At) -> Iterator[Problem]:
    """Findings in one of them."""
    by = rate.standardise.by if rate.standardise else ()
    sound = True
    for name, place in ((rate.rows, at("rows")), *((name, at("standardise", "by")) for name in by)):
        found = [
            *dimension(study, rate, name, place),
            *one_answer(study, name, "nobody can say how many people stand behind each answer", place),
        ]
        sound = sound and not found
        yield from found
    if rate.rows in by or len(set(by)) < len(by):
        cause = "What is standardised for must be other than the rows, and each named once."
        yield Problem(at("standardise", "by"), "population-mismatch", cause, "Name another variable.")
    if sound:
        yield from _reference(study, rate, at("reference"))
        yield from _population(study, rate, at)
        yield from _standard(study, rate, at)


def _reference(study: Study, rate: Rate, place: Place) -> Iterator[Problem]:
    if rate.reference is None:
        return
    if rate.rows == "wave":
        yield from unknown(place, "wave counted here called", rate.reference, waves_spanned(study, rate))
    else:
        yield from answer_unfit(study, place, rate.rows, rate.reference)


def _population(study: Study, rate: Rate, at: At) -> Iterator[Problem]:
    place = at("population")
    yield from unknown(place, "population", rate.population, study.populations.populations)
    population = study.populations.populations.get(rate.population)
    if population is None:
        return
    known = {*population.by, *(("wave",) if PERIOD in population.by else ())}
    for name in dict.fromkeys((rate.rows, *(rate.standardise.by if rate.standardise else ()))):
        if name not in known:
            cause = f"“{rate.population}” is given by {', '.join(population.by)}, not by “{name}”."
            yield Problem(place, "population-mismatch", cause, f"Give its numbers by “{name}”, too, or count by something else.")
    if PERIOD in population.by and (years := list(_years(study, rate, population, place))):
        yield from years
        return
    yield from of_the_same(study, rate, population, at)
    yield from missing(study, rate, rate.population, place)


def _years(study: Study, rate: Rate, population: Population, place: Place) -> Iterator[Problem]:
    """Whether the periods of a population add up to the waves: people of each year, added up, are person-years."""
    try:
        waves = [study.about.waves[wave] for wave in waves_spanned(study, rate)]
        found = length(row.get(PERIOD, "") for _, row in populations.rows(study.folder, population))
    except (PopulationUnreadable, Malformed):
        return
    if found not in YEARS:
        cause = f"“{rate.population}” is given by {found or 'period'}; what a rate adds up must be years."
        yield Problem(place, "population-mismatch", cause, "Give it by year or financial year, or by wave.")
        return
    for wave in waves:
        years = within(wave.start, wave.end, found)
        if not years or (years[0].start, years[-1].end) != (wave.start, wave.end):
            cause = f"Wave {wave.label} ({wave.start} to {wave.end}) is not made of whole years as “{rate.population}” has them."
            yield Problem(place, "population-mismatch", cause, "Give the population by wave, or by the other kind of year.")


def _standard(study: Study, rate: Rate, at: At) -> Iterator[Problem]:
    if rate.standardise is None:
        return
    place, wanted = at("standardise", "to"), rate.standardise
    yield from unknown(place, "population", wanted.to, study.populations.populations)
    population = study.populations.populations.get(wanted.to)
    if population is None:
        return
    lacking = [name for name in wanted.by if name not in population.by]
    if lacking:
        cause = f"“{wanted.to}” is given by {', '.join(population.by)}, not by “{'”, “'.join(lacking)}”."
        yield Problem(place, "population-mismatch", cause, "Name a population that is given by all that is standardised for.")
        return
    try:
        people = standard(study, rate)
    except PopulationUnreadable:
        return
    if not any(people.values()):
        yield Problem(place, "population-mismatch", f"“{wanted.to}” has nobody in it.", "Give the numbers of its groups.")
    groups = product(*(study.waves if name == "wave" else current(study, name) for name in wanted.by))
    yield from not_there([group for group in groups if group not in people], wanted.to, place)
