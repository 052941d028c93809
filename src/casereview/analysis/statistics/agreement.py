"""What several coders said of the same records, and how often they said the same."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from casereview.analysis.statistics.intervals import wilson
from casereview.analysis.statistics.resampling import resampled
from casereview.analysis.tables import Interval

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Level = Literal["nominal", "ordered", "number"]

NONE = -1
"""The code of a coder who said nothing of a record."""


@dataclass(frozen=True)
class Measured:
    """A measure of agreement. value: None where there is none, for the reason `why`. method: how it was made, where that varies.

    statistic, p: of its test against no agreement beyond chance, where it has one.
    """

    value: float | None
    interval: Interval | None = None
    why: str = ""
    method: str = ""
    statistic: float | None = None
    p: float | None = None


@dataclass(frozen=True)
class Rated:
    """Records by what was said of them.

    codes: pattern × coder, the place of the answer in `values`, or NONE. n: the records of each pattern.
    values: a number for each answer that there can be: a number's own size, an ordered answer's place.
    """

    codes: Ints
    n: Ints
    values: Floats
    level: Level

    @property
    def coders(self) -> int:
        """How many coders said anything."""
        return int((self.codes != NONE).any(axis=0).sum())

    @cached_property
    def units(self) -> "Units":
        """The records by how many coders gave each answer, whoever they were."""
        tallies = np.zeros((len(self.n), len(self.values)))
        for codes in self.codes.T:
            gave = np.flatnonzero(codes != NONE)
            tallies[gave, codes[gave]] += 1
        alike, place = np.unique(tallies, axis=0, return_inverse=True)
        n = np.bincount(place.reshape(-1), self.n, len(alike))
        said = alike.sum(axis=1) > 0
        return Units(alike[said], n[said])

    @property
    def twice(self) -> int:
        """The number of records of which two coders or more said something."""
        return int(self.n @ ((self.codes != NONE).sum(axis=1) > 1))


@dataclass(frozen=True)
class Units:
    """Records by pattern: `tallies` (patterns × answers), how many coders gave each answer; `n`, how many such records."""

    tallies: Floats
    n: Floats

    @cached_property
    def coders(self) -> Floats:
        """How many coders each pattern has."""
        return np.asarray(self.tallies.sum(axis=1))

    @cached_property
    def twice(self) -> "Units":
        """Those of two coders or more."""
        kept = self.coders > 1
        return Units(self.tallies[kept], self.n[kept])

    def agreeing(self, weights: Floats) -> Floats:
        """Of each pattern, of two coders or more, the share of its pairs of codings that agree, as far as `weights` say."""
        pairs = self.coders * (self.coders - 1)
        return np.asarray(((self.tallies @ weights) * self.tallies).sum(axis=1) - self.tallies @ np.diag(weights)) / pairs


def identity(rated: Rated) -> Floats:
    """An answer agrees with itself alone."""
    return np.eye(len(rated.values))


def linear(rated: Rated) -> Floats:
    """1 less the distance of two answers over the greatest.

    Source: D. V. Cicchetti and T. Allison, A new procedure for assessing reliability of scoring EEG sleep recordings, American
    Journal of EEG Technology 11 (1971) 101-109.
    """
    return 1 - _distance(rated)


def quadratic(rated: Rated) -> Floats:
    """1 less the square of that.

    Source: J. L. Fleiss and J. Cohen, The equivalence of weighted kappa and the intraclass correlation coefficient, Educational
    and Psychological Measurement 33 (1973) 613-619.
    """
    return 1 - _distance(rated) ** 2


def _distance(rated: Rated) -> Floats:
    apart = np.abs(rated.values[:, None] - rated.values[None, :])
    return np.asarray(apart / (apart.max(initial=0.0) or 1.0))


def percent(rated: Rated) -> Measured:
    """Per cent agreement: of each record of two coders or more, the share of its pairs of codings that are the same; their mean.

    With two coders throughout, the interval is Wilson's; otherwise records are drawn again and again.
    Source: J. L. Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76 (1971) 378-382.
    """
    twice = rated.units.twice
    same, whole = twice.agreeing(identity(rated)), float(twice.n.sum())
    if (twice.coders == 2).all():
        agreed = round(float(twice.n @ same))
        return Measured(100 * agreed / whole, wilson(agreed, round(whole)))
    return Measured(100 * float(twice.n @ same) / whole, resampled(lambda n: 100 * (n @ same) / whole, twice.n))


def pabak(rated: Rated) -> Measured:
    """Kappa as if each of the k answers were as frequent: (k × agreement - 1) / (k - 1); its interval that of the agreement.

    Source: T. Byrt, J. Bishop and J. B. Carlin, Bias, prevalence and kappa, Journal of Clinical Epidemiology 46 (1993) 423-429;
    for more than two answers E. M. Bennett and others, Public Opinion Quarterly 18 (1954) 303-308.
    """
    answers = len(rated.values)
    if answers < 2:
        return Measured(None, why="there is one answer only")
    said = percent(rated)

    def turned(value: float) -> float:
        return (answers * value / 100 - 1) / (answers - 1)

    assert said.value is not None  # noqa: S101  # there are records
    interval = said.interval
    return Measured(
        turned(said.value), Interval(turned(interval.low), turned(interval.high), interval.method) if interval else None
    )
