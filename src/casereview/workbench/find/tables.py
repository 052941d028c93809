"""Codes with one another, and codes by answers: how many, of how many, and the query that gives what stands behind each cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from casereview.casebook.models import Case, Membership
from casereview.workbench.find.asks import ABSENT, AnswerRow, CodeRow, Crosstab, Passages, PlaceRow, Row, Together
from casereview.workbench.find.marked import Marked, Mask, Numbers
from casereview.workbench.find.names import Names
from casereview.workbench.find.standing import answers


@dataclass(frozen=True)
class Cell:
    """count: of `base`; asks: the query that finds the passages behind it."""

    count: int
    base: int
    asks: Passages

    @property
    def share(self) -> int | None:
        """Per cent of the base, rounded; None where there is no base."""
        return round(100 * self.count / self.base) if self.base else None


@dataclass(frozen=True)
class Line:
    """A code with its cells. whole: itself, without regard to columns."""

    code: str
    label: str
    whole: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """base: how many cases or passages stand in it."""

    label: str
    base: int


@dataclass(frozen=True)
class Table:
    """Codes down; across codes, answers, periods or samples."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def together(marked: Marked, names: Names, asked: Together) -> Table:
    """Of the passages (documents, cases) with the one code, how many overlap (are with) a passage that has the other."""
    codes = asked.codes or names.top()
    having = [marked.having(code, asked.below) for code in codes]
    counts = _overlapping(marked, having) if asked.by == "overlaps" else _within(marked, having, asked.by)
    columns = tuple(Column(names.code(code), int(counts[place, place])) for place, code in enumerate(codes))
    lines = []
    for one, code in enumerate(codes):
        own, base = CodeRow(code=code, below=asked.below), int(counts[one, one])
        cells = (
            Cell(int(counts[one, two]), base, Passages(rows=(own, CodeRow(how=asked.by, code=other, below=asked.below))))
            for two, other in enumerate(codes)
        )
        lines.append(Line(code, names.code(code), Cell(base, base, Passages(rows=(own,))), tuple(cells)))
    return Table(columns, tuple(lines))


def _overlapping(marked: Marked, having: Sequence[Mask]) -> Numbers:
    if not having:
        return np.zeros((0, 0), np.int64)
    beside = np.array([marked.beside(one, "overlaps") for one in having], np.float32)
    return _product(np.array(having, np.float32), beside)


def _within(marked: Marked, having: Sequence[Mask], by: str) -> Numbers:
    """How many documents or cases have both."""
    if not having:
        return np.zeros((0, 0), np.int64)
    place = marked.document if by == "document" else marked.case
    kinds = np.unique(place[place > 0] if by == "case" else place)
    held = np.array([np.isin(kinds, place[one]) for one in having], np.float32)
    return _product(held, held)


def _product(one: Any, other: Any) -> Numbers:
    """How often both are so: in whole numbers, of which 32-bit floats keep sixteen million exactly."""
    counts: Numbers = np.rint(one @ other.T).astype(np.int64)
    return counts


def crosstab(marked: Marked, names: Names, asked: Crosstab) -> Table:
    """How many cases, or passages, of each answer have each code. The base: cases with a document, or passages with a code."""
    codes = asked.codes or names.top()
    having = {code: marked.having(code, asked.below) for code in codes}
    read = {one.case for one in marked.texts if one.case}
    columns, groups = [], []
    for label, row, cases in _columns(marked, names, asked.variable):
        group = marked.of_cases(cases & read)
        base = len(cases & read) if asked.count == "cases" else int((marked.coded & group).sum())
        columns.append(Column(label, base))
        groups.append((row, group))
    whole = len(read) if asked.count == "cases" else int(marked.coded.sum())
    lines = [
        Line(
            code,
            names.code(code),
            _cell(marked, asked, having[code], whole, code),
            tuple(
                _cell(marked, asked, having[code] & group, column.base, code, row)
                for column, (row, group) in zip(columns, groups, strict=True)
            ),
        )
        for code in codes
    ]
    return Table((Column("All", whole), *columns), tuple(lines))


def _cell(marked: Marked, asked: Crosstab, passages: Mask, base: int, code: str, row: Row | None = None) -> Cell:
    cases = marked.case[passages]
    count = len(np.unique(cases[cases > 0])) if asked.count == "cases" else int(passages.sum())
    rows = (CodeRow(code=code, below=asked.below), *([row] if row else []))
    return Cell(count, base, Passages(rows=rows))


def _columns(marked: Marked, names: Names, variable: str) -> list[tuple[str, Row, set[int]]]:
    """Label, condition and cases of each column; a case stands in each of which anything in it is so."""
    if variable == "wave":
        waves = {slug: set[int]() for slug in names.study.waves}
        for pk, wave in Case.objects.filter(current=True).values_list("pk", "wave"):
            waves.setdefault(wave, set()).add(pk)
        return [(names.wave(slug), PlaceRow(what="wave", value=slug), cases) for slug, cases in waves.items()]
    if variable == "sample":
        return [
            (one.label, PlaceRow(what="sample", value=slug), _sample(slug)) for slug, one in names.study.samples.samples.items()
        ]
    found: dict[str, set[int]] = {}
    for case, said in answers(names.study, marked.seen, variable):
        for one in said:
            found.setdefault(one, set()).add(case)
    labels = names.answers(variable) | {one: one.partition(":")[2] for one in found if one not in names.answers(variable)}
    return [
        (label, AnswerRow(variable=variable, answers=(one,)), found.get(one, set()))
        for one, label in labels.items()
        if one in found or not one.startswith(ABSENT)
    ]


def _sample(slug: str) -> set[int]:
    found = Membership.objects.filter(sample=slug, current=True, status__in=["drawn", "substitute"], case__current=True)
    return set(found.values_list("case_id", flat=True))
