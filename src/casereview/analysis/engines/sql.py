"""What every engine that speaks SQL does: it plans its passes, writes them, and reads the rows that come back."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from casereview.analysis.engines import CountQuery, Counts, Marked, RatingQuery, Ratings, compiled
from casereview.analysis.engines.grouped import grouped
from casereview.analysis.engines.layout import Layout
from casereview.analysis.engines.passes import Pass, passes, taken
from casereview.analysis.engines.totals import Rows, Totals

Row = Sequence[Any]
Run = Callable[[str], Iterable[Row]]
"""Runs a query, and gives its rows as they come."""


class Sql:
    """An engine over the records that a layout describes.

    together: whether a pass is one query, by GROUPING SETS, or one query for each of its sets.
    """

    def __init__(self, layout: Layout, run: Run, *, together: bool = False) -> None:
        self._layout = layout
        self._run = run
        self._together = together

    def counts(self, queries: Sequence[CountQuery]) -> list[Counts]:
        """The number of records by answers and mark."""
        alone, shared = passes(queries, self._few)
        apart = self._each([queries[place] for place in alone])
        found = {place: totals.counts for place, totals in zip(alone, apart, strict=True)}
        for one, totals in zip(shared, self._shared(shared), strict=True):
            found |= {place: taken(queries[place], one.sets[at], totals[at]) for place, at in one.takes.items()}
        return [found[place] for place in range(len(queries))]

    def ratings(self, query: RatingQuery) -> Ratings:
        """How often each set of codings of one record occurs."""
        found: Ratings = {}
        for said, number in self._run(compiled.rating(self._layout, query)):
            found[tuple(sorted((str(who), str(what)) for who, what in said))] = number
        return found

    def marked(self, query: CountQuery) -> Marked:
        """The records themselves, in one query."""
        import numpy

        rows = list(self._run(compiled.marking(self._layout, query)))
        cases, *held = zip(*rows, strict=True) if rows else ([], *([] for _ in query.marks))
        return Marked(list(cases), {name: numpy.array(one, dtype=bool) for name, one in zip(query.marks, held, strict=True)})

    def _few(self, query: CountQuery) -> bool:
        return all(self._layout.expression(query.unit, one).coded for one in query.by)

    def _alone(self, query: CountQuery) -> Totals:
        return self._rows(query).totals(self._run(compiled.counting(self._layout, query)))

    def _each(self, queries: Sequence[CountQuery]) -> Iterable[Totals]:
        """Queries put one by one."""
        return [self._alone(query) for query in queries]

    def _shared(self, some: Sequence[Pass]) -> list[list[Totals]]:
        if self._together:
            return [self._together_in(one) for one in some]
        apart = iter(self._each([query for one in some for query in one.queries]))
        return [[next(apart) for _ in one.sets] for one in some]

    def _together_in(self, one: Pass) -> list[Totals]:
        if len(one.sets) < 2:
            return [self._alone(query) for query in one.queries]
        parts = [rows for some in grouped(self._layout, one.sort, one.sets) for rows in some.parted(self._run(some.text))]
        return [self._rows(query).totals(rows) for query, rows in zip(one.queries, parts, strict=True)]

    def _rows(self, query: CountQuery) -> Rows:
        return Rows(query, [self._layout.expression(query.unit, one) for one in query.by])
