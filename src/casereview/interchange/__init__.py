"""The formats of others: tables in CSV, XLSX and SPSS .sav; codebooks in .sav, REDCap's data dictionary and DDI-Codebook;
projects of qualitative programs in REFI-QDA.
"""

from casereview.interchange.cells import safe_cell
from casereview.interchange.imported import ImportedCodebook, as_codebook_yaml
from casereview.interchange.raw import RawRow, RawTable, TableRefused
from casereview.interchange.tables import read_table

__all__ = ["ImportedCodebook", "RawRow", "RawTable", "TableRefused", "as_codebook_yaml", "read_table", "safe_cell"]
