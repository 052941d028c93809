"""The room that paper has for pictures, and how small their letters may become there."""

from dataclasses import dataclass

LEAST = 7.05 / 9
"""How small a picture may become: its letters are of 9 points at their size, and nothing that is printed has letters below 7."""


@dataclass(frozen=True)
class Page:
    """The room that a page has for a picture, in pixels of 1/96 inch, below its caption and above its notes."""

    width: float
    height: float
    turned: bool = False


PAGES = (Page(620, 780), Page(940, 430, turned=True))
"""Upright A4, and A4 turned round, as far as both the PDF and the Word document have the room."""
