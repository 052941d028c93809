"""findings/*.md and report/*.md: prose whose every figure is a reference to a cell."""

from dataclasses import dataclass
from typing import Any

from pydantic import Field, model_validator

from casereview.study.base import Record, Slug


class Ground(Record):
    """What something rests on, or what speaks against it. One that is no passage may be written short, as its name."""

    of: str | None = Field(
        default=None, description="Something that the plan asks, a cell of it (`table.row.column`), or a theme. Or, instead:"
    )
    document: str | None = Field(default=None, description="The document in which a passage stands, by its identifier.")
    words: str | None = Field(default=None, description="Words of the passage; it must have been marked.")
    says: str | None = Field(default=None, description="What it shows, in a sentence; figures as in prose.")

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        return {"of": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _one_of_two(self) -> "Ground":
        if (self.of is None) is (self.document is None) or (self.document is None) is not (self.words is None):
            raise ValueError("write `of`, or `document` and `words`")
        return self


class FindingHead(Record):
    """What stands above the prose of a finding, between lines of `---`."""

    title: str = Field(description="The finding in one sentence.")
    theme: str = Field(description="The heading under which it is printed: a name of themes.yaml, or any text.")
    order: int = Field(default=100, description="Its place among the findings, lowest first.")
    rests_on: tuple[Ground, ...] = Field(default=(), description="What bears it out.")
    counter: tuple[Ground, ...] = Field(
        default=(), description="What speaks against it: deviant cases. A finding without any is noted for the team."
    )
    audiences: tuple[Slug, ...] = Field(
        default=(),
        description="Whom it is for, of `audiences:` in study.yaml, besides those whom its recommendations address. "
        "Neither: everyone.",
    )


@dataclass(frozen=True)
class Prose:
    """A Markdown file of the study. `line` is the line of the file on which `text` begins, counted from 1."""

    file: str
    text: str
    line: int


@dataclass(frozen=True)
class Finding:
    """One finding a file."""

    slug: str
    head: FindingHead
    body: Prose
