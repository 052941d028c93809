"""A table as it is printed, whatever the format: its columns of figures, its lines, its notes and its tests."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

OUTSIDE = "[z]"
"""Stands where a figure has no meaning: a percentage of an absence, or of an empty base."""

MISSING = "[x]"
"""Stands where a figure could not be had."""

UNSURE = "[u]"
"""Stands after a figure that is to be taken with care."""

INTERVAL = "95% interval"
"""Heads the intervals of the column before."""

LOW = "[low]"
"""Stands in the workbook for some that would be rounded to none."""

SYMBOLS = {
    "[c]": "confidential",
    MISSING: "not available",
    OUTSIDE: "not applicable",
    UNSURE: "low reliability: to be taken with care",
    LOW: "more than none, but less than half of the last decimal shown",
}
"""The shorthand of the UK's Analysis Function, as text, with what each means."""

_SYMBOL = re.compile("|".join(map(re.escape, SYMBOLS)))


@dataclass(frozen=True)
class Entry:
    """One printed figure: its text, the address of its cell, and what a spreadsheet holds: a number, two bounds, or a symbol."""

    text: str
    address: str | None = None
    values: tuple[int | float | str, ...] = ()


@dataclass(frozen=True)
class Group:
    """The columns under one heading; `label` is empty where the table has no columns of its own."""

    label: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A printed row. `kind`: answer, absence, subtotal, total; or group or break, whose label alone is printed, across the table.

    notes: what must be known of its figures, such as why one is not available. depth: how far its label is indented.
    """

    label: str
    kind: str
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    depth: int = 0


@dataclass(frozen=True)
class PrintedTest:
    """A test or measure below its table. `term`: what it is, and of which layer; `more`: cautions, adjustment, method.

    statistic, df, p, interval, adjusted: as numbers, where there are any.
    """

    term: str
    sentence: str
    more: tuple[str, ...] = ()
    statistic: float | None = None
    df: int | None = None
    p: float | None = None
    interval: tuple[float, float] | None = None
    adjusted: float | None = None


@dataclass(frozen=True)
class PrintedTable:
    """`stub` heads the column of labels. `notes` are whole sentences. `layered`: what lines of kind `group` are answers of."""

    slug: str
    title: str
    stub: str
    groups: tuple[Group, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    tests: tuple[PrintedTest, ...] = ()
    layered: str = ""

    @property
    def grouped(self) -> bool:
        """Whether its columns stand under headings of their own."""
        return any(group.label for group in self.groups)

    @property
    def measures(self) -> tuple[str, ...]:
        """The headings of its columns of figures."""
        return tuple(measure for group in self.groups for measure in group.measures)

    @property
    def width(self) -> int:
        """The number of columns of figures."""
        return len(self.measures)

    @property
    def blocks(self) -> tuple[tuple[Line | None, tuple[Line, ...]], ...]:
        """Its lines in blocks, each under its line of kind `group`; None where there is none."""
        made: list[tuple[Line | None, tuple[Line, ...]]] = [(None, ())]
        for line in self.lines:
            head, lines = made[-1]
            made = [*made, (line, ())] if line.kind == "group" else [*made[:-1], (head, (*lines, line))]
        return tuple((head, lines) for head, lines in made if head or lines)

    @property
    def below(self) -> tuple[str, ...]:
        """Everything but its tests that is printed below it: its notes, those of its lines, and what its symbols mean."""
        return (*self.notes, *_of_lines(self.lines), *self.legend)

    @property
    def legend(self) -> tuple[str, ...]:
        """What the symbols in it mean, in one sentence; empty where it has none."""
        texts = " ".join(entry.text for line in self.lines for entry in line.entries)
        return legend(texts)


def legend(text: str) -> tuple[str, ...]:
    """What the symbols of a text mean, in one sentence; empty where it has none."""
    used = dict.fromkeys(_SYMBOL.findall(text))
    said = "; ".join(f"{symbol} = {meaning}" for symbol, meaning in SYMBOLS.items() if symbol in used)
    return (f"{said}.",) if said else ()


def _of_lines(lines: tuple[Line, ...]) -> Iterator[str]:
    """The notes of lines, each once, with the lines that it is of."""
    of: dict[str, list[str]] = {}
    for line in lines:
        for note in line.notes:
            of.setdefault(note, []).append(f"“{line.label}”")
    yield from (f"{', '.join(dict.fromkeys(labels))}: {note}" for note, labels in of.items())
