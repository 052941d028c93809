"""plan.yaml, classes: latent classes of several answers. Which records stand in a class is told to nobody."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from casereview.analysis import words
from casereview.analysis.classes.fits import SHARE, TRIED, Fits, class_named
from casereview.analysis.classes.said import notes, tests
from casereview.analysis.classes.seen import Answer, Seen, answers
from casereview.analysis.comparability import breaks
from casereview.analysis.engines import EVERY, CountQuery, Counts, Mark
from casereview.analysis.questions.question import Backing, Found
from casereview.analysis.tables import EstimateTable
from casereview.study.conditions import AnyPart, Known, parse
from casereview.study.plan import Classes
from casereview.study.spans import waves_spanned
from casereview.study.study import Study


def question(study: Study, slug: str) -> "ClassesQuestion":
    """Classes of the plan."""
    return ClassesQuestion(study, slug)


@dataclass(frozen=True)
class ClassesQuestion:
    """One table of classes."""

    study: Study
    slug: str

    @property
    def asked(self) -> Classes:
        """As the plan has it."""
        return self.study.plan.classes[self.slug]

    @cached_property
    def rows(self) -> tuple[Answer, ...]:
        """Its rows of answers."""
        return tuple(answers(self.study, self.asked))

    @property
    def asks(self) -> tuple[CountQuery]:
        """One query, by all of the variables: however many records there are, they are fitted to by their patterns."""
        return (CountQuery(self.asked.unit, {"records": EVERY}, self.asked.of, parse(self.asked.where)),)

    def answer(self, found: Sequence[Found]) -> EstimateTable:
        """The table."""
        (counts,) = found
        assert isinstance(counts, Counts)  # noqa: S101  # it is what a CountQuery gives
        seen = Seen(self.study, self.asked, counts)
        fits, by_reason = Fits(self.asked, seen), Counter[str]()
        for (_, reason), count in seen.left_out.items():
            by_reason[reason] += count
        return EstimateTable(
            slug=self.slug,
            title=self.asked.title,
            kind="classes",
            unit=self.asked.unit,
            rows=(SHARE, *(one.heading for one in seen.shown(self.rows))),
            columns=fits.columns,
            cells={cell.address: cell for cell in fits.cells(self.rows)},
            base=seen.base,
            records=seen.records,
            absences={reason: by_reason[reason] for reason in self.study.about.absences if by_reason[reason]},
            waves=waves_spanned(self.study, self.asked),
            where=words.condition(self.study, parse(self.asked.where)),
            tests=tuple(tests(fits)),
            breaks=breaks(self.study, self.asked),
            notes=tuple(notes(self.study, self.asked, seen, fits)),
            tried=fits.rows,
        )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every figure of every class that there may be, and of every number of them that is tried."""
        return tuple(self._supports)

    @cached_property
    def backing(self) -> Backing:
        """Behind a row stand all records with its answer: of no record is it known from which class it would come."""
        some = Mark(true=(AnyPart(tuple(Known(name, True) for name in self.asked.of)),))
        marks = {"some": some} | {one.heading.slug: Mark(among=((one.variable, (one.answer,)),)) for one in self.rows}
        cells = {
            address: (row if row in marks else "some",) for address in self._supports for row in (address.partition(".")[0],)
        }
        return Backing(self.asked.unit, parse(self.asked.where), marks, cells, self._supports)

    @cached_property
    def _supports(self) -> dict[str, tuple[str, ...]]:
        """Address → the variables whose evidence stands behind it."""
        columns = [class_named(number) for number in range(1, (self.asked.classes or self.asked.most) + 1)]
        made = {f"{SHARE.slug}.{column.slug}": self.asked.of for column in columns}
        made |= {f"{row.heading.slug}.{column.slug}": (row.variable,) for row in self.rows for column in columns}
        return made | {f"of-{k}.{column.slug}": self.asked.of for k in self.asked.tried for column in TRIED}
