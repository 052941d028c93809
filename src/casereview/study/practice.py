"""practice.yaml: the words of chronologies, and what to look for in them. A question asks; it judges nobody."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator

from casereview.study.base import Condition, Record, Slug

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


def _how_many(data: Any) -> str:
    return "several" if isinstance(data, list | tuple) else "one"


Names = Annotated[
    Annotated[Slug, Tag("one")] | Annotated[tuple[Slug, ...], Tag("several")],
    Discriminator(_how_many),
]
"""A name, or several."""


def named(given: Names | None) -> tuple[str, ...]:
    """One name or several as several."""
    return () if given is None else (given,) if isinstance(given, str) else given


class Named(Record):
    """A word of the chronologies. Written short as `slug: Label`."""

    label: str = Field(description="As pages and tables print it.")
    definition: str | None = Field(default=None, description="What counts as it.")
    include: str | None = Field(default=None, description="What also counts, where it could be doubted.")
    exclude: str | None = Field(default=None, description="What does not count, and where it belongs instead.")

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        return {"label": data} if isinstance(data, str) else data


class Detail(Record):
    """What an event may hold besides its date, agency, kind, people and what happened: one of `categories`, or any text."""

    label: str = Field(description="As pages and tables print it: Child seen.")
    definition: str | None = Field(default=None, description="What is recorded here.")
    categories: dict[Slug, Named] = Field(default_factory=dict, description="Its answers, in order. Left out: any text.")
    several: bool = Field(default=False, description="Whether an event may hold several of them.")


class Recommended(Record):
    """A recommendation that questions serve. Written short as `slug: what it recommends`."""

    label: str = Field(description="What it recommends, in a sentence.")
    source: str | None = Field(default=None, description="Who recommends it, and where.")

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        return {"label": data} if isinstance(data, str) else data


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


GivenSeveral = Annotated[Annotated[Given, Tag("one")] | Annotated[tuple[Given, ...], Tag("several")], Discriminator(_how_many)]
UnlessSeveral = Annotated[Annotated[Unless, Tag("one")] | Annotated[tuple[Unless, ...], Tag("several")], Discriminator(_how_many)]


class Ages(Record):
    """A span of ages in completed years; an end left out is open, and what lies before birth is below any age."""

    start: int | None = Field(default=None, alias="from", ge=0, description="The youngest, in completed years.")
    end: int | None = Field(default=None, alias="to", ge=0, description="The oldest, in completed years.")


class Question(Record):
    """What a reviewer is asked of an event of a chronology. What is not known never asks and never answers: it cannot be said."""

    label: str = Field(description="In a few words, as tables print it: Closed after the child was not brought.")
    ask: str = Field(description="The question, as it is put to whoever reviews the case. It judges nobody.")
    serves: Names = Field(description="The recommendation that it serves, of `recommendations`, or several.")
    of: Condition | None = Field(default=None, description="Of which cases it is asked. Left out: all.")
    age: Ages | None = Field(default=None, description="How old a child of the case must have been on the day.")
    when: Anchor = Field(description="The events that it is asked of: each of them once.")
    given: GivenSeveral = Field(default=(), description="Other events that there must be, each of them.")
    unless: UnlessSeveral = Field(default=(), description="Other events, none of which there may be.")

    @property
    def needed(self) -> tuple[Given, ...]:
        """The other events that there must be."""
        return self.given if isinstance(self.given, tuple) else (self.given,)

    @property
    def answering(self) -> tuple[Unless, ...]:
        """The other events none of which there may be."""
        return self.unless if isinstance(self.unless, tuple) else (self.unless,)

    @property
    def patterns(self) -> tuple[tuple[str, Pattern], ...]:
        """Every pattern with the key under which it stands."""
        others = (*(("given", one) for one in self.needed), *(("unless", one) for one in self.answering))
        return (("when", self.when), *others)


class Age(Record):
    """How the age of the children of a case is known: from their day of birth, or from their age at the incident."""

    born: Slug | None = Field(default=None, description="A date variable of the case or of a person: the day of birth.")
    months: Slug | None = Field(
        default=None, description="A number variable of the case or of a person: completed months on the day of the incident."
    )
    years: Slug | None = Field(default=None, description="Likewise, in completed years: it leaves more open.")

    @model_validator(mode="after")
    def _one_of_them(self) -> "Age":
        if [self.born, self.months, self.years].count(None) != 2:
            raise ValueError("it takes one of born, months, years")
        return self

    @property
    def variable(self) -> str:
        """The variable that says it."""
        return self.born or self.months or self.years or ""


class Doubles(Record):
    """When two events recorded by two agencies may be one."""

    within: int = Field(default=1, ge=0, description="How many days at most lie between them.")


STANDARD_ANSWERS = {
    "yes": Named(label="Yes"),
    "partly": Named(label="Partly"),
    "no": Named(label="No"),
    "not-known": Named(label="Not known"),
}


class Practice(Record):
    """practice.yaml."""

    agencies: dict[Slug, Named] = Field(
        default_factory=dict, description="Who keeps chronologies, in the order of pages and tables."
    )
    people: dict[Slug, Named] = Field(
        default_factory=dict, description="The roles that an event may name; never a person's name."
    )
    kinds: dict[Slug, Named] = Field(default_factory=dict, description="The kinds of event.")
    details: dict[Slug, Detail] = Field(default_factory=dict, description="What an event may hold besides.")
    recommendations: dict[Slug, Recommended] = Field(default_factory=dict, description="What the questions serve.")
    incident: Slug | None = Field(
        default=None,
        description="The date variable of the case with the day of the incident: what comes after it answers nothing.",
    )
    age: Age | None = Field(default=None, description="How the age of the children is known. Left out: it is not.")
    doubles: Doubles = Field(default=Doubles(), description="When two events may be one. Left out: within a day.")
    answers: dict[Slug, Named] = Field(
        default_factory=lambda: dict(STANDARD_ANSWERS),
        description="How a reviewer may answer a question. Left out: yes, partly, no, not known.",
    )
    questions: dict[Slug, Question] = Field(default_factory=dict, description="What is asked of chronologies, in order.")


WANTS = {
    "date": "a date exact enough",
    "text": "words of what happened",
    "people": "whom it was about",
    "age": "the age of a child",
    "not-begun": "the time before the chronology",
    "not-over": "the time after it, or after the incident",
    "kind": "a source that records such events",
    "detail": "a detail of an event",
    "answer": "an answer of the case",
}
"""What may be lacking for a question to be answered, in words."""


def cannot_row(question: str) -> str:
    """The row of a table for cases of which a question cannot be answered."""
    return f"{question}-cannot-say"


def want_row(question: str, lacking: str) -> str:
    """The row of those of them where one of `WANTS` is lacking."""
    return f"{question}-for-want-of-{lacking}"


def nothing_row(question: str) -> str:
    """The row of a table for cases in which nothing asks a question."""
    return f"{question}-nothing-asks-it"
