"""What a kind of chart makes of a table."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Drawing:
    """A chart before it is a picture: Altair's, or an SVG element. `words` say every figure of it, in turn.

    `notes` explain its marks; `marks` do, too, but are shorter where the table explains them: None, if it does not.
    """

    chart: Any
    words: str
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] | None = None
