"""χ² and its relatives with their sentences: is a table of rows and columns as uneven as chance would make it?"""

from casereview.analysis.statistics import contingency
from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.sentences import apa, apa_n, apa_p, plain, strength
from casereview.analysis.statistics.statistic import Made, Statistic, two_by_two


def _chi_square(table: Observed) -> Made:
    return _made("χ²", "", table, *contingency.pearson(table))


def _yates(table: Observed) -> Made:
    return _made("χ²", " with Yates’ correction", table, *contingency.yates(table))


def _likelihood_ratio(table: Observed) -> Made:
    return _made("G²", "", table, *contingency.likelihood_ratio(table))


def _made(symbol: str, how: str, table: Observed, statistic: float, p: float) -> Made:
    sentence = f"{symbol}({table.df}, {apa_n(table)}) = {statistic:,.2f}{how}, {apa_p(p)}. {plain(p, table)}"
    return Made(sentence, statistic, table.df, p, cautions=small_expected(table))


def _phi(table: Observed) -> Made:
    value = contingency.phi(table)
    return Made(f"φ = {apa(value)}. {strength(abs(value), table)} {_together(value, table)}".strip(), value)


def _together(phi: float, table: Observed) -> str:
    """Which column the first row goes with: what the sign of φ says."""
    if not phi:
        return ""
    rows, columns = table.about
    return f"“{rows}: {table.rows[0]}” went more with “{columns}: {table.columns[phi < 0]}”."


def _cramers_v(table: Observed) -> Made:
    value = contingency.cramers_v(table)
    return Made(f"Cramér’s V = {apa(value)}. {strength(value, table)}", value)


def small_expected(table: Observed) -> tuple[str, ...]:
    """A caution where χ² is doubtful: more than a fifth of the cells expect less than 5, or any less than 1.

    Source: W. G. Cochran, Some methods for strengthening the common χ² tests, Biometrics 10 (1954) 417-451.
    """
    hopes = [hope for row in contingency.expected(table) for hope in row]
    small = sum(hope < 5 for hope in hopes)
    if small <= len(hopes) / 5 and min(hopes) >= 1:
        return ()
    return (
        f"{small} of {len(hopes)} cells expect fewer than 5 records, the smallest {min(hopes):.2f}: "
        "p may be far off (Cochran 1954); Fisher’s exact test does not need them.",
    )


STATISTICS = {
    "chi-square": Statistic("Pearson’s χ²", "Pearson (1900)", _chi_square),
    "chi-square-yates": Statistic("χ² with Yates’ correction", "Yates (1934)", _yates, two_by_two),
    "likelihood-ratio": Statistic("The likelihood-ratio test", "Wilks (1935)", _likelihood_ratio),
    "phi": Statistic("φ", "Yule (1912)", _phi, two_by_two),
    "cramers-v": Statistic("Cramér’s V", "Cramér (1946)", _cramers_v),
}
