"""Events per head of a population: exact intervals of rates and of their ratios, and whether rates are all alike."""

import math
from collections.abc import Sequence

from scipy.special import betaincinv, chdtrc, gammaincinv

from casereview.analysis.tables import Interval


def garwood(count: int, scale: float = 1.0) -> Interval:
    """The exact 95% interval of what a Poisson count stands for, times `scale`; from 0 for a count of 0.

    Source: F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936) 437-442.
    """
    low = float(gammaincinv(count, 0.025)) if count else 0.0
    return Interval(low * scale, float(gammaincinv(count + 1, 0.975)) * scale, "garwood-95")


def rate_ratio(count: int, population: float, of: int, of_population: float) -> tuple[float, Interval]:
    """How many times as high one rate is as another, with its exact 95% interval, given how many events there were in all.

    The other rate must have events (`of` above 0), and both populations people.
    Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404-413, of the share of the events that fell to the first;
    as J. Przyborowski and H. Wilenski, Biometrika 31 (1940) 313-323, compare two counts.
    """
    scale = of_population / population
    low = float(betaincinv(count, of + 1, 0.025)) if count else 0.0
    high = float(betaincinv(count + 1, of, 0.975))
    return count / of * scale, Interval(low / (1 - low) * scale, high / (1 - high) * scale, "clopper-pearson-95")


def homogeneity(counts: Sequence[int], populations: Sequence[float]) -> tuple[float, int, float, tuple[float, ...]]:
    """Pearson's χ² of the counts against one and the same rate for all: statistic, degrees of freedom, p, expected counts.

    Every population must be above 0, and there must be an event.
    Source: N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II (Lyon 1987), chapter 3; of equal populations,
    R. A. Fisher, H. G. Thornton and W. A. Mackenzie, Annals of Applied Biology 9 (1922) 325-359.
    """
    rate = sum(counts) / math.fsum(populations)
    expected = tuple(rate * population for population in populations)
    statistic = math.fsum((seen - hoped) ** 2 / hoped for seen, hoped in zip(counts, expected, strict=True))
    return statistic, len(counts) - 1, float(chdtrc(len(counts) - 1, statistic)), expected
