"""What a graph is drawn of."""

from dataclasses import dataclass
from typing import Literal

Shape = Literal["risk", "protective", "harm", "problem", "condition"]
"""How a box looks, besides its words: never by colour alone."""


@dataclass(frozen=True)
class Node:
    """A box. note: said below its label; href: where it leads."""

    slug: str
    label: str
    shape: Shape
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class Edge:
    """An arrow. weight: how wide, between 0 and 1; label: printed on it; said: its words for those who do not see it.

    chance: printed on its mark of protection; nothing: it has none.
    """

    start: str
    end: str
    label: str = ""
    said: str = ""
    weight: float = 0.0
    href: str = ""
    chance: str = ""
