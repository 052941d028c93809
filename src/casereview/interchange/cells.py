"""Cells that no spreadsheet takes for a formula (OWASP, CSV Injection)."""

import re
from typing import TypeVar

Cell = TypeVar("Cell")
_FORMULA = "=+-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20"
"""What a formula, or a cell that smuggles one, begins with; the last four are the full-width forms of the first."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_MARK = "'"


def safe_cell(value: Cell) -> Cell | str:
    """Text that could be taken for a formula, behind an apostrophe; numbers, also written as text, and all else unchanged."""
    if not isinstance(value, str) or not _dangerous(value) or _NUMBER.fullmatch(value.lstrip(_MARK)):
        return value
    return f"{_MARK}{value}"


def plain_cell(text: str) -> str:
    """What `safe_cell` was given."""
    inside = text.removeprefix(_MARK)
    return inside if inside != text and safe_cell(inside) == text else text


def _dangerous(text: str) -> bool:
    """Also behind blanks, which some programmes trim, and behind apostrophes, so that `plain_cell` can undo it."""
    text = text.lstrip(_MARK)
    start = text[: len(text) - len(text.lstrip()) + 1]
    return any(one in _FORMULA for one in start)
