"""The cells of a table of rates: events, people, crude and standardised rates, and how many times as high as the reference."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from casereview.analysis.rates.events import Events
from casereview.analysis.statistics import poisson, standardised
from casereview.analysis.tables import Estimate, Form
from casereview.study import denominators
from casereview.study.plan import Rate, Standardised
from casereview.study.spans import waves_spanned
from casereview.study.study import Study

TOTAL = "total"

People = dict[tuple[str, ...], float]


@dataclass(frozen=True)
class Cells:
    """A table of rates, counted. Every row and the total has the same measures."""

    study: Study
    rate: Rate
    events: Events

    def __iter__(self) -> Iterator[Estimate]:
        for row in (*self.events.rows, TOTAL):
            yield from self._row(row)

    def rows(self, row: str) -> tuple[str, ...]:
        """The answers whose events stand in a row: its own, or all of them."""
        return self.events.rows if row == TOTAL else (row,)

    @cached_property
    def _people(self) -> People:
        return denominators.people(self.study, self.rate, self.rate.population, (self.rate.rows,))

    def people(self, row: str) -> float | None:
        """How many there were; None where populations.yaml does not say, or nothing was collected."""
        there = [self._people.get((one,)) for one in self.rows(row) if row != TOTAL or self._counted(one)]
        return sum(one for one in there if one is not None) if there and None not in there else None

    def _counted(self, row: str) -> bool:
        """Whether a row's people belong in the total: those of answers no longer used stand in other rows."""
        if self.rate.rows == "wave":
            return row in waves_spanned(self.study, self.rate)
        return row in denominators.current(self.study, self.rate.rows)

    def why_not(self, row: str) -> str:
        """Why there is no rate; empty if there is one."""
        if self.rate.rows == "wave" and row != TOTAL and not self._counted(row):
            return "it was not collected then"
        people = self.people(row)
        return "its population is not known" if people is None else "" if people else "its population is 0"

    @cached_property
    def _places(self) -> int:
        """Decimals enough for three figures of the rate of all; the same in every row."""
        people, count = self.people(TOTAL), self.events.count(self.events.rows)
        rate = count * self.rate.per / people if people else 0.0
        return next((places for places, least in ((1, 10), (2, 1), (3, 0.1)) if rate >= least), 4) if rate else 1

    def _row(self, row: str) -> Iterator[Estimate]:
        why, people = self.why_not(row), self.people(row)
        count = self.events.count(self.rows(row))
        uncollected = why.startswith("it was not collected")
        yield _none(f"{row}.events", "count", why) if uncollected else Estimate(f"{row}.events", count, "count", 0)
        yield _none(f"{row}.population", "number", why) if people is None else Estimate(f"{row}.population", people, "number", 0)
        if why or not people:
            yield _none(f"{row}.rate", "rate", why)
        else:
            per = self.rate.per / people
            yield Estimate(f"{row}.rate", count * per, "rate", self._places, poisson.garwood(count, per))
        if self.rate.standardise:
            yield self._standardised(row, self.rate.standardise)
        if self.rate.reference:
            yield self._ratio(row, self.rate.reference)

    @cached_property
    def _groups(self) -> tuple[People, People]:
        """The people by row and group, and the standard by group."""
        assert self.rate.standardise  # noqa: S101  # asked only of a standardised rate
        by = (self.rate.rows, *self.rate.standardise.by)
        people = denominators.people(self.study, self.rate, self.rate.population, by)
        return people, denominators.standard(self.study, self.rate)

    def _standardised(self, row: str, wanted: Standardised) -> Estimate:
        address = f"{row}.standardised"
        if why := self.why_not(row):
            return _none(address, "rate", why)
        people, standard = self._groups
        groups = [group for group in product(*(_answers(self.study, name) for name in wanted.by)) if standard.get(group)]
        rows = [one for one in self.rows(row) if row != TOTAL or self._counted(one)]
        there = [sum(people.get((one, *group), 0.0) for one in rows) for group in groups]
        if not groups or not all(there):
            return _none(address, "rate", "a group of the standard has nobody in it here")
        counts = self.events.groups(self.rows(row))
        events, make_up = [counts[group] for group in groups], [standard[group] for group in groups]
        rate, interval = standardised.directly(events, there, make_up, self.rate.per)
        return Estimate(address, rate, "rate", self._places, interval)

    def _ratio(self, row: str, reference: str) -> Estimate:
        address = f"{row}.ratio"
        if row in (TOTAL, reference):
            why = "the total holds what it would be compared with" if row == TOTAL else "the others are compared with it"
            return Estimate(address, None, "ratio", symbol="z", why=why)
        there, of_there = self.people(row), self.people(reference)
        if why := self.why_not(row) or self.why_not(reference):
            return _none(address, "ratio", why)
        of = self.events.count((reference,))
        if not of or not there or not of_there:
            return _none(address, "ratio", "the row that it is compared with has no events")
        ratio, interval = poisson.rate_ratio(self.events.count((row,)), there, of, of_there)
        return Estimate(address, ratio, "ratio", 2, interval)


def _answers(study: Study, name: str) -> tuple[str, ...]:
    return study.waves if name == "wave" else denominators.current(study, name)


def _none(address: str, form: Form, why: str) -> Estimate:
    return Estimate(address, None, form, symbol="x", why=why)
