"""recommendations/*.md: what is asked of whom, how one will know, and what became of it wave by wave."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from pydantic import Field

from casereview.study.base import Record, Slug
from casereview.study.findings import Ground, Prose

StatusWord = Literal["not-started", "under-way", "done", "dropped", "made-again"]
STATUSES: tuple[StatusWord, ...] = get_args(StatusWord)
SETTLED: frozenset[StatusWord] = frozenset({"done", "dropped"})
"""What is neither done nor dropped is open."""


class Status(Record):
    """How far a recommendation had got at the time of a wave."""

    status: StatusWord = Field(description="How far it had got; or that the review of that wave made it again.")
    note: str | None = Field(default=None, description="What is known of it, in a sentence.")
    rests_on: tuple[Ground, ...] = Field(default=(), description="What shows it.")


class RecommendationHead(Record):
    """What stands at the head of a recommendation, between lines of `---`; why it is made may follow as prose."""

    title: str = Field(description="The recommendation in a few words.")
    change: str = Field(description="What is to be done differently, said to those who are to do it.")
    findings: tuple[str, ...] = Field(min_length=1, description="The findings that it rests on, by the names of their files.")
    audience: tuple[Slug, ...] = Field(min_length=1, description="Whom it addresses, of `audiences:` in study.yaml.")
    measure: str | None = Field(default=None, description="How one will know that it is done.")
    owner: str | None = Field(default=None, description="The organisation or role that sees to it; never a person's name.")
    due: date | None = Field(default=None, description="The day by which it is to be done.")
    order: int = Field(default=100, description="Its place among those of one finding, lowest first.")
    first_made: Slug | None = Field(default=None, description="The wave whose review first made it. Left out: the newest.")
    made_in: str | None = Field(default=None, description="The review or edition that first made it, by its name.")
    repeats: Slug | None = Field(default=None, description="The recommendation of an earlier wave that it makes again.")
    statuses: dict[Slug, Status] = Field(default_factory=dict, description="What became of it: wave and status.")


@dataclass(frozen=True)
class Recommendation:
    """One recommendation a file, or as the casebook records it."""

    slug: str
    head: RecommendationHead
    body: Prose
