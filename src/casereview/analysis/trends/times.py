"""What was counted in each time of a trend, of how many people; and what could not be put in any time."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from casereview.analysis.engines import UNDATED, CountQuery, Counts, Period
from casereview.analysis.rates import events
from casereview.analysis.statistics.segmented import Series
from casereview.study import denominators, times
from casereview.study.conditions import parse
from casereview.study.plan import Trend
from casereview.study.populations import PERIOD
from casereview.study.study import Study
from casereview.study.times import MONTHS, Time


def query(study: Study, trend: Trend) -> CountQuery:
    """What counts a trend."""
    return CountQuery(trend.unit, events.marks(study, trend), (Period(trend.dated, trend.by),), parse(trend.where))


@dataclass(frozen=True)
class Counted:
    """A trend, counted."""

    study: Study
    trend: Trend
    counts: Counts

    @cached_property
    def times(self) -> tuple[Time, ...]:
        """The times, in order, without a gap."""
        return times.of(self.study, self.trend)

    @cached_property
    def by_time(self) -> tuple[int, ...]:
        """The events of each."""
        return tuple(self.counts.n.get((time.name, events.EVENTS), 0) for time in self.times)

    @cached_property
    def people(self) -> tuple[float, ...] | None:
        """The people of each; None where the trend is of counts, or the people of a time are not known."""
        if self.trend.population is None:
            return None
        there = denominators.people(self.study, self.trend, self.trend.population, (PERIOD,))
        found = [there.get((time.name,), 0.0) for time in self.times]
        return tuple(found) if all(found) else None

    @cached_property
    def series(self) -> Series:
        """The counts as they are regressed."""
        people = np.array(self.people if self.people else [1.0] * len(self.times))
        seasons = tuple(time.start.month for time in self.times) if self.trend.season else ()
        return Series(np.array(self.by_time, dtype=float), np.log(people), 12 // MONTHS[self.trend.by], seasons)

    @property
    def _elsewhere(self) -> frozenset[str]:
        return frozenset({*self.study.about.absences, UNDATED})

    @property
    def outside(self) -> int:
        """The events before the first time and after the last."""
        inside = {time.name for time in self.times} | self._elsewhere
        return sum(count for (when, mark), count in self.counts.n.items() if mark == events.EVENTS and when not in inside)

    @cached_property
    def undated(self) -> Counter[str]:
        """Reason → the events of which the time is not known."""
        known = ((str(when), count) for (when, mark), count in self.counts.n.items() if mark == events.EVENTS)
        return +Counter({when: count for when, count in known if when in self._elsewhere})

    @cached_property
    def doubtful(self) -> Counter[str]:
        """Reason → the records of these times, or of no known time, of which it is not known whether they are events."""
        told, found = events.reasons(self.study, self.trend), Counter[str]()
        near = {time.name for time in self.times} | self._elsewhere
        for (when, mark), count in self.counts.n.items():
            if mark in told and when in near:
                found[told[str(mark)]] += count
        return +found

    @property
    def absences(self) -> dict[str, int]:
        """Reason → the records that may belong in the trend and are in no time, in the study's order."""
        whole = self.undated + self.doubtful
        return {reason: whole[reason] for reason in (*self.study.about.absences, UNDATED) if whole[reason]}
