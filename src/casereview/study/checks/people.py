"""Whether a population fits what a rate or a trend counts: it is of the same people, and no cell of it is missing."""

from collections.abc import Iterator

from casereview.study import populations
from casereview.study.checks.common import At
from casereview.study.conditions import Malformed
from casereview.study.denominators import needed, unexpressed
from casereview.study.plan import Rate, Trend
from casereview.study.populations import Population, PopulationUnreadable
from casereview.study.problems import Place, Problem
from casereview.study.study import Study

_SHOWN = 8


def of_the_same(study: Study, asked: Rate | Trend, population: Population, at: At) -> Iterator[Problem]:
    """A finding if events are filtered by what the population is not given by: the two would not be of the same people."""
    try:
        names = unexpressed(study, asked, population)
    except Malformed:
        return
    for name in names:
        cause = f"It counts only some by “{name}”, but its population, given by {', '.join(population.by)}, is of all."
        remedy = f"Give the population by “{name}”, too; or ask it of the events (events:), not of whom they happen to."
        yield Problem(at("where"), "population-mismatch", cause, remedy)


def missing(study: Study, asked: Rate | Trend, slug: str, place: Place) -> Iterator[Problem]:
    """A finding that names every cell of a population that is needed and is not there."""
    population = study.populations.populations[slug]
    if not all(name in ("wave", "period") or name in study.codebook.variables for name in population.by):
        return
    try:
        there = populations.cells(study.folder, population)
        lacking = [key for key in needed(study, asked, population) if key not in there]
    except (PopulationUnreadable, Malformed):
        return
    yield from not_there(lacking, slug, place)


def not_there(cells: list[tuple[str, ...]], slug: str, place: Place) -> Iterator[Problem]:
    """A finding if there are any such cells."""
    if cells:
        said = "; ".join(", ".join(cell) for cell in cells[:_SHOWN])
        more = f"; and {len(cells) - _SHOWN:,} more" if len(cells) > _SHOWN else ""
        cause = f"“{slug}” says nothing of {said}{more}."
        yield Problem(place, "population-missing", cause, "Add the numbers, 0 where there was nobody; or narrow what is counted.")
