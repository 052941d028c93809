"""How wide a table is, in characters, and into which parts it is set where paper is too narrow for it."""

from collections.abc import Iterator
from dataclasses import replace

from casereview.publish.printed import INTERVAL, Group, PrintedTable

STUB = 26
"""At least so many characters are left to the labels of rows."""

ROOMY = 88
"""Characters, labels and all, of a table in the usual type."""

CROWDED = 124
"""Characters of the widest table that paper takes, in smaller type."""

_BESIDE = 3
SHORT = 12
"""Characters of a heading that stands on one line."""


def widths(table: PrintedTable) -> list[int]:
    """The characters that each column of figures needs: of its longest figure, or of its heading."""
    figures = [[len(line.entries[place].text) for line in table.lines if line.entries] for place in range(table.width)]
    return [max([_head(measure), *lengths]) + _BESIDE for measure, lengths in zip(table.measures, figures, strict=True)]


def _head(measure: str) -> int:
    """A short heading stands on one line; a longer one is broken between words."""
    return len(measure) if len(measure) <= SHORT else max(map(len, measure.split()))


def crowded(table: PrintedTable) -> bool:
    """Whether it needs a smaller type on paper."""
    return STUB + sum(widths(table)) > ROOMY


def parts(table: PrintedTable) -> tuple[PrintedTable, ...]:
    """The table as paper takes it: in parts beside one another, each with the labels of the rows, if it is too wide.

    The columns under one heading stay together as far as they fit. Notes and tests are those of the whole.
    """
    cuts = list(_cuts(table))
    if len(cuts) < 2:
        return (table,)
    return tuple(_part(table, start, end, number, len(cuts)) for number, (start, end) in enumerate(cuts, start=1))


def _cuts(table: PrintedTable) -> Iterator[tuple[int, int]]:
    """First column and the one after the last of each part."""
    wide, start, room = widths(table), 0, CROWDED - STUB
    for first, last in _together(table, room):
        if start < first and sum(wide[start:last]) > room:
            yield start, first
            start = first
    yield start, table.width


def _together(table: PrintedTable, room: int) -> Iterator[tuple[int, int]]:
    """Columns that stay together: those under one heading, or, where these are too wide, each with its interval."""
    wide, first = widths(table), 0
    for group in table.groups:
        last = first + len(group.measures)
        if sum(wide[first:last]) <= room:
            yield first, last
        else:
            starts = [place for place in range(first, last) if place == first or table.measures[place] != INTERVAL]
            yield from zip(starts, [*starts[1:], last], strict=True)
        first = last


def _part(table: PrintedTable, start: int, end: int, number: int, of: int) -> PrintedTable:
    lines = tuple(replace(line, entries=line.entries[start:end]) if line.entries else line for line in table.lines)
    title = f"{table.title} (part {number} of {of})"
    return replace(table, title=title, groups=tuple(_groups(table, start, end)), lines=lines)


def _groups(table: PrintedTable, start: int, end: int) -> Iterator[Group]:
    first = 0
    for group in table.groups:
        shown = group.measures[max(start - first, 0) : max(end - first, 0)]
        if shown:
            yield Group(group.label, shown)
        first += len(group.measures)
