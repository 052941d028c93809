"""What is said of a table of rates: whether they are all alike, and what they leave out."""

from collections.abc import Iterator

from casereview.analysis import words
from casereview.analysis.comparability import reforms_crossed
from casereview.analysis.rates.cells import Cells
from casereview.analysis.statistics import poisson
from casereview.analysis.statistics.sentences import apa_p, often
from casereview.analysis.tables import TestResult
from casereview.study.plan import Rate
from casereview.study.populations import PERIOD, Population
from casereview.study.study import Study

_NAME = "rate-homogeneity"
_SOURCE = "Breslow & Day (1987)"


def tests(cells: Cells) -> tuple[TestResult, ...]:
    """Pearson's χ² of one rate for all rows."""
    rows = [row for row in cells.events.rows if cells.people(row) and not cells.why_not(row)]
    counts = [cells.events.count((row,)) for row in rows]
    if len(rows) < 2 or not sum(counts):
        why = "there are no events" if len(rows) >= 2 else "fewer than two rows have a rate"
        return (TestResult(_NAME, None, None, None, None, _SOURCE, f"Whether the rates are alike was not tested: {why}."),)
    statistic, df, p, expected = poisson.homogeneity(counts, [cells.people(row) or 0.0 for row in rows])
    sentence = f"χ²({df}, N = {sum(counts):,}) = {statistic:.2f}, {apa_p(p)}. {_plain(p)}"
    return (TestResult(_NAME, statistic, df, p, None, _SOURCE, sentence, _small(expected)),)


def _plain(p: float) -> str:
    if p < 0.05:
        return f"If the rate were the same in every row, counts as uneven as these would come up by chance {often(p)}."
    return (
        f"If the rate were the same in every row, counts as uneven as these would still come up by chance {often(p)}: "
        "a difference is not shown, nor is it ruled out."
    )


def _small(expected: tuple[float, ...]) -> tuple[str, ...]:
    """Source: W. G. Cochran, Biometrics 10 (1954) 417-451."""
    small = sum(one < 5 for one in expected)
    if small <= len(expected) / 5 and min(expected) >= 1:
        return ()
    return (f"{small} of {len(expected)} rows expect fewer than 5 events: p may be far off (Cochran 1954).",)


def notes(study: Study, cells: Cells) -> Iterator[str]:
    """The plan's own note, where the people come from, and what the rates leave out."""
    rate, populations = cells.rate, study.populations.populations
    if rate.note:
        yield rate.note
    yield f"Population: {_cited(populations[rate.population])} Intervals are exact, as of Poisson counts (Garwood 1936)."
    if rate.standardise:
        names = words.listed([f"“{words.variable_label(study, name)}”" for name in rate.standardise.by])
        to = populations[rate.standardise.to]
        yield f"Standardised rates are as if every row had the make-up by {names} of: {_cited(to)}"
        yield from _ungrouped(cells, names)
    yield from _left_out(cells)
    yield from _lengths(study, rate)
    if rate.over_time and (crossed := reforms_crossed(study, rate)):
        yield f"In this time, with no change to what is counted here: {'; '.join(crossed)}."


def many(number: int, what: str) -> str:
    """One event, two events."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def measured(population: Population) -> str:
    """What the numbers of a rate count: people of several years, added up, are person-years."""
    return "person-years" if PERIOD in population.by and population.measure == "people" else population.measure


def _cited(population: Population) -> str:
    return f"{population.label}, {measured(population)} ({population.source.rstrip('.')})."


def _ungrouped(cells: Cells, names: str) -> Iterator[str]:
    """Events that no standardised rate counts, as their group is not known."""
    absences = set(cells.study.about.absences)
    left = sum(count for group, count in cells.events.groups(cells.events.rows).items() if absences.intersection(group))
    if left:
        yield f"Of {many(left, 'event')} {names} is not known: no standardised rate counts them; they are too low by as much."


def _left_out(cells: Cells) -> Iterator[str]:
    unplaced, doubtful = cells.events.unplaced.total(), cells.events.doubtful.total()
    if unplaced:
        yield f"Of {many(unplaced, 'event')} it is not known in which row they belong: the rates are too low by as much."
    if doubtful:
        yield f"Of {many(doubtful, 'record')} it is not known whether they are events; no rate counts them, as if they were none."


def _lengths(study: Study, rate: Rate) -> Iterator[str]:
    """A caution where waves of unequal length are set beside one another, and people are counted once a wave."""
    population = study.populations.populations[rate.population]
    days = [(wave.end - wave.start).days + 1 for wave in study.about.waves.values()]
    if rate.rows == "wave" and "wave" in population.by and "year" not in population.measure and max(days) > 1.02 * min(days):
        yield (
            f"The periods are not equally long, and their population is counted in {population.measure}: "
            "a longer one has more events of the same people."
        )
