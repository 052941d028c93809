"""Agreement of any number of coders, with gaps, by how many gave each answer: Fleiss' kappa, Scott's pi, Gwet's AC1 and AC2.

Their standard errors follow one pattern: a measure is a mean over records, once chance is let vary with the records, too.
Source: K. L. Gwet, Computing inter-rater reliability and its variance in the presence of high agreement, British Journal of
Mathematical and Statistical Psychology 61 (2008) 29-48; the same, Handbook of Inter-Rater Reliability, 4th edition
(Gaithersburg 2014), chapters 3 and 5.
"""

from dataclasses import replace

import numpy as np
from scipy.special import ndtr, stdtrit

from casereview.analysis.statistics.agreement import Floats, Measured, Rated, Units, identity, quadratic
from casereview.analysis.tables import Interval

_CONSTANT = "every coding is the same, so that chance alone would have them agree"


def fleiss(rated: Rated) -> Measured:
    """Fleiss' kappa; chance is the agreement of two codings drawn from all those of records of two coders or more.

    Where every such record has as many coders, with the test against no agreement beyond chance.
    Source: J. L. Fleiss, Psychological Bulletin 76 (1971) 378-382; J. L. Fleiss, J. C. M. Nee and J. R. Landis, Large sample
    variance of kappa in the case of different sets of raters, Psychological Bulletin 86 (1979) 974-977; with gaps and interval,
    Gwet (2014).
    """
    units = rated.units.twice
    share = _shares(units)
    found = _corrected(units, identity(rated), float(share @ share), _each(units) @ share)
    if found.value is None or len(set(units.coders)) > 1:
        return found
    z = found.value / _null_error(share, float(units.n.sum()), float(units.coders[0]))
    return replace(found, statistic=z, p=float(2 * ndtr(-abs(z))))


def scott(rated: Rated) -> Measured:
    """Scott's pi: of two coders, Fleiss' kappa is the same.

    Source: W. A. Scott, Reliability of content analysis, Public Opinion Quarterly 19 (1955) 321-325; interval by Gwet (2008).
    """
    if rated.coders > 2:
        return Measured(None, why=f"it is for two coders, and there are {rated.coders}; Fleiss’ κ is its like for more")
    return replace(fleiss(rated), statistic=None, p=None)


def ac1(rated: Rated) -> Measured:
    """Gwet's AC1: chance is the agreement of records that are hard to code. Source: Gwet (2008)."""
    return _gwet(rated, identity(rated))


def ac2(rated: Rated) -> Measured:
    """Gwet's AC2, in which near answers agree in part: by his ordinal weights, of numbers by quadratic ones; nominal, AC1."""
    weigh = {"nominal": identity, "ordered": _ordinal, "number": quadratic}
    return _gwet(rated, weigh[rated.level](rated))


def _gwet(rated: Rated, weights: Floats) -> Measured:
    answers, units = len(rated.values), rated.units
    if answers < 2:
        return Measured(None, why="there is one answer only")
    share, scale = _shares(units), float(weights.sum()) / (answers * (answers - 1))
    chance = scale * float(share @ (1 - share))
    return _corrected(units, weights, chance, scale * (_each(units) @ (1 - share)))


def _ordinal(rated: Rated) -> Floats:
    """1 less the number of pairs among the answers from one to the other, over the greatest. Source: Gwet (2014), section 3.5."""
    place = np.arange(len(rated.values))
    steps = np.abs(place[:, None] - place[None, :])
    return np.asarray(1 - steps * (steps + 1) / (len(place) * (len(place) - 1)))


def _each(units: Units) -> Floats:
    """Of each pattern, the share of each answer among its codings."""
    return units.tallies / units.coders[:, None]


def _shares(units: Units) -> Floats:
    """The mean of these over the records, those with one coder among them."""
    return np.asarray(units.n @ _each(units) / units.n.sum())


def _corrected(units: Units, weights: Floats, chance: float, chances: Floats) -> Measured:
    """(seen - chance) / (1 - chance) with its interval, by Student's t. `chances`: what each pattern lends to chance."""
    if 1 - chance < 1e-12:
        return Measured(None, why=_CONSTANT)
    twice, several = units.twice, units.coders > 1
    seen = np.zeros(len(units.n))
    seen[several] = twice.agreeing(weights)
    whole, counted = float(units.n.sum()), float(twice.n.sum())
    value = (float(units.n @ seen) / counted - chance) / (1 - chance)
    own = np.where(several, whole / counted * (seen - chance) / (1 - chance), 0.0)
    own = own - 2 * (1 - value) * (chances - chance) / (1 - chance)
    return Measured(value, _interval(value, float(units.n @ (own - value) ** 2), whole))


def _interval(value: float, squares: float, whole: float) -> Interval | None:
    if whole < 2:
        return None
    reach = float(stdtrit(whole - 1, 0.975)) * (squares / whole / (whole - 1)) ** 0.5
    return Interval(max(-1.0, value - reach), min(1.0, value + reach), "gwet-95")


def _null_error(share: Floats, whole: float, coders: float) -> float:
    """The standard error if there were no agreement beyond chance."""
    rest = share * (1 - share)
    spread = rest.sum() ** 2 - (rest * (1 - 2 * share)).sum()
    return float(np.sqrt(2 * spread / (whole * coders * (coders - 1))) / rest.sum())
