"""The percentages of a cell, exactly: of whole counts where they are of counts, of sums of weights where they are of these."""

from fractions import Fraction

from casereview.analysis.tables import Cell, Interval
from casereview.publish.numbers import TABLE_PLACES, rounded

_SCALE = 10**9
"""Weights are decimals of nine places."""


def share(cell: Cell, which: str = "percent") -> Fraction | None:
    """A percentage of a cell: `percent`, its own, or one of `percents`, such as `row`. None where there is no such percentage."""
    known = cell.percent if which == "percent" else cell.percents.get(which)
    if known is None:
        return None
    base = cell.base if which == "percent" else cell.bases.get(which, cell.base)
    counted = Fraction(100 * cell.count, base) if base else None
    # A weighted percentage, or a cumulative one, is not of the cell's own count.
    return counted if counted is not None and abs(float(counted) - known) < 1e-9 else exactly(known)


def exactly(value: float) -> Fraction:
    """A number as the decimal that it stands for, so that a half is rounded as a half."""
    return Fraction(str(round(value, 9)))


def weighted(cell: Cell) -> bool:
    """Whether its percentage is of sums of weights."""
    return cell.weighted is not None


def parts(cell: Cell) -> tuple[int, int]:
    """Count and base of its own percentage, as phrases are held against; of a weighted one, large numbers of the same ratio.

    The base is 0 where there is no percentage.
    """
    value = share(cell)
    if value is None:
        return cell.count, 0
    return (int(value * _SCALE), 100 * _SCALE) if weighted(cell) else (cell.count, cell.base)


def interval_of(interval: Interval, places: int = TABLE_PLACES) -> str:
    """The interval of a percentage, such as "49.6% to 71.1%"."""
    return f"{rounded(interval.low, places)}% to {rounded(interval.high, places)}%"
