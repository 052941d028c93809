"""Where records lie, and how each of their variables is said in SQL."""

from typing import Protocol

from casereview.analysis.engines import CountQuery, Period, RatingQuery
from casereview.analysis.engines.dialect import Dialect
from casereview.analysis.engines.expressions import Expression


class Layout(Protocol):
    """The tables of a release, or coded records in place. Whatever it says of a unit's records names them `t`."""

    @property
    def dialect(self) -> Dialect:
        """The database's."""
        ...

    def relation(self, query: CountQuery | RatingQuery) -> str:
        """What stands after FROM: the records of the query's unit, with all that it asks after."""
        ...

    def expression(self, unit: str, one: str | Period) -> Expression:
        """A variable, `wave`, `sample`, a time, or `SLUG.absent`, the reason why a variable has no answer."""
        ...

    def answers(self, unit: str, one: str | Period) -> int | None:
        """How many different answers a variable may have, reasons for absence among them; None of numbers and times."""
        ...
