"""Errors as records: a code, a place, the cause and the remedy, in the user's words."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where something stands: a file (relative to the study, or a source's name) and a line, counted from 1."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __lt__(self, other: "Place") -> bool:
        return (self.file, self.line or 0) < (other.file, other.line or 0)


@dataclass(frozen=True, order=True)
class Problem:
    """One finding. `code` is a stable slug, listed with its meaning in docs/problems.md."""

    place: Place
    code: str
    cause: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}  {self.cause}\n    {self.remedy}  [{self.code}]"


class Refused(Exception):
    """Work that cannot go on, with every problem found, not only the first.

    `exit_code` is the process's answer: one a kind of failure (docs/commands.md lists them).
    """

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type["Refused"], tuple[tuple[Problem, ...]]]:
        """So that a refusal comes whole out of another process."""
        return type(self), (self.problems,)


class StudyRefused(Refused):
    """The study's files hold mistakes."""

    exit_code = 3


class SourcesRefused(Refused):
    """The files of sources.yaml are not there, or none of them can be read."""

    exit_code = 4


class CasebookRefused(Refused):
    """The casebook's database is missing, unsafe or has been tampered with."""

    exit_code = 5


class ReleaseRefused(Refused):
    """A release is missing, incomplete or differs from its manifest."""

    exit_code = 6


class AnalysisRefused(Refused):
    """The plan asks of the release what it cannot honestly answer."""

    exit_code = 7


class PublicationRefused(Refused):
    """The prose says what its tables do not."""

    exit_code = 8


class EngineRefused(Refused):
    """What counts is not installed, does not answer, or gave up."""

    exit_code = 9
