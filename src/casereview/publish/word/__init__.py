"""A publication as a Word document: real headings, lists, captions, tables whose header rows repeat, and vector pictures."""

import io

from casereview.publish.document import Publication
from casereview.publish.library import Library
from casereview.publish.sourced import SourceTable, sources
from casereview.publish.stamped import stamped
from casereview.publish.word.page import blank
from casereview.publish.word.writer import Writer


def word(library: Library, publication: Publication) -> bytes:
    """The document. The same publication gives the same bytes."""
    document = blank(publication.front)
    writer = Writer(document)
    writer.front(publication.front)
    if publication.slug == "report":
        writer.contents(publication)
    writer.blocks(publication.blocks)
    if publication.borrowed:
        writer.section("Figures from elsewhere", (f"“{one.text}”: {one.source}." for one in publication.borrowed))
    if publication.figures:
        lines = [f"{table.title}. {_read(table)}." for table in sources(library, publication)]
        writer.section("Where the figures come from", lines)
    made = io.BytesIO()
    document.save(made)
    return stamped(made.getvalue())


def _read(table: SourceTable) -> str:
    return "; ".join(f"“{line.said}”: {line.cell}" for line in table.lines)
