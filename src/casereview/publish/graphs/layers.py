"""Where the boxes of a graph stand: in layers from left to right, each link leading on where it can.

K. Sugiyama, S. Tagawa and M. Toda, Methods for visual understanding of hierarchical system structures, IEEE Transactions on
Systems, Man, and Cybernetics 11 (1981) 109-125: cycles broken, layers by the longest path, places kept free for long links, and
each layer put in order by the middle of its neighbours. Layers of at most so many boxes: filled in turn, as by E. G. Coffman and
R. L. Graham, Optimal scheduling for two-processor systems, Acta Informatica 1 (1972) 200-213.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Item = str | tuple[str, str, int]
"""A box by its name; or the place of a link (its start, end and layer) that passes a layer."""

SWEEPS = 8


@dataclass(frozen=True)
class Layered:
    """The layers from left to right, each from above; and for each link the items that it passes, its two boxes among them."""

    layers: tuple[tuple[Item, ...], ...]
    paths: Mapping[tuple[str, str], tuple[Item, ...]]


def layered(
    boxes: Sequence[str], links: Iterable[tuple[str, str]], last: Collection[str] = (), most: int | None = None
) -> Layered:
    """Boxes in layers, those of `last` in the last, of the others at most `most` in one.

    The same boxes and links in the same order give the same layers.
    """
    links = [pair for pair in dict.fromkeys(links) if pair[0] != pair[1]]
    forward = _without_cycles(links)
    layer = _longest_paths(boxes, forward, last)
    if most:
        layer = _filled(boxes, forward, last, layer, most)
    paths = {pair: _passed(*_as_it_leads(pair, layer), layer) for pair in links}
    columns: list[list[Item]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for box in boxes:
        columns[layer[box]].append(box)
    for path in paths.values():
        for item in path[1:-1]:
            assert isinstance(item, tuple)  # noqa: S101  # between two boxes there are only places
            columns[item[2]].append(item)
    steps = [step for path in paths.values() for step in pairwise(path)]
    return Layered(tuple(map(tuple, _in_order(columns, steps))), {pair: _turned(pair, path) for pair, path in paths.items()})


def _without_cycles(links: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The links, those turned round that would close a circle."""
    leads: dict[str, set[str]] = defaultdict(set)
    for start, end in links:
        first, second = (end, start) if _reaches(leads, end, start) else (start, end)
        leads[first].add(second)
    return [(start, end) for start, ends in leads.items() for end in sorted(ends)]


def _reaches(leads: Mapping[str, set[str]], start: str, end: str) -> bool:
    seen, todo = {start}, [start]
    while todo:
        for other in leads.get(todo.pop(), ()):
            if other == end:
                return True
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return False


def _longest_paths(boxes: Sequence[str], links: Sequence[tuple[str, str]], last: Collection[str]) -> dict[str, int]:
    """The layer of each box: as far left as its links allow, and what only begins as near as it can be to what it leads to."""
    layer = dict.fromkeys(boxes, 0)
    for _ in boxes:
        for start, end in links:
            layer[end] = max(layer[end], layer[start] + 1)
    ends = defaultdict(list)
    for start, end in links:
        ends[start].append(end)
    begun = {end for _, end in links}
    for box in boxes:
        if box not in begun and ends[box]:
            layer[box] = min(layer[end] for end in ends[box]) - 1
    deepest = max((layer[box] for box in boxes if box not in last), default=-1) + 1
    return layer | {box: max(deepest, layer[box]) for box in boxes if box in last}


def _filled(
    boxes: Sequence[str], links: Sequence[tuple[str, str]], last: Collection[str], layer: Mapping[str, int], most: int
) -> dict[str, int]:
    """The layers again, none of more than so many boxes: what finds no room, and what comes after it, goes further on."""
    before = defaultdict(list)
    for start, end in links:
        before[end].append(start)
    found: dict[str, int] = {}
    full: Counter[int] = Counter()
    for box in sorted((one for one in boxes if one not in last), key=lambda one: layer[one]):
        place = max([layer[box], *(found[one] + 1 for one in before[box] if one in found)])
        while full[place] >= most:
            place += 1
        found[box] = place
        full[place] += 1
    deepest = max(found.values(), default=-1) + 1
    return found | {box: max(deepest, layer[box]) for box in boxes if box in last}


def _as_it_leads(pair: tuple[str, str], layer: Mapping[str, int]) -> tuple[str, str]:
    return pair if layer[pair[0]] <= layer[pair[1]] else (pair[1], pair[0])


def _passed(start: str, end: str, layer: Mapping[str, int]) -> tuple[Item, ...]:
    return (start, *((start, end, place) for place in range(layer[start] + 1, layer[end])), end)


def _turned(pair: tuple[str, str], path: tuple[Item, ...]) -> tuple[Item, ...]:
    return path if path[0] == pair[0] else path[::-1]


def _in_order(columns: list[list[Item]], steps: Sequence[tuple[Item, Item]]) -> list[list[Item]]:
    """Each layer by the mean place of its neighbours, to and fro."""
    beside: dict[Item, list[Item]] = defaultdict(list)
    for one, other in steps:
        beside[one].append(other)
        beside[other].append(one)
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 else columns[::-1]:
            place = {item: (number + 0.5) / len(one) for one in columns for number, item in enumerate(one)}
            column.sort(key=lambda item: _mean([place[one] for one in beside[item]], place[item]))
    return columns


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
