"""γ, Kendall's τ-b and Somers' d with their sentences. Answers are ordered as the table lists them."""

from collections.abc import Callable

from casereview.analysis.statistics import pairs
from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.pairs import Ordered, Pairs
from casereview.analysis.statistics.sentences import apa, apa_interval, apa_p, both
from casereview.analysis.statistics.statistic import Made, Statistic

Measured = Callable[[Pairs], Ordered]


def _gamma(table: Observed) -> Made:
    one = pairs.gamma(pairs.pairs(table))
    alike = f"Of the pairs of records that differ in both, {50 * (1 + one.value):.0f}% stand in the same order in both."
    return _made(one, f"γ = {_value(one)}{_test(one)}. {alike} {_scale(one, table)}")


def _tau_b(table: Observed) -> Made:
    one = pairs.tau_b(pairs.pairs(table))
    return _made(one, f"Kendall’s τ-b = {_value(one)}{_test(one)}. {_scale(one, table)}")


def _somers_d(table: Observed) -> Made:
    of = pairs.pairs(table)
    symmetric, rows, columns = (measured(of) for measured in _SOMERS)
    directed = " ".join(
        f"With “{about}” as what depends, d = {_value(one)}." for about, one in zip(table.about, (rows, columns), strict=True)
    )
    return _made(
        symmetric, f"Somers’ d, symmetric, = {_value(symmetric)}{_test(symmetric)}. {directed} {_scale(symmetric, table)}"
    )


_SOMERS: tuple[Measured, ...] = (pairs.somers_symmetric, pairs.somers_rows, pairs.somers_columns)


def _made(one: Ordered, sentence: str) -> Made:
    cautions = [] if one.interval else ["All records stand alike to the others, so there is no interval."]
    cautions += [] if one.z is not None else ["All records stand alike to the others, so there is no test."]
    return Made(sentence, one.value, p=one.p, interval=one.interval, cautions=tuple(cautions))


def _value(one: Ordered) -> str:
    return f"{apa(one.value)}{apa_interval(one.interval)}"


def _test(one: Ordered) -> str:
    return f", z = {one.z:z.2f}, {apa_p(one.p)}" if one.z is not None and one.p is not None else ""


def _scale(one: Ordered, table: Observed) -> str:
    return (
        f"On a scale from -1, opposite order, over 0, no order in common, to 1, the same order, {both(table)}, each in the order "
        f"of the table, stand at {one.value:z.2f}."
    )


_ERRORS = "Goodman and Kruskal (1972); Brown and Benedetti (1977)"
STATISTICS = {
    "gamma": Statistic("γ", f"Goodman and Kruskal (1954); {_ERRORS}", _gamma),
    "tau-b": Statistic("Kendall’s τ-b", f"Kendall (1945); {_ERRORS}", _tau_b),
    "somers-d": Statistic("Somers’ d", f"Somers (1962); {_ERRORS}", _somers_d),
}
