"""p adjusted for how many tests are looked at together."""

from collections.abc import Callable, Sequence


def bonferroni(ps: Sequence[float]) -> list[float]:
    """Each p × the number of tests, at most 1: the chance that any test of them is at fault is held.

    Source: O. J. Dunn, Multiple comparisons among means, JASA 56 (1961) 52-64.
    """
    return [min(1.0, p * len(ps)) for p in ps]


def holm(ps: Sequence[float]) -> list[float]:
    """The smallest p × the number of tests, the next × one fewer, …, none below one before it. Holds the same as Bonferroni's.

    Source: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979) 65-70.
    """
    adjusted, before = [0.0] * len(ps), 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=ps.__getitem__)):
        before = adjusted[place] = max(before, min(1.0, ps[place] * (len(ps) - rank)))
    return adjusted


def benjamini_hochberg(ps: Sequence[float]) -> list[float]:
    """Each p × the number of tests / its rank, none above one after it: the share at fault of what is called shown is held.

    Source: Y. Benjamini and Y. Hochberg, Controlling the false discovery rate: a practical and powerful approach to multiple
    testing, JRSS B 57 (1995) 289-300.
    """
    adjusted, after = [0.0] * len(ps), 1.0
    ranked = list(enumerate(sorted(range(len(ps)), key=ps.__getitem__), start=1))
    for rank, place in reversed(ranked):
        after = adjusted[place] = min(after, ps[place] * len(ps) / rank)
    return adjusted


METHODS: dict[str, tuple[str, Callable[[Sequence[float]], list[float]]]] = {
    "holm": ("Holm", holm),
    "bonferroni": ("Bonferroni", bonferroni),
    "benjamini-hochberg": ("Benjamini-Hochberg", benjamini_hochberg),
}
"""Name in plan.yaml → what the method is called, and what it does."""
