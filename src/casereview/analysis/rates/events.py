"""The events of a rate, by its rows and by what it is standardised for; and those that no rate counts, with the reason."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from casereview.analysis.engines import CountQuery, Counts, Mark
from casereview.analysis.unknown import Unknown, unknown
from casereview.study.conditions import parse
from casereview.study.plan import Rate, Trend
from casereview.study.study import Study

EVENTS = "events"


def marks(study: Study, asked: Rate | Trend) -> dict[str, Mark]:
    """The events, and the records of which it is not known whether they are, by the reason."""
    test = parse(asked.events)
    return {EVENTS: Mark(true=(test,))} | {_name(one): one.mark for one in unknown(study, test)}


def reasons(study: Study, asked: Rate | Trend) -> dict[str, str]:
    """Mark → the reason why it is not known whether its records are events."""
    return {_name(one): one.reason for one in unknown(study, parse(asked.events))}


def _name(one: Unknown) -> str:
    return f"absent {one.variable} {one.reason}"


def query(study: Study, rate: Rate) -> CountQuery:
    """What counts a rate's events."""
    by = (rate.rows, *(rate.standardise.by if rate.standardise else ()))
    return CountQuery(rate.unit, marks(study, rate), by, parse(rate.where))


@dataclass(frozen=True)
class Events:
    """What was counted. rows: the answers of the rows."""

    study: Study
    rate: Rate
    rows: tuple[str, ...]
    counts: Counts

    @cached_property
    def _by_row(self) -> Counter[str]:
        found = Counter[str]()
        for key, count in self.counts.n.items():
            if key[-1] == EVENTS:
                found[str(key[0])] += count
        return found

    def count(self, rows: Collection[str]) -> int:
        """The events of some rows."""
        return sum(self._by_row[row] for row in rows)

    def groups(self, rows: Collection[str]) -> Counter[tuple[str, ...]]:
        """The events of some rows, by the answers of what is standardised for, or the reasons why there are none."""
        found = Counter[tuple[str, ...]]()
        for (row, *group, mark), count in self.counts.n.items():
            if mark == EVENTS and row in rows:
                found[tuple(map(str, group))] += count
        return found

    @cached_property
    def unplaced(self) -> Counter[str]:
        """Reason → the events of which the row is not known."""
        return +Counter({row: count for row, count in self._by_row.items() if row not in self.rows})

    @cached_property
    def doubtful(self) -> Counter[str]:
        """Reason → the records of which it is not known whether they are events."""
        told, found = reasons(self.study, self.rate), Counter[str]()
        for key, count in self.counts.n.items():
            if key[-1] in told:
                found[told[str(key[-1])]] += count
        return +found

    @property
    def absences(self) -> dict[str, int]:
        """Reason → the records that may belong in the rates and are in none, in the study's order."""
        whole = self.unplaced + self.doubtful
        return {reason: whole[reason] for reason in self.study.about.absences if whole[reason]}
