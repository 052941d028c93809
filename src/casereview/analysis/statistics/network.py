"""Fisher's exact test of tables larger than two by two, over the network of all tables with the same margins."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from casereview.analysis.statistics.contingency import Observed

AS_LIKELY = 3.4525e-7
"""Tables as likely as the one seen count in spite of rounding; R's fisher.test takes the same of larger tables."""

LIMIT = 2_000_000
"""Of the arcs of a column, and a tenth of the ways that are followed: two seconds at most. Beyond it the p is estimated."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


class TooLarge(Exception):
    """The network has more arcs than `LIMIT`."""


@dataclass(frozen=True)
class _Stage:
    """One column. A node is a way of what is left of the rows, whatever their order; an arc, a filling of the column.

    child: (node, filling) → node of the next stage, -1 where the rows do not hold so much. cost: (filling,) sum of log n! of its
    cells. tables: (node,) logarithm of the sum, over all ways from here to the end, of 1 / the product of n! of the cells.
    """

    child: Ints
    cost: Floats
    tables: Floats


def fisher_exact(table: Observed) -> float:
    """The two-sided p: the chance of every table with these margins no likelier than this one. Raises TooLarge.

    Source: G. H. Freeman and J. H. Halton, Note on an exact treatment of contingency, Biometrika 38 (1951) 141-149; the network
    of C. R. Mehta and N. R. Patel, A network algorithm for performing Fisher's exact test in r × c contingency tables,
    JASA 78 (1983) 427-434.
    """
    rows, columns = sorted((table.row_sums, table.column_sums), key=len)
    stages, last = _network([int(one) for one in rows], sorted(int(one) for one in columns))
    seen = float(gammaln(np.array(table.counts, dtype=float) + 1).sum())
    return min(1.0, _chance(stages, last, seen - AS_LIKELY))


def _network(rows: list[int], columns: list[int]) -> tuple[list[_Stage], Floats]:
    """The stages of all columns but the last and largest, which takes what is left; and what that costs, by node."""
    if (max(rows) + 1) ** len(rows) >= 2**63:
        raise TooLarge
    nodes, stages = np.sort(np.array([rows], dtype=np.int32)), []
    for place, total in enumerate(columns[:-1]):
        fillings = _fillings(total, nodes.max(axis=0))
        if len(fillings) * len(nodes) > LIMIT:
            raise TooLarge
        child, after = _arcs(nodes, fillings)
        stages.append(_Stage(child, _cost(fillings), _log_tables(nodes, columns[place:])))
        nodes = after
    return stages, _cost(nodes)


def _fillings(total: int, most: Ints) -> Ints:
    """Every way to fill a column: whole numbers from 0, none above its `most`, that make `total`. Raises TooLarge."""
    begun = np.zeros((1, 0), dtype=np.int32)
    for place, top in enumerate(most):
        if len(begun) * (top + 1) > LIMIT:
            raise TooLarge
        cell = np.tile(np.arange(top + 1, dtype=np.int32), len(begun))[:, None]
        begun = np.hstack([np.repeat(begun, top + 1, axis=0), cell])
        left = total - begun.sum(axis=1)
        begun = begun[(left >= 0) & (left <= most[place + 1 :].sum())]
    return begun


def _arcs(nodes: Ints, fillings: Ints) -> tuple[Ints, Ints]:
    """`_Stage.child`, and the nodes that it leads to, their rows sorted: what a way costs does not hang on their order."""
    left = nodes[:, None, :] - fillings[None, :, :]
    possible = (left >= 0).all(axis=2)
    after = np.sort(left[possible], axis=1)
    key = after.astype(np.int64) @ (int(nodes.max()) + 1) ** np.arange(nodes.shape[1], dtype=np.int64)
    _, first, where = np.unique(key, return_index=True, return_inverse=True)
    child = np.full(possible.shape, -1, dtype=np.int32)
    child[possible] = where
    return child, after[first]


def _cost(cells: Ints) -> Floats:
    return np.asarray(gammaln(cells + 1.0).sum(axis=1))


def _log_tables(nodes: Ints, columns: list[int]) -> Floats:
    return np.asarray(gammaln(sum(columns) + 1.0) - _cost(nodes) - _cost(np.array([columns])))


def _ends(stages: list[_Stage], last: Floats) -> list[tuple[Floats, Floats]]:
    """Of each node of each stage, what the cheapest and the dearest way to the end cost: the likeliest and the unlikeliest."""
    ends = [(last, last)]
    for stage in reversed(stages):
        cheapest, dearest = ends[-1]
        blocked = stage.child < 0
        likeliest = np.where(blocked, np.inf, stage.cost + cheapest[stage.child]).min(axis=1)
        ends.append((likeliest, np.where(blocked, -np.inf, stage.cost + dearest[stage.child]).max(axis=1)))
    return ends[::-1]


@dataclass(frozen=True)
class _Begun:
    """Ways from the beginning to a node, those of one cost together: where they are, what they cost, how many there are."""

    node: Ints
    cost: Floats
    ways: Floats

    def those(self, which: slice | NDArray[np.bool_]) -> "_Begun":
        return _Begun(self.node[which], self.cost[which], self.ways[which])


def _chance(stages: list[_Stage], last: Floats, seen: float) -> float:
    """The chance of all ways that cost at least `seen`."""
    ends, tables = _ends(stages, last), [stage.tables for stage in stages]
    begun, chance = _Begun(np.zeros(1, dtype=np.int32), np.zeros(1), np.ones(1)), 0.0
    for stage, (cheapest, dearest), table in zip(stages[:-1], ends[1:], tables[1:], strict=False):
        going = []
        for one in _onwards(begun, stage):
            # Once every way onwards counts, or none does, there is no need to go it.
            counts, may = one.cost + cheapest[one.node] >= seen, one.cost + dearest[one.node] >= seen
            chance += float((one.ways * np.exp(table[one.node] - one.cost - tables[0]))[counts].sum())
            going.append(_together(one.those(~counts & may)))
        begun = _together(*going)
    return chance + _to_the_end(begun, stages[-1], last, seen, float(tables[0][0]))


def _to_the_end(begun: _Begun, stage: _Stage, last: Floats, seen: float, whole: float) -> float:
    """The chance of the ways that cost at least `seen` once the last two columns are filled: of one, the other follows.

    The ends of a node are put in order once, so that of each way to it only the place among them is looked up.
    """
    chance, bounds = 0.0, np.flatnonzero(np.diff(begun.node, prepend=-1, append=-1))
    for start, stop in pairwise(bounds):
        node, cost, ways = begun.node[start], begun.cost[start:stop], begun.ways[start:stop]
        child = stage.child[node]
        ends = np.sort((stage.cost + last[child])[child >= 0])
        share_beyond = np.append(np.cumsum(np.exp(-ends - stage.tables[node])[::-1])[::-1], 0.0)
        chances = ways * np.exp(stage.tables[node] - cost - whole)
        chance += float(chances @ share_beyond[np.searchsorted(ends, seen - cost)])
    return chance


def _onwards(begun: _Begun, stage: _Stage) -> Iterator[_Begun]:
    """Each way by each arc, not all at once, so that memory holds them. Raises TooLarge."""
    if len(begun.node) * len(stage.cost) > 10 * LIMIT:
        raise TooLarge
    step = 1 + LIMIT // 4 // len(stage.cost)
    for start in range(0, max(1, len(begun.node)), step):
        part = begun.those(slice(start, start + step))
        child = stage.child[part.node]
        possible = child >= 0
        ways = np.broadcast_to(part.ways[:, None], child.shape)
        yield _Begun(child[possible], (part.cost[:, None] + stage.cost)[possible], ways[possible])


def _together(*parts: _Begun) -> _Begun:
    """Ways of one cost to one node, followed together from there."""
    node, cost, ways = (np.concatenate([getattr(part, name) for part in parts]) for name in ("node", "cost", "ways"))
    order = np.lexsort((cost, node))
    node, cost, ways = node[order], cost[order], ways[order]
    new = np.ones(len(node), dtype=bool)
    new[1:] = (node[1:] != node[:-1]) | (cost[1:] - cost[:-1] > 1e-10)
    return _Begun(node[new], cost[new], np.add.reduceat(ways, np.flatnonzero(new)) if len(ways) else ways)
