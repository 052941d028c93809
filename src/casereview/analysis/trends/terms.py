"""What the line of a trend may do: where it may step and bend, and the rows that say by how much."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from casereview.analysis.statistics.joinpoint import Change, changes
from casereview.analysis.statistics.regression import Floats
from casereview.analysis.statistics.segmented import Series, design
from casereview.analysis.tables import Heading
from casereview.study.about import Reform
from casereview.study.plan import Trend
from casereview.study.study import Study
from casereview.study.times import Time


@dataclass(frozen=True)
class Term:
    """A row: the sum of some coefficients of the regression, by the places of their columns."""

    heading: Heading
    columns: tuple[int, ...]


@dataclass(frozen=True)
class Terms:
    """The columns of the regression, and the rows that are made of them. bends, steps: the first time after each."""

    rows: tuple[Term, ...]
    bends: tuple[int, ...]
    steps: tuple[int, ...] = ()
    found: tuple[Change, ...] = ()

    def design(self, series: Series) -> Floats:
        """The columns."""
        return design(series, self.bends, self.steps)

    def contrast(self, term: Term, columns: int) -> Floats:
        """What a row takes of each coefficient."""
        taken = np.zeros(columns)
        taken[list(term.columns)] = 1.0
        return taken

    @property
    def changing(self) -> tuple[int, ...]:
        """The columns of every step and bend."""
        return tuple(range(2, 2 + len(self.bends) + len(self.steps)))


def reforms(study: Study, trend: Trend) -> list[tuple[str, Reform]]:
    """The reforms at which the plan lets the line step and bend, by their day."""
    return sorted(((name, study.about.reforms[name]) for name in trend.reforms), key=lambda one: one[1].date)


def headings(study: Study, trend: Trend) -> tuple[Heading, ...]:
    """The rows that a trend can have, with no data at hand; those of changes not yet found have no day."""
    if trend.changes:
        return tuple(one.heading for one in _of_changes([None] * trend.changes, ()))
    return tuple(one.heading for one in _of_reforms(reforms(study, trend), ()))


def planned(study: Study, trend: Trend, times: tuple[Time, ...]) -> Terms:
    """The terms of a trend whose line bends where the plan says."""
    those = reforms(study, trend)
    places = tuple(sum(time.start < reform.date for time in times) for _, reform in those)
    return Terms(tuple(_of_reforms(those, times)), places, places)


def found(trend: Trend, times: tuple[Time, ...], series: Series) -> Terms:
    """The terms of a trend whose line bends where the counts say."""
    those = changes(series, trend.changes)
    return Terms(tuple(_of_changes(those, times)), tuple(one.place for one in those), found=those)


def _of_reforms(those: list[tuple[str, Reform]], times: tuple[Time, ...]) -> Iterator[Term]:
    if not those:
        yield Term(Heading("slope", "Change per year"), (1,))
        return
    yield Term(Heading("before", f"Change per year before “{those[0][1].label}”"), (1,))
    for place, (name, reform) in enumerate(those):
        yield Term(Heading(f"step-{name}", f"Step at “{reform.label}”"), (2 + len(those) + place,))
        yield Term(Heading(f"bend-{name}", f"Change of slope at “{reform.label}”"), (2 + place,))
        yield Term(Heading(f"after-{name}", f"Change per year after “{reform.label}”"), (1, *range(2, 3 + place)))


def _of_changes(those: "list[None] | tuple[Change, ...]", times: tuple[Time, ...]) -> Iterator[Term]:
    days = [times[one.place].label if one else f"change {number}" for number, one in enumerate(those, start=1)]
    ends = [f" from {day}" for day in ["the start", *days]]
    for place, end in enumerate(ends):
        if place:
            yield Term(Heading(f"change-{place}", f"Change of slope at {days[place - 1]}"), (1 + place,))
        yield Term(Heading(f"slope-{place + 1}", f"Change per year{end}"), (1, *range(2, 2 + place)))
