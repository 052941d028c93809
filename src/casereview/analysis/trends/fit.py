"""How well the line of a trend fits: whether it steps or bends at all, how widely counts vary, whether times hang together."""

from casereview.analysis.statistics import residuals
from casereview.analysis.statistics.segmented import Traced
from casereview.analysis.statistics.sentences import apa_p, often
from casereview.analysis.tables import TestResult
from casereview.analysis.trends.line import Line
from casereview.analysis.trends.times import Counted

FEW = 8
"""Times on one side of a reform below which its step and its slope can hardly be told apart.

Source: R. B. Penfold and F. Zhang, Use of interrupted time series analysis in evaluating health care quality improvements,
Academic Pediatrics 13 (2013) S38-S44.
"""


def tests(counted: Counted, line: Line) -> tuple[TestResult, ...]:
    """Whether the line steps or bends at all; how widely counts vary about it; whether neighbouring times hang together."""
    made = line.traced
    if made is None:
        said = f"No line was drawn: {line.why}."
        return (TestResult("trend", None, None, None, None, "Wagner et al. (2002)", said),)
    changed = [_changed(counted, line, made)] if line.terms.steps else []
    return (*changed, _spread(counted, made), _related(made), _neighbours(made))


def _changed(counted: Counted, line: Line, made: Traced) -> TestResult:
    df = len(line.terms.changing)
    statistic, p = made.together(line.terms.changing)
    named = f"χ²({df})" if made.student is None else f"F({df}, {made.student})"
    null = "If the line had neither stepped nor bent, steps and bends as large as these would"
    said = f"Wald’s {named} = {statistic:.2f}, {apa_p(p)}. {_often(p, null)}"
    stretches = zip((0, *line.terms.bends), (*line.terms.bends, len(counted.times)), strict=True)
    few = min(end - start for start, end in stretches)
    caution = (
        f"A stretch of the line has {few} times; below {FEW}, a step and a slope can hardly be told apart (Penfold & Zhang 2013)."
    )
    return TestResult("step-or-bend", statistic, df, p, None, "Wagner et al. (2002)", said, (caution,) if few < FEW else ())


def _often(p: float, null: str) -> str:
    if p < 0.05:
        return f"{null} come up by chance {often(p)}."
    return f"{null} still come up by chance {often(p)}: a change is not shown, nor is it ruled out."


def _spread(counted: Counted, made: Traced) -> TestResult:
    if counted.trend.model == "negative-binomial":
        return _wider(made)
    spread, source = residuals.pearson(made.fit), "McCullagh & Nelder (1989); Wedderburn (1974)"
    times_as_wide = spread.statistic / spread.df
    said = (
        f"Pearson’s χ²({spread.df}) = {spread.statistic:.2f}, {apa_p(spread.p)}; over its degrees of freedom {times_as_wide:.2f}."
    )
    plain = f"Counts that vary about the line as Poisson’s do come to about 1. {_widened(made)}"
    cautions = (_OVERDISPERSED,) if times_as_wide > 1.5 else ()
    return TestResult("dispersion", spread.statistic, spread.df, spread.p, None, source, f"{said} {plain}".strip(), cautions)


_OVERDISPERSED = (
    "The counts vary more widely about the line than Poisson’s: something that is not in the model moves them. "
    "A negative binomial model may suit them better."
)


def _widened(made: Traced) -> str:
    return (
        f"The intervals were widened for it by its root, {made.spread**0.5:.2f}." if made.spread > 1 and not made.related else ""
    )


def _wider(made: Traced) -> TestResult:
    source = "Lawless (1987)"
    if made.fit.theta is None:
        said = "The counts vary about the line no more widely than Poisson’s, whose model this is."
        return TestResult("dispersion", None, None, None, None, source, said)
    spread = residuals.wider(made.fit, made.poisson)
    said = f"Likelihood ratio χ²(1) = {spread.statistic:.2f}, {apa_p(spread.p)} (half of χ²’s), θ = {made.fit.theta:,.2f}. "
    plain = "The smaller θ, the more widely counts vary about the line than Poisson’s: by their mean squared over θ."
    return TestResult("dispersion", spread.statistic, 1, spread.p, None, source, said + plain)


_NOTHING_LEFT = "Every count is just as the line says: nothing is left to test."


def _related(made: Traced) -> TestResult:
    related, source = residuals.ljung_box(made.fit.residuals), "Ljung & Box (1978)"
    if related is None:
        return TestResult("ljung-box", None, None, None, None, source, _NOTHING_LEFT)
    said = f"Ljung-Box Q({related.df}) = {related.statistic:.2f}, {apa_p(related.p)}. "
    plain = "That times are related beyond what the line says is " + ("shown." if related.p < 0.05 else "not shown.")
    return TestResult("ljung-box", related.statistic, related.df, related.p, None, source, said + plain)


def _neighbours(made: Traced) -> TestResult:
    value, source = residuals.durbin_watson(made.fit.residuals), "Durbin & Watson (1950)"
    if value is None:
        return TestResult("durbin-watson", None, None, None, None, source, _NOTHING_LEFT)
    said = f"Durbin-Watson d = {value:.2f}. About 2 where neighbouring times are unrelated, below it where they are alike"
    said += ", above it where they differ."
    if not made.related:
        return TestResult("durbin-watson", value, None, None, None, source, said)
    said += f" The intervals allow for a correlation of {made.related:.2f} between a time and the next."
    cautions = (_STILL_NARROW,) if made.related > 0.3 else ()
    return TestResult("durbin-watson", value, None, None, None, f"{source}; Zeger (1988)", said, cautions)


_STILL_NARROW = "Where times are so alike, such intervals still tend to be too narrow: what looks like a step may be a drift."
