"""Which queries are counted together: those that count every record of one sort by answers that are few.

What is asked by some of the variables of another query is not asked at all, but added up from that one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from casereview.analysis.engines import EVERY, CountQuery, Counts, Period
from casereview.analysis.engines.totals import Totals

RECORDS = "records"
By = tuple[str | Period, ...]


@dataclass
class Pass:
    """Queries of one sort. sets: what is counted by, none of it part of another. takes: a query's place → its set's place."""

    sort: CountQuery
    sets: list[By] = field(default_factory=list)
    takes: dict[int, int] = field(default_factory=dict)

    def admit(self, place: int, by: By) -> None:
        """One query more, of fewer variables than those before it, or as many."""
        holds = (number for number, one in enumerate(self.sets) if set(by) <= set(one))
        self.takes[place] = next(holds, len(self.sets))
        if self.takes[place] == len(self.sets):
            self.sets.append(tuple(dict.fromkeys(by)))

    @property
    def queries(self) -> list[CountQuery]:
        """One query a set."""
        return [replace(self.sort, by=one) for one in self.sets]


def passes(queries: Sequence[CountQuery], together: Callable[[CountQuery], bool]) -> tuple[list[int], list[Pass]]:
    """The places of the queries that are put by themselves, and the passes for all others.

    together: whether a query's answers are few enough to be counted with others.
    """
    alone: list[int] = []
    found: dict[tuple[object, ...], Pass] = {}
    for place, query in _widest_first(queries):
        if any(mark != EVERY for mark in query.marks.values()) or not together(query):
            alone.append(place)
        else:
            sort = replace(query, by=(), marks={RECORDS: EVERY})
            found.setdefault((query.unit, query.where, query.weight), Pass(sort)).admit(place, query.by)
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
