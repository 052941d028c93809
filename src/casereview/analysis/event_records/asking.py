"""Events where they lie, asked the questions of practice.yaml: how many cases stand in each row of a table of chronologies."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property

from casereview.analysis.engines import CountQuery, Counts, Mark, Marked, RatingQuery, Ratings
from casereview.analysis.event_records.held import Held
from casereview.analysis.event_records.meant import meanings
from casereview.analysis.event_records.refusals import refuse_unfit, refuse_unsound
from casereview.analysis.event_records.telling import Telling
from casereview.practice import sql
from casereview.practice.events import Records
from casereview.practice.recording import able
from casereview.study.conditions import In
from casereview.study.intervals import latest_day
from casereview.study.practice import Question, cannot_row, nothing_row, want_row
from casereview.study.problems import AnalysisRefused, Place, Problem
from casereview.study.sources import EventRecordsSource
from casereview.study.study import Study

Progress = Callable[[str, int, int], None]
"""Label, done, total."""


class EventsInPlace:
    """An engine for `chronologies:` alone, without columns. Raises SourcesRefused for what nobody has explained."""

    def __init__(self, study: Study, slug: str, source: EventRecordsSource, held: Held, progress: Progress | None = None) -> None:
        refuse_unfit(source, held.kinds)
        self.study, self.slug, self.source, self.held = study, slug, source, held
        self.progress = progress or (lambda *_: None)

    def counts(self, queries: Sequence[CountQuery]) -> list[Counts]:
        """The cases of each mark: of a row, or all."""
        rows = {row for query in queries for mark in query.marks.values() for row in _rows(mark)}
        found = self._found(rows)
        return [Counts({(name,): self._count(mark, found) for name, mark in query.marks.items()}) for query in queries]

    def ratings(self, query: RatingQuery) -> Ratings:
        """Raises AnalysisRefused: of events in place there are no codings."""
        raise AnalysisRefused([self._problem("Of these events there are no codings.")])

    def marked(self, query: CountQuery) -> Marked:
        """Raises AnalysisRefused: no case leaves its place."""
        raise AnalysisRefused([self._problem("These events are asked where they lie; none of them is looked at.")])

    def _count(self, mark: Mark, found: dict[str, int]) -> int:
        rows = _rows(mark)
        return sum(found.get(row, 0) for row in rows) if rows else self._cases

    @cached_property
    def _cases(self) -> int:
        self._tell()
        ((number,),) = self.held.run("SELECT count(DISTINCT c) FROM told")
        return int(number)

    def _found(self, rows: Collection[str]) -> dict[str, int]:
        """Row → the number of cases in it, of the questions that are asked for."""
        questions = {slug: one for slug, one in self.study.practice.questions.items() if slug in rows}
        found: dict[str, int] = {}
        cases = self._cases
        for done, (slug, question) in enumerate(questions.items()):
            self.progress("questions", done, len(questions))
            found |= self._rows_of(slug, question, cases)
        return found

    def _rows_of(self, slug: str, question: Question, cases: int) -> dict[str, int]:
        made = sql.statements(slug, question, {self.slug: self._able})
        found = {slug: 0, cannot_row(slug): 0}
        for asked, lacking, number in self.held.run(_by_case(made)):
            said = {slug} if asked else {cannot_row(slug), *(want_row(slug, why) for why in _whys(made, lacking))}
            for row in said:
                found[row] = found.get(row, 0) + number
        return found | {nothing_row(slug): cases - found[slug] - found[cannot_row(slug)]}

    @cached_property
    def _able(self) -> Records:
        """What the file can record: what sources.yaml says, and what is met in it."""
        return able(self.source, [kind for (kind,) in self.held.run("SELECT DISTINCT kind FROM told")])

    def _tell(self) -> None:
        """The tables of which questions are asked."""
        telling = Telling(self.study, self.slug, self.source, self.held, meanings(self.study, self.source, self.held))
        for name, select in telling.meant():
            self.held.keep(name, select)
        self.held.view("happened", telling.happened())
        self.held.keep("told", telling.told())
        refuse_unsound(self.source, self.held.run, latest_day(datetime.now(UTC)))
        for name, select in self._beside(telling):
            self.held.keep(name, select)

    def _beside(self, telling: Telling) -> Iterator[tuple[str, str]]:
        """What else questions ask of: no incident is known, and no answer of a case."""
        yield "here", sql.here()
        yield "births", telling.births()
        yield "incidents", "SELECT c, '' AS first FROM told WHERE FALSE"
        yield "holds", "SELECT '' AS question, c, CAST(NULL AS BOOLEAN) AS holds FROM told WHERE FALSE"
        yield "reach", sql.reach(self.held.practice, "incidents")

    def _problem(self, cause: str) -> Problem:
        return Problem(Place(self.source.place), "not-in-place", cause, "Take them in (sources.yaml, kind: events).")


def _rows(mark: Mark) -> tuple[str, ...]:
    """The rows that a mark asks for; none where it asks for all cases."""
    return tuple(row for test in mark.true if isinstance(test, In) for row in test.values)


def _by_case(made: sql.Statements) -> str:
    """How many cases a question is asked of, and of how many it cannot be said, by what is lacking."""
    each = " UNION ALL ".join(f"SELECT c, truth, lacking FROM ({one}) said" for one in (made.asked, made.unrecorded) if one)
    lacking = "bit_or(CASE WHEN truth IS NULL THEN lacking ELSE 0 END) AS lacking"
    cases = f"SELECT c, max(CASE WHEN truth THEN 1 ELSE 0 END) AS asked, {lacking} FROM ({each}) every GROUP BY c"
    return f"SELECT asked, lacking, count(*) FROM ({cases}) cases GROUP BY asked, lacking"


def _whys(made: sql.Statements, lacking: int) -> set[str]:
    return {name.partition(":")[0] for name in made.lacking(lacking)}
