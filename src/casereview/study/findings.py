"""findings/*.md and report/*.md: prose whose every figure is a reference to a cell."""

from dataclasses import dataclass

from pydantic import Field

from casereview.study.base import Record


class Recommendation(Record):
    """What a finding asks of whom."""

    to: str = Field(description="Whom it is addressed to.")
    text: str = Field(description="What they should do.")


class FindingHead(Record):
    """What stands above the prose of a finding, between lines of `---`."""

    title: str = Field(description="The finding in one sentence.")
    theme: str = Field(description="The heading under which it is printed: a name of themes.yaml, or any text.")
    order: int = Field(default=100, description="Its place among the findings, lowest first.")
    rests_on: tuple[str, ...] = Field(default=(), description="The tables and themes that bear it out.")
    recommendations: tuple[Recommendation, ...] = Field(default=(), description="What follows from it, one each.")


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
