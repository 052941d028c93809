"""A table as a file that people open in a spreadsheet: every text a text, never a formula or a link."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from casereview.interchange.cells import safe_cell

BEGAN = datetime(1980, 1, 1)  # noqa: DTZ001  # as Excel has it
"""When every workbook says that it was made, so that the same table gives the same bytes."""

Line = Sequence[str | int | float | None]


def as_csv(lines: Iterable[Line]) -> bytes:
    """UTF-8 with a mark at its start, by which spreadsheets know it."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([safe_cell(cell) for cell in line] for line in lines)
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Iterable[Line], title: str, widths: Mapping[int, float]) -> bytes:
    """One sheet, its first line and first column in view. widths: of columns, from 0, in characters."""
    import xlsxwriter  # type: ignore[import-untyped]

    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"created": BEGAN})
        sheet = book.add_worksheet(title[:31])
        bold, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, [safe_cell(cell) for cell in line], wrapped if number else bold)
        for column, width in widths.items():
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
    return written.getvalue()
