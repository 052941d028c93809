"""A test or measure of a table with its sentence: in the manner of the APA, then in plain words, with its cautions."""

from collections.abc import Callable

from casereview.analysis.statistics import contingency, exact, odds
from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.tables import Interval, TestResult

SOURCES = {
    "chi-square": "Pearson (1900)",
    "chi-square-yates": "Yates (1934)",
    "fisher": "Fisher (1934)",
    "odds-ratio": "Woolf (1955)",
    "phi": "Yule (1912)",
    "cramers-v": "Cramér (1946)",
}
TWO_BY_TWO = frozenset({"chi-square-yates", "odds-ratio", "phi"})
_TITLES = {
    "chi-square": "Pearson’s χ²",
    "chi-square-yates": "χ² with Yates’ correction",
    "fisher": "Fisher’s exact test",
    "odds-ratio": "The odds ratio",
    "phi": "φ",
    "cramers-v": "Cramér’s V",
}


def tested(name: str, table: Observed) -> TestResult:
    """A test or measure by its name in plan.yaml."""
    whole, cautions = table.without_empty(), _dropped(table)
    if not whole.testable:
        return without(name, "the table has fewer than two rows or two columns with any record", cautions)
    if name in TWO_BY_TWO and whole.shape != (2, 2):
        return without(name, f"it is for tables of two by two, and this one is {whole.shape[0]} by {whole.shape[1]}", cautions)
    return _WORK[name](whole, cautions)


def without(name: str, why: str, cautions: tuple[str, ...] = ()) -> TestResult:
    """A test that cannot be made, with the reason."""
    return TestResult(name, None, None, None, None, SOURCES[name], f"{_TITLES[name]} was not computed: {why}.", cautions)


def _chi_square(table: Observed, cautions: tuple[str, ...]) -> TestResult:
    return _chi("chi-square", table, cautions)


def _yates(table: Observed, cautions: tuple[str, ...]) -> TestResult:
    return _chi("chi-square-yates", table, cautions)


def _chi(name: str, table: Observed, cautions: tuple[str, ...]) -> TestResult:
    corrected = name == "chi-square-yates"
    statistic, p = contingency.yates(table) if corrected else contingency.pearson(table)
    words = f"{statistic:.2f}{' with Yates’ correction' if corrected else ''}, {apa_p(p)}. {plain(p, table)}"
    sentence = f"χ²({table.df}, N = {table.n:,}) = {words}"
    return TestResult(name, statistic, table.df, p, None, SOURCES[name], sentence, cautions + _small_expected(table))


def _fisher(table: Observed, cautions: tuple[str, ...]) -> TestResult:
    if table.shape == (2, 2):
        p = exact.fisher(table)
        return TestResult(
            "fisher", None, None, p, None, SOURCES["fisher"], f"Fisher’s exact test, {apa_p(p)}. {plain(p, table)}", cautions
        )
    p = exact.fisher_simulated(table)
    caution = f"This p is an estimate from {exact.RESAMPLES:,} random tables with the same margins (seed {exact.SEED})."
    sentence = f"Fisher’s exact test, simulated, {apa_p(p)}. {plain(p, table)}"
    return TestResult("fisher", None, None, p, None, "Fisher (1934); Patefield (1981)", sentence, (*cautions, caution))


def _odds_ratio(table: Observed, cautions: tuple[str, ...]) -> TestResult:
    ratio, interval = odds.odds_ratio(table)
    if ratio is None:
        caution = "A cell is empty, and nothing was added to it."
        return without("odds-ratio", "it would be infinite or undefined", (*cautions, caution))
    if interval is None:
        cautions = (*cautions, "A cell is empty, and nothing was added to it: there is no interval.")
    sentence = f"{_odds_apa(ratio, interval)}. {_odds_plain(ratio, table)}"
    return TestResult("odds-ratio", ratio, None, None, interval, SOURCES["odds-ratio"], sentence, cautions)


def _odds_apa(ratio: float, interval: Interval | None) -> str:
    return f"OR = {ratio:.2f}" + (f", 95% CI [{interval.low:.2f}, {interval.high:.2f}]" if interval else "")


def _odds_plain(ratio: float, table: Observed) -> str:
    (first, second), (answer, _) = table.rows, table.columns
    rows, columns = table.about
    return f"The odds of “{columns}: {answer}” were {ratio:.2f} times as high for “{rows}: {first}” as for “{rows}: {second}”."


def _phi(table: Observed, cautions: tuple[str, ...]) -> TestResult:
    value = contingency.phi(table)
    sentence = f"φ = {_apa(value)}. {_strength(abs(value), table)}"
    return TestResult("phi", value, None, None, None, SOURCES["phi"], sentence, cautions)


def _cramers_v(table: Observed, cautions: tuple[str, ...]) -> TestResult:
    value = contingency.cramers_v(table)
    sentence = f"Cramér’s V = {_apa(value)}. {_strength(value, table)}"
    return TestResult("cramers-v", value, None, None, None, SOURCES["cramers-v"], sentence, cautions)


_WORK: dict[str, Callable[[Observed, tuple[str, ...]], TestResult]] = {
    "chi-square": _chi_square,
    "chi-square-yates": _yates,
    "fisher": _fisher,
    "odds-ratio": _odds_ratio,
    "phi": _phi,
    "cramers-v": _cramers_v,
}


def apa_p(p: float) -> str:
    """p = .023, or p < .001."""
    return "p < .001" if p < 0.001 else f"p = {_apa(p)}"


def plain(p: float, table: Observed) -> str:
    """What a p says, and what it does not."""
    about = _both(table)
    if p < 0.001:
        return f"If {about} were unrelated, counts as uneven as these would come up by chance less than once in 1,000 times."
    often = f"about {round(p * 1000):,} times in 1,000"
    if p < 0.05:
        return f"If {about} were unrelated, counts as uneven as these would come up by chance {often}."
    return (
        f"If {about} were unrelated, counts as uneven as these would still come up by chance {often}: "
        "a relation is not shown, nor is it ruled out."
    )


def _apa(value: float) -> str:
    """Three decimals, without the zero of a number that cannot pass 1."""
    return f"{value:.3f}".replace("0.", ".", 1) if abs(value) < 0.9995 else f"{value:.3f}"


def _both(table: Observed) -> str:
    return f"“{table.about[0]}” and “{table.about[1]}”"


def _strength(value: float, table: Observed) -> str:
    return f"On a scale from 0, unrelated, to 1, each follows from the other, {_both(table)} stand at {value:.2f}."


def _dropped(table: Observed) -> tuple[str, ...]:
    empty = [name for name, total in zip(table.rows, table.row_sums, strict=True) if not total]
    empty += [name for name, total in zip(table.columns, table.column_sums, strict=True) if not total]
    return (f"Left out of the test, as no record stands there: {', '.join(empty)}.",) if empty else ()


def _small_expected(table: Observed) -> tuple[str, ...]:
    """Source: W. G. Cochran, Some methods for strengthening the common χ² tests, Biometrics 10 (1954) 417-451.

    χ² is doubtful if more than a fifth of the cells expect less than 5, or any less than 1.
    """
    hopes = [hope for row in contingency.expected(table) for hope in row]
    small = sum(hope < 5 for hope in hopes)
    if small <= len(hopes) / 5 and min(hopes) >= 1:
        return ()
    return (
        f"{small} of {len(hopes)} cells expect fewer than 5 records, the smallest {min(hopes):.2f}: "
        "p may be far off (Cochran 1954); Fisher’s exact test does not need them.",
    )
