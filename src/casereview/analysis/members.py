"""What stands behind a cell: its cases, and the passages that support what it counts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Members:
    """The cases of a cell's records, in order, and how many cases there are, of which `cases` may be only the first."""

    cases: list[str]
    total: int


@dataclass(frozen=True)
class Passage:
    """A passage of a case's document. `supports`: the variable whose value it supports, or the theme that it was given."""

    passage: str
    case: str
    supports: str
    document: str
    title: str
    page: int | None
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True)
class Support:
    """The passages behind a cell, in order, and how many there are, of which `passages` may be only the first."""

    passages: list[Passage]
    total: int
