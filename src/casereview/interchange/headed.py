"""A grid of a document as a table: its head is found, also one of two rows or below a title, and passed over where it repeats."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casereview.interchange.raw import DEEPEST, RawRow, RawTable

GridRow = tuple[Sequence[str], bool]
"""A row's cells, and whether it is one cell from side to side."""


@dataclass(frozen=True)
class Headed:
    """A table, with how many rows were passed over: headings from side to side, and heads that stand again."""

    table: RawTable
    headings: int
    repeated: int


def headed(rows: Sequence[GridRow], needed: Sequence[str]) -> Headed | None:
    """The table whose head has the needed columns, whatever their blanks and capitals; None where it has no such head."""
    for start, end, places in _heads(rows):
        if all(plain(name) in places for name in needed):
            return _table(rows, start, end, {name: places[plain(name)] for name in needed})
    return None


def nearest_lacks(rows: Sequence[GridRow], needed: Sequence[str]) -> list[str]:
    """The needed columns that the likeliest head lacks."""
    lacks = ([name for name in needed if plain(name) not in places] for _, _, places in _heads(rows))
    return min(lacks, key=len, default=list(needed))


def plain(name: str) -> str:
    """A column's name without what does not tell columns apart."""
    return " ".join(name.split()).casefold()


def _heads(rows: Sequence[GridRow]) -> Iterator[tuple[int, int, dict[str, int]]]:
    """(first row, row after it, name → place) of every head that there could be: of one row, then of two."""
    for start, (cells, _) in enumerate(rows[:DEEPEST]):
        yield start, start + 1, _places([[cell] for cell in cells])
        if start + 1 < len(rows):
            below = rows[start + 1][0]
            both = zip(cells, below, strict=False)
            yield start, start + 2, _places([[lower or upper, f"{upper} {lower}"] for upper, lower in both])


def repeats(cells: Mapping[str, str], columns: Sequence[str]) -> bool:
    """Whether a row is the head once more, by the columns that are read."""
    return all(plain(cells.get(name, "")) == plain(name) for name in columns)


def _places(names: Sequence[Sequence[str]]) -> dict[str, int]:
    """Of columns called alike, the first."""
    places: dict[str, int] = {}
    for place, several in enumerate(names):
        for name in several:
            places.setdefault(plain(name), place)
    return places


def _table(rows: Sequence[GridRow], start: int, end: int, places: dict[str, int]) -> Headed:
    heads = [[plain(cell) for cell in cells] for cells, _ in rows[start:end]]
    found, headings, repeated = [], start, 0
    for number, (cells, alone) in enumerate(rows[end:], start=end + 1):
        if not any(cell.strip() for cell in cells):
            continue
        if alone:
            headings += 1
        elif [plain(cell) for cell in cells] in heads:
            repeated += 1
        else:
            named = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
            found.append(RawRow(number, named))
    return Headed(RawTable(tuple(places), iter(found)), headings, repeated)
