"""Cohen's kappa of two coders, weighted or not; of more than two, Light's: the mean over the pairs of coders."""

from itertools import combinations

import numpy as np

from casereview.analysis.statistics.agreement import NONE, Floats, Measured, Rated
from casereview.analysis.statistics.intervals import Z95
from casereview.analysis.statistics.resampling import resampled
from casereview.analysis.tables import Interval

_CONSTANT = "both coders gave one and the same answer to every record, so that chance alone would have them agree"


def kappa(rated: Rated, weights: Floats) -> Measured:
    """Kappa with `weights` (answers × answers: 1 for the same, down to 0), and its interval.

    Source: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960) 37-46;
    J. Cohen, Weighted kappa, Psychological Bulletin 70 (1968) 213-220; of more than two coders R. J. Light, Measures of response
    agreement for qualitative data, Psychological Bulletin 76 (1971) 365-377.
    """
    pairs = [_Pair(rated, *pair, weights) for pair in combinations(range(rated.codes.shape[1]), 2)]
    pairs = [pair for pair in pairs if pair.n]
    every = _kappas(pairs, rated.n[None, :].astype(float))[:, 0]
    known = every[np.isfinite(every)]
    if not len(known):
        return Measured(None, why=_CONSTANT)
    if len(pairs) == 1:
        return Measured(float(known[0]), _interval(float(known[0]), pairs[0].error))
    method = f"mean of {len(known)} pairs of coders"
    if len(known) < len(pairs):
        method += f"; in {len(pairs) - len(known)} more chance alone would have them agree"
    return Measured(float(known.mean()), resampled(lambda n: _mean(_kappas(pairs, n)), rated.n.astype(float)), method=method)


def _kappas(pairs: list["_Pair"], n: Floats) -> Floats:
    return np.array([pair.kappas(n) for pair in pairs])


def _mean(every: Floats) -> Floats:
    """The mean over the pairs that have a kappa."""
    return np.asarray(np.nansum(every, axis=0) / np.isfinite(every).sum(axis=0))


class _Pair:
    """Two of the coders, in the records of which both said something."""

    def __init__(self, rated: Rated, one: int, other: int, weights: Floats) -> None:
        codes = rated.codes[:, [one, other]]
        self._weights, self._both = weights, (codes != NONE).all(axis=1)
        self._records = rated.n[self._both].astype(float)
        self._first, self._second = codes[self._both].T
        self.n = int(self._records.sum())

    def kappas(self, n: Floats) -> Floats:
        """Kappa of each of several samples (samples × patterns of all the records); NaN where chance agrees wholly."""
        n = n[:, self._both]
        whole = n.sum(axis=1)
        answers = np.eye(len(self._weights))
        with np.errstate(divide="ignore", invalid="ignore"):
            seen = n @ self._weights[self._first, self._second] / whole
            first, second = ((n @ answers[code]) / whole[:, None] for code in (self._first, self._second))
            chance = ((first @ self._weights) * second).sum(axis=1)
            value: Floats = np.where(1 - chance > 1e-12, (seen - chance) / (1 - chance), np.nan)
        return value

    @property
    def error(self) -> float:
        """The standard error of kappa in a large sample.

        Source: J. L. Fleiss, J. Cohen and B. S. Everitt, Large sample standard errors of kappa and weighted kappa, Psychological
        Bulletin 72 (1969) 323-327.
        """
        share = np.zeros_like(self._weights)
        np.add.at(share, (self._first, self._second), self._records / self.n)
        rows, columns = share.sum(axis=1), share.sum(axis=0)
        seen, chance = float((share * self._weights).sum()), float(rows @ self._weights @ columns)
        means = (self._weights @ columns)[:, None] + (rows @ self._weights)[None, :]
        spread = (share * (self._weights * (1 - chance) - means * (1 - seen)) ** 2).sum()
        spread -= (seen * chance - 2 * chance + seen) ** 2
        # What is left of rounding is no spread.
        return float(np.sqrt((spread if spread > 1e-15 else 0.0) / self.n) / (1 - chance) ** 2)


def _interval(value: float, error: float) -> Interval:
    return Interval(max(-1.0, value - Z95 * error), min(1.0, value + Z95 * error), "fleiss-cohen-everitt-95")
