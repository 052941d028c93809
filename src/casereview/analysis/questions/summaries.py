"""plan.yaml, summaries: a number's mean, median, quartiles and range, group by group, from how often each value occurs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from casereview.analysis.engines import EVERY, CountQuery, Counts, Mark
from casereview.analysis.questions.question import Backing, Found
from casereview.analysis.shape import ALL, Line, answer_lines
from casereview.analysis.summarise import measures, summarise
from casereview.analysis.tables import EstimateTable
from casereview.study.conditions import Known, parse
from casereview.study.plan import Summary
from casereview.study.study import Study


def question(study: Study, slug: str) -> "SummaryQuestion":
    """A summary of the plan."""
    return SummaryQuestion(study, slug)


@dataclass(frozen=True)
class SummaryQuestion:
    """One summary."""

    study: Study
    slug: str

    @property
    def summary(self) -> Summary:
        """As the plan has it."""
        return self.study.plan.summaries[self.slug]

    @cached_property
    def groups(self) -> tuple[Line, ...]:
        """The groups, and all of them together."""
        return answer_lines(self.study, self.summary, self.summary.rows) if self.summary.rows else (ALL,)

    @property
    def asks(self) -> tuple[CountQuery, ...]:
        """The number's distribution in each group; with a weight, also how many records there are."""
        asked, where = self.summary, parse(self.summary.where)
        by = tuple(name for name in (asked.rows, asked.of) if name)
        everyone = CountQuery(asked.unit, {"records": EVERY}, (), where)
        return (CountQuery(asked.unit, {"records": EVERY}, by, where, asked.weight), *((everyone,) if asked.weight else ()))

    def answer(self, found: Sequence[Found]) -> EstimateTable:
        """The table."""
        counts = [one for one in found if isinstance(one, Counts)]
        return summarise(self.study, self.slug, self.groups, *counts)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every figure of every group."""
        return tuple(address for address, _ in self._places())

    def _places(self) -> Iterator[tuple[str, Line]]:
        for group in self.groups:
            yield from ((f"{group.heading.slug}.{measure}", group) for measure in measures(self.summary))

    @cached_property
    def backing(self) -> Backing:
        """The records of each group of which the number is known."""
        asked = self.summary
        marks = {group.heading.slug: self._bearers(group) for group in self.groups}
        cells = {address: (group.heading.slug,) for address, group in self._places()}
        return Backing(asked.unit, parse(asked.where), marks, cells, dict.fromkeys(cells, (asked.of,)), asked.weight)

    def _bearers(self, group: Line) -> Mark:
        among = ((self.summary.rows, group.answers),) if self.summary.rows else ()
        return Mark(true=(Known(self.summary.of, True),), among=among)
