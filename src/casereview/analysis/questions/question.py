"""What a question is: what it needs counted, what it makes of it, and which records stand behind each of its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from casereview.analysis.engines import CountQuery, Counts, Mark, RatingQuery, Ratings
from casereview.analysis.tables import Answered
from casereview.study.conditions import Test

Ask = CountQuery | RatingQuery
Found = Counts | Ratings


class Between(NamedTuple):
    """Records that bear at least so many, and at most so many, of some marks."""

    marks: tuple[str, ...]
    least: int
    most: int


@dataclass(frozen=True)
class Backing:
    """Which records stand behind each cell: those of `unit` that `where` admits and that bear all of the cell's marks.

    cells: address → names of `marks`. supports: address → the variables whose evidence stands behind the cell.
    weight: a number variable; records without a weight above 0 stand behind nothing. rest: a row whose cells have only those
    of its records that stand in no other row of answers that the table shows. between: address → the marks of which its records
    bear so many.
    """

    unit: str
    where: Test
    marks: Mapping[str, Mark]
    cells: Mapping[str, tuple[str, ...]]
    supports: Mapping[str, tuple[str, ...]]
    weight: str | None = None
    rest: str | None = None
    between: Mapping[str, Between] = field(default_factory=dict)


class Question(Protocol):
    """One thing that the plan asks, ready to be counted. Nothing in it has seen the data."""

    @property
    def asks(self) -> tuple[Ask, ...]:
        """What it needs counted."""
        ...

    def answer(self, found: Sequence[Found]) -> Answered:
        """The table, from what was found, in the order of `asks`."""
        ...

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of its cells that are known with no data at hand; prose may cite these."""
        ...

    @property
    def backing(self) -> Backing:
        """The records behind its cells."""
        ...
