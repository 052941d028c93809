"""What a reviewer is asked of an event of a chronology. A question asks; it judges nobody."""

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from casereview.study.base import Condition, Record
from casereview.study.practice.named import Names, how_many
from casereview.study.practice.patterns import Anchor, Given, Pattern, Unless

GivenSeveral = Annotated[Annotated[Given, Tag("one")] | Annotated[tuple[Given, ...], Tag("several")], Discriminator(how_many)]
UnlessSeveral = Annotated[Annotated[Unless, Tag("one")] | Annotated[tuple[Unless, ...], Tag("several")], Discriminator(how_many)]


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
