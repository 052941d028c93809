"""Krippendorff's alpha: any number of coders, with gaps; nominal, ordinal or interval by what kind of answer it is."""

import numpy as np

from casereview.analysis.statistics.agreement import Floats, Level, Measured, Rated, Units
from casereview.analysis.statistics.resampling import resampled


def alpha(rated: Rated) -> Measured:
    """1 less the disagreement seen over that to be expected, from the records of two coders or more, and a bootstrap interval.

    The distance of two ordered answers depends on how many codings lie between them in these data.
    Source: K. Krippendorff, Content Analysis, 3rd edition (Los Angeles 2013), chapter 12; the same, Computing Krippendorff's
    alpha-reliability (University of Pennsylvania 2011).
    """
    twice, values = _given(rated.units.twice, rated.values)
    if twice.tallies.shape[1] < 2:
        return Measured(None, why="every coding is the same, so that no disagreement was to be expected")
    value = alphas(twice, values, rated.level, twice.n[None, :])[0]
    return Measured(float(value), resampled(lambda n: alphas(twice, values, rated.level, n), twice.n))


def alphas(units: Units, values: Floats, level: Level, n: Floats) -> Floats:
    """Alpha of each of several samples (samples × patterns); NaN where all codings of a sample are the same."""
    codings = n @ units.tallies
    if level == "nominal":
        seen = _seen(units, n, 1 - np.eye(len(values)))
        expected = codings.sum(axis=1) ** 2 - (codings**2).sum(axis=1)
    elif level == "number":
        seen, expected = _seen(units, n, (values[:, None] - values[None, :]) ** 2), _expected(codings, values)
    else:
        places = np.cumsum(codings, axis=1) - codings / 2
        seen, expected = _ordinal_seen(units, n, places), _expected(codings, places)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = 1 - (codings.sum(axis=1) - 1) * seen / expected
    return np.where((codings > 0).sum(axis=1) > 1, value, np.nan)


def _seen(units: Units, n: Floats, apart: Floats) -> Floats:
    """The distances of the pairs within each record, over the number of its coders less 1."""
    return np.asarray(n @ (((units.tallies @ apart) * units.tallies).sum(axis=1) / (units.coders - 1)))


def _expected(codings: Floats, places: Floats) -> Floats:
    """The squared distances of all pairs of codings, by where each answer lies."""
    whole = codings.sum(axis=1)
    centred = places - ((codings * places).sum(axis=1) / whole)[:, None]
    return np.asarray(2 * whole * (codings * centred**2).sum(axis=1))


def _ordinal_seen(units: Units, n: Floats, places: Floats) -> Floats:
    """The squared distances of the pairs within each record: between two answers lie the codings from middle to middle."""
    each = units.tallies / (units.coders - 1)[:, None]
    squares = (n @ (each * units.coders[:, None]) * places**2).sum(axis=1)
    answers = units.tallies.shape[1]
    products = (n @ (each[:, :, None] * units.tallies[:, None, :]).reshape(len(each), -1)).reshape(-1, answers, answers)
    return np.asarray(2 * (squares - np.einsum("sc,sck,sk->s", places, products, places)))


def _given(units: Units, values: Floats) -> tuple[Units, Floats]:
    """Without the answers that nobody gave; numbers by the same power of two smaller, so that no square is infinite."""
    given = units.tallies.any(axis=0)
    power = np.frexp(np.abs(values).max(initial=1.0))[1]
    return Units(units.tallies[:, given], units.n), np.ldexp(values[given], -power)
