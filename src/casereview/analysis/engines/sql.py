"""What every engine that speaks SQL does: it plans its passes, writes them, and reads the rows that come back."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from casereview.analysis.engines import CountQuery, Counts, Marked, RatingQuery, Ratings, compiled
from casereview.analysis.engines.layout import Layout
from casereview.analysis.engines.passes import Sizes, passes, taken
from casereview.analysis.engines.totals import Rows, Totals
from casereview.study.conditions import In

Row = Sequence[Any]
Run = Callable[[str], Iterable[Row]]
"""Runs a query, and gives its rows as they come."""


class Sql:
    """An engine over the records that a layout describes."""

    def __init__(self, layout: Layout, run: Run) -> None:
        self._layout = layout
        self._run = run

    def counts(self, queries: Sequence[CountQuery]) -> list[Counts]:
        """The number of records by answers and mark."""
        alone, shared = passes(queries, self._sizes)
        put = [*(queries[place] for place in alone), *(query for one in shared for query in one.queries)]
        totals = iter(self._each(put))
        found = {place: next(totals).counts for place in alone}
        for one in shared:
            held = [next(totals) for _ in one.sets]
            found |= {place: taken(queries[place], one.sets[at], held[at]) for place, at in one.takes.items()}
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

    def _sizes(self, query: CountQuery) -> Sizes | None:
        sizes = {one: 3 if isinstance(one, In) else self._layout.answers(query.unit, one) for one in query.by}
        few = {one: number for one, number in sizes.items() if number is not None}
        return few if len(few) == len(sizes) else None

    def _alone(self, query: CountQuery) -> Totals:
        return self._rows(query).totals(self._run(compiled.counting(self._layout, query)))

    def _each(self, queries: Sequence[CountQuery]) -> Iterable[Totals]:
        """Queries put one by one."""
        return [self._alone(query) for query in queries]

    def _rows(self, query: CountQuery) -> Rows:
        return Rows(query, [compiled.counted_by(self._layout, query.unit, one) for one in query.by])
