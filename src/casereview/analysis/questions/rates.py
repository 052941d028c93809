"""plan.yaml, rates: events per head of a population."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from casereview.analysis import words
from casereview.analysis.comparability import breaks, waves_admitted
from casereview.analysis.engines import CountQuery, Counts, Mark
from casereview.analysis.questions.question import Backing, Found
from casereview.analysis.rates.cells import TOTAL, Cells
from casereview.analysis.rates.events import Events, query
from casereview.analysis.rates.said import measured, notes, tests
from casereview.analysis.tables import EstimateTable, Heading
from casereview.study.conditions import parse, variables
from casereview.study.plan import Rate
from casereview.study.spans import waves_spanned
from casereview.study.study import Study


def question(study: Study, slug: str) -> "RateQuestion":
    """Rates of the plan."""
    return RateQuestion(study, slug)


@dataclass(frozen=True)
class RateQuestion:
    """One table of rates."""

    study: Study
    slug: str

    @property
    def rate(self) -> Rate:
        """As the plan has it."""
        return self.study.plan.rates[self.slug]

    @property
    def asks(self) -> tuple[CountQuery]:
        """One query, by the rows and what is standardised for."""
        return (query(self.study, self.rate),)

    def answer(self, found: Sequence[Found]) -> EstimateTable:
        """The table."""
        (counts,) = found
        assert isinstance(counts, Counts)  # noqa: S101  # it is what a CountQuery gives
        events = Events(self.study, self.rate, tuple(self._answers), counts)
        cells = Cells(self.study, self.rate, events)
        base, absences = events.count(events.rows), events.absences
        return EstimateTable(
            slug=self.slug,
            title=self.rate.title,
            kind="rate",
            unit=self.rate.unit,
            rows=tuple(one for slug, one in self._headings.items() if self._shown(events, slug)),
            columns=self._columns,
            cells={cell.address: cell for cell in cells},
            base=base,
            records=base + sum(absences.values()),
            absences=absences,
            waves=waves_spanned(self.study, self.rate),
            where=words.condition(self.study, parse(self.rate.where)),
            tests=tests(cells),
            breaks=breaks(self.study, self.rate),
            notes=tuple(notes(self.study, cells)),
        )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every row's measures, the total's among them."""
        return tuple(f"{row}.{column.slug}" for row in self._headings for column in self._columns)

    @cached_property
    def backing(self) -> Backing:
        """Behind every measure of a row stand its events."""
        test = parse(self.rate.events)
        rows = {row: (row,) for row in self._answers} | {TOTAL: tuple(self._answers)}
        marks = {f"row {row}": Mark(true=(test,), among=((self.rate.rows, answers),)) for row, answers in rows.items()}
        names = sorted((variables(test) | {self.rate.rows}) & set(self.study.codebook.variables))
        cells = {address: (f"row {address.partition('.')[0]}",) for address in self.addresses}
        return Backing(self.rate.unit, parse(self.rate.where), marks, cells, dict.fromkeys(cells, tuple(names)))

    @cached_property
    def _answers(self) -> dict[str, str]:
        """The answers in the rows, with their labels."""
        name = self.rate.rows
        answers = waves_admitted(self.study, self.rate) if name == "wave" else tuple(self.study.categories(name))
        return {one: words.answer_label(self.study, name, one) for one in answers}

    @property
    def _headings(self) -> dict[str, Heading]:
        rows = {
            slug: Heading(slug, f"{label}{'' if self._current(slug) else ' (no longer used)'}")
            for slug, label in self._answers.items()
        }
        return rows | {TOTAL: Heading(TOTAL, "Total", "total")}

    def _current(self, answer: str) -> bool:
        return self.rate.rows == "wave" or self.study.categories(self.rate.rows)[answer].retired is None

    def _shown(self, events: Events, row: str) -> bool:
        return row == TOTAL or self._current(row) or events.count((row,)) > 0

    @property
    def _columns(self) -> tuple[Heading, ...]:
        measure = measured(self.study.populations.populations[self.rate.population])
        columns = [Heading("events", "Events"), Heading("population", measure[:1].upper() + measure[1:])]
        columns.append(Heading("rate", f"Rate per {self.rate.per:,}"))
        if self.rate.standardise:
            columns.append(Heading("standardised", f"Standardised rate per {self.rate.per:,}"))
        if self.rate.reference:
            reference = self._answers.get(self.rate.reference, self.rate.reference)
            columns.append(Heading("ratio", f"Rate ratio to {reference}"))
        return tuple(columns)
