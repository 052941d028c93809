"""Read one sheet of an Excel workbook: bombs are refused before they are opened, formulas read as their last result.

`except Exception` stands here because openpyxl lets through whatever a damaged part provokes in it.
"""

import re
import warnings
import zipfile
from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl

from casereview.interchange.kinds import kind_of
from casereview.interchange.raw import Header, RawRow, RawTable, Row, TableRefused, broken_row, from_head, refused

MOST_MEMBERS = 10_000
MOST_BYTES = 1 << 29
MOST_SHARED_TEXT = 1 << 27
"""Bytes, unpacked: of all members, and of the shared texts, which are held in memory."""
_ROWS, _COLUMNS = 1_048_576, 16_384
_NEVER_CALCULATED = re.compile(rb"""<c\b(?![^>]*\bt="str")[^>]*>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>""")
"""A formula without a result. A text (t="str") may rightly be empty."""


def read_xlsx(path: Path, sheet: str | None = None, needed: Collection[str] = ()) -> RawTable:
    """The named sheet, or the first. Raises TableRefused, OSError."""
    kind = kind_of(path)
    if not kind.startswith("a ZIP"):
        remedy = "Save it without a password as an Excel workbook (.xlsx) or as CSV, or correct the file's ending."
        raise refused(path, "table-wrong-kind", f"not an Excel workbook (.xlsx): {kind}", remedy)
    _refuse_bombs(path)
    worksheet = _worksheet(path, sheet)
    rows = from_head(_rows(path, worksheet), needed)
    _, first, problem = next(rows, (1, [], None))
    if problem:
        raise refused(path, "table-damaged", f"the sheet cannot be read: {problem}", "Save the workbook again.")
    return _table(Header.of(path, first), rows)


def _table(header: Header, rows: Iterator[Row]) -> RawTable:
    return RawTable(tuple(header.places), _named(header, rows))


def _refuse_bombs(path: Path) -> None:
    """What would unpack beyond all measure, or bring its own entities, is not opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                raise refused(path, "table-wrong-kind", "not an Excel workbook: another ZIP archive or Office document", _AGAIN)
            _refuse_too_large(path, members)
            for member in members:
                _inspect(path, archive, member)
    except TableRefused:
        raise
    except Exception as error:
        raise refused(path, "table-damaged", f"the workbook is damaged ({error})", _AGAIN) from error


_AGAIN = "Open it in a spreadsheet programme and save it again as .xlsx."


def _refuse_too_large(path: Path, members: list[zipfile.ZipInfo]) -> None:
    shared = sum(member.file_size for member in members if member.filename.endswith("sharedStrings.xml"))
    whole = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or whole > MOST_BYTES or shared > MOST_SHARED_TEXT:
        cause = f"the workbook unpacks to {len(members)} parts of {whole / 2**20:.0f} MiB together, more than is safe to open"
        raise refused(path, "table-too-large", cause, "Save the table as CSV.")


def _inspect(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read a part through once: its checksum holds, it declares no entities, and its formulas have results."""
    if not member.filename.endswith((".xml", ".rels")):
        return
    tail = b""
    with archive.open(member) as part:
        for place, block in enumerate(iter(lambda: part.read(1 << 20), b"")):
            if place == 0 and b"<!DOCTYPE" in block[:4096]:
                raise refused(path, "table-damaged", "a part of the workbook declares entities of its own", _AGAIN)
            if "worksheets/" in member.filename and _NEVER_CALCULATED.search(tail + block):
                raise refused(path, "table-not-calculated", "the workbook has formulas whose results were never saved", _AGAIN)
            tail = block[-10_000:]  # longer than any formula


def _worksheet(path: Path, sheet: str | None) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which are not read
            workbook = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        raise refused(path, "table-damaged", f"the workbook is damaged ({error})", _AGAIN) from error
    sheets = {one.title: one for one in workbook.worksheets}
    if not sheets or (sheet is not None and sheet not in sheets):
        listed = ", ".join(f"“{name}”" for name in sheets) or "none"
        cause = f"it has no sheet “{sheet}”; its sheets are: {listed}" if sheet else "it has no sheet with cells"
        raise refused(path, "table-no-sheet", cause, "Correct `sheet` in sources.yaml.")
    return sheets[sheet] if sheet else next(iter(sheets.values()))


def _rows(path: Path, worksheet: Any) -> Iterator[Row]:
    """(row, cells, why it cannot be read) of every row that is not blank; after damage, no more."""
    worksheet.reset_dimensions()  # which the file may overstate
    number = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, row in enumerate(worksheet.iter_rows(max_row=_ROWS, values_only=True), start=1):
                cells = [_text(value) for value in row[:_COLUMNS]]
                if any(cells):
                    yield number, cells, None
    except Exception as error:
        yield number + 1, [], str(error)
    finally:
        worksheet.parent.close()


def _named(header: Header, rows: Iterator[Row]) -> Iterator[RawRow]:
    for number, cells, damage in rows:
        if damage is None:
            yield header.row(number, cells, short=True)
        else:
            cause = f"the sheet breaks off here ({damage}); no row after it could be read"
            yield RawRow(number, {}, broken_row(header.path, number, cause, _AGAIN))


def _text(value: object) -> str:
    """A cell as text: whole numbers without a point, dates in ISO form, truth as TRUE and FALSE as Excel shows it."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
