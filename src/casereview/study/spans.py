"""Which waves something that the plan asks counts: those that its filter admits and in which what it counts was collected."""

from collections.abc import Callable, Iterable
from functools import reduce
from itertools import product

from casereview.study.codebook import AnyOf, Banded, Coded, Derived, Lifted, Recoded
from casereview.study.conditions import All, AnyPart, Applies, In, Known, Not, Test, parse
from casereview.study.plan import Asked
from casereview.study.study import Study

_FALSE, _UNKNOWN, _TRUE = range(3)
"""Kleene's truth values in their order: “not” turns it round, “all” takes the least, “any” the greatest."""

_OPEN = frozenset({_FALSE, _UNKNOWN, _TRUE})

Truths = frozenset[int]


def waves_spanned(study: Study, asked: Asked) -> tuple[str, ...]:
    """The waves that its base can come from, oldest first."""
    where = parse(asked.where)
    admitted = (wave for wave in study.waves if _TRUE in _truths(study, where, wave))
    return tuple(wave for wave in admitted if asked.of_all or _countable(study, asked, wave))


def collected(study: Study, name: str, wave: str) -> bool:
    """Whether a variable could be answered in a wave: it was collected, and so was something that it rests on."""
    if name not in study.codebook.variables:
        return True
    return wave in study.waves_of(name) and _derivable(study, study.variable(name).derived, wave)


def _derivable(study: Study, derived: Derived | None, wave: str) -> bool:
    """Whether what a derived variable rests on was collected: one yes makes an `any_of`."""
    match derived:
        case Banded(banded=below) | Lifted(lifted=below) | Recoded(recoded=below):
            return collected(study, below, wave)
        case AnyOf(any_of=several):
            return any(collected(study, one, wave) for one in several)
        case Coded() | None:
            return True


def _countable(study: Study, asked: Asked, wave: str) -> bool:
    """Several yes-no rows each have a base of their own: one of them is enough."""
    counted = all(any(collected(study, name, wave) for name in group) for group in asked.counted if group)
    return counted and all(_truths(study, parse(held), wave) != {_UNKNOWN} for held in asked.held)


def _truths(study: Study, test: Test, wave: str) -> Truths:
    """What a condition can come to in a wave, over all the records that there could be."""
    match test:
        case In(variable="wave", values=values):
            return frozenset({_TRUE if wave in values else _FALSE})
        case In(variable=name):
            return _OPEN if collected(study, name, wave) else frozenset({_UNKNOWN})
        case Known(variable="wave", wanted=wanted):
            return frozenset({_TRUE if wanted else _FALSE})
        case Known(variable=name, wanted=wanted):
            return _OPEN if collected(study, name, wave) else frozenset({_FALSE if wanted else _TRUE})
        case Applies():
            return _OPEN
        case Not(part=part):
            return frozenset(_TRUE - one for one in _truths(study, part, wave))
        case All(parts=parts):
            return _folded(min, (_truths(study, part, wave) for part in parts), _TRUE)
        case AnyPart(parts=parts):
            return _folded(max, (_truths(study, part, wave) for part in parts), _FALSE)


def _folded(take: Callable[[int, int], int], parts: Iterable[Truths], of_none: int) -> Truths:
    def joined(one: Truths, other: Truths) -> Truths:
        return frozenset(take(*pair) for pair in product(one, other))

    return reduce(joined, parts, frozenset({of_none}))
