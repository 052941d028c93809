"""Which events a question means, and where they lie around the one that is asked about."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from casereview.study.base import Record, Slug
from casereview.study.practice.named import Names, named

ANY = "any"
"""Of a span: however long."""

_SPAN = r"^(any|[1-9][0-9]{0,4} (days?|weeks?))$"


def days(span: str) -> int | None:
    """How many days a span is long; None if it is `any`."""
    if span == ANY:
        return None
    number, unit = span.split()
    return int(number) * (7 if unit.startswith("week") else 1)


def _span(written: Any) -> str:
    if not isinstance(written, str) or not re.match(_SPAN, written):
        raise ValueError(f"a span is a number of days or weeks, such as 90 days or 6 weeks, or any; “{written}” is none")
    return written


Span = Annotated[str, BeforeValidator(_span), WithJsonSchema({"type": "string", "pattern": _SPAN})]
"""90 days, 6 weeks, or any."""


class Pattern(Record):
    """Which events are meant: those of which all of this is true."""

    kind: Names | None = Field(default=None, description="The kind of event, or any of several.")
    agency: Names | None = Field(default=None, description="The agency that recorded it, or any of several.")
    people: Names | None = Field(default=None, description="The role that it names, or any of several.")
    says: tuple[str, ...] = Field(
        default=(), description="Words or phrases, any of which stands in what happened: whole words, small or capital."
    )
    lacks: tuple[Slug, ...] = Field(default=(), description="Details of which none was recorded.")
    has: dict[Slug, Names] = Field(default_factory=dict, description="Detail → answers, any of which was recorded.")
    only: dict[Slug, Names] = Field(default_factory=dict, description="Detail → answers, besides which no other was recorded.")
    at_most: dict[Slug, Annotated[int, Field(ge=1)]] = Field(
        default_factory=dict, description="Detail → how many different answers were recorded at most."
    )

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of event that are meant; none if any."""
        return named(self.kind)

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies that are meant; none if any."""
        return named(self.agency)

    @property
    def roles(self) -> tuple[str, ...]:
        """The people that are meant; none if any, or nobody."""
        return named(self.people)

    @property
    def of_kind_only(self) -> bool:
        """Whether nothing is asked of the event but its kind, and perhaps its agency."""
        return not (self.people or self.says or self.lacks or self.has or self.only or self.at_most)


class Anchor(Pattern):
    """The events that are asked about."""

    kind: Names = Field(description="The kind of event, or any of several.")


class Nearby(Pattern):
    """Other events, around the one that is asked about. Events of one day lie both before and after one another."""

    before: Span | None = Field(
        default=None, description="How long before it at most, such as 90 days; `any`: at any time before."
    )
    after: Span | None = Field(default=None, description="How long after it at most, such as 6 weeks; `any`: at any time after.")

    @property
    def window(self) -> tuple[int | None, int | None]:
        """The first and the last day on which they lie, counted from the event that is asked about; None where open."""
        earliest = 0 if self.before is None else days(self.before)
        latest = 0 if self.after is None else days(self.after)
        return None if earliest is None else -earliest, latest


class Given(Nearby):
    """Other events that there must be for the question to be asked."""

    at_least: int = Field(default=1, ge=1, description="How many of them there must be.")


class Unless(Nearby):
    """Other events, any of which answers the question, so that it is not asked."""

    since: Literal["given"] | None = Field(
        default=None, description="Instead of a span: between the given event and the one that is asked about."
    )
