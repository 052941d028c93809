"""From the bytes of a document to its canonical text with a page map, in a limited child process; quotes anchored in it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casereview.documents.anchoring import NotFound, anchor, find, occurrences
    from casereview.documents.isolated import DocumentRefused, draw_isolated, read_isolated, read_tables_isolated
    from casereview.documents.limits import Limits
    from casereview.documents.model import Anchor, CanonicalText, Page, PagePicture, WordRow, WordTables
    from casereview.documents.plain import text_of_sections

_HOMES = {
    "anchoring": ("NotFound", "anchor", "find", "occurrences"),
    "isolated": ("DocumentRefused", "draw_isolated", "read_isolated", "read_tables_isolated"),
    "limits": ("Limits",),
    "model": ("Anchor", "CanonicalText", "Page", "PagePicture", "WordRow", "WordTables"),
    "plain": ("text_of_sections",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Anchor",
    "CanonicalText",
    "DocumentRefused",
    "Limits",
    "NotFound",
    "Page",
    "PagePicture",
    "WordRow",
    "WordTables",
    "anchor",
    "draw_isolated",
    "find",
    "occurrences",
    "read_isolated",
    "read_tables_isolated",
    "text_of_sections",
]


def __getattr__(name: str) -> Any:
    """A public name, from its module when it is first asked for: a child process passes through here, and must start at once."""
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
