"""What latent classes are fitted to: the patterns of answers to several variables, and how many records have each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from casereview.analysis.engines import Counts
from casereview.analysis.statistics.latent import Patterns
from casereview.analysis.tables import Heading
from casereview.study.plan import Classes
from casereview.study.problems import AnalysisRefused, Place, Problem
from casereview.study.study import Study

MOST = 10_000
"""So many patterns can be fitted to in a few minutes."""

Known = tuple[str | None, ...]
"""The answers of a record, variable by variable; None: not known."""


@dataclass(frozen=True)
class Answer:
    """A row: an answer of a variable. Of a yes-no variable only the yes has a row."""

    heading: Heading
    variable: str
    answer: str
    retired: bool = False


def answers(study: Study, asked: Classes) -> Iterator[Answer]:
    """The rows of answers that there can be."""
    for name in asked.of:
        variable = study.variable(name)
        if variable.type == "yes-no":
            yield Answer(Heading(name, variable.label), name, "yes")
            continue
        for slug, one in study.categories(name).items():
            label = f"{variable.label}: {one.label}" + (" (no longer used)" if one.retired else "")
            yield Answer(Heading(f"{name}-{slug}", label), name, slug, one.retired is not None)


class Seen:
    """The records of which some answer is known, by pattern; and the reasons why nothing is known of the others."""

    def __init__(self, study: Study, asked: Classes, counts: Counts) -> None:
        self._study, self._asked = study, asked
        self.records = sum(counts.n.values())
        self.found = Counter[Known]()
        self.left_out = Counter[tuple[str, str]]()
        self.incomplete = 0
        for (*given, _), n in counts.n.items():
            known = tuple(self._known(name, str(one)) for name, one in zip(asked.of, given, strict=True))
            if any(known):
                self.found[known] += n
                self.incomplete += n if None in known else 0
            elif n:
                self.left_out[asked.of[0], str(given[0])] += n
        self.base = self.found.total()
        if len(self.found) > MOST:
            raise _too_many(len(self.found))

    def _known(self, name: str, answer: str) -> str | None:
        return answer if answer in self._study.categories(name) else None

    @cached_property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """(variable, answer) of every answer that somebody has, variable by variable; both of yes and no where either has any."""
        there = {(name, one) for known in self.found for name, one in zip(self._asked.of, known, strict=True) if one}
        return tuple(
            (name, one)
            for name in self._asked.of
            for one, category in self._study.categories(name).items()
            if (name, one) in there or (category.retired is None and any(name == other for other, _ in there))
        )

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many answers each variable has that is known of anybody."""
        return tuple(Counter(name for name, _ in self.columns).values())

    @cached_property
    def patterns(self) -> Patterns:
        """As numbers, in the order of the answers, so that the same records always give the same classes."""
        ordered = sorted(self.found.items(), key=lambda one: [answer or "" for answer in one[0]])
        place = {one: number for number, one in enumerate(self.columns)}
        given = np.zeros((len(ordered), len(self.columns)))
        for row, (known, _) in enumerate(ordered):
            for name, one in zip(self._asked.of, known, strict=True):
                if one:
                    given[row, place[name, one]] = 1.0
        return Patterns(np.array([n for _, n in ordered], dtype=float), given, self.sizes)

    def shown(self, rows: Sequence[Answer]) -> list[Answer]:
        """The rows that are printed: those no longer used only where somebody has them."""
        return [one for one in rows if not one.retired or (one.variable, one.answer) in self.columns]


def _too_many(patterns: int) -> AnalysisRefused:
    cause = f"Classes would be fitted to {patterns:,} patterns of answers; {MOST:,} are the most."
    remedy = "Leave a variable out, or put answers together (codebook.yaml, derived: recoded)."
    return AnalysisRefused([Problem(Place("plan.yaml"), "too-many-patterns", cause, remedy)])
