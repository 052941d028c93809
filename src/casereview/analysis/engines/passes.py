"""Which queries are counted together: those that count every record of one sort by answers that are few.

What is asked by some of the variables of another query is added up from that one. Queries of few answers are put as one, by the
variables of all of them, as long as that makes few cells: to pass over the records costs more than to add up cells.
(40 frequencies and 20 crosstabs of five million records so take 17 passes, two thirds of the time of one query by GROUPING SETS,
and a third of its memory.)
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import prod

from casereview.analysis.engines import EVERY, CountQuery, Counts, Dimension
from casereview.analysis.engines.totals import Totals

RECORDS = "records"
CELLS = 1_000
"""Queries are put as one where that has so many cells at most."""
By = tuple[Dimension, ...]
Sizes = dict[Dimension, int]


@dataclass
class Pass:
    """Queries of one sort. sets: what is counted by, none of it part of another. takes: a query's place → its set's place."""

    sort: CountQuery
    sets: list[By] = field(default_factory=list)
    takes: dict[int, int] = field(default_factory=dict)
    sizes: Sizes = field(default_factory=dict)

    def admit(self, place: int, by: By, sizes: Sizes) -> None:
        """One query more, of fewer variables than those before it, or as many."""
        self.sizes |= sizes
        _, _, number = min(self._joined(by), default=(0, 0, len(self.sets)))
        if number == len(self.sets):
            self.sets.append(())
        self.sets[number] += tuple(dict.fromkeys(one for one in by if one not in self.sets[number]))
        self.takes[place] = number

    def _joined(self, by: By) -> Iterator[tuple[int, int, int]]:
        """The sets that a query may join: how many variables it adds to each, how many cells there then are, which set."""
        for number, one in enumerate(self.sets):
            added, cells = len(set(by) - set(one)), prod(self.sizes[name] for name in {*one, *by})
            if not added or cells <= CELLS:
                yield added, cells, number

    @property
    def queries(self) -> list[CountQuery]:
        """One query a set."""
        return [replace(self.sort, by=one) for one in self.sets]


def passes(queries: Sequence[CountQuery], answers: Callable[[CountQuery], Sizes | None]) -> tuple[list[int], list[Pass]]:
    """The places of the queries that are put by themselves, and the passes for all others.

    answers: how many answers each of the variables may have that a query counts by; None where they are not few.
    """
    alone: list[int] = []
    found: dict[tuple[object, ...], Pass] = {}
    for place, query in _widest_first(queries):
        sizes = answers(query) if all(mark == EVERY for mark in query.marks.values()) else None
        if sizes is None:
            alone.append(place)
        else:
            sort = replace(query, by=(), marks={RECORDS: EVERY})
            found.setdefault((query.unit, query.where, query.weight), Pass(sort)).admit(place, query.by, sizes)
    return alone, list(found.values())


def _widest_first(queries: Sequence[CountQuery]) -> Iterable[tuple[int, CountQuery]]:
    return sorted(enumerate(queries), key=lambda one: -len(set(one[1].by)))


def taken(query: CountQuery, by: By, totals: Totals) -> Counts:
    """The counts of a query, from those of a set of variables that has all of its own."""
    places = [by.index(one) for one in query.by]
    found = Totals()
    for name in query.marks if not query.by else ():
        found.add((name,), 0, Decimal(0) if query.weight else None)
    for key, number in totals.n.items():
        answers = tuple(key[place] for place in places)
        for name in query.marks:
            found.add((*answers, name), number, totals.weights[key] if query.weight else None)
    return found.counts
