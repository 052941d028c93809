"""plan.yaml, trends: counts and rates over time, and what reforms changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from casereview.analysis import words
from casereview.analysis.comparability import breaks
from casereview.analysis.engines import CountQuery, Counts, Mark, Period
from casereview.analysis.questions.question import Backing, Found
from casereview.analysis.statistics.poisson import garwood
from casereview.analysis.tables import EstimateTable, Heading, Point
from casereview.analysis.trends.fit import tests
from casereview.analysis.trends.line import Line, cells, line
from casereview.analysis.trends.said import crossed, notes
from casereview.analysis.trends.terms import headings
from casereview.analysis.trends.times import Counted, query
from casereview.study import times
from casereview.study.conditions import parse, variables
from casereview.study.plan import Trend
from casereview.study.spans import waves_spanned
from casereview.study.study import Study


def question(study: Study, slug: str) -> "TrendQuestion":
    """A trend of the plan."""
    return TrendQuestion(study, slug)


@dataclass(frozen=True)
class TrendQuestion:
    """One trend."""

    study: Study
    slug: str

    @property
    def trend(self) -> Trend:
        """As the plan has it."""
        return self.study.plan.trends[self.slug]

    @property
    def asks(self) -> tuple[CountQuery]:
        """One query, by time."""
        return (query(self.study, self.trend),)

    def answer(self, found: Sequence[Found]) -> EstimateTable:
        """The table."""
        (counts,) = found
        assert isinstance(counts, Counts)  # noqa: S101  # it is what a CountQuery gives
        counted = Counted(self.study, self.trend, counts)
        drawn = line(counted)
        base, absences = sum(counted.by_time), counted.absences
        return EstimateTable(
            slug=self.slug,
            title=self.trend.title,
            kind="trend",
            unit=self.trend.unit,
            rows=tuple(term.heading for term in drawn.terms.rows) if drawn.drawn else headings(self.study, self.trend),
            columns=self._columns,
            cells=cells(self.study, self.trend, drawn),
            base=base,
            records=base + sum(absences.values()),
            absences=absences,
            waves=waves_spanned(self.study, self.trend),
            where=words.condition(self.study, parse(self.trend.where)),
            tests=tests(counted, drawn),
            breaks=breaks(self.study, self.trend),
            notes=tuple(notes(counted, drawn)),
            points=tuple(_points(counted, drawn)),
            marked=tuple(_marked(counted, drawn)),
        )

    @property
    def addresses(self) -> tuple[str, ...]:
        """The measures of every row that there may be."""
        return tuple(f"{row.slug}.{column.slug}" for row in headings(self.study, self.trend) for column in self._columns)

    @cached_property
    def backing(self) -> Backing:
        """Behind every figure of the line stand the events of all its times."""
        test, names = parse(self.trend.events), tuple(time.name for time in times.of(self.study, self.trend))
        marks = {"events": Mark(true=(test,), among=((Period(self.trend.dated, self.trend.by), names),))}
        rests_on = tuple(sorted((variables(test) | {self.trend.dated}) & set(self.study.codebook.variables)))
        of = dict.fromkeys(self.addresses, ("events",))
        return Backing(self.trend.unit, parse(self.trend.where), marks, of, dict.fromkeys(of, rests_on))

    @property
    def _columns(self) -> tuple[Heading, ...]:
        ratio = "Rate ratio" if self.trend.population else "Ratio of counts"
        return Heading("ratio", ratio), Heading("p", "p")


def _points(counted: Counted, drawn: Line) -> Iterator[Point]:
    fitted = drawn.traced.fit.fitted if drawn.traced else None
    for place, (time, count) in enumerate(zip(counted.times, counted.by_time, strict=True)):
        people = counted.people[place] if counted.people else None
        per = counted.trend.per / people if people else 1.0
        on_line = float(fitted[place]) * per if fitted is not None else None
        yield Point(time.label, time.start, count, count * per, on_line, people, garwood(count, per))


def _marked(counted: Counted, drawn: Line) -> Iterator[tuple[date, str]]:
    """The reforms, in the model or not, and the changes that were found, by their days."""
    days = [(reform.date, reform.label) for reform in crossed(counted).values()]
    days += [(counted.times[one.place].start, "Change of slope, found in the counts") for one in drawn.terms.found]
    return iter(sorted(days))
