"""Several tables counted in one pass over the records, by GROUPING SETS: the query, and whose each of its rows is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from casereview.analysis.engines import CountQuery
from casereview.analysis.engines.compiled import admitted, summed, weight_of
from casereview.analysis.engines.layout import Layout
from casereview.analysis.engines.passes import By

WIDEST = 60
"""So many keys at most stand in one query: the number that says by which of them a row is grouped has no more bits."""


@dataclass(frozen=True)
class Grouped:
    """Tables of one sort, each counted by one of `sets`."""

    layout: Layout
    sort: CountQuery
    sets: tuple[By, ...]

    @cached_property
    def keys(self) -> dict[Any, tuple[str, ...]]:
        """Variable → the names of its keys."""
        found: dict[Any, tuple[str, ...]] = {}
        for one in dict.fromkeys(one for several in self.sets for one in several):
            first = sum(map(len, found.values()))
            keys = self.layout.expression(self.sort.unit, one).keys
            found[one] = tuple(f"k{first + place}" for place in range(len(keys)))
        return found

    @property
    def text(self) -> str:
        """A row for each combination of answers of each set: which set, then all keys, then sums as in `compiled.counting`."""
        names = [name for several in self.keys.values() for name in several]
        wanted = [f"grouping({', '.join(names)})", *names, *summed(self.layout.dialect, "TRUE", "w" if self.sort.weight else "")]
        wanted += ["max(w)"] if self.sort.weight else []
        sets = ", ".join(f"({', '.join(self._names(one))})" for one in self.sets)
        return f"SELECT {', '.join(wanted)} FROM ({self._records}) AS r GROUP BY GROUPING SETS ({sets})"

    def parted(self, rows: Iterable[Sequence[Any]]) -> list[list[Sequence[Any]]]:
        """The rows of each set, with its own keys only."""
        names = [name for several in self.keys.values() for name in several]
        places = [[names.index(name) for name in self._names(one)] for one in self.sets]
        of = {_bits(len(names), some): which for which, some in enumerate(places)}
        found: list[list[Sequence[Any]]] = [[] for _ in self.sets]
        for bits, *row in rows:
            which = of[bits]
            found[which].append((*(row[at] for at in places[which]), *row[len(names) :]))
        return found

    @property
    def _records(self) -> str:
        query = replace(self.sort, by=tuple(self.keys))
        keys = (key for one in self.keys for key in self.layout.expression(self.sort.unit, one).keys)
        inner = [f"{key} AS k{place}" for place, key in enumerate(keys)]
        inner += [f"{weight_of(self.layout, query)} AS w"] if self.sort.weight else []
        return f"SELECT {', '.join(inner)} {admitted(self.layout, query)}"

    def _names(self, one: By) -> list[str]:
        return [name for variable in one for name in self.keys[variable]]


def grouped(layout: Layout, sort: CountQuery, sets: Sequence[By]) -> Iterator[Grouped]:
    """As few queries as have not too many keys."""
    held: list[By] = []
    for one in sets:
        if held and len({*_all(held), *one}) > WIDEST:
            yield Grouped(layout, sort, tuple(held))
            held = []
        held.append(one)
    if held:
        yield Grouped(layout, sort, tuple(held))


def _bits(width: int, grouped_by: Sequence[int]) -> int:
    return sum(1 << (width - 1 - place) for place in range(width) if place not in grouped_by)


def _all(sets: Iterable[By]) -> Iterator[Any]:
    return (one for several in sets for one in several)
