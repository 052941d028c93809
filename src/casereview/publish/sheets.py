"""How the sheets of the workbook stand on the screen and on paper: no column too wide to be read, no print too small."""

from collections.abc import Sequence
from typing import Any

WIDEST = 420
"""Pixels of a column, about sixty letters; longer text goes on in further lines."""
FULL = 1640
"""Pixels of a sheet that one page takes, turned round, at `SMALLEST`."""
SMALLEST = 60
"""Per cent: letters of 12 points are then of 7.2."""


def set_out(sheets: Sequence[Any], header: str) -> None:
    """Widths and pages of all sheets: on one page beside another where one alone would be too small to be read."""
    for sheet in sheets:
        widths = [_narrowed(sheet, column, held.width or 0) for column, held in list(sheet.col_info.items())]
        sheet.set_landscape()
        sheet.set_header(header)
        if sum(widths) <= FULL:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.set_print_scale(SMALLEST)
            sheet.repeat_columns(0, 0)


def _narrowed(sheet: Any, column: int, width: float) -> float:
    if width > WIDEST and sheet.get_name() not in ("Cover", "Notes", "Contents"):
        sheet.set_column_pixels(column, column, WIDEST)
        return WIDEST
    return width
