"""The measures of agreement by their names in plan.yaml, and where each of them does not apply."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from casereview.analysis.statistics import agreement, gwet
from casereview.analysis.statistics.agreement import Level, Measured, Rated
from casereview.analysis.statistics.alpha import alpha
from casereview.analysis.statistics.kappa import kappa
from casereview.analysis.tables import Form, Symbol
from casereview.study.plan import AgreementMeasure

MOST = 500
"""Different numbers among which agreement is measured."""

_ALL: tuple[Level, ...] = ("nominal", "ordered", "number")


@dataclass(frozen=True)
class Measure:
    """A measure: its name in print, its source, and the levels of answers for which it is made."""

    label: str
    source: str
    of: Callable[[Rated], Measured]
    levels: tuple[Level, ...] = _ALL
    form: Form = "coefficient"

    def symbol(self, rated: Rated) -> Symbol:
        """The symbol that stands where there is no value: x where the codings do not give it, z where it does not apply."""
        return "x" if unmeasured(rated) else "z"

    def measured(self, rated: Rated) -> Measured:
        """Its value with its interval, or why there is none."""
        if why := unmeasured(rated) or self._unfit(rated):
            return Measured(None, why=why)
        found = self.of(rated)
        narrow = found.interval is not None and found.interval.high - found.interval.low < 1e-12
        return replace(found, interval=None) if narrow else found

    def _unfit(self, rated: Rated) -> str:
        if rated.level in self.levels:
            return ""
        return "it needs answers in an order" if rated.level == "nominal" else "it is for answers in categories, not numbers"


def unmeasured(rated: Rated) -> str:
    """Why no measure can be had of these codings; empty where one can."""
    if rated.coders < 2:
        return "there are fewer than two coders"
    if not rated.twice:
        return "no record was coded by two"
    if len(rated.values) > MOST:
        return f"there are {len(rated.values):,} different numbers; {MOST} are the most: band them, or round them"
    return ""


_ORDERED: tuple[Level, ...] = ("ordered", "number")
_CATEGORIES: tuple[Level, ...] = ("nominal", "ordered")

MEASURES: dict[AgreementMeasure, Measure] = {
    "percent": Measure("Agreement", "Fleiss (1971)", agreement.percent, form="percent"),
    "kappa": Measure("Cohen’s κ", "Cohen (1960)", lambda rated: kappa(rated, agreement.identity(rated))),
    "kappa-linear": Measure("κ, linear weights", "Cohen (1968)", lambda rated: kappa(rated, agreement.linear(rated)), _ORDERED),
    "kappa-quadratic": Measure(
        "κ, quadratic weights", "Cohen (1968)", lambda rated: kappa(rated, agreement.quadratic(rated)), _ORDERED
    ),
    "pabak": Measure("PABAK", "Byrt, Bishop & Carlin (1993)", agreement.pabak, _CATEGORIES),
    "scott-pi": Measure("Scott’s π", "Scott (1955)", gwet.scott),
    "fleiss-kappa": Measure("Fleiss’ κ", "Fleiss (1971)", gwet.fleiss),
    "gwet-ac1": Measure("Gwet’s AC1", "Gwet (2008)", gwet.ac1, _CATEGORIES),
    "gwet-ac2": Measure("Gwet’s AC2", "Gwet (2014)", gwet.ac2),
    "krippendorff-alpha": Measure("Krippendorff’s α", "Krippendorff (2013)", alpha),
}
