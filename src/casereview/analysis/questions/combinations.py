"""plan.yaml, combinations: which yes-no answers were yes together, one row a combination that occurs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from casereview.analysis import words
from casereview.analysis.comparability import breaks
from casereview.analysis.engines import EVERY, CountQuery, Counts, Mark
from casereview.analysis.notes import SELECTED, easily_yes, left_out, passed_through
from casereview.analysis.questions.question import Backing, Found
from casereview.analysis.shape import ALL, Line, answer_lines
from casereview.analysis.statistics.intervals import wilson
from casereview.analysis.tables import Cell, CellTable, Heading
from casereview.study.conditions import parse
from casereview.study.plan import Combination
from casereview.study.plan.combinations import OTHER, WITH_OTHERS, named
from casereview.study.spans import waves_spanned
from casereview.study.study import Study

FEW = 6
"""Of up to so many variables, combinations that do not occur have cells, too, so that prose can say that there are none."""


def question(study: Study, slug: str) -> "CombinationsQuestion":
    """Combinations of the plan."""
    return CombinationsQuestion(study, slug)


@dataclass(frozen=True)
class CombinationsQuestion:
    """One table of combinations."""

    study: Study
    slug: str

    @property
    def asked(self) -> Combination:
        """As the plan has it."""
        return self.study.plan.combinations[self.slug]

    @cached_property
    def groups(self) -> tuple[Line, ...]:
        """The groups, then all of them together."""
        return answer_lines(self.study, self.asked, self.asked.by) if self.asked.by else (ALL,)

    @property
    def asks(self) -> tuple[CountQuery]:
        """One query, by all of the variables, and the groups."""
        by = (*self.asked.of, *((self.asked.by,) if self.asked.by else ()))
        return (CountQuery(self.asked.unit, {"records": EVERY}, by, parse(self.asked.where)),)

    def answer(self, found: Sequence[Found]) -> CellTable:
        """The table."""
        (counts,) = found
        assert isinstance(counts, Counts)  # noqa: S101  # it is what a CountQuery gives
        return _table(self.study, self.slug, Combined(self.asked, counts, self.groups))

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every combination that can occur, each variable by itself, and all; in every group."""
        rows = (*dict(self.asked.rows), *self.asked.of, OTHER, "total")
        return tuple(_at(self.asked, row, group) for row in rows for group in self.groups)

    @cached_property
    def backing(self) -> Backing:
        """The records of each cell. The others are those of none of the combinations that the table shows."""
        asked, of = self.asked, self.asked.of
        marks = {f"{answer} {name}": Mark(among=((name, (answer,)),)) for name in of for answer in ("yes", "no")}
        marks |= {f"known {name}": Mark(among=((name, ("yes", "no")),)) for name in of}
        marks |= {f"group {one.heading.slug}": Mark(among=((asked.by, one.answers),)) for one in self.groups if asked.by}
        rows = {row: tuple(f"{'yes' if name in yes else 'no'} {name}" for name in of) for row, yes in asked.rows}
        rows |= {one: tuple(f"{'yes' if name == one else 'known'} {name}" for name in of) for one in of}
        rows["total"] = rows[OTHER] = tuple(f"known {name}" for name in of)
        behind = {row: yes or of for row, yes in asked.rows} | {one: (one,) for one in of} | {"total": of, OTHER: of}
        places = [(_at(asked, row, group), row, group.heading.slug) for row in rows for group in self.groups]
        cells = {address: (*rows[row], *((f"group {group}",) if asked.by else ())) for address, row, group in places}
        supports = {address: behind[row] for address, row, _ in places}
        return Backing(asked.unit, parse(asked.where), marks, cells, supports, rest=OTHER)


def _at(asked: Combination, row: str, group: Line) -> str:
    return f"{row}.{group.heading.slug}" if asked.by else row


class Combined:
    """The counts of combinations: of the records of which every answer is known, and the reasons why the others are not."""

    def __init__(self, asked: Combination, counts: Counts, groups: tuple[Line, ...]) -> None:
        self.asked, self.groups = asked, groups
        self.records = sum(counts.n.values())
        self._found = Counter[tuple[str, tuple[str, ...]]]()
        self.left_out = Counter[tuple[str, str]]()
        inside = set(groups[-1].answers)
        for (*answers, _), count in counts.n.items():
            group = str(answers.pop()) if asked.by else ""
            said = [(name, str(one)) for name, one in zip(asked.of, answers, strict=True)]
            unknown = [one for one in said if one[1] not in ("yes", "no")] + (
                [] if group in inside else [(asked.by or "", group)]
            )
            if unknown:
                self.left_out[unknown[0]] += count
            else:
                self._found[group, tuple(name for name, one in said if one == "yes")] += count
        self.found = self.of(groups[-1])
        self.base = self.found.total()

    def of(self, group: Line) -> Counter[tuple[str, ...]]:
        """The combinations of one group."""
        found = Counter[tuple[str, ...]]()
        for (answer, yes), count in self._found.items():
            if answer in group.answers:
                found[yes] += count
        return found

    @property
    def ordered(self) -> list[tuple[str, ...]]:
        """The combinations that occur, the most frequent first; of equals, those with the first variables first."""
        place = {name: number for number, name in enumerate(self.asked.of)}
        return sorted(+self.found, key=lambda yes: (-self.found[yes], [place[name] for name in yes]))

    @property
    def shown(self) -> list[tuple[str, ...]]:
        """Those with a row of their own."""
        return self.ordered[: self.asked.most]

    @property
    def others(self) -> int:
        """The records in the rest of them."""
        return _others(self, self.found)


def _others(combined: Combined, found: Counter[tuple[str, ...]]) -> int:
    return found.total() - sum(found[yes] for yes in combined.shown)


def _table(study: Study, slug: str, combined: Combined) -> CellTable:
    asked, absences = combined.asked, Counter[str]()
    for (_, reason), count in combined.left_out.items():
        absences[reason] += count
    return CellTable(
        slug=slug,
        title=asked.title,
        kind="combinations",
        unit=asked.unit,
        rows=tuple(_rows(study, combined)),
        columns=tuple(one.heading for one in combined.groups if one.always or combined.of(one)) if asked.by else (),
        cells={cell.address: cell for cell in _cells(combined)},
        base=combined.base,
        records=combined.records,
        absences={reason: absences[reason] for reason in study.about.absences if absences[reason]},
        waves=waves_spanned(study, asked),
        where=words.condition(study, parse(asked.where)),
        breaks=breaks(study, asked),
        notes=tuple(_notes(study, combined)),
    )


def _rows(study: Study, combined: Combined) -> Iterator[Heading]:
    for yes in combined.shown:
        yield Heading(named(yes), _label(study, yes))
    if combined.others:
        count = len(combined.ordered) - len(combined.shown)
        yield Heading(OTHER, f"Other combinations ({count})")
    for name in combined.asked.of:
        yield Heading(name, study.variable(name).label + WITH_OTHERS, "subtotal")
    yield Heading("total", "Total", "total")


def _label(study: Study, yes: tuple[str, ...]) -> str:
    labels = [study.variable(name).label for name in yes]
    if len(labels) < 2:
        return f"{labels[0]} only" if labels else "None of these"
    return words.listed([labels[0], *map(words.within, labels[1:])])


def _cells(combined: Combined) -> Iterator[Cell]:
    for group in combined.groups:
        found = combined.of(group)
        for row, count in _counts(combined, found):
            yield _cell(_at(combined.asked, row, group), count, found.total(), whole=row == "total")


def _counts(combined: Combined, found: Counter[tuple[str, ...]]) -> Iterator[tuple[str, int]]:
    """Every cell of a group, those of rows that are not shown too."""
    few = len(combined.asked.of) <= FEW
    possible = [yes for _, yes in combined.asked.rows] if few else combined.ordered
    yield from ((named(yes), found[yes]) for yes in possible)
    yield OTHER, _others(combined, found)
    yield from ((name, sum(count for yes, count in found.items() if name in yes)) for name in combined.asked.of)
    yield "total", found.total()


def _cell(address: str, count: int, base: int, *, whole: bool) -> Cell:
    share = 100 * count / base if base else None
    interval = None if whole else wilson(count, base)
    return Cell(address, count, base, share, interval, {"column": share}, {"column": base})


def _notes(study: Study, combined: Combined) -> Iterator[str]:
    if combined.asked.note:
        yield combined.asked.note
    yield SELECTED
    unit = study.about.case if combined.asked.unit == "case" else study.about.people[combined.asked.unit]
    yield (
        f"Each {words.within(unit.label)} stands in one combination: what the row names, and none of the others. Below, each "
        "answer is counted once more by itself, whatever else was there."
    )
    yield from easily_yes(study, combined.asked.of)
    yield from left_out(study, combined.left_out)
    yield from passed_through(study, combined.asked)
    if not combined.base:
        yield "The base is empty: there is nothing to take a percentage of."
