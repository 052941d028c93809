"""The closed grammar of what may stand between `{{` and `}}` in a study's prose. docs/prose.md shows each form.

T.ROW[.COLUMN[.LAYER]] percent | count | base | count of base | percent with base | percent with interval | weighted | …
T.ROW.MEASURE value | value with interval | interval | p      … in words | to 1 place      T.ROW says "more than half"
T test [NAME [in LAYER]] | base | records | period | since | until
quoted "1,100" from "Research briefing 2016"      named "Working Together 2018"
table T   chart C   sample S   quotes THEME at most 3   findings   recommendations   register   intake   deviations   codebook   …
"""

import re
from dataclasses import dataclass

PERCENTAGES = frozenset(
    {
        "percent",
        "row-percent",
        "column-percent",
        "total-percent",
        "records-percent",
        "cumulative-percent",
        "responding-percent",
        "responses-percent",
    }
)
COUNT_MEASURES = PERCENTAGES | {
    *("count", "base", "count of base", "percent with base", "percent with interval", "interval", "weighted", "period"),
}
"""What can be said of a cell that counts records."""

ESTIMATE_MEASURES = frozenset({"value", "value with interval", "interval", "p", "period"})
"""What can be said of an estimate."""

CELL_MEASURES = COUNT_MEASURES | ESTIMATE_MEASURES
TABLE_MEASURES = frozenset({"base", "records", "test", "period", "since", "until"})

PLAIN_BLOCKS = frozenset(
    {"findings", "recommendations", "register", "intake", "deviations", "codebook", "themes", "samples", "questions"}
)
NAMING_BLOCKS = frozenset({"table", "chart", "sample"})

_ADDRESS = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+){0,3}")
_WORD = r'"([^"]*)"|“([^”]*)”'
_SAYS = re.compile(rf"says\s+(?:{_WORD})")
_QUOTED = re.compile(rf"quoted\s+(?:{_WORD})\s+from\s+(?:{_WORD})")
_NAMED = re.compile(rf"named\s+(?:{_WORD})")
_TEST = re.compile(r"test(?:\s+(?P<name>[a-z0-9-]+)(?:\s+in\s+(?P<layer>[a-z0-9-]+))?)?")
_PLACES = re.compile(r"\s+to ([0-3]) places?$")
_QUOTES = re.compile(r"quotes\s+([a-z0-9-]+)(?:\s+at most\s+(\d+))?")
_BRACES = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)

REMEDY = "Write it as docs/prose.md shows, such as {{ TABLE.ROW percent with base }}."
"""What to do about a reference outside the grammar."""


class Malformed(ValueError):
    """A reference outside the grammar; the message says what is wrong with it."""


@dataclass(frozen=True)
class At:
    """Where a figure stands: a table, and within it a row and perhaps a column, or a measure, and a layer."""

    table: str
    row: str | None = None
    column: str | None = None
    layer: str | None = None

    @property
    def address(self) -> str | None:
        """Its cell's address within the table; None for the table as a whole."""
        return ".".join(part for part in (self.row, self.column, self.layer) if part) or None

    def __str__(self) -> str:
        return ".".join(part for part in (self.table, self.address) if part)


@dataclass(frozen=True)
class Cited:
    """A figure to be read from a table. `places`: its decimals; None: as the figure has them.

    test, layer: of a test, which one, and in which layer; empty: every one.
    """

    at: At
    measure: str
    words: bool = False
    places: int | None = None
    test: str = ""
    layer: str = ""


@dataclass(frozen=True)
class Said:
    """A phrase that is to be true of a cell."""

    at: At
    phrase: str


@dataclass(frozen=True)
class Quoted:
    """A figure that is somebody else's, with its source."""

    text: str
    source: str


@dataclass(frozen=True)
class Named:
    """A name that holds a figure, such as an Act's."""

    text: str


@dataclass(frozen=True)
class Block:
    """Something that stands on a line of its own."""

    what: str
    slug: str = ""
    at_most: int = 3


Reference = Cited | Said | Quoted | Named | Block


def parse(text: str) -> Reference:
    """Read what stands between the braces. Raises Malformed."""
    text = " ".join(text.split())
    if "{{" in text:
        raise Malformed("a second {{ begins before it ends, so that its own }} seems to be missing")
    if found := _QUOTED.fullmatch(text):
        first, second = _texts(found)
        return Quoted(first, second)
    if found := _NAMED.fullmatch(text):
        return Named(_texts(found)[0])
    return _block(text) or _figure(text)


def _texts(found: re.Match[str]) -> list[str]:
    texts = [group for group in found.groups() if group is not None]
    if not all(text.strip() for text in texts):
        raise Malformed("there is nothing between the quotation marks")
    return texts


def _block(text: str) -> Block | None:
    if text in PLAIN_BLOCKS:
        return Block(text)
    if found := _QUOTES.fullmatch(text):
        return Block("quotes", found[1], int(found[2] or Block.at_most))
    what, _, slug = text.partition(" ")
    return Block(what, slug) if what in NAMING_BLOCKS and _ADDRESS.fullmatch(slug) and "." not in slug else None


def _figure(text: str) -> Reference:
    address, _, measure = text.partition(" ")
    if not _ADDRESS.fullmatch(address):
        raise Malformed(f"“{address}” is not the address of a cell, such as table.row or table.row.column")
    at = At(*address.split("."))
    if found := _SAYS.fullmatch(measure):
        return _said(at, _texts(found)[0])
    return _cited(at, measure)


def _said(at: At, phrase: str) -> Said:
    if at.row is None:
        raise Malformed(f"“{at}” is a whole table; a phrase is said of one cell, such as {at}.row")
    return Said(at, phrase)


def _cited(at: At, measure: str) -> Cited:
    if at.row is None and (found := _TEST.fullmatch(measure)):
        return Cited(at, "test", test=found["name"] or "", layer=found["layer"] or "")
    measure, words, places = _formats(measure)
    allowed = TABLE_MEASURES if at.row is None else CELL_MEASURES
    if measure not in allowed:
        wanted = f"“{measure}” is not something that can be said" if measure else "it does not say what to print"
        raise Malformed(f"{wanted} of {at}; one of: {', '.join(sorted(allowed))}")
    if words and measure not in {"percent", "count", "base", "records", "value"}:
        raise Malformed(f"“{measure}” cannot be put in words; percent, count, base, records and value can")
    return Cited(at, measure, words, places)


def _formats(measure: str) -> tuple[str, bool, int | None]:
    places = _PLACES.search(measure)
    measure = _PLACES.sub("", measure)
    words = measure.endswith(" in words")
    return measure.removesuffix(" in words"), words, int(places[1]) if places else None


def without_braces(text: str) -> str:
    """A note with what it names and quotes between braces as it is read: a note is printed as it stands, with no way back."""
    return _BRACES.sub(_read, text)


def _read(found: re.Match[str]) -> str:
    try:
        reference = parse(found[1].strip())
    except Malformed:
        return found[0]
    match reference:
        case Named(text=text):
            return text
        case Quoted(text=text, source=source):
            return f"{text} ({source})"
    return found[0]
