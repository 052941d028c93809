"""The way back from a figure: one page a table, one section a cell, with its cases and the passages that they rest on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casereview.analysis.evidence import Passage
from casereview.analysis.tables import Cell, CellTable
from casereview.publish.document import Figure, Publication
from casereview.publish.library import Library
from casereview.publish.numbers import TABLE_PLACES, grouped, percent
from casereview.publish.printed import PrintedTable, interval_text

CASES = 100
"""At most so many cases of a cell are listed; the rest are counted."""

PASSAGES = 5
"""At most so many passages of a cell are shown."""

Link = tuple[str, str]
"""Address and text."""


@dataclass(frozen=True)
class ShownPassage:
    """A passage in its place: what is quoted, what stands around it, and where."""

    exact: str
    prefix: str
    suffix: str
    source: str


@dataclass(frozen=True)
class CellEvidence:
    """All that is said of one cell. `numbers`: (term, what is said)."""

    address: str
    heading: str
    numbers: tuple[Link, ...]
    cited: tuple[Link, ...]
    cases: tuple[str, ...]
    cases_heading: str
    more_cases: str
    passages: tuple[ShownPassage, ...]
    passages_heading: str
    more_passages: bool


@dataclass(frozen=True)
class EvidencePage:
    """The evidence of one table."""

    printed: PrintedTable
    cells: tuple[CellEvidence, ...]


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


def evidence_page(library: Library, slug: str, publications: Iterable[Publication]) -> EvidencePage:
    """The page of one table."""
    table = library.tables[slug]
    members = library.analysis.members_of(slug, CASES)
    passages = library.analysis.passages_of(slug, PASSAGES + 1)
    cited = _citations(slug, publications)
    cells = []
    for address, heading, cell in _cells(library, table):
        there = members.get(address)
        cases, total = (tuple(there.cases), there.total) if there else ((), 0)
        shown = passages.get(address, [])
        cells.append(
            CellEvidence(
                address=address,
                heading=heading,
                numbers=tuple(_numbers(library, table, cell)),
                cited=tuple(cited.get(address, ())),
                cases=cases,
                cases_heading=f"The {_plural(library, total)} of this cell",
                more_cases=grouped(total - len(cases)) if total > len(cases) else "",
                passages=tuple(_shown(one) for one in shown[:PASSAGES]),
                passages_heading="Passages that these rest on",
                more_passages=len(shown) > PASSAGES,
            )
        )
    return EvidencePage(library.printed(slug), tuple(cells))


def sources(library: Library, publication: Publication) -> list[SourceTable]:
    """The tables that the figures of a publication were read from, in order; each cell once, with what was said of it first."""
    tables: dict[str, dict[str, SourceLine]] = {}
    for figure in publication.figures:
        line = SourceLine(figure.text, figure.href, _cell_in_words(library, figure))
        tables.setdefault(figure.table.slug, {}).setdefault(figure.href, line)
    numbers = {one.table.slug: one.number for one in publication.tables}
    return [SourceTable(numbers.get(slug), library.tables[slug].title, tuple(lines.values())) for slug, lines in tables.items()]


def _cell_in_words(library: Library, figure: Figure) -> str:
    if figure.cell is None:
        return f"the whole table, base {grouped(figure.table.base)}"
    cell = figure.cell
    said = f"{heading_of(library, figure.table, cell.address)}: {grouped(cell.count)} of {grouped(cell.base)}"
    if cell.percent is None:
        return said
    interval = f" ({interval_text(cell)})" if cell.interval else ""
    return f"{said}, {percent(cell.count, cell.base, TABLE_PLACES)}{interval}"


def heading_of(library: Library, table: CellTable, address: str) -> str:
    """A cell in words: its row, and its column if it has one."""
    row, _, column = address.partition(".")
    labels = {heading.slug: heading.label for heading in (*table.columns, *table.rows)}
    labels |= {slug: absence.label for slug, absence in library.study.about.absences.items() if slug not in labels}
    columns = {heading.slug: heading.label for heading in table.columns}
    return f"{labels.get(row, row)}, {columns.get(column, column)}" if column else f"{labels.get(row, row)}"


def _cells(library: Library, table: CellTable) -> Iterator[tuple[str, str, Cell]]:
    for address, cell in table.cells.items():
        yield address, heading_of(library, table, address), cell
    for reason, count in table.absences.items():
        if reason not in table.cells and not table.columns:
            yield reason, f"{heading_of(library, table, reason)} (not in the base)", Cell(reason, count, table.records, None)


def _numbers(library: Library, table: CellTable, cell: Cell) -> Iterator[Link]:
    yield "Count", grouped(cell.count)
    yield "Base", grouped(cell.base)
    if cell.percent is not None and cell.base:
        yield "Per cent", percent(cell.count, cell.base, TABLE_PLACES)
    if cell.interval is not None:
        yield "95% interval", f"{interval_text(cell)} (Wilson)"
    if table.where:
        yield "Filter", table.where
    yield "Release", library.release.folder.name


def _plural(library: Library, total: int) -> str:
    case = library.study.about.case
    return f"{grouped(total)} {(case.label if total == 1 else case.plural).lower()}"


def _citations(slug: str, publications: Iterable[Publication]) -> dict[str, list[Link]]:
    cited: dict[str, list[Link]] = {}
    for publication in publications:
        for figure in publication.figures:
            if figure.cell is not None and figure.table.slug == slug:
                link = (
                    f"../{publication.slug}.html#figure-{figure.number}",
                    f"{publication.front.kind.lower()}, “{figure.text}”",
                )
                cited.setdefault(figure.cell.address, []).append(link)
    return cited


def _shown(passage: Passage) -> ShownPassage:
    page = f", page {passage.page}" if passage.page else ""
    title = getattr(passage, "title", "") or passage.document
    case = f" ({passage.case})" if passage.case != title else ""
    return ShownPassage(passage.exact, _from_word(passage.prefix), _to_word(passage.suffix), f"{title}{page}{case}")


def _from_word(prefix: str) -> str:
    """What stands before a passage, from the first whole word."""
    _, space, rest = prefix.partition(" ")
    return f"… {rest}" if space else prefix


def _to_word(suffix: str) -> str:
    """What stands after a passage, to the last whole word."""
    rest, space, _ = suffix.rpartition(" ")
    return f"{rest} …" if space else suffix
