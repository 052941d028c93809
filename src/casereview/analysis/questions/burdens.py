"""plan.yaml, burdens: how many of several factors were recorded, of which records, group by group."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from casereview.analysis import burdens, words
from casereview.analysis.burdens import Borne, Row
from casereview.analysis.comparability import breaks
from casereview.analysis.engines import EVERY, CountQuery, Counts, Mark
from casereview.analysis.questions.question import Backing, Between, Found
from casereview.analysis.shape import ALL, Line, answer_lines
from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.results import tested
from casereview.analysis.tables import Cell, CellTable, TestResult
from casereview.study.conditions import parse
from casereview.study.plan import Burden
from casereview.study.spans import waves_spanned
from casereview.study.study import Study


def question(study: Study, slug: str) -> "BurdensQuestion":
    """A burden of the plan."""
    return BurdensQuestion(study, slug)


@dataclass(frozen=True)
class BurdensQuestion:
    """One table of burdens."""

    study: Study
    slug: str

    @property
    def asked(self) -> Burden:
        """As the plan has it."""
        return self.study.plan.burdens[self.slug]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Its rows."""
        return tuple(burdens.rows(self.study, self.asked))

    @cached_property
    def groups(self) -> tuple[Line, ...]:
        """The groups, then all of them together."""
        return answer_lines(self.study, self.asked, self.asked.by) if self.asked.by else (ALL,)

    @property
    def asks(self) -> tuple[CountQuery]:
        """One query, by the factors and the groups."""
        by = (*self.asked.of, *((self.asked.by,) if self.asked.by else ()))
        return (CountQuery(self.asked.unit, {"records": EVERY}, by, parse(self.asked.where)),)

    def answer(self, found: Sequence[Found]) -> CellTable:
        """The table."""
        (counts,) = found
        assert isinstance(counts, Counts)  # noqa: S101  # it is what a CountQuery gives
        patterns = _patterns(counts, bool(self.asked.by))
        borne = {group.heading.slug: self._borne(patterns, group) for group in self.groups}
        shown = [one for one in self.groups if one.always or borne[one.heading.slug].records]
        absences, whole = self._absences(patterns), borne[self.groups[-1].heading.slug]
        by_reason = Counter[str]()
        for (_, reason), count in absences.items():
            by_reason[reason] += count
        return CellTable(
            slug=self.slug,
            title=self.asked.title,
            kind="burden",
            unit=self.asked.unit,
            rows=tuple(row.heading for row in self.rows),
            columns=tuple(one.heading for one in shown) if self.asked.by else (),
            cells={cell.address: cell for cell in self._cells(borne)},
            base=whole.base,
            records=sum(n for those in patterns.values() for n in those.values()),
            absences={reason: by_reason[reason] for reason in self.study.about.absences if by_reason[reason]},
            waves=waves_spanned(self.study, self.asked),
            where=words.condition(self.study, parse(self.asked.where)),
            tests=tuple(self._tests(borne)),
            breaks=breaks(self.study, self.asked),
            notes=tuple(burdens.notes(self.study, self.asked, absences, whole.base)),
        )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every row in every group."""
        return tuple(address for address, _, _ in self._places)

    @cached_property
    def backing(self) -> Backing:
        """The records of each cell: those that bear so many of the marks of the factors."""
        marks, of = dict[str, Mark](), self.asked.of
        for name in of:
            marks |= {f"{answer} {name}": Mark(among=((name, (answer,)),)) for answer in ("yes", "no")}
            marks[f"known {name}"] = Mark(among=((name, ("yes", "no")),))
        marks |= {
            f"group {one.heading.slug}": Mark(among=((self.asked.by, one.answers),)) for one in self.groups if self.asked.by
        }
        cells = {address: tuple(self._all_of(row, group)) for address, row, group in self._places}
        between = {address: made for address, row, _ in self._places if (made := self._between(row))}
        supports = {address: (row.factor,) if row.factor else of for address, row, _ in self._places}
        return Backing(self.asked.unit, parse(self.asked.where), marks, cells, supports, between=between)

    @property
    def _places(self) -> Iterator[tuple[str, Row, Line]]:
        for row in self.rows:
            for group in self.groups:
                yield f"{row.heading.slug}.{group.heading.slug}" if self.asked.by else row.heading.slug, row, group

    def _all_of(self, row: Row, group: Line) -> Iterator[str]:
        if self.asked.by:
            yield f"group {group.heading.slug}"
        for name in self.asked.of if row.kind == "known" else ():
            yield f"{'yes' if name == row.factor else 'known'} {name}"

    def _between(self, row: Row) -> Between | None:
        """So many are yes; of what is possible, so many are not no."""
        of, every = self.asked.of, len(self.asked.of)
        if row.factor or row.heading.kind == "total":
            return None
        if row.kind == "possible":
            return Between(tuple(f"no {name}" for name in of), 0, every - row.least)
        return Between(tuple(f"yes {name}" for name in of), row.least, row.most)

    def _cells(self, borne: dict[str, Borne]) -> Iterator[Cell]:
        for address, row, group in self._places:
            yield borne[group.heading.slug].cell(address, row)

    def _borne(self, patterns: "_Patterns", group: Line) -> Borne:
        found = Counter[tuple[str, ...]]()
        for answer in group.answers:
            found.update(patterns.get(answer, {}))
        return Borne(self.asked.of, found)

    def _absences(self, patterns: "_Patterns") -> dict[tuple[str, str], int]:
        """(variable, reason) → the records left out for it: the first factor that is absent, else the group."""
        found, inside = Counter[tuple[str, str]](), set(self.groups[-1].answers)
        for group, those in patterns.items():
            for answers, n in those.items():
                absent = [(name, one) for name, one in zip(self.asked.of, answers, strict=True) if one not in ("yes", "no")]
                absent += [(self.asked.by or "", group)] if group not in inside else []
                if absent:
                    found[absent[0]] += n
        return dict(found)

    def _tests(self, borne: dict[str, Borne]) -> Iterator[TestResult]:
        """Tests of the numbers, as far as the last row tells them apart, between the groups."""
        *groups, _ = self.groups
        lines = [row for row in self.rows if row.heading.kind == "answer"]
        counts = tuple(tuple(borne[one.heading.slug].cell("", row).count for one in groups) for row in lines)
        labels = tuple(row.heading.label for row in lines), tuple(one.heading.label for one in groups)
        for name in self.asked.tests:
            yield tested(name, Observed(counts, *labels, burdens.labels(self.study, self.asked)))


_Patterns = dict[str, Counter[tuple[str, ...]]]


def _patterns(counts: Counts, grouped: bool) -> _Patterns:
    """Group → answers → the number of records."""
    found: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for (*answers, _), n in counts.n.items():
        said = [str(one) for one in answers]
        group = said.pop() if grouped else ""
        found[group][tuple(said)] += n
    return dict(found)
