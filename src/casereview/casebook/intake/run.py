"""What one run of intake shares among its sources."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from casereview.study.problems import Place, Problem
from casereview.study.study import Study

Progress = Callable[[str, int, int], None]
"""label, done, total."""

BATCH = 500
"""How many rows a transaction takes: what a crash can undo, and what is held in memory at once."""


@dataclass(frozen=True)
class Run:
    """One run over the sources of a study. What it has met so far decides what clashes, so that every run decides alike.

    belongs: (unit, key) → the wave of a case, the case of a person. documents: key → source. lost: (row, words) of what people
    had recorded of events whose rows are gone.
    """

    study: Study
    data: Path
    executor: Executor
    progress: Progress
    by: str
    belongs: dict[tuple[str, str], str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    lost: list[tuple[str, str]] = field(default_factory=list)


def case_unknown(file: str, row: int | None, case: str) -> Problem:
    """The problem of what belongs to a case that is not there."""
    cause = f"its case “{case[:100]}” is not in the casebook"
    return Problem(Place(file, row), "case-unknown", cause, "Take in the case (a source of unit: case), or correct the key.")
