"""plan.yaml, tables: frequencies, crosstabs, multiple responses, shares."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from casereview.analysis.engines import CountQuery, Counts, Mark
from casereview.analysis.questions.question import Backing, Found
from casereview.analysis.shape import Place, Shape, address, addresses, shape, variables_of
from casereview.analysis.tables import CellTable
from casereview.analysis.tabulate import tabulate
from casereview.study.plan import Table
from casereview.study.study import Study


def question(study: Study, slug: str) -> "TableQuestion":
    """A table of the plan."""
    return TableQuestion(study, slug)


@dataclass(frozen=True)
class TableQuestion:
    """One table."""

    study: Study
    slug: str

    @property
    def table(self) -> Table:
        """As the plan has it."""
        return self.study.plan.tables[self.slug]

    @cached_property
    def shape(self) -> Shape:
        """Its lines, before they are counted."""
        return shape(self.study, self.table)

    @property
    def asks(self) -> tuple[CountQuery, ...]:
        """One query; with a weight, also how many records there are."""
        return self.shape.queries

    def answer(self, found: Sequence[Found]) -> CellTable:
        """The table."""
        counts = [one for one in found if isinstance(one, Counts)]
        return tabulate(self.study, self.slug, self.shape, *counts)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of its cells."""
        return addresses(self.study, self.table)

    @cached_property
    def backing(self) -> Backing:
        """The records of each cell: those of its row, in its column and its layer."""
        made = self.shape
        marks: dict[str, Mark] = {f"row {row.heading.slug}": made.bearers(row) for row in made.rows}
        marks |= {f"column {column.heading.slug}": made.column_bearers(column) for column in made.columns}
        marks |= {f"layer {layer.heading.slug}": made.layer_bearers(layer) for layer in made.layers}
        cells = {address(place): tuple(_marked(place)) for place in made.places}
        absent = {slug: mark for slug, mark in self._absent() if slug not in cells}
        marks |= {f"absent {slug}": mark for slug, mark in absent.items()}
        cells |= {slug: (f"absent {slug}",) for slug in absent}
        supports = {one: variables_of(self.study, self.table, one.partition(".")[0]) for one in cells}
        return Backing(made.unit, made.where, marks, cells, supports, made.weight)

    def _absent(self) -> Iterator[tuple[str, Mark]]:
        """Of a table without columns, the records that its base leaves out, by reason: where one answer alone gives it."""
        made = self.shape
        for reason in () if made.columns else self.study.about.absences:
            marks = [made.marks[name] for name, of in made.reasons.items() if of == reason]
            if made.by_rows and made.by_rows != "wave":
                marks.append(Mark(among=((made.by_rows, (reason,)),)))
            if len(marks) == 1:
                yield reason, marks[0]


def _marked(place: Place) -> Iterator[str]:
    """The names of the marks that a cell's records bear."""
    for kind, line in zip(("row", "column", "layer"), place, strict=True):
        if line.heading.slug:
            yield f"{kind} {line.heading.slug}"
