"""Read a table of any kind: CSV, Excel workbook, SPSS .sav."""

from collections.abc import Collection
from pathlib import Path

from casereview.interchange.csv_tables import read_csv
from casereview.interchange.raw import RawTable, refused
from casereview.interchange.sav_tables import read_sav
from casereview.interchange.xlsx_tables import read_xlsx

CSV_ENDINGS = frozenset({".csv", ".tsv", ".txt"})
XLSX_ENDINGS = frozenset({".xlsx", ".xlsm"})
SAV_ENDINGS = frozenset({".sav", ".zsav"})


def read_table(path: Path, sheet: str | None = None, needed: Collection[str] = ()) -> RawTable:
    """Read a table, streaming its rows. Raises TableRefused.

    sheet: of a workbook; default the first. needed: columns by which the head is known where a title stands above it.
    """
    ending = path.suffix.lower()
    try:
        if ending in CSV_ENDINGS:
            return read_csv(path, needed)
        if ending in XLSX_ENDINGS:
            return read_xlsx(path, sheet, needed)
        if ending in SAV_ENDINGS:
            return read_sav(path)
    except OSError as error:
        cause = f"it cannot be opened ({error.strerror or error})"
        raise refused(path, "table-not-opened", cause, "Check that the file is there and may be read.") from error
    cause = f"“{ending or path.name}” is no ending of a table that can be read"
    raise refused(path, "table-ending-unknown", cause, "Save the table as .csv, .xlsx or .sav.")
