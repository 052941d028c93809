"""The way back from a figure: one page a table, one section a cell, with its cases and the passages that they rest on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casereview.analysis.drawn_evidence import CHRONOLOGIES
from casereview.analysis.members import Members, Passage, Support
from casereview.publish.document import Publication
from casereview.publish.library import Library
from casereview.publish.numbers import grouped
from casereview.publish.printed import PrintedTable
from casereview.publish.sections import Number, Section, sections

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


def evidence_page(library: Library, slug: str, publications: Iterable[Publication]) -> EvidencePage:
    """The page of one table."""
    members = library.analysis.members_of(slug, CASES)
    passages = library.analysis.passages_of(slug, PASSAGES)
    cited = _citations(slug, publications)
    cells = tuple(_evidence(library, one, members, passages, cited) for one in sections(library, library.tables[slug]))
    return EvidencePage(library.printed(slug), cells, library.beside(slug))


def _evidence(
    library: Library,
    section: Section,
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
