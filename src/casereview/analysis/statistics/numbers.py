"""The middle and the spread of numbers, from how many records have each of them."""

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Literal

Quartiles = Literal["weighted-average", "linear", "tukey-hinges"]

NINE_PLACES = 10**9
"""Weights are decimals of nine places: as whole numbers of these, their sums and the places of quartiles are exact."""


@dataclass(frozen=True)
class Distribution:
    """Numbers, rising, each with how many records have it, or the sum of their weights; all above 0.

    A weight counts as so many records. Raises OverflowError where a figure would pass what a machine can hold.
    """

    values: tuple[float, ...]
    weights: tuple[float, ...]

    @classmethod
    def of(cls, weights: Mapping[float, float]) -> "Distribution":
        """From the weight of each number."""
        values = tuple(sorted(value for value, weight in weights.items() if weight > 0))
        return cls(values, tuple(weights[value] for value in values))

    @property
    def total(self) -> float:
        """How many records there are, or what their weights come to."""
        return math.fsum(self.weights)

    @property
    def sum(self) -> float:
        """The sum."""
        return math.fsum(value * weight for value, weight in zip(self.values, self.weights, strict=True))

    @property
    def mean(self) -> float:
        """The arithmetic mean."""
        return self.sum / self.total

    @property
    def sd(self) -> float | None:
        """The standard deviation, of n - 1; None where there is not more than one record."""
        middle, spare = self.mean, self.total - 1
        squares = (weight * (value - middle) ** 2 for value, weight in zip(self.values, self.weights, strict=True))
        return math.sqrt(math.fsum(squares) / spare) if spare > 0 else None

    @property
    def range(self) -> float:
        """From the least to the greatest."""
        return self.values[-1] - self.values[0]

    @cached_property
    def _parts(self) -> tuple[int, ...]:
        """The weights, in billionths."""
        return tuple(round(weight * NINE_PLACES) for weight in self.weights)

    @cached_property
    def _up_to(self) -> tuple[int, ...]:
        """The weights up to each value, in quarters of billionths, as places of quartiles are."""
        return tuple(4 * part for part in accumulate(self._parts))

    def quartile(self, number: Literal[1, 2, 3], convention: Quartiles) -> float:
        """The lower quartile, the median or the upper quartile.

        weighted-average: at (n + 1) p, as SPSS has it: R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages,
        The American Statistician 50 (1996) 361-365, type 6. linear: at (n - 1) p + 1, as R and Excel have it: the same, type 7.
        tukey-hinges: the medians of the halves, each with the median in it: J. W. Tukey, Exploratory Data Analysis (1977) 2.
        Of weights, each as IBM SPSS Statistics Algorithms, EXAMINE, gives it.
        """
        whole = sum(self._parts)
        if convention == "tukey-hinges":
            return self._at(_hinge(number, whole, min(NINE_PLACES, *self._parts)))
        one = NINE_PLACES
        return self._at(number * (whole + one) if convention == "weighted-average" else number * (whole - one) + 4 * one)

    def _at(self, place: int) -> float:
        """The value at a place, counted from 1 in quarters of billionths; between two values, in proportion."""
        below = bisect_right(self._up_to, place)
        if below == 0 or below == len(self.values):
            return self.values[min(below, len(self.values) - 1)]
        past = place - self._up_to[below - 1]
        share = past / (4 * min(NINE_PLACES, self._parts[below]))
        low, high = self.values[below - 1], self.values[below]
        return high if share >= 1 else low + share * (high - low)


def _hinge(number: int, whole: int, least: int) -> int:
    """The place of a hinge, in quarters; `least`: the smallest weight, or 1."""
    depth = 2 * least * ((whole + 3 * least) // (2 * least))
    return {1: depth, 2: 2 * (whole + least), 3: 4 * (whole + least) - depth}[number]
