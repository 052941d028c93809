"""Segmented regression of counts in time: a line that may step and bend where a reform came into force."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, fdtrc, ndtr, stdtr, stdtrit

from casereview.analysis.statistics import regression, residuals
from casereview.analysis.statistics.intervals import Z95
from casereview.analysis.statistics.regression import Fit, Floats
from casereview.analysis.tables import Interval

FEWEST = 3
"""Times of a stretch of the line: two would always lie on it."""


@dataclass(frozen=True)
class Series:
    """Counts in equal times. offset: the logarithm of what each is out of, or 0. seasons: the month in which each begins."""

    counts: Floats
    offset: Floats
    per_year: int
    seasons: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.counts)


@dataclass(frozen=True)
class Traced:
    """A line through a series, with the covariance that its intervals rest on.

    spread: how many times as widely counts vary about it as the model says. related: the correlation of neighbouring times.
    poisson: Poisson's line, against which a negative binomial's is set.
    """

    fit: Fit
    covariance: Floats
    spread: float
    related: float
    poisson: Fit

    @property
    def student(self) -> int | None:
        """Degrees of freedom of Student's t, where the spread was estimated; None: the normal distribution."""
        return self.fit.df if self.spread > 1 or self.related else None

    def ratio(self, contrast: Floats) -> tuple[float, Interval, float]:
        """exp of a sum of coefficients, with its 95% interval and two-sided p."""
        value = float(contrast @ self.fit.coefficients)
        error = max(float(contrast @ self.covariance @ contrast), 1e-30) ** 0.5
        reach = error * (Z95 if self.student is None else float(stdtrit(self.student, 0.975)))
        p = 2 * float(ndtr(-abs(value) / error) if self.student is None else stdtr(self.student, -abs(value) / error))
        low, high = np.exp(np.clip([value - reach, value + reach], -700, 700))
        return float(np.exp(value)), Interval(float(low), float(high), "wald-95"), p

    def together(self, columns: Sequence[int]) -> tuple[float, float]:
        """Wald's test that several coefficients are all 0: χ² over their number (F where the spread was estimated), and p."""
        some = self.fit.coefficients[list(columns)]
        statistic = float(some @ np.linalg.pinv(self.covariance[np.ix_(columns, columns)]) @ some)
        if self.student is None:
            return statistic, float(chdtrc(len(columns), statistic))
        return statistic / len(columns), float(fdtrc(len(columns), self.student, statistic / len(columns)))


def design(series: Series, bends: Sequence[int], steps: Sequence[int] = ()) -> Floats:
    """The columns of the regression: level, years, then the years after each bend, the steps, and all seasons but the first.

    bends, steps: the first time after each, counted from 0.
    Source: A. K. Wagner and others, Segmented regression analysis of interrupted time series studies in medication use
    research, Journal of Clinical Pharmacy and Therapeutics 27 (2002) 299-309.
    """
    years = np.arange(len(series)) / series.per_year
    after = [np.clip(years - years[bend], 0, None) for bend in bends]
    stepped = [(np.arange(len(series)) >= step).astype(float) for step in steps]
    return np.column_stack([np.ones(len(series)), years, *after, *stepped, *_seasons(series.seasons)])


def _seasons(seasons: tuple[int, ...]) -> list[Floats]:
    return [(np.array(seasons) == season).astype(float) for season in sorted(set(seasons))[1:]]


def unfit(series: Series, columns: Floats, bends: Sequence[int]) -> str | None:
    """Why no line of these columns can be drawn through a series; None if one may be."""
    stretches, terms = np.diff([0, *bends, len(series)]), columns.shape[1]
    if not series.counts.any():
        return "there are no events in it"
    if len(series) < terms + FEWEST:
        return f"it has {len(series)} times, and a line of so many terms needs {terms + FEWEST}"
    if stretches.min() < FEWEST:
        return f"a stretch of it has {stretches.min()} times, and needs {FEWEST}"
    if np.linalg.matrix_rank(columns) < terms:
        return "its terms cannot be told apart in so few times"
    return None


INFINITE = "a part of it has too few events: a ratio would be infinite"
"""Why no line was found."""


def traced(series: Series, columns: Floats, model: str) -> Traced | None:
    """The line; None where a ratio would be infinite. `model`: poisson, or negative-binomial."""
    poisson = regression.poisson(series.counts, columns, series.offset)
    if poisson is None:
        return None
    wider = regression.negative_binomial(series.counts, columns, series.offset) if model == "negative-binomial" else None
    fit = wider or poisson
    related = residuals.alike(fit)
    return Traced(fit, *residuals.covariance(fit, related), related, poisson)
