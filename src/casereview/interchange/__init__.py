"""The formats of others: tables in CSV, XLSX and SPSS .sav; codebooks in .sav, REDCap's data dictionary and DDI-Codebook."""

from casereview.interchange.raw import RawRow, RawTable, TableRefused
from casereview.interchange.tables import read_table

__all__ = ["RawRow", "RawTable", "TableRefused", "read_table"]
