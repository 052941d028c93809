"""plan.yaml, combinations: which yes-no answers were yes together, one row a combination that occurs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from casereview.analysis import words
from casereview.analysis.comparability import breaks
from casereview.analysis.engines import EVERY, CountQuery, Counts, Mark
from casereview.analysis.notes import easily_yes
from casereview.analysis.questions.question import Backing, Found
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

    @property
    def asks(self) -> tuple[CountQuery]:
        """One query, by all of the variables."""
        return (CountQuery(self.asked.unit, {"records": EVERY}, self.asked.of, parse(self.asked.where)),)

    def answer(self, found: Sequence[Found]) -> CellTable:
        """The table."""
        (counts,) = found
        assert isinstance(counts, Counts)  # noqa: S101  # it is what a CountQuery gives
        return _table(self.study, self.slug, Combined(self.asked, counts))

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every combination that can occur, each variable by itself, and all."""
        return (*dict(self.asked.rows), *self.asked.of, OTHER, "total")

    @cached_property
    def backing(self) -> Backing:
        """The records of each cell. The others are those of none of the combinations that the table shows."""
        of = self.asked.of
        marks = {f"{answer} {name}": Mark(among=((name, (answer,)),)) for name in of for answer in ("yes", "no")}
        marks |= {f"known {name}": Mark(among=((name, ("yes", "no")),)) for name in of}
        cells = {row: tuple(f"{'yes' if name in yes else 'no'} {name}" for name in of) for row, yes in self.asked.rows}
        cells |= {one: tuple(f"{'yes' if name == one else 'known'} {name}" for name in of) for one in of}
        cells["total"] = tuple(f"known {name}" for name in of)
        cells[OTHER] = cells["total"]
        supports = {row: yes or of for row, yes in self.asked.rows} | {one: (one,) for one in of} | {"total": of, OTHER: of}
        return Backing(self.asked.unit, parse(self.asked.where), marks, cells, supports, rest=OTHER)


class Combined:
    """The counts of combinations: of the records of which every answer is known, and the reasons why the others are not."""

    def __init__(self, asked: Combination, counts: Counts) -> None:
        self.asked = asked
        self.records = sum(counts.n.values())
        self.found = Counter[tuple[str, ...]]()
        self.left_out = Counter[tuple[str, str]]()
        for (*answers, _), count in counts.n.items():
            unknown = next(((name, str(one)) for name, one in self._answered(answers) if one not in ("yes", "no")), None)
            if unknown:
                self.left_out[unknown] += count
            else:
                self.found[tuple(name for name, one in self._answered(answers) if one == "yes")] += count
        self.base = self.found.total()

    def _answered(self, answers: Sequence[str | float]) -> Iterator[tuple[str, str | float]]:
        return zip(self.asked.of, answers, strict=True)

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
        return self.base - sum(self.found[yes] for yes in self.shown)

    def with_yes(self, name: str) -> int:
        """The records where a variable is yes, alone or with others."""
        return sum(count for yes, count in self.found.items() if name in yes)


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
        columns=(),
        cells={address: _cell(address, count, combined.base) for address, count in _counts(combined)},
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


def _counts(combined: Combined) -> Iterator[tuple[str, int]]:
    """Every cell, those of rows that are not shown too."""
    few = len(combined.asked.of) <= FEW
    possible = [yes for _, yes in combined.asked.rows] if few else combined.ordered
    yield from ((named(yes), combined.found[yes]) for yes in possible)
    yield OTHER, combined.others
    yield from ((name, combined.with_yes(name)) for name in combined.asked.of)
    yield "total", combined.base


def _cell(address: str, count: int, base: int) -> Cell:
    share = 100 * count / base if base else None
    interval = None if address == "total" else wilson(count, base)
    return Cell(address, count, base, share, interval, {"column": share}, {"column": base})


def _notes(study: Study, combined: Combined) -> Iterator[str]:
    if combined.asked.note:
        yield combined.asked.note
    unit = study.about.case if combined.asked.unit == "case" else study.about.people[combined.asked.unit]
    yield (
        f"Each {words.within(unit.label)} stands in one combination: what the row names, and none of the others. Below, each "
        "answer is counted once more by itself, whatever else was there."
    )
    said = [
        f"{count:,} ({study.variable(name).label}: {study.about.absences[reason].label})"
        for (name, reason), count in sorted(combined.left_out.items())
        if count and reason in study.about.absences
    ]
    yield from easily_yes(study, combined.asked.of)
    if said:
        yield f"Left out of the base, as one of the answers is not known: {words.listed(said)}."
    if not combined.base:
        yield "The base is empty: there is nothing to take a percentage of."
