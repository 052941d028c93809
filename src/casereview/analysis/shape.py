"""What a table of the plan counts: its lines, each with the records that it counts and those of which its percentage is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from casereview.analysis.comparability import waves_admitted
from casereview.analysis.engines import EVERY, CountQuery, Mark
from casereview.analysis.tables import Heading, TableKind
from casereview.analysis.unknown import unknown
from casereview.analysis.words import answer_label
from casereview.study.conditions import AnyPart, In, Known, Not, Test, parse, variables
from casereview.study.plan import Asked, Share, Table
from casereview.study.study import Study

NONE = ("",)
"""The answers of a dimension that the query does not count by."""


@dataclass(frozen=True)
class Line:
    """A row, a column or a layer: it counts the records with one of `answers` that bear `mark`.

    Its percentage is of the records with one of `of` that bear `of_mark`; None: it lies outside the base.
    `always`: shown even where nobody stands there.
    """

    heading: Heading
    answers: tuple[str, ...] = NONE
    mark: str = "records"
    of: tuple[str, ...] | None = NONE
    of_mark: str = "records"
    always: bool = True


Place = tuple[Line, Line, Line]
"""A row, a column, a layer."""


@dataclass(frozen=True)
class Shape:
    """A table before it is counted.

    by_rows, by_columns, by_layers: the variables of one answer each by which it is counted. reasons: of records that have those
    answers and yet are left out of the base, the marks that count them, each with its reason.
    """

    kind: TableKind
    unit: str
    where: Test
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    layers: tuple[Line, ...]
    marks: dict[str, Mark]
    by_rows: str | None
    by_columns: str | None
    by_layers: str | None
    reasons: dict[str, str]
    weight: str | None

    @property
    def queries(self) -> tuple[CountQuery, ...]:
        """What counts all of it; with a weight, also every record, whether or not it has one."""
        by = tuple(name for name in (self.by_rows, self.by_columns, self.by_layers) if name)
        whole = CountQuery(self.unit, self.marks, by, self.where, self.weight)
        return (whole, CountQuery(self.unit, {"records": EVERY}, (), self.where)) if self.weight else (whole,)

    @property
    def places(self) -> Iterator[Place]:
        """Every row in every column in every layer."""
        return product(self.rows, self.columns or (_ONLY,), self.layers or (_ONLY,))

    @property
    def total(self) -> Line:
        """The row of all records in the base."""
        return next(line for line in self.rows if line.heading.kind == "total")

    @property
    def all_columns(self) -> Line:
        """The column of all records in the base; of a table without columns, its only one."""
        return next((line for line in self.columns if line.heading.kind == "total"), _ONLY)

    @property
    def all_layers(self) -> Line:
        """All layers together; of a table without layers, its only one."""
        return next((line for line in self.layers if line.heading.kind == "total"), _ONLY)

    def bearers(self, row: Line) -> Mark:
        """What a record of a row bears."""
        return self.marks[row.mark] & _among(self.by_rows, row.answers)

    def column_bearers(self, column: Line) -> Mark:
        """What a record of a column bears."""
        return _among(self.by_columns, column.answers)

    def layer_bearers(self, layer: Line) -> Mark:
        """What a record of a layer bears."""
        return _among(self.by_layers, layer.answers)


_ONLY = Line(Heading("", ""))
TOTAL = Heading("total", "Total", "total")
ALL = Line(TOTAL)
"""Every record, where there are no groups."""

Reason = tuple[str, Mark, str]
"""A mark's name, the mark, and the reason for absence that it stands for."""


def shape(study: Study, table: Table) -> Shape:
    """The shape of a table of a study that has been checked."""
    if table.share:
        return _share(study, table, table.share)
    if isinstance(table.rows, tuple) or (table.rows != "wave" and study.variable(table.rows).type == "multiple"):
        return _multiple_response(study, table)
    return _answers(study, table)


def addresses(study: Study, table: Table) -> tuple[str, ...]:
    """The addresses of a table's cells, with no release at hand."""
    return tuple(address(place) for place in shape(study, table).places)


def address(place: Place) -> str:
    """The address of a cell within its table. All layers together are not named."""
    row, column, layer = (line.heading for line in place)
    return ".".join(one for one in (row.slug, column.slug, layer.slug if layer.kind != "total" else "") if one)


def _answers(study: Study, table: Table) -> Shape:
    """A frequency table or a crosstab: every record stands in one row."""
    name = str(table.rows)
    kind: TableKind = "crosstab" if table.columns else "frequency"
    *lines, total = answer_lines(study, table, name, table.missing == "as-rows")
    lines += [Line(Heading(slug, one.label, "subtotal"), one.of, of=total.of) for slug, one in table.subtotals.items()]
    return _made(study, table, kind, (*lines, total), marks={"records": EVERY}, by_rows=name, reasons=[])


def _share(study: Study, table: Table, share: Share) -> Shape:
    """A share: one row an answer, the records of which the condition holds among those of which it is known."""
    name, test = str(table.rows), parse(share.holds)
    whole = "known" if table.base == "known" else "records"
    lines = tuple(replace(one, mark="holds", of=one.answers, of_mark=whole) for one in answer_lines(study, table, name))
    reasons = _reasons_unknown(study, test) if table.base == "known" else []
    # Of every test, either it or its contrary is true, or it is unknown.
    marks = {"records": EVERY, "known": Mark(true=(AnyPart((test, Not(test))),)), "holds": Mark(true=(test,))}
    return _made(study, table, "share", lines, marks=marks, by_rows=name, reasons=reasons)


def _multiple_response(study: Study, table: Table) -> Shape:
    """A multiple response, or several yes-no variables: a record may stand in several rows."""
    items = _items(study, table)
    some_known = AnyPart(tuple(Known(name, True) for name in dict.fromkeys(item.test.variable for item in items)))
    marks = {"records": EVERY, "known": Mark(true=(some_known,))}
    marks["responding"] = Mark(true=(AnyPart(tuple(item.test for item in items)),))
    marks |= {item.mark: Mark(true=(item.test,)) for item in items}
    marks |= {item.known: Mark(true=(Known(item.test.variable, True),)) for item in items}
    reasons = _reasons_none_known(study, items, some_known)
    whole = "known" if table.base == "known" else "records"
    rows = [
        Line(item.heading, mark=item.mark, of_mark=item.known if table.base == "known" else "records", always=item.current)
        for item in items
    ]
    if isinstance(table.rows, str) and (table.base == "all" or table.missing == "as-rows"):
        rows += _absence_rows(study, table, [(name, reason) for name, _, reason in reasons])
        marks |= {name: mark for name, mark, _ in reasons}
    rows.append(Line(TOTAL, mark=whole, of_mark=whole))
    left_out = reasons if table.base == "known" else []
    return _made(study, table, "multiple-response", tuple(rows), marks=marks, by_rows=None, reasons=left_out)


@dataclass(frozen=True)
class _Item:
    """A row of a multiple-response table."""

    heading: Heading
    test: In
    current: bool = True

    @property
    def mark(self) -> str:
        return f"item {self.heading.slug}"

    @property
    def known(self) -> str:
        return f"known {self.test.variable}"


def _items(study: Study, table: Table) -> list[_Item]:
    if isinstance(table.rows, tuple):
        return [_Item(Heading(name, study.variable(name).label), In(name, ("yes",))) for name in table.rows]
    name = table.rows
    items = [
        _Item(_answer_heading(study, name, slug), In(name, (slug,)), _current(study, name, slug))
        for slug in study.categories(name)
    ]
    return items + [_Item(Heading(slug, one.label, "subtotal"), In(name, one.of)) for slug, one in table.subtotals.items()]


def _absence_rows(study: Study, table: Table, marks: list[tuple[str, str]]) -> Iterator[Line]:
    for mark, reason in marks:
        heading = Heading(reason, study.about.absences[reason].label, "absence")
        yield Line(heading, mark=mark, of=NONE if table.base == "all" else None, always=False)


def _made(
    study: Study,
    table: Table,
    kind: TableKind,
    rows: tuple[Line, ...],
    *,
    marks: dict[str, Mark],
    by_rows: str | None,
    reasons: list[Reason],
) -> Shape:
    return Shape(
        kind=kind,
        unit=table.unit,
        where=parse(table.where),
        rows=rows,
        columns=answer_lines(study, table, table.columns) if table.columns else (),
        layers=answer_lines(study, table, table.layers) if table.layers else (),
        marks=marks | {name: mark for name, mark, _ in reasons},
        by_rows=by_rows,
        by_columns=table.columns,
        by_layers=table.layers,
        reasons={name: reason for name, _, reason in reasons},
        weight=table.weight,
    )


def answer_lines(study: Study, asked: Asked, name: str, absences_shown: bool = False) -> tuple[Line, ...]:
    """The answers of a variable, its absences where they are shown or counted, and the total."""
    answers = waves_admitted(study, asked) if name == "wave" else tuple(study.categories(name))
    # Every absence of the study, not only those that the variable admits: a release may fill in the others.
    absences = () if name == "wave" else tuple(study.about.absences.items())
    base = (*answers, *(slug for slug, _ in absences)) if asked.of_all else answers
    lines = [Line(_answer_heading(study, name, slug), (slug,), of=base, always=_current(study, name, slug)) for slug in answers]
    if absences_shown or asked.of_all:
        of = base if asked.of_all else None
        lines += [Line(Heading(slug, one.label, "absence"), (slug,), of=of, always=False) for slug, one in absences]
    return (*lines, Line(TOTAL, base, of=base))


def _current(study: Study, name: str, slug: str) -> bool:
    return name == "wave" or study.categories(name)[slug].retired is None


def _answer_heading(study: Study, name: str, slug: str) -> Heading:
    return Heading(slug, answer_label(study, name, slug) + ("" if _current(study, name, slug) else " (no longer used)"))


def _reasons_unknown(study: Study, test: Test) -> list[Reason]:
    """The records of which a condition is unknown, by the reason of the first of its variables that is absent."""
    return [(f"absent {one.variable} {one.reason}", one.mark, one.reason) for one in unknown(study, test)]


def _reasons_none_known(study: Study, items: list[_Item], some_known: Test) -> list[Reason]:
    """The records of which no item is known, by the reason of the first item."""
    first = items[0].test.variable
    return [
        (f"absent {first} {reason}", Mark(true=(Not(some_known),), among=((first, (reason,)),)), reason)
        for reason in study.about.absences
    ]


def _among(name: str | None, answers: tuple[str, ...]) -> Mark:
    return Mark(among=((name, answers),)) if name else EVERY


def variables_of(study: Study, table: Table, row: str) -> tuple[str, ...]:
    """The variables whose evidence stands behind a row: its own, or those of the share; for a total, all of them."""
    if table.share:
        return tuple(sorted(variables(parse(table.share.holds)) & set(study.codebook.variables)))
    if isinstance(table.rows, tuple):
        return (row,) if row in table.rows else table.rows
    return () if table.rows == "wave" else (table.rows,)
