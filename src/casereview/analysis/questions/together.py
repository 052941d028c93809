"""plan.yaml, together: how often two of several factors came together, pair by pair, and group by group."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from casereview.analysis import pairs, words
from casereview.analysis.comparability import breaks
from casereview.analysis.engines import EVERY, CountQuery, Counts, Mark
from casereview.analysis.pairs import COLUMNS, Crossed, PairOf, pairs_of
from casereview.analysis.questions.question import Backing, Found
from casereview.analysis.shape import ALL, Line, answer_lines
from casereview.analysis.statistics.lift import Pair
from casereview.analysis.tables import EstimateTable, Heading
from casereview.study.conditions import All, AnyPart, Known, Not, Test, parse
from casereview.study.factors import Factor, factors
from casereview.study.plan import Together
from casereview.study.spans import waves_spanned
from casereview.study.study import Study


def question(study: Study, slug: str) -> "TogetherQuestion":
    """Pairs of the plan."""
    return TogetherQuestion(study, slug)


@dataclass(frozen=True)
class TogetherQuestion:
    """One table of pairs."""

    study: Study
    slug: str

    @property
    def asked(self) -> Together:
        """As the plan has it."""
        return self.study.plan.together[self.slug]

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """The factors that are put in pairs."""
        return factors(self.study, self.asked.of)

    @cached_property
    def pairs(self) -> tuple[PairOf, ...]:
        """The pairs, in the order of the factors."""
        return tuple(pairs_of(self.study, self.factors))

    @cached_property
    def groups(self) -> tuple[Line, ...]:
        """All records first, then the groups."""
        *each, whole = answer_lines(self.study, self.asked, self.asked.by) if self.asked.by else (ALL,)
        return (whole, *each)

    @property
    def asks(self) -> tuple[CountQuery, ...]:
        """By the groups: all records, and those of which no pair is known; then each pair, by both answers.

        An engine counts many pairs in one pass.
        """
        by, where = ((self.asked.by,) if self.asked.by else ()), parse(self.asked.where)
        every = CountQuery(self.asked.unit, {"records": EVERY}, by, where)
        pairs = (replace(every, by=(*pair.by, *by)) for pair in self.pairs)
        return (every, replace(every, marks=self._marks, where=All((where, self._none))), *pairs)

    def answer(self, found: Sequence[Found]) -> EstimateTable:
        """The table."""
        every, none, *crossed = [one for one in found if isinstance(one, Counts)]
        tally = _Tally(Counts(every.n | none.n), self.groups, bool(self.asked.by))
        absences, cells = self._absences(tally), pairs.cells(dict(self._counted(crossed)), self.asked.adjust)
        shown = [one for one in self.groups if one.always or tally.count(one, "records")]
        return EstimateTable(
            slug=self.slug,
            title=self.asked.title,
            kind="together",
            unit=self.asked.unit,
            rows=tuple(Heading(*self._row(pair, group)) for pair in self.pairs for group in shown),
            columns=COLUMNS,
            cells=cells,
            base=tally.count(self.groups[0], "records") - tally.count(self.groups[0], "none"),
            records=tally.records,
            absences=absences,
            waves=waves_spanned(self.study, self.asked),
            where=words.condition(self.study, parse(self.asked.where)),
            breaks=breaks(self.study, self.asked),
            factors=tuple(Heading(one.slug, one.label) for one in self.factors),
            notes=tuple(pairs.notes(self.study, self.asked, self.factors, cells, absences)),
        )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every figure of every pair in every group."""
        return tuple(f"{row}.{column.slug}" for row, _, _ in self._rows for column in COLUMNS)

    @cached_property
    def backing(self) -> Backing:
        """Behind a count stand its records; behind what is made of them, those with both."""
        marks = {f"{which} {pair.slug}": mark for pair in self.pairs for which, mark in pair.marks.items()}
        marks |= {
            f"group {one.heading.slug}": Mark(among=((self.asked.by, one.answers),)) for one in self.groups if self.asked.by
        }
        cells, supports = dict[str, tuple[str, ...]](), dict[str, tuple[str, ...]]()
        for row, pair, group in self._rows:
            inside = (f"group {group.heading.slug}",) if self.asked.by else ()
            for column in COLUMNS:
                which = column.slug if column.slug in ("first", "second", "base") else "both"
                cells[f"{row}.{column.slug}"] = (f"{which} {pair.slug}", *inside)
                supports[f"{row}.{column.slug}"] = (pair.one.variable, pair.other.variable)
        return Backing(self.asked.unit, parse(self.asked.where), marks, cells, supports)

    @property
    def _rows(self) -> Iterator[tuple[str, PairOf, Line]]:
        for pair in self.pairs:
            yield from ((self._row(pair, group)[0], pair, group) for group in self.groups)

    def _row(self, pair: PairOf, group: Line) -> tuple[str, str]:
        """The name and the label of a pair in a group."""
        if group is self.groups[0]:
            return pair.slug, pair.label
        return f"{pair.slug}-in-{group.heading.slug}", f"{pair.label}: {group.heading.label}"

    def _counted(self, crossed: Sequence[Counts]) -> Iterator[tuple[str, Pair]]:
        of = {pair: Crossed(counts, bool(self.asked.by)) for pair, counts in zip(self.pairs, crossed, strict=True)}
        for row, pair, group in self._rows:
            yield row, of[pair].counted(group.answers)

    @cached_property
    def _marks(self) -> dict[str, Mark]:
        return {"none": EVERY} | {f"absent {name} {reason}": mark for name, reason, mark in self._unknown}

    @cached_property
    def _none(self) -> All:
        """That both of no pair are known: of each factor that it is not, or none of those that stand in a pair with it.

        As parts that must all hold, so that an engine is done with most records after the first.
        """
        partners: dict[Known, dict[Known, None]] = {}
        for pair in self.pairs:
            partners.setdefault(pair.one.known, {})[pair.other.known] = None
        return All(tuple(Not(All((one, AnyPart(tuple(others))))) for one, others in partners.items()))

    @cached_property
    def _unknown(self) -> tuple[tuple[str, str, Mark], ...]:
        """The records of which no pair is known, once each: by the reason of the first factor that is absent.

        Once the factors before are a pair, one of them is absent, so that nobody asks for the reason of a further one.
        """
        found = list[tuple[str, str, Mark]]()
        before: tuple[Test, ...] = ()
        for name in dict.fromkeys(factor.variable for factor in self.factors):
            for reason in self.study.about.absences:
                found.append((name, reason, Mark(true=before, among=((name, (reason,)),))))
            before = (*before, Known(name, True))
            if any({pair.one.known, pair.other.known} <= set(before) for pair in self.pairs):
                break
        return tuple(found)

    def _absences(self, tally: "_Tally") -> dict[str, int]:
        """By reason: of the group, else of the first factor that is absent."""
        found = {reason: tally.without_group.get(reason, 0) for reason in self.study.about.absences}
        for name, reason, _ in self._unknown:
            found[reason] += tally.count(self.groups[0], f"absent {name} {reason}")
        return {reason: count for reason, count in found.items() if count}


class _Tally:
    """The counts by group and mark."""

    def __init__(self, counts: Counts, groups: Sequence[Line], grouped: bool) -> None:
        self._n: Mapping[tuple[str, str], int] = {
            (str(key[0]) if grouped else "", str(key[-1])): count for key, count in counts.n.items()
        }
        inside = set(groups[0].answers)
        records = {group: count for (group, mark), count in self._n.items() if mark == "records"}
        self.records = sum(records.values())
        self.without_group = {group: count for group, count in records.items() if group not in inside}

    def count(self, group: Line, mark: str) -> int:
        """The records of a group that bear a mark."""
        return sum(self._n.get((answer, mark), 0) for answer in group.answers)
