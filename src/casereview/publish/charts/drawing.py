"""What a kind of chart makes of a table."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Paper:
    """What a picture takes of paper: its width, in pixels of 1/96 inch. turned: on a page of its own, turned round.

    A width of 0: it is too long for any page, and left out there.
    """

    width: float
    turned: bool = False


@dataclass(frozen=True)
class Drawing:
    """A chart before it is a picture: Altair's, or an SVG element. `words` say every figure of it, in turn.

    `notes` explain its marks; `marks` do, too, but are shorter where the table explains them: None, if it does not.
    paper: where it is to have its own width there, and on a page its own size; else it is as wide as the text.
    """

    chart: Any
    words: str
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] | None = None
    paper: Paper | None = None
