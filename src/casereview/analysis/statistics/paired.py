"""McNemar's test: the same answers, asked twice of the same records."""

from scipy.special import betainc, chdtrc

from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.sentences import apa_n, apa_p, both, often
from casereview.analysis.statistics.statistic import Made, Statistic, Undefined, at_least_one

FEW = 25
"""Records that changed: with no more, the χ² is doubtful, and p comes from the binomial distribution, as SPSS does."""


def mcnemar(table: Observed) -> tuple[float, float]:
    """χ² on 1 degree of freedom, (b - c)² / (b + c) without correction, and its p. Some record must have changed.

    Source: Q. McNemar, Note on the sampling error of the difference between correlated proportions or percentages, Psychometrika
    12 (1947) 153-157.
    """
    (_, b), (c, _) = table.counts
    statistic = (b - c) ** 2 / (b + c)
    return statistic, float(chdtrc(1, statistic))


def mcnemar_exact(table: Observed) -> float:
    """The two-sided p, from the binomial distribution of b among b + c, with halves. Of whole numbers.

    Source: F. Mosteller, Some statistical problems in measuring the subjective response to drugs, Biometrics 8 (1952) 220-226.
    """
    (_, b), (c, _) = table.counts
    smaller, n = min(b, c), b + c
    return min(1.0, 2 * float(betainc(n - smaller, smaller + 1, 0.5)))


def _mcnemar(table: Observed) -> Made:
    changed = _changed(table)
    statistic, p = mcnemar(table)
    told = f"χ²(1, {apa_n(table)}) = {statistic:,.2f}, {apa_p(p)}"
    if not table.whole:
        return Made(f"McNemar’s {told}. {_plain(p, table)}", statistic, 1, p)
    exact = mcnemar_exact(table)
    if changed > FEW:
        return Made(f"McNemar’s {told}; exact, {apa_p(exact)}. {_plain(p, table)}", statistic, 1, p)
    caution = f"Only {changed:,} records have another answer in the one than in the other, so the exact p is taken."
    sentence = f"McNemar’s test, exact, {apa_p(exact)}; {told}. {_plain(exact, table)}"
    return Made(sentence, p=exact, cautions=(caution,), source="McNemar (1947); Mosteller (1952)")


def _changed(table: Observed) -> float:
    if table.shape != (2, 2) or table.rows != table.columns:
        raise Undefined("it asks for the same two answers in the rows and in the columns")
    changed = table.counts[0][1] + table.counts[1][0]
    if not changed:
        raise Undefined("every record has the same answer in both")
    return changed


def _plain(p: float, table: Observed) -> str:
    uneven = f"If changes from one answer to the other between {both(table)} went either way alike, changes as uneven as these"
    if p < 0.05:
        return f"{uneven} would come up by chance {often(p)}."
    return f"{uneven} would still come up by chance {often(p)}: a difference is not shown, nor is it ruled out."


STATISTICS = {"mcnemar": Statistic("McNemar’s test", "McNemar (1947)", _mcnemar, at_least_one, as_it_stands=True)}
