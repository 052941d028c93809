"""A publication as a tree, before it is HTML, PDF or Word: blocks, and inlines within them."""

from dataclasses import dataclass
from typing import ClassVar

from casereview.analysis.tables import Answered, Cell, Estimate
from casereview.publish.charts import Picture
from casereview.publish.grammar import At
from casereview.publish.hrefs import evidence_href
from casereview.publish.printed import PrintedTable


@dataclass(frozen=True)
class Text:
    """Plain text."""

    kind: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True)
class Marked:
    """Inlines set apart: `mark` is strong or em."""

    kind: ClassVar[str] = "marked"
    mark: str
    children: tuple["Inline", ...]


@dataclass(frozen=True)
class Link:
    """Inlines that lead to `href`; `internal`: to another page of the same publication, which only its HTML has."""

    kind: ClassVar[str] = "link"
    children: tuple["Inline", ...]
    href: str
    internal: bool = False


@dataclass(frozen=True)
class LineBreak:
    """A new line within a paragraph."""

    kind: ClassVar[str] = "break"


@dataclass(frozen=True)
class Figure:
    """A figure or phrase that was read from a table. `number` counts the figures of a publication from 1.

    `cell` is None where the whole table is meant.
    """

    kind: ClassVar[str] = "figure"
    number: int
    text: str
    at: At
    table: Answered
    cell: Cell | Estimate | None

    @property
    def href(self) -> str:
        """Where its evidence stands, from the publication."""
        return evidence_href(self.table.slug, self.cell.address if self.cell else None)


@dataclass(frozen=True)
class Borrowed:
    """A figure of another study; `number` is its note."""

    kind: ClassVar[str] = "borrowed"
    text: str
    source: str
    number: int


Inline = Text | Marked | Link | LineBreak | Figure | Borrowed


@dataclass(frozen=True)
class Heading:
    """`level` 2 is a section of the publication. `anchor` is its name within the page."""

    kind: ClassVar[str] = "heading"
    level: int
    children: tuple[Inline, ...]
    anchor: str

    @property
    def text(self) -> str:
        """Its text, without marks."""
        return plain(self.children)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `role` names a special one, such as `small`."""

    kind: ClassVar[str] = "paragraph"
    children: tuple[Inline, ...]
    role: str = ""


@dataclass(frozen=True)
class Listing:
    """A list; each item is blocks. `role` as of a paragraph."""

    kind: ClassVar[str] = "listing"
    items: tuple[tuple["Block", ...], ...]
    ordered: bool = False
    role: str = ""


@dataclass(frozen=True)
class Quotation:
    """Words of others, in blocks."""

    kind: ClassVar[str] = "quotation"
    blocks: tuple["Block", ...]


@dataclass(frozen=True)
class Passages:
    """Passages out of the documents, each with its source in words."""

    kind: ClassVar[str] = "passages"
    passages: tuple["QuotedPassage", ...]


@dataclass(frozen=True)
class QuotedPassage:
    """`exact` as it stands in the document; `source` says which document, and the page."""

    exact: str
    source: str


@dataclass(frozen=True)
class Tabled:
    """A table; `number` is None for one that carries no number of its own."""

    kind: ClassVar[str] = "tabled"
    table: PrintedTable
    number: int | None


TOO_LONG = "This picture is too long for a page. Its figures are in the table, and it stands in the web page."
"""Stands on paper instead of a picture."""


@dataclass(frozen=True)
class Charted:
    """A picture with its words, and the table that it draws.

    `beside`: whether the table is printed with it; if not, it stands elsewhere in the publication.
    """

    kind: ClassVar[str] = "charted"
    number: int
    caption: tuple[Inline, ...]
    notes: tuple[str, ...]
    picture: Picture
    table: PrintedTable
    beside: bool


@dataclass(frozen=True)
class Definitions:
    """Terms, each with what is said of it in lines."""

    kind: ClassVar[str] = "definitions"
    items: tuple[tuple[str, tuple[str, ...]], ...]


Block = Heading | Paragraph | Listing | Quotation | Passages | Tabled | Charted | Definitions


@dataclass(frozen=True)
class Front:
    """What stands before the text: whose study this is, and what must be known of its data.

    `teams`: (affiliation, names); `facts`: (term, what is said). `marking` stands on every page, the
    whole of `synthetic` on the first; so does `selection`, which says what is left out for an audience.
    """

    kind: str
    title: str
    subtitle: str
    team: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    release: str
    released: str
    licence: str
    marking: str
    synthetic: str
    selection: str = ""


@dataclass(frozen=True)
class Publication:
    """A whole briefing or report. `slug` is its file's name without ending; `sections` its headings of level 2."""

    slug: str
    front: Front
    blocks: tuple[Block, ...]
    figures: tuple[Figure, ...] = ()
    borrowed: tuple[Borrowed, ...] = ()

    @property
    def sections(self) -> tuple[Heading, ...]:
        """The headings of its sections."""
        return tuple(one for one in self.blocks if isinstance(one, Heading) and one.level == 2)

    @property
    def tables(self) -> tuple[Tabled, ...]:
        """Its numbered tables."""
        return tuple(one for one in self.blocks if isinstance(one, Tabled) and one.number is not None)

    @property
    def pictures(self) -> tuple[Charted, ...]:
        """Its charts."""
        return tuple(one for one in self.blocks if isinstance(one, Charted))


def plain(inlines: tuple[Inline, ...]) -> str:
    """The text of inlines, without their marks."""
    return "".join(_plain(one) for one in inlines)


def _plain(inline: Inline) -> str:
    match inline:
        case Text(text=text) | Figure(text=text) | Borrowed(text=text):
            return text
        case Marked(children=children) | Link(children=children):
            return plain(children)
        case LineBreak():
            return " "
