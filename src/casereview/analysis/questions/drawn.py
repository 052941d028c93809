"""What was drawn of cases, as one table: a row a link, factor or chance; or a row a practice problem or what lies behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from casereview.analysis import words
from casereview.analysis.comparability import breaks
from casereview.analysis.engines import EVERY, CountQuery, Counts, Mark
from casereview.analysis.notes import SELECTED
from casereview.analysis.questions.question import Backing, Found
from casereview.analysis.shape import Line, answer_lines
from casereview.analysis.statistics.intervals import wilson
from casereview.analysis.tables import Cell, CellTable, Factor, Heading, TableKind
from casereview.study.conditions import In, Known, parse
from casereview.study.plan import Drawn
from casereview.study.spans import waves_spanned
from casereview.study.study import Study

TOGETHER = 200
"""How many rows are counted in one query: PostgreSQL returns 1,664 columns at most."""
LOOKED = "looked"
NOT_LOOKED = "not-collected"
ALL = Line(Heading("", ""))
TOTAL = Heading("total", "All cases looked at", "total")


@dataclass(frozen=True)
class Row:
    """A row: of which row's cases it is a share (None: of all that were looked at)."""

    heading: Heading
    of: str | None = None


@dataclass(frozen=True)
class DrawnQuestion:
    """One table. column: of the case's table, with the rows in which each case stands. lines: those that there can be."""

    study: Study
    slug: str
    asked: Drawn
    kind: TableKind
    column: str
    lines: tuple[Row, ...]
    said: tuple[str, ...]
    total: Heading = TOTAL

    @property
    def asks(self) -> tuple[CountQuery, ...]:
        """So many rows a query, by the columns; the first counts the cases, too."""
        by, where = (self.asked.by,) if self.asked.by else (), parse(self.asked.where)
        first = {"records": EVERY, LOOKED: self._looked}
        return tuple(CountQuery("case", marks, by, where) for marks in (first, *_several(self._marks)))

    def answer(self, found: Sequence[Found]) -> CellTable:
        """The table."""
        return _table(self, _Found(self, [one for one in found if isinstance(one, Counts)]))

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every row that there can be, and all, in every column."""
        rows = [*(row.heading.slug for row in self.lines), TOTAL.slug]
        return tuple(_address(row, column) for row in rows for column in self.columns)

    @cached_property
    def columns(self) -> tuple[Line, ...]:
        """The answers in the columns and all of them; of a table without columns, its only one."""
        return answer_lines(self.study, self.asked, self.asked.by) if self.asked.by else (ALL,)

    @cached_property
    def backing(self) -> Backing:
        """The cases of each cell, and the passages on which its part rests in them."""
        marks = self._marks | {LOOKED: self._looked, NOT_LOOKED: Mark(true=(Known(self.column, False),))}
        by = self.asked.by
        marks |= {f"in {one.heading.slug}": Mark(among=((by, one.answers),)) for one in self.columns if by}
        rows = [*(row.heading.slug for row in self.lines), TOTAL.slug]
        cells = {_address(row, one): (self._mark(row), *self._in(one)) for row in rows for one in self.columns}
        cells |= {NOT_LOOKED: (NOT_LOOKED,)}
        supports = {address: (f"{self.kind}/{address.partition('.')[0]}",) for address in cells}
        return Backing("case", parse(self.asked.where), marks, cells, supports)

    def _in(self, column: Line) -> tuple[str, ...]:
        return (f"in {column.heading.slug}",) if self.asked.by else ()

    def _mark(self, row: str) -> str:
        return LOOKED if row == TOTAL.slug else row

    @property
    def _looked(self) -> Mark:
        return Mark(true=(Known(self.column, True),))

    @cached_property
    def _marks(self) -> dict[str, Mark]:
        rows = (row.heading.slug for row in self.lines)
        return {row: Mark(true=(In(self.column, (row,)),)) for row in rows}


def _several(marks: dict[str, Mark]) -> Iterator[dict[str, Mark]]:
    """As many together as one query counts."""
    rest = iter(marks.items())
    while some := dict(islice(rest, TOGETHER)):
        yield some


class _Found:
    """The counts by row and column."""

    def __init__(self, question: DrawnQuestion, found: Sequence[Counts]) -> None:
        self._n: dict[tuple[str, str], int] = {}
        for counts in found:
            for (*answers, mark), number in counts.n.items():
                self._n[str(answers[0]) if answers else "", str(mark)] = number

    def count(self, mark: str, column: Line) -> int:
        """The cases that bear a mark, with one of a column's answers."""
        return sum(self._n.get((answer, mark), 0) for answer in column.answers)

    def every(self, mark: str) -> int:
        """The cases that bear a mark, whatever their answer."""
        return sum(number for (_, name), number in self._n.items() if name == mark)


def _table(question: DrawnQuestion, found: _Found) -> CellTable:
    study, asked, whole = question.study, question.asked, question.columns[-1]
    shown = [row for row in question.lines if found.count(row.heading.slug, whole) >= asked.at_least]
    rows = [*_ordered(shown, found, whole), Row(question.total)]
    base, records = found.count(LOOKED, whole), found.every("records")
    return CellTable(
        slug=question.slug,
        title=asked.title,
        kind=question.kind,
        unit="case",
        rows=tuple(row.heading for row in rows),
        columns=tuple(one.heading for one in question.columns) if asked.by else (),
        cells={cell.address: cell for cell in _cells(question, found, rows)},
        base=base,
        records=records,
        absences={NOT_LOOKED: records - found.every(LOOKED)} if records > found.every(LOOKED) else {},
        waves=waves_spanned(study, asked),
        where=words.condition(study, parse(asked.where)),
        breaks=breaks(study, asked),
        notes=tuple(_notes(question, found)),
        factors=_factors(study) if question.kind == "pathways" else (),
    )


def _ordered(rows: Sequence[Row], found: _Found, whole: Line) -> list[Row]:
    """Links with the most cases first, in front of what is counted besides; what lies behind something stays below it."""
    links = [row for row in rows if row.heading.kind == "answer" and row.of is None]
    rest = [row for row in rows if row not in links]
    return [*sorted(links, key=lambda row: -found.count(row.heading.slug, whole)), *rest]


def _cells(question: DrawnQuestion, found: _Found, rows: Sequence[Row]) -> Iterator[Cell]:
    for row in rows:
        for column in question.columns:
            mark = LOOKED if row.heading.kind == "total" else row.heading.slug
            count, base = found.count(mark, column), found.count(row.of or LOOKED, column)
            yield _cell(_address(row.heading.slug, column), count, base, whole=row.heading.kind == "total")


def _cell(address: str, count: int, base: int, *, whole: bool) -> Cell:
    share = 100 * count / base if base else None
    interval = wilson(count, base) if base and not whole else None
    return Cell(address, count, base, share, interval, {"column": share}, {"column": base})


def _factors(study: Study) -> tuple[Factor, ...]:
    return tuple(Factor(slug, one.label, one.side) for slug, one in study.pathways.factors.items())


def _notes(question: DrawnQuestion, found: _Found) -> Iterator[str]:
    asked = question.asked
    if asked.note:
        yield asked.note
    yield from question.said
    few = sum(0 < found.count(row.heading.slug, question.columns[-1]) < asked.at_least for row in question.lines)
    if few:
        yield f"Not shown: {few:,} rows of fewer than {asked.at_least:,} cases."
    if asked.by and (unknown := found.every(LOOKED) - found.count(LOOKED, question.columns[-1])):
        label = words.within(words.variable_label(question.study, asked.by))
        yield f"Left out of the base, as their {label} is not known: {unknown:,}."
    if not found.every(LOOKED):
        yield "The base is empty: there is nothing to take a percentage of."
    yield SELECTED


def _address(row: str, column: Line) -> str:
    return f"{row}.{column.heading.slug}" if column.heading.slug else row
