"""Burdens: how many of several factors were recorded. Counts of records by that number; no record is told its own."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from casereview.analysis import words
from casereview.analysis.notes import SELECTED, easily_yes, left_out, passed_through
from casereview.analysis.statistics.intervals import wilson
from casereview.analysis.tables import Cell, Heading
from casereview.study.plan import Burden
from casereview.study.plan.combinations import WITH_OTHERS
from casereview.study.study import Study

Patterns = Mapping[tuple[str, ...], int]
"""The answers to the factors, reasons for absence among them → the number of records."""

CERTAIN, POSSIBLE = "-certain", "-possible"


@dataclass(frozen=True)
class Row:
    """A row: it counts the records with at least `least` and at most `most` factors, of those of which all are known.

    kind: `certain` counts those with at least so many known to be there, and `possible` those with at least so many there or
    unknown, both of all records. factor: instead of numbers, the records of the base where one factor is there.
    """

    heading: Heading
    least: int = 0
    most: int = 0
    kind: str = "known"
    factor: str = ""


def rows(study: Study, asked: Burden) -> Iterator[Row]:
    """Exactly so many, the total, at least so many; then what is certain and what possible of all; then each factor."""
    every, last = len(asked.of), asked.last
    for number in range(last + 1):
        more = number == last < every
        label = "None of these" if not number else f"{number} or more" if more else f"{number}"
        slug = f"at-least-{number}" if more else f"exactly-{number}"
        yield Row(Heading(slug, label), number, every if more else number)
    yield Row(Heading("total", "Total", "total"), 0, every)
    for number in range(1, last + 1):
        if number < last:
            yield Row(Heading(f"at-least-{number}", f"At least {number}", "subtotal"), number, every)
        label = f"At least {number}, of all"
        yield Row(Heading(f"at-least-{number}{CERTAIN}", f"{label}: certainly", "subtotal"), number, every, "certain")
        yield Row(Heading(f"at-least-{number}{POSSIBLE}", f"{label}: possibly", "subtotal"), number, every, "possible")
    for name in asked.of:
        yield Row(Heading(name, study.variable(name).label + WITH_OTHERS, "subtotal"), factor=name)


@dataclass(frozen=True)
class Borne:
    """The counts of one group, from its patterns."""

    of: tuple[str, ...]
    patterns: Patterns

    @cached_property
    def known(self) -> Patterns:
        """The patterns in which every factor is known."""
        return {answers: n for answers, n in self.patterns.items() if all(one in ("yes", "no") for one in answers)}

    @cached_property
    def records(self) -> int:
        """All records."""
        return sum(self.patterns.values())

    @cached_property
    def base(self) -> int:
        """Those of which every factor is known."""
        return sum(self.known.values())

    def cell(self, address: str, row: Row) -> Cell:
        """A row's cell."""
        count, base = self._count(row), self.base if row.kind == "known" else self.records
        share = 100 * count / base if base else None
        whole = row.heading.kind == "total"
        interval = None if whole else wilson(count, base)
        return Cell(address, count, base, share, interval, {"column": share}, {"column": base})

    @cached_property
    def numbers(self) -> Counter[int]:
        """Number of factors → records, of those of which every factor is known."""
        found = Counter[int]()
        for answers, n in self.known.items():
            found[answers.count("yes")] += n
        return found

    def _count(self, row: Row) -> int:
        if row.factor:
            place = self.of.index(row.factor)
            return sum(n for answers, n in self.known.items() if answers[place] == "yes")
        if row.kind == "known":
            return sum(n for number, n in self.numbers.items() if row.least <= number <= row.most)
        without = "no" if row.kind == "possible" else ""
        return sum(n for answers, n in self.patterns.items() if _reached(answers, without) >= row.least)


def _reached(answers: Sequence[str], without: str) -> int:
    """How many factors are there; with `without`, how many are there or unknown."""
    return sum(one != without for one in answers) if without else answers.count("yes")


def notes(study: Study, asked: Burden, absences: Mapping[tuple[str, str], int], base: int) -> Iterator[str]:
    """The plan's own note, the caution, then what the rows count."""
    if asked.note:
        yield asked.note
    yield SELECTED
    units = (study.about.case if asked.unit == "case" else study.about.people[asked.unit]).plural.lower()
    yield (
        f"It counts {units} by how many of these factors were recorded, where every one of them is known to be there or not. "
        f"Factors count alike, whatever each may mean; their number is no measure of any of the {units}, and is kept of none."
    )
    yield (
        "Where some answers are not known, the number is not known either: “certainly” counts those with so many whatever the "
        "unknown answers are, “possibly” those with so many if every unknown answer were yes; the share of all lies between them."
    )
    yield from easily_yes(study, asked.of)
    yield from left_out(study, absences)
    yield from passed_through(study, asked)
    if not base:
        yield "The base is empty: there is nothing to take a percentage of."


def labels(study: Study, asked: Burden) -> tuple[str, str]:
    """What its tests compare."""
    return "Number of factors", words.variable_label(study, asked.by) if asked.by else ""
