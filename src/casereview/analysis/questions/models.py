"""plan.yaml, models: what went with an outcome among the records studied. Nothing here says anything of a case to come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from casereview.analysis import words
from casereview.analysis.comparability import breaks
from casereview.analysis.engines import EVERY, CountQuery, Counts, Mark
from casereview.analysis.models.complete import Complete
from casereview.analysis.models.fits import Fit, fit
from casereview.analysis.models.said import notes, tests
from casereview.analysis.models.terms import Term, terms
from casereview.analysis.questions.question import Backing, Found
from casereview.analysis.tables import Estimate, EstimateTable, Heading
from casereview.analysis.unknown import Unknown, unknown
from casereview.study.conditions import AnyPart, Known, Not, Test, parse, variables
from casereview.study.plan import Model
from casereview.study.spans import waves_spanned
from casereview.study.study import Study


def question(study: Study, slug: str) -> "ModelQuestion":
    """A model of the plan."""
    return ModelQuestion(study, slug)


@dataclass(frozen=True)
class ModelQuestion:
    """One model."""

    study: Study
    slug: str

    @property
    def asked(self) -> Model:
        """As the plan has it."""
        return self.study.plan.models[self.slug]

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Its rows."""
        return terms(self.study, self.asked)

    @property
    def asks(self) -> tuple[CountQuery]:
        """One query, by the predictors."""
        marks = {"records": EVERY, "yes": Mark(true=(self._outcome,)), "no": Mark(true=(Not(self._outcome),))}
        marks |= {f"absent {one.variable} {one.reason}": one.mark for one in self._unknown}
        by = tuple(one.variable for one in self.asked.predictors)
        return (CountQuery(self.asked.unit, marks, by, parse(self.asked.where)),)

    def answer(self, found: Sequence[Found]) -> EstimateTable:
        """The table."""
        (counts,) = found
        assert isinstance(counts, Counts)  # noqa: S101  # it is what a CountQuery gives
        complete = Complete(self.study, self.asked, self.terms, self._unknown, counts)
        whole = fit(self.study, self.asked, complete, self.terms)
        return EstimateTable(
            slug=self.slug,
            title=self.asked.title,
            kind="model",
            unit=self.asked.unit,
            rows=tuple(Heading(one.slug, one.label) for one in self.terms if complete.n(one) or not one.retired),
            columns=self._columns,
            cells={cell.address: cell for cell in self._cells(complete, whole)},
            base=complete.base,
            records=complete.records,
            absences=complete.absences,
            waves=waves_spanned(self.study, self.asked),
            where=words.condition(self.study, parse(self.asked.where)),
            tests=tests(self.study, self.asked, whole),
            breaks=breaks(self.study, self.asked),
            notes=tuple(notes(self.study, self.asked, complete, whole)),
        )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every row's measures."""
        return tuple(f"{term.slug}.{column.slug}" for term in self.terms for column in self._columns)

    @cached_property
    def backing(self) -> Backing:
        """Behind a row stand the records of the analysis with its answer; behind its events, those of them with the outcome."""
        complete = Mark(true=(_settled(self._outcome), *(Known(one.variable, True) for one in self._recorded)))
        marks = {"analysis": complete, "events": Mark(true=(self._outcome,))}
        marks |= {f"row {one.slug}": _among(one) for one in self.terms}
        rows = {
            address: ("analysis", f"row {row}", *(("events",) if column == "events" else ()))
            for address in self.addresses
            for row, _, column in (address.partition("."),)
        }
        supports = {f"{one.slug}.{column.slug}": self._supports(one, column) for one in self.terms for column in self._columns}
        return Backing(self.asked.unit, parse(self.asked.where), marks, rows, supports)

    def _cells(self, complete: Complete, whole: Fit) -> Iterator[Estimate]:
        for predictor in self.asked.predictors:
            own = [one for one in self.terms if one.variable == predictor.variable]
            alone = fit(self.study, self.asked, complete, own) if len(self.asked.predictors) > 1 else whole
            for term in own:
                yield Estimate(f"{term.slug}.n", complete.n(term), "count", 0)
                yield Estimate(f"{term.slug}.events", complete.with_outcome(term), "count", 0)
                if alone is not whole:
                    yield alone.ratio(f"{term.slug}.crude-odds-ratio", term)
                yield whole.ratio(f"{term.slug}.odds-ratio", term)
                yield whole.p(f"{term.slug}.p", term)

    @property
    def _outcome(self) -> Test:
        return parse(self.asked.outcome)

    @cached_property
    def _unknown(self) -> tuple[Unknown, ...]:
        return unknown(self.study, self._outcome)

    @property
    def _recorded(self) -> tuple[Term, ...]:
        """One term of each predictor that can be absent: the wave is always known."""
        return tuple({one.variable: one for one in self.terms if one.variable != "wave"}.values())

    @property
    def _columns(self) -> tuple[Heading, ...]:
        """Beside one predictor alone nothing is adjusted for."""
        counted = (Heading("n", "Records"), Heading("events", self.asked.outcome_label))
        if len(self.asked.predictors) == 1:
            return (*counted, Heading("odds-ratio", "Odds ratio"), Heading("p", "p"))
        crude = Heading("crude-odds-ratio", "Odds ratio, alone")
        return (*counted, crude, Heading("odds-ratio", "Odds ratio, adjusted"), Heading("p", "p, adjusted"))

    def _supports(self, term: Term, column: Heading) -> tuple[str, ...]:
        outcome = variables(self._outcome) if column.slug == "events" else frozenset[str]()
        return tuple(sorted((outcome | {term.variable}) & set(self.study.codebook.variables)))


def _settled(test: Test) -> Test:
    """Of every test, either it or its contrary is true, or it is unknown."""
    return AnyPart((test, Not(test)))


def _among(term: Term) -> Mark:
    return EVERY if term.answer is None else Mark(among=((term.variable, (term.answer,)),))
