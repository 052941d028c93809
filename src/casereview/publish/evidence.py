"""The way back from a figure: one page a table, one section a cell, with its cases and the passages that they rest on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casereview.analysis.classes.fits import TRIED
from casereview.analysis.drawn_evidence import CHRONOLOGIES
from casereview.analysis.members import Members, Passage, Support
from casereview.analysis.tables import Answered, Cell, CellTable, Estimate, EstimateTable, Heading
from casereview.analysis.words import within
from casereview.publish.below import reason_of
from casereview.publish.document import Figure, Publication
from casereview.publish.estimated import estimate, interval, marked
from casereview.publish.library import Library
from casereview.publish.numbers import TABLE_PLACES, capital, decimal, grouped, percent_of
from casereview.publish.printed import PrintedTable
from casereview.publish.resolve import held
from casereview.publish.shares import interval_of, share, weighted

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
class Number:
    """A number of a section: what it is, and what it comes to. `address`: of the cell that it is, where a section has several."""

    term: str
    said: str
    address: str = ""


@dataclass(frozen=True)
class CellEvidence:
    """All that is said of one cell, or of one row of estimates."""

    address: str
    heading: str
    numbers: tuple[Number, ...]
    cited: tuple[Link, ...]
    cases: tuple[str, ...]
    cases_heading: str
    more_cases: str
    passages: tuple[ShownPassage, ...]
    passages_heading: str
    more_passages: str


@dataclass(frozen=True)
class EvidencePage:
    """The evidence of one table. `beside`: the second table of what needs two."""

    printed: PrintedTable
    cells: tuple[CellEvidence, ...]
    beside: PrintedTable | None = None


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


@dataclass(frozen=True)
class _Section:
    """A section before its evidence: the addresses of its cells, those whose members it shows, and whose these are, in words."""

    address: str
    heading: str
    numbers: tuple[Number, ...]
    addresses: tuple[str, ...]
    shown: tuple[str, ...]
    whose: str


def evidence_page(library: Library, slug: str, publications: Iterable[Publication]) -> EvidencePage:
    """The page of one table."""
    table = library.tables[slug]
    members = library.analysis.members_of(slug, CASES)
    passages = library.analysis.passages_of(slug, PASSAGES)
    cited = _citations(slug, publications)
    made = _rows(library, table) if isinstance(table, EstimateTable) else _cells(library, table)
    cells = tuple(_evidence(library, one, members, passages, cited) for one in made)
    return EvidencePage(library.printed(slug), cells, library.beside(slug))


def _evidence(
    library: Library,
    section: _Section,
    members: Mapping[str, Members],
    passages: Mapping[str, Support],
    cited: Mapping[str, list[Link]],
) -> CellEvidence:
    # The measures of a row rest on the same records, or on part of them: those of the most are all of them.
    there = max((members[one] for one in section.shown if one in members), key=_total, default=_NOBODY)
    shown = max((passages[one] for one in section.shown if one in passages), key=_total, default=_NO_PASSAGE)
    events = any(one.supports.startswith(f"{CHRONOLOGIES}/") for one in shown.passages)
    return CellEvidence(
        address=section.address,
        heading=section.heading,
        numbers=section.numbers,
        cited=tuple(link for one in section.addresses for link in cited.get(one, ())),
        cases=tuple(there.cases),
        cases_heading=f"The {_plural(library, there.total)} {section.whose}",
        more_cases=_more(there.total - len(there.cases)),
        passages=tuple(_shown(one) for one in shown.passages),
        passages_heading=f"{'Events and passages' if events else 'Passages'} that these rest on",
        more_passages=_more(shown.total - len(shown.passages)),
    )


_NOBODY = Members([], 0)
_NO_PASSAGE = Support([], 0)


def _total(one: Members | Support) -> int:
    return one.total


def _more(number: int) -> str:
    return grouped(number) if number > 0 else ""


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


def _cells(library: Library, table: CellTable) -> Iterator[_Section]:
    for address, cell in table.cells.items():
        yield _of_cell(library, table, cell, heading_of(library, table, address))
    for reason, count in table.absences.items():
        if reason not in table.cells and not table.columns:
            cell = Cell(reason, count, table.records, None)
            heading = f"{heading_of(library, table, reason)} (not in the base)"
            yield _of_cell(library, table, cell, heading)


def _of_cell(library: Library, table: CellTable, cell: Cell, heading: str) -> _Section:
    only = (cell.address,)
    return _Section(cell.address, heading, tuple(_numbers(library, table, cell)), only, only, "of this cell")


def _rows(library: Library, table: EstimateTable) -> Iterator[_Section]:
    for row in (*table.rows, *table.tried):
        columns = TRIED if row in table.tried else table.columns
        cells = {column.label: table.cells.get(f"{row.slug}.{column.slug}") for column in columns}
        numbers = [Number(label, _estimated(cell), cell.address) for label, cell in cells.items() if cell]
        addresses = tuple(cell.address for cell in cells.values() if cell)
        shown = tuple(one for one in addresses if table.kind != "together" or one == f"{row.slug}.both")
        yield _Section(
            row.slug, row.label, (*numbers, *_common(library, table)), addresses, shown, _whose(table, row, len(addresses))
        )


def _whose(table: EstimateTable, row: Heading, figures: int) -> str:
    match table.kind:
        case "together":
            return "with both"
        case "classes":
            of_all = row.kind == "total" or row in table.tried
            return "of these figures" if of_all else "with this answer; from which class a case would come is known of none"
    return "of this row" if figures > 1 else "of this cell"


def _estimated(cell: Estimate) -> str:
    between = f", 95% interval {interval(cell, cell.interval)}" if cell.interval else ""
    why = f" ({within(cell.why.rstrip('.'))})" if cell.why else ""
    return f"{marked(cell)}{between}{why}"


def _numbers(library: Library, table: CellTable, cell: Cell) -> Iterator[Number]:
    yield Number("Count", grouped(cell.count))
    yield Number("Base", grouped(cell.base))
    if cell.weighted is not None and cell.weighted_base is not None:
        yield Number("Weighted", f"{decimal(cell.weighted, 1)} of {decimal(cell.weighted_base, 1)}")
    if (value := share(cell)) is not None:
        yield Number("Per cent", percent_of(value, TABLE_PLACES) + (" of the weighted base" if weighted(cell) else ""))
    if cell.interval is not None:
        yield Number("95% interval", f"{interval_of(cell.interval)} ({_METHODS.get(cell.interval.method, cell.interval.method)})")
    yield from _common(library, table)


_METHODS = {"wilson-95": "Wilson", "clopper-pearson-95": "Clopper and Pearson"}


def _common(library: Library, table: Answered) -> Iterator[Number]:
    if isinstance(table, EstimateTable):
        yield Number("Base of the table", grouped(table.base))
    if table.where:
        yield Number("Filter", table.where)
    yield Number("Release", library.release.folder.name)


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
