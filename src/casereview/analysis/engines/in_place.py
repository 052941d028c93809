"""Counts of coded records where they lie: first the codes that occur, each with its meaning, then all else.

No record leaves the engine, and none is decoded: groups are. What nobody has explained is refused, never counted as missing.
"""

from collections.abc import Iterable, Iterator, Sequence

from casereview.analysis.engines import EVERY, CountQuery, Counts, Marked, RatingQuery, Ratings, stored
from casereview.analysis.engines.codes import unexplained
from casereview.analysis.engines.recorded import Recorded
from casereview.analysis.engines.sql import Run, Sql
from casereview.study.conditions import In, variables
from casereview.study.problems import AnalysisRefused, Place, Problem, SourcesRefused

REMEDY = "Take them in (sources.yaml, kind: rows), and ask the release."
SHOWN = 20
"""So many unexplained codes of one column are named; of the others, how many there are."""


class InPlace:
    """An engine over records in place. Raises SourcesRefused for codes that nobody has explained, all of them at once."""

    def __init__(self, layout: Recorded, engine: Sql, run: Run) -> None:
        self._layout = layout
        self._engine = engine
        self._run = run
        self._met: set[str] = set()
        self._sound: set[str] = set()

    def counts(self, queries: Sequence[CountQuery]) -> list[Counts]:
        """What hangs on no codes but those that it counts by is counted together with the first look at these."""
        self._refuse_unsound({name for query in queries for name in query.variables})
        wanted = self._layout.behind(name for query in queries for name in query.variables)
        found: dict[int, Counts] = {}
        while len(found) < len(queries):
            ready = [name for name in sorted(wanted - self._met) if self._layout.before(name) <= self._met]
            now = [place for place, query in enumerate(queries) if place not in found and self._needs(query) <= self._met]
            looked = self._engine.counts([*map(self._look, ready), *(queries[place] for place in now)])
            self._refuse_unknown(looked[: len(ready)])
            self._met |= set(ready)
            if ready:
                self._layout.met()
            found |= dict(zip(now, looked[len(ready) :], strict=True))
        return [found[place] for place in range(len(queries))]

    def ratings(self, query: RatingQuery) -> Ratings:
        """Raises AnalysisRefused: of records in place there is one coding each."""
        raise AnalysisRefused([self._problem("not-in-place", "Of these records there is one coding each.", REMEDY)])

    def marked(self, query: CountQuery) -> Marked:
        """Raises AnalysisRefused: no record leaves its place."""
        raise AnalysisRefused([self._problem("not-in-place", "These records are counted; none of them is looked at.", REMEDY)])

    def _look(self, name: str) -> CountQuery:
        return CountQuery(self._layout.source.unit, {"records": EVERY}, (name,))

    def _needs(self, query: CountQuery) -> frozenset[str]:
        """The codes that must have been met before a query can be written: those of its conditions, not those of its groups."""
        asked = query.variables - {one for one in query.by if isinstance(one, str)}
        asked |= {one.variable for one in query.by if isinstance(one, In)}
        asked |= {name for mark in query.marks.values() for name in mark.variables} | variables(query.where)
        by = (one if isinstance(one, str) else one.variable for one in query.by)
        return self._layout.behind(asked).union(*map(self._layout.before, by))

    def _refuse_unknown(self, looked: Iterable[Counts]) -> None:
        if problems := [problem for counts in looked for problem in self._unknown(counts)]:
            raise SourcesRefused(problems)

    def _unknown(self, counts: Counts) -> Iterator[Problem]:
        """The codes of a column that nobody has explained, the most frequent first."""
        missing = [(number, said) for (answer, _), number in counts.n.items() if (said := unexplained(str(answer)))]
        for number, (cause, remedy) in sorted(missing, reverse=True)[:SHOWN]:
            yield self._problem("code-unknown", f"{cause} ({number:,} record{'s' if number > 1 else ''}).", remedy)
        if len(missing) > SHOWN:
            cause = f"{missing[0][1][0].partition(' holds ')[0]} holds {len(missing) - SHOWN:,} more codes that are not known."
            yield self._problem("code-unknown", cause, missing[0][1][1])

    def _refuse_unsound(self, names: Iterable[str]) -> None:
        """Numbers that are none, and identifiers that are missing or stand twice; looked for once."""
        looked = [name for name in self._layout.numbers(names) if name not in self._sound]
        tests = [f"count(*) FILTER (WHERE {stored.unsound(self._layout, name)})" for name in looked]
        tests += [f"count(*) - count(DISTINCT {self._key})"] if self._key and not self._sound else []
        if not tests:
            return
        ((*counts,),) = self._run(f"SELECT {', '.join(tests)} FROM {self._layout.table} AS t")
        if problems := [self._problem(*said) for said in self._unsound(looked, counts)]:
            raise SourcesRefused(problems)
        self._sound |= {*looked, "key"}

    def _unsound(self, names: Sequence[str], counts: Sequence[int]) -> Iterator[tuple[str, str, str]]:
        for name, number in zip(names, counts, strict=False):
            if number:
                cause = f"“{name}” is in {number:,} records endless, or not a number (NaN)."
                yield "code-unknown", cause, "Write nothing where there is no number, or a code that sources.yaml explains."
        if len(counts) > len(names) and counts[-1]:
            cause = f"Of {counts[-1]:,} records the identifier “{self._layout.source.key}” is missing, or that of another."
            yield "key-twice", cause, "Keep one record of each; or take “key:” out, if a record is not what the key stands for."

    @property
    def _key(self) -> str:
        key = self._layout.source.key
        return f"t.{self._layout.dialect.name(key)}" if key else ""

    def _problem(self, code: str, cause: str, remedy: str) -> Problem:
        return Problem(Place(self._layout.source.place), code, cause, remedy)
