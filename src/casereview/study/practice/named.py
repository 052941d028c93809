"""The words of chronologies: agencies, people, kinds of event, details, recommendations."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator

from casereview.study.base import Record, Slug


def how_many(data: Any) -> str:
    """Whether a file gives one of something, or a list of them."""
    return "several" if isinstance(data, list | tuple) else "one"


Names = Annotated[
    Annotated[Slug, Tag("one")] | Annotated[tuple[Slug, ...], Tag("several")],
    Discriminator(how_many),
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


def label_of(known: Mapping[str, Named], name: str) -> str:
    """A word of practice.yaml as pages print it; the name itself where the file no longer has it."""
    return known[name].label if name in known else name
