"""What a test or measure of a table is: its title, its source, the tables that it is for, and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass

from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.tables import Interval

MOST = 10**9
"""Records of which something exact is reckoned."""


class Undefined(Exception):
    """A test or measure has no value on this table: why, in plain words, and what else is to be said."""

    def __init__(self, why: str, *cautions: str) -> None:
        super().__init__(why)
        self.why = why
        self.cautions = cautions


@dataclass(frozen=True)
class Made:
    """What came of a test or measure: its sentence, its numbers, what of its assumptions fails; its source, if not the usual."""

    sentence: str
    statistic: float | None = None
    df: int | None = None
    p: float | None = None
    interval: Interval | None = None
    cautions: tuple[str, ...] = ()
    source: str = ""


def at_least_one(table: Observed) -> None:
    """Raises Undefined for a table without any record."""
    if not table.n:
        raise Undefined("the table is empty")


def at_least_two(table: Observed) -> None:
    """Raises Undefined for a table without two rows and two columns in which records stand."""
    if not table.testable:
        raise Undefined("the table has fewer than two rows or two columns with any record")
    if not 1 < table.n < 10**15:
        raise Undefined("the weights of all records make no more than one record, or too many to be reckoned with")


def two_by_two(table: Observed) -> None:
    """Raises Undefined for a table of any other shape."""
    at_least_two(table)
    if table.shape != (2, 2):
        raise Undefined(f"it is for tables of two by two, and this one is {table.shape[0]} by {table.shape[1]}")


def countable(table: Observed) -> None:
    """Raises Undefined where tables of whole records cannot be gone through one by one."""
    if table.n > MOST:
        raise Undefined(f"there are more than {MOST:,} records, and so many need nothing exact")
    if not table.whole:
        raise Undefined("it counts whole records, and the sums of weights are not whole numbers")


@dataclass(frozen=True)
class Statistic:
    """A test or measure of one table.

    fits: raises Undefined for a table that it is not for, given without its empty rows and columns. as_it_stands: `make` is given
    them, too, because the places of the others count.
    """

    title: str
    source: str
    make: Callable[[Observed], Made]
    fits: Callable[[Observed], None] = at_least_two
    as_it_stands: bool = False
