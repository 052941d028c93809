"""Read a CSV file: its encoding and its separator are found, its rows are streamed."""

import codecs
import csv
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from casereview.interchange.kinds import kind_of
from casereview.interchange.raw import DEEPEST, Header, RawRow, RawTable, Row, broken_row, from_head, refused

LONGEST_CELL = 1 << 24
"""Characters. A longer cell is a quotation mark that never closes."""
_SEPARATORS = ",;\t"
_BLOCK = 1 << 20


def read_csv(path: Path, needed: Collection[str] = ()) -> RawTable:
    """UTF-8, UTF-16 with its mark, else Windows-1252; separated by comma, semicolon or tab. Raises TableRefused, OSError."""
    kind = kind_of(path)
    if kind != "text":
        raise refused(path, "table-wrong-kind", f"not a CSV: {kind}", "Save the table as CSV, or correct the file's ending.")
    encoding = _encoding(path)
    separator = _separator(path, encoding)
    csv.field_size_limit(LONGEST_CELL)
    rows = from_head(_rows(path, encoding, separator), needed)
    _, first, problem = next(rows, (1, [], None))
    if problem:
        raise refused(path, "table-no-header", problem, "Check the quotation marks of the first row.")
    header = Header.of(path, first)
    return RawTable(tuple(header.places), _named(header, rows))


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(3)
    marked = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        if _decodes(path, encoding):
            return encoding
    cause = "its text is in none of the encodings UTF-8, UTF-16 and Windows-1252"
    raise refused(path, "table-encoding", cause, "Save the table as CSV in UTF-8.")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True


def _separator(path: Path, encoding: str) -> str:
    """The one that makes the most columns of the first row; where several do, of those below it; a comma where none does."""
    with path.open(encoding=encoding, newline="") as file:
        start = file.read(_BLOCK)
    return max(_SEPARATORS, key=lambda one: _widths(start, one))


def _widths(start: str, separator: str) -> list[int]:
    rows = csv.reader(start.splitlines(keepends=True), delimiter=separator)
    try:
        return [len(row) for row in islice(filter(any, rows), DEEPEST)]
    except csv.Error:
        return []


def _rows(path: Path, encoding: str, separator: str) -> Iterator[Row]:
    """(first line, cells, why it cannot be read) of every row that is not blank."""
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=separator)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield line, [], f"the row cannot be read ({error}); a quotation mark may not be closed"
                continue
            if any(cells):
                yield line, cells, None


def _named(header: Header, rows: Iterator[Row]) -> Iterator[RawRow]:
    for line, cells, cause in rows:
        if cause is None:
            yield header.row(line, cells)
        else:
            yield RawRow(line, {}, broken_row(header.path, line, cause, "Check the quotation marks from this line on."))
