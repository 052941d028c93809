"""findings/*.md and report/*.md: prose whose every figure is a reference to a cell."""

from dataclasses import dataclass

from pydantic import Field

from casereview.study.base import Record


class Recommendation(Record):
    """What a finding asks of whom."""

    to: str
    text: str


class FindingHead(Record):
    """What stands above the prose of a finding, between lines of `---`."""

    title: str
    theme: str
    order: int = Field(default=100, description="Its place among the findings.")
    rests_on: tuple[str, ...] = Field(default=(), description="Tables, and themes of themes.yaml.")
    recommendations: tuple[Recommendation, ...] = ()


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
