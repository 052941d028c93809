"""The line through a trend: its terms, or why there is none."""

from dataclasses import dataclass

from casereview.analysis.statistics.segmented import INFINITE, Traced, traced, unfit
from casereview.analysis.tables import Estimate, Heading
from casereview.analysis.trends.terms import Term, Terms, found, headings, planned
from casereview.analysis.trends.times import Counted
from casereview.study.plan import Trend
from casereview.study.study import Study

WIDEST = 1e6
"""A ratio is given unless its interval's high end is more times its low end: a slope a year of three months says nothing."""


@dataclass(frozen=True)
class Line:
    """The line, `traced`; or `why` there is none."""

    terms: Terms
    traced: Traced | None = None
    why: str = ""

    @property
    def drawn(self) -> bool:
        """Whether there is one."""
        return self.traced is not None


def line(counted: Counted) -> Line:
    """The line of a trend that has been counted."""
    study, trend, series = counted.study, counted.trend, counted.series
    terms = planned(study, trend, counted.times)
    if trend.population is not None and counted.people is None:
        return Line(terms, why="its population is not known in every time")
    if why := unfit(series, terms.design(series), terms.bends):
        return Line(terms, why=why)
    if trend.changes:
        terms = found(trend, counted.times, series)
    made = traced(series, terms.design(series), trend.model)
    return Line(terms, made, "" if made else INFINITE)


def cells(study: Study, trend: Trend, of: Line) -> dict[str, Estimate]:
    """The ratio and the p of every row that the plan can have."""
    rows = {term.heading.slug: term for term in of.terms.rows}
    return {cell.address: cell for heading in headings(study, trend) for cell in _row(heading, rows.get(heading.slug), of)}


def _row(heading: Heading, term: Term | None, of: Line) -> tuple[Estimate, Estimate]:
    ratio, p = f"{heading.slug}.ratio", f"{heading.slug}.p"
    if of.traced is None:
        return Estimate(ratio, None, "ratio", 3, symbol="x", why=of.why), Estimate(p, None, "p", 3, symbol="x", why=of.why)
    if term is None:
        why = "no such change was found"
        return Estimate(ratio, None, "ratio", 3, symbol="z", why=why), Estimate(p, None, "p", 3, symbol="z", why=why)
    value, interval, chance = of.traced.ratio(of.terms.contrast(term, len(of.traced.fit.coefficients)))
    if interval.high > WIDEST * interval.low:
        why = "so little is known of it that it could be anything"
        return Estimate(ratio, None, "ratio", 3, symbol="x", why=why), Estimate(p, chance, "p", 3)
    return Estimate(ratio, value, "ratio", 3, interval), Estimate(p, chance, "p", 3)
