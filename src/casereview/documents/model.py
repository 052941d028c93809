"""A document as read: its canonical text, its pages, and anchors in it."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["pdf", "docx", "txt", "table"]


@dataclass(frozen=True)
class Page:
    """A page of a canonical text: `number` from 1; `start` to `end` in Unicode code points of the text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class CanonicalText:
    """The text that offsets refer to. It never changes; reading again by better means makes another version.

    sha256: of the original's bytes, hex. text_sha256: of the text in UTF-8, hex. pages: empty where the kind has none.
    notes: what a reader should know, such as pages that are pictures without text.
    boxes: of a PDF, and only where they were asked for: 32-bit floats, four (left, top, right, bottom) a code point of the
    text, in points of the page's own coordinates; not a number for the line breaks put between lines and pages.
    `numpy.frombuffer(text.boxes, "f4").reshape(-1, 4)` reads them.
    frames: with the boxes, how each page lies on its picture (`picture.Frame`), and the lower left of its media box (x, y).
    """

    kind: Kind
    text: str
    pages: tuple[Page, ...]
    sha256: str
    text_sha256: str
    notes: tuple[str, ...] = ()
    boxes: bytes = field(default=b"", repr=False, compare=False)
    frames: tuple[tuple[float, ...] | None, ...] = field(default=(), repr=False, compare=False)

    def page_at(self, offset: int) -> int | None:
        """The number of the page on which a code point stands; None where the text has no pages."""
        return next((page.number for page in reversed(self.pages) if page.start <= offset), None)


@dataclass(frozen=True)
class PagePicture:
    """A page as it looks: its size in pixels, the hash of the original that it was drawn from, and the bytes of a WebP file."""

    width: int
    height: int
    sha256: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class WordRow:
    """A row of a Word document's table: a text a column, that of a merged cell in each which it covers. alone: it is one cell."""

    cells: tuple[str, ...]
    alone: bool


@dataclass(frozen=True)
class WordTables:
    """The tables of a Word document, in order, each its rows. sha256: of the original's bytes, hex."""

    sha256: str
    tables: tuple[tuple[WordRow, ...], ...]


@dataclass(frozen=True)
class Anchor:
    """A passage's place: `exact` is text[start:end] of that version; prefix and suffix are up to 32 code points around it."""

    text_sha256: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
