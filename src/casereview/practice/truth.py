"""Kleene's three truth values, the third of which says what is lacking for it to be one of the other two."""

from collections.abc import Iterable

Lacking = frozenset[str]
"""What is lacking: `date`, `text`, `people`, `age`, `not-begun`, `not-over`, `kind:NAME`, `detail:NAME`, `answer:VARIABLE`."""

Truth = bool | Lacking
"""True, false, or unknown for want of something; what is unknown never lacks nothing."""

DATE, TEXT, PEOPLE, AGE = (frozenset({name}) for name in ("date", "text", "people", "age"))
NOT_BEGUN, NOT_OVER = frozenset({"not-begun"}), frozenset({"not-over"})


def unknown(what: str, names: Iterable[str]) -> Truth:
    """Unknown for want of these; true if there are none."""
    return frozenset(f"{what}:{name}" for name in names) or True


def every(truths: Iterable[Truth]) -> Truth:
    """Whether all of them are true. One that is false settles it; otherwise it lacks what any of them lacks."""
    lacking: Lacking = frozenset()
    for truth in truths:
        if truth is False:
            return False
        if truth is not True:
            lacking |= truth
    return lacking or True


def denied(truth: Truth) -> Truth:
    """The contrary."""
    return not truth if isinstance(truth, bool) else truth


def none(truths: Iterable[Truth]) -> Truth:
    """Whether none of them is true."""
    lacking: Lacking = frozenset()
    for truth in truths:
        if truth is True:
            return False
        if truth is not False:
            lacking |= truth
    return lacking or True


def at_least(number: int, truths: Iterable[Truth]) -> Truth:
    """Whether so many of them are true."""
    counted = list(truths)
    sure = sum(truth is True for truth in counted)
    if sure >= number:
        return True
    open_ones = [truth for truth in counted if not isinstance(truth, bool)]
    return frozenset().union(*open_ones) if sure + len(open_ones) >= number else False
