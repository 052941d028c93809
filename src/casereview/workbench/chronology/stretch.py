"""The part of a long chronology that its table shows at a time, and the ways to what lies beside it. A short one is whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from casereview.study.intervals import in_words
from casereview.workbench.chronology.shown import LineShown

MOST = 300
"""Lines of a table at a time. A page of more takes long, and nobody reads them at once."""


@dataclass(frozen=True, eq=False)
class Stretch:
    """Some of all lines that are asked for. first: the place of the first; address: of the page that shows a named line."""

    every: Sequence[LineShown]
    first: int
    address: Callable[[str], str]

    @cached_property
    def lines(self) -> Sequence[LineShown]:
        """Those that are shown."""
        return self.every[self.first : self.first + MOST]

    @property
    def partly(self) -> bool:
        """Whether there are others."""
        return len(self.every) > MOST

    @property
    def said(self) -> str:
        """Which they are."""
        first, last = self.first + 1, self.first + len(self.lines)
        which = f"Event {last:,}" if first == last else f"Events {first:,} to {last:,}"
        return f"{which} of {len(self.every):,}: {_days(self.lines)}"

    @property
    def ways(self) -> list[tuple[str, str, str, str]]:
        """(relation, words, days, address) of the stretches beside it."""
        beside = (("prev", "Earlier events", self.first - MOST), ("next", "Later events", self.first + MOST))
        there = [(rel, words, self.every[start : start + MOST]) for rel, words, start in beside if 0 <= start < len(self.every)]
        return [(rel, words, _days(lines), self.address(lines[0].name)) for rel, words, lines in there]

    def row(self, line: LineShown) -> str:
        """Where the row of a line stands: on this page or another."""
        return f"{'' if line.name in self._names else self.address(line.name)}#{line.name}"

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(line.name for line in self.lines)


def stretch_of(every: Sequence[LineShown], at: str, address: Callable[[str], str]) -> Stretch:
    """The stretch in which an event stands; the first where none is asked for. at: the name of its row."""
    place = next((place for place, line in enumerate(every) if at in line.names), 0)
    return Stretch(every, place // MOST * MOST, address)


def _days(lines: Sequence[LineShown]) -> str:
    return in_words(lines[0].line.first.first, lines[-1].line.first.first)
