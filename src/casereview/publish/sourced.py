"""The list of sources of a publication: the tables and cells that its figures were read from."""

from dataclasses import dataclass

from casereview.analysis.classes.fits import TRIED
from casereview.analysis.tables import Answered, CellTable, Estimate, EstimateTable, Heading
from casereview.publish.below import reason_of
from casereview.publish.document import Figure, Publication
from casereview.publish.estimated import estimate, interval
from casereview.publish.library import Library
from casereview.publish.numbers import capital, grouped
from casereview.publish.resolve import held
from casereview.publish.shares import interval_of


@dataclass(frozen=True)
class SourceLine:
    """What was said, and the cell that it was read from, in words."""

    said: str
    href: str
    cell: str


@dataclass(frozen=True)
class SourceTable:
    """One entry of a publication's list of sources: a table, and what was read from it. `number`: if the table is printed."""

    number: int | None
    title: str
    lines: tuple[SourceLine, ...]


def sources(library: Library, publication: Publication) -> list[SourceTable]:
    """The tables that the figures of a publication were read from, in order; each cell once, with what was said of it first."""
    tables: dict[str, dict[str, SourceLine]] = {}
    for figure in publication.figures:
        line = SourceLine(figure.text, figure.href, _cell_in_words(library, figure))
        tables.setdefault(figure.table.slug, {}).setdefault(figure.href, line)
    numbers = {one.table.slug: one.number for one in reversed(publication.tables)}
    return [SourceTable(numbers.get(slug), library.tables[slug].title, tuple(lines.values())) for slug, lines in tables.items()]


def _cell_in_words(library: Library, figure: Figure) -> str:
    if figure.cell is None:
        return f"the whole table, base {grouped(figure.table.base)}"
    heading = heading_of(library, figure.table, figure.cell.address)
    if isinstance(figure.cell, Estimate):
        between = f" ({interval(figure.cell, figure.cell.interval)})" if figure.cell.interval else ""
        return f"{heading}: {estimate(figure.cell)}{between}"
    between = f" ({interval_of(figure.cell.interval)})" if figure.cell.interval else ""
    return f"{heading}: {held(figure.cell)}{between}"


def heading_of(library: Library, table: Answered, address: str) -> str:
    """A cell in words: its row, and its column and layer if it has them."""
    asked, layers = library.study.plan.asked[table.slug], table.layers if isinstance(table, CellTable) else ()
    absences = {slug: absence.label for slug, absence in library.study.about.absences.items()}
    absences["not-collected"] = capital(reason_of(library.study, asked, "not-collected"))
    known = (absences | _labels(table.rows), absences | _labels(table.columns), absences | _labels(layers))
    if isinstance(table, EstimateTable) and table.tried:
        known = (known[0] | _labels(table.tried), known[1] | _labels(TRIED), {})
    return ", ".join(labels.get(part, part) for part, labels in zip(address.split("."), known, strict=False))


def _labels(headings: tuple[Heading, ...]) -> dict[str, str]:
    return {heading.slug: heading.label for heading in headings}
