"""Fisher's exact test of tables larger than two by two, over the network of all tables with the same margins."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.exact import AS_LIKELY

LIMIT = 2_000_000
"""Of arcs, and of paths times the arcs from where they are: what takes about a second. Beyond it the p is estimated."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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
    nodes, stages = np.sort(np.array([rows], dtype=np.int64)), []
    for place, total in enumerate(columns[:-1]):
        if math.comb(total + len(rows) - 1, len(rows) - 1) * len(nodes) > LIMIT:
            raise TooLarge
        fillings = _fillings(total, len(rows))
        child, after = _arcs(nodes, fillings)
        stages.append(_Stage(child, _cost(fillings), _log_tables(nodes, columns[place:])))
        nodes = after
    return stages, _cost(nodes)


def _fillings(total: int, parts: int) -> Ints:
    """Every way to make `total` of so many parts, in whole numbers from 0."""
    if parts == 1:
        return np.array([[total]], dtype=np.int64)
    rest = [_fillings(total - first, parts - 1) for first in range(total + 1)]
    return np.concatenate([np.insert(one, 0, first, axis=1) for first, one in enumerate(rest)])


def _arcs(nodes: Ints, fillings: Ints) -> tuple[Ints, Ints]:
    """`_Stage.child`, and the nodes that it leads to, their rows sorted: what a way costs does not hang on their order."""
    left = nodes[:, None, :] - fillings[None, :, :]
    possible = (left >= 0).all(axis=2)
    after = np.sort(left[possible], axis=1)
    key = after @ (int(nodes.max()) + 1) ** np.arange(nodes.shape[1], dtype=np.int64)
    _, first, where = np.unique(key, return_index=True, return_inverse=True)
    child = np.full(possible.shape, -1, dtype=np.int64)
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


def _chance(stages: list[_Stage], last: Floats, seen: float) -> float:
    """The chance of all ways that cost at least `seen`."""
    ends, tables = _ends(stages, last), [*(stage.tables for stage in stages), -last]
    node, cost, ways, chance = np.zeros(1, dtype=np.int64), np.zeros(1), np.ones(1), 0.0
    for place, stage in enumerate(stages, start=1):
        if len(node) * len(stage.cost) > LIMIT:
            raise TooLarge
        child, so_far = stage.child[node], cost[:, None] + stage.cost
        possible = child >= 0
        ways, child, so_far = np.broadcast_to(ways[:, None], child.shape)[possible], child[possible], so_far[possible]
        # Once every way onwards counts, or none does, there is no need to go it.
        cheapest, dearest = (so_far + end[child] for end in ends[place])
        chance += float((ways * np.exp(tables[place][child] - so_far - tables[0]))[cheapest >= seen].sum())
        open_still = (cheapest < seen) & (dearest >= seen)
        node, cost, ways = _together(child[open_still], so_far[open_still], ways[open_still])
    return chance


def _together(node: Ints, cost: Floats, ways: Floats) -> tuple[Ints, Floats, Floats]:
    """Ways of one cost to one node, followed together from there."""
    order = np.lexsort((cost, node))
    node, cost, ways = node[order], cost[order], ways[order]
    new = np.ones(len(node), dtype=bool)
    new[1:] = (node[1:] != node[:-1]) | (cost[1:] - cost[:-1] > 1e-10)
    return node[new], cost[new], np.add.reduceat(ways, np.flatnonzero(new)) if len(ways) else ways
