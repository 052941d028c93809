"""From a plan to tables: counts on an engine, statistics as pure functions of counts."""

from casereview.analysis.analysis import Analysis, analyse, analyse_in_place, uncomparable
from casereview.analysis.as_json import as_json
from casereview.analysis.lock import Change, Lock, deviations, locked, register
from casereview.analysis.members import Members, Passage
from casereview.analysis.tables import Break, Cell, CellTable, Heading, Interval, TestResult

__all__ = [
    "Analysis", "Break", "Cell", "CellTable", "Change", "Heading", "Interval", "Lock", "Members", "Passage", "TestResult",
    "analyse", "analyse_in_place", "as_json", "deviations", "locked", "register", "uncomparable",
]  # fmt: skip
