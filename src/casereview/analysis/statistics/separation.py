"""Whether data are separated: whether some mix of the terms tells the events from the others, so that no estimate is finite."""

import numpy as np

from casereview.analysis.statistics.logistic import Floats, Grouped

_ZERO = 1e-9
"""Below it, a number that would be whole in exact arithmetic is 0: terms are of the size of 1."""


def separation(data: Grouped) -> Floats | None:
    """The direction, a number a term, in which the likelihood rises for ever; None where the data overlap. Quasi too.

    Patterns with records of both kinds must lie on the dividing plane, which leaves little to search.
    Source: K. Konis, Linear programming algorithms for detecting separated data in binary logistic regression models (DPhil
    thesis, Oxford 2007), chapter 4.
    """
    both = (data.events > 0) & (data.events < data.n)
    plane = _null_space(data.design[both])
    if not plane.shape[1]:
        return None
    side = np.where(data.events[~both] > 0, 1.0, -1.0)
    found = _programme((data.design[~both] * side[:, None]) @ plane)
    return None if found is None else plane @ found


def _null_space(rows: Floats) -> Floats:
    """A base, in its columns, of the directions in which none of the rows points."""
    if not len(rows):
        return np.eye(rows.shape[1])
    _, sizes, directions = np.linalg.svd(np.linalg.qr(rows, mode="r"))
    rank = int((sizes > _ZERO * sizes.max()).sum())
    return np.ascontiguousarray(directions[rank:].T)


def _programme(rows: Floats) -> Floats | None:
    """The direction within -1 and 1 that no row points against and all together point along the most; None where that is 0."""
    from scipy.optimize import linprog

    found = linprog(-rows.sum(axis=0), A_ub=-rows, b_ub=np.zeros(len(rows)), bounds=(-1, 1), method="highs")
    direction: Floats = np.asarray(found.x)
    return direction if -found.fun > 1e-5 else None


def dependent(data: Grouped) -> int | None:
    """The first term that follows from those before it, such as one that counts the same records; None where none does.

    Such a term's own odds ratio cannot be told apart from theirs.
    """
    size = np.sqrt((data.design**2).sum(axis=0))
    own = np.zeros(len(size))
    left = np.abs(np.diag(np.linalg.qr(data.design / np.where(size, size, 1.0), mode="r")))
    own[: len(left)] = left
    found = np.flatnonzero(own < _ZERO)
    return int(found[0]) if len(found) else None
