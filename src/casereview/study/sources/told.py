"""What the columns of a chronology say, wherever it lies: kinds of event, words, days."""

import re
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from casereview.study.base import Record, Slug


class Written(Record):
    """A column of a chronology, and what its file writes. Written short as the column's name."""

    column: str = Field(description="The column, as headed.")
    values: dict[str, Slug] = Field(
        default_factory=dict, description="What the file writes → a name of practice.yaml. Not needed for names and labels."
    )
    split: str | None = Field(default=None, description="What stands between several in one cell.")
    none: tuple[str, ...] = Field(
        default=(), description="What the file writes where nothing is recorded, besides an empty cell."
    )
    left_out: bool = Field(
        default=False, description="Whether what is no name of practice.yaml is left out, and counted; else its row is refused."
    )

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        return {"column": data} if isinstance(data, str) else data


class EventKinds(Record):
    """Which column says the kind of event. Written short as the column's name."""

    column: str | None = Field(default=None, description="The column, as headed. Left out: every row is of the kind `other`.")
    values: dict[str, Slug] = Field(
        default_factory=dict,
        description="What the file writes → a kind of practice.yaml. Not needed for names and labels; but where any are given, "
        "the file is taken to record these kinds, `other` and those met in the case, and no more: then give all.",
    )
    other: Slug | None = Field(
        default=None, description="The kind of what the file calls otherwise. Left out: such a row is refused."
    )

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        return {"column": data} if isinstance(data, str) else data


DAYS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%m/%Y", "%B %Y", "%b %Y", "%Y")
"""How the dates of a chronology are written, if its source does not say: days come before months."""

_DAY = r"\d{4}(-\d\d(-\d\d)?)?"


def _interval(written: Any) -> str:
    if not re.fullmatch(f"{_DAY}(/{_DAY})?", str(written), re.ASCII):
        raise ValueError(f"“{written}” is no date: write 2014, 2014-03 or 2014-03-12, or two of them with a slash between")
    return str(written)


Interval = Annotated[str, BeforeValidator(_interval)]
"""2014, 2014-03, 2014-03-12; or two of them with a slash between, from the first day of the one to the last of the other."""


class Told(Record):
    """What the columns of a chronology say, wherever it lies."""

    agency: Slug | None = Field(default=None, description="The agency of every row.")
    agency_column: Written | None = Field(default=None, description="Instead: the column that says the agency.")
    date: str = Field(description="The column with the day of the event, or the first day.")
    until: str | None = Field(default=None, description="The column with the last day, where an event has one.")
    dates: tuple[str, ...] = Field(
        default=DAYS,
        description="How dates are written, tried in order; without a day or month, a partial date. Left out: 12/03/2014, "
        "12.03.2014, 12 March 2014, 03/2014, March 2014, 2014 and their like.",
    )
    date_values: dict[str, Interval] = Field(
        default_factory=dict,
        description="What the file writes instead of a date → a date, or two with a slash between: 2013-02/2013-04.",
    )
    event: EventKinds = Field(description="The column with the kind of event, and what its words mean.")
    what: str | None = Field(default=None, description="The column that says what happened.")
    people: Written | None = Field(default=None, description="The column that says whom it was about: roles, never names.")
    details: dict[Slug, Written] = Field(default_factory=dict, description="Detail of practice.yaml → its column.")

    @model_validator(mode="after")
    def _kind_said(self) -> Self:
        if self.event.column is None and self.event.other is None:
            raise ValueError("event takes a column, or other, or both")
        return self

    @property
    def kinds(self) -> frozenset[str] | None:
        """The kinds of event that it can record; None where its file may name any."""
        if self.event.column is not None and not self.event.values:
            return None
        return frozenset(self.event.values.values()) | ({self.event.other} if self.event.other else set())

    def _read(self, *more: str | None) -> tuple[str, ...]:
        """Every column that is read, and more."""
        written = (self.agency_column, self.people, *self.details.values())
        plain = (*more, self.date, self.until, self.event.column, self.what)
        return tuple(dict.fromkeys((*(one for one in plain if one), *(one.column for one in written if one))))
