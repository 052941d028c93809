"""Where the slope of counts changed, as far as the counts themselves can say."""

from dataclasses import dataclass
from itertools import combinations
from math import comb, log

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

from casereview.analysis.statistics.regression import Floats
from casereview.analysis.statistics.segmented import FEWEST, Series, design

MOST = 5_000
"""Sets of places that are tried; where there are more, places are tried only at every second time, or third …"""

_CHI_SQUARE_95 = 3.841458820694124
"""The 95th percentile of χ² with one degree of freedom."""


@dataclass(frozen=True)
class Change:
    """A change of slope: the time at which it stands, and the first and last at which it could as well."""

    place: int
    low: int
    high: int


@dataclass(frozen=True)
class _Tried:
    """Sets of places, one a row, and how far each leaves the counts from the line."""

    places: NDArray[np.int_]
    deviances: Floats

    @property
    def least(self) -> float:
        return float(self.deviances.min())

    def changes(self, scale: float) -> tuple[Change, ...]:
        best = self.places[self.deviances.argmin()]
        near = self.places[self.deviances <= self.least + _CHI_SQUARE_95 * scale]
        return tuple(Change(int(best[at]), int(near[:, at].min()), int(near[:, at].max())) for at in range(len(best)))


def changes(series: Series, most: int) -> tuple[Change, ...]:
    """The changes of slope, at most so many, in order.

    Every set of places on a grid is tried, by Poisson's deviance, over its spread in the fullest model where counts vary more
    widely. How many changes there are is chosen by BIC, a change counting three parameters: two let in too many. A place's
    interval holds those of which the deviance is within χ² of the least.
    Source: H.-J. Kim, M. P. Fay, E. J. Feuer and D. N. Midthune, Statistics in Medicine 19 (2000) 335-351; by the grid of
    P. M. Lerman, Applied Statistics 29 (1980) 77-84; BIC3 of J. Kim and H.-J. Kim, Journal of Statistical Planning and
    Inference 170 (2016) 106-116.
    """
    tried = [_tried(series, number) for number in range(min(most, len(series) // FEWEST - 1) + 1)]
    df = len(series) - 2 - 3 * (len(tried) - 1) - len(set(series.seasons))
    scale = max(1.0, tried[-1].least / df) if df > 0 else 1.0
    costs = [one.least / scale + 3 * number * log(len(series)) for number, one in enumerate(tried)]
    return tried[int(np.argmin(costs))].changes(scale)


def _tried(series: Series, number: int) -> _Tried:
    apart = 1
    while comb(len(range(FEWEST, len(series) - FEWEST + 1, apart)), number) > MOST:
        apart += 1
    grid = range(FEWEST, len(series) - FEWEST + 1, apart)
    sets = [one for one in combinations(grid, number) if all(np.diff(one) >= FEWEST)]
    places = np.array(sets, dtype=int).reshape(len(sets), number)
    parts = np.array_split(places, len(places) // 1000 + 1)
    return _Tried(places, np.concatenate([_deviances(series, part) for part in parts]))


def _deviances(series: Series, places: NDArray[np.int_]) -> Floats:
    """Poisson's deviance of the line that bends at each set of places: all of them fitted at once."""
    columns = np.stack([design(series, bends) for bends in places])
    line = np.broadcast_to(np.log(series.counts + 0.1), columns.shape[:2])
    for _ in range(12):
        mu = np.exp(line)
        weighted = columns * mu[..., None]
        wanted = line - series.offset + (series.counts - mu) / mu
        # A part with no events has a line that falls for ever: a little is added, so that it can be solved.
        information = np.swapaxes(columns, 1, 2) @ weighted + 1e-9 * np.eye(columns.shape[2])
        coefficients = np.linalg.solve(information, np.einsum("sti,st->si", weighted, wanted)[..., None])
        line = np.clip((columns @ coefficients)[..., 0] + series.offset, -30, 30)
    mu = np.exp(line)
    deviances: Floats = 2 * np.sum(xlogy(series.counts, series.counts / mu) - (series.counts - mu), axis=1)
    return deviances
