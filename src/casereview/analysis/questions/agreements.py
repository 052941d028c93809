"""plan.yaml, agreements: how far those who coded the same records said the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from casereview.analysis import words
from casereview.analysis.agreements.codings import coded, rated
from casereview.analysis.agreements.measures import MEASURES
from casereview.analysis.agreements.said import notes, sentence
from casereview.analysis.comparability import breaks
from casereview.analysis.engines import EVERY, CountQuery, Counts, Mark, RatingQuery
from casereview.analysis.questions.question import Ask, Backing, Found
from casereview.analysis.statistics.agreement import Measured, Rated
from casereview.analysis.tables import Estimate, EstimateTable, Heading, TestResult
from casereview.study.conditions import All, AnyPart, Known, parse
from casereview.study.plan import Agreement, AgreementMeasure
from casereview.study.spans import waves_spanned
from casereview.study.study import Study

Measures = dict[tuple[str, AgreementMeasure], Measured]
"""(row, measure) → what it came to."""

RATERS = "raters"
"""The row of variables that are raters."""


def question(study: Study, slug: str) -> "AgreementQuestion":
    """An agreement of the plan."""
    return AgreementQuestion(study, slug)


@dataclass(frozen=True)
class AgreementQuestion:
    """One table of agreement."""

    study: Study
    slug: str

    @property
    def asked(self) -> Agreement:
        """As the plan has it."""
        return self.study.plan.agreements[self.slug]

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Of raters one query by what they say; else one of every record, and one of each variable's codings."""
        unit, where = self.asked.unit, parse(self.asked.where)
        records = CountQuery(unit, {"records": EVERY}, self.asked.raters, where)
        return (records, *(RatingQuery(unit, name, where) for name in self.asked.of))

    def answer(self, found: Sequence[Found]) -> EstimateTable:
        """The table."""
        counts, *ratings = found
        assert isinstance(counts, Counts)  # noqa: S101  # it is what a CountQuery gives
        records = sum(counts.n.values())
        rows = self._rated(counts, ratings)
        measured = {
            (row, name): MEASURES[name].measured(one) for row, one in rows.items() for name in dict.fromkeys(self.asked.measures)
        }
        return EstimateTable(
            slug=self.slug,
            title=self.asked.title,
            kind="agreement",
            unit=self.asked.unit,
            rows=self._rows,
            columns=self._columns,
            cells={cell.address: cell for cell in _cells(rows, measured)},
            base=records,
            records=records,
            absences={},
            waves=waves_spanned(self.study, self.asked),
            where=words.condition(self.study, parse(self.asked.where)),
            tests=self._tests(rows, measured),
            breaks=breaks(self.study, self.asked),
            notes=tuple(notes(self.asked, tuple(rows.values()), _drawn(measured))),
        )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every row's measures."""
        return tuple(f"{row.slug}.{column.slug}" for row in self._rows for column in self._columns)

    @cached_property
    def backing(self) -> Backing:
        """Of raters, the records that two or more of them rated. Else every record of which the variable is known.

        Who coded a record is not among what the tables of a release say of it, so that those coded once are among these.
        """
        marks = {name: Mark(true=(Known(name, True),)) for name in self.asked.of}
        pairs = tuple(All((Known(one, True), Known(other, True))) for one, other in combinations(self.asked.raters, 2))
        marks |= {RATERS: Mark(true=(AnyPart(pairs),))} if pairs else {}
        cells = {address: (address.partition(".")[0],) for address in self.addresses}
        supports = {address: self.asked.raters or (row,) for address, (row,) in cells.items()}
        return Backing(self.asked.unit, parse(self.asked.where), marks, cells, supports)

    def _rated(self, counts: Counts, ratings: Sequence[Found]) -> dict[str, Rated]:
        if self.asked.raters:
            return {RATERS: rated(self.study, self.asked.raters, counts)}
        return {
            name: coded(self.study, name, self.asked.coders, one)
            for name, one in zip(self.asked.of, ratings, strict=True)
            if not isinstance(one, Counts)
        }

    @property
    def _rows(self) -> tuple[Heading, ...]:
        if self.asked.raters:
            labels = [self.study.variable(name).label for name in self.asked.raters]
            return (Heading(RATERS, words.listed([labels[0], *map(words.within, labels[1:])])),)
        return tuple(Heading(name, self.study.variable(name).label) for name in self.asked.of)

    @property
    def _columns(self) -> tuple[Heading, ...]:
        coders = Heading("coders", "Raters" if self.asked.raters else "Coders")
        measures = (Heading(name, MEASURES[name].label) for name in dict.fromkeys(self.asked.measures))
        return (Heading("n", "Records of two or more"), coders, *measures)

    def _tests(self, rows: dict[str, Rated], measured: Measures) -> tuple[TestResult, ...]:
        labels = {row.slug: row.label for row in self._rows}
        return tuple(
            sentence(labels[row], name, rows[row], found)
            for (row, name), found in measured.items()
            if found.value is not None and name != "percent"
        )


def _cells(rows: dict[str, Rated], measured: Measures) -> Iterator[Estimate]:
    for row, one in rows.items():
        yield Estimate(f"{row}.n", one.twice, "count", 0)
        yield Estimate(f"{row}.coders", one.coders, "count", 0)
    for (row, name), found in measured.items():
        measure, address = MEASURES[name], f"{row}.{name}"
        places = 1 if measure.form == "percent" else 2
        if found.value is None:
            why = f"{found.why[0].upper()}{found.why[1:]}."
            yield Estimate(address, None, measure.form, places, symbol=measure.symbol(rows[row]), why=why)
        else:
            yield Estimate(address, found.value, measure.form, places, found.interval)


def _drawn(measured: Measures) -> list[str]:
    """The measures with a bootstrap's interval."""
    found = (name for (_, name), one in measured.items() if one.interval and one.interval.method == "bootstrap-95")
    return [MEASURES[name].label for name in dict.fromkeys(found)]
