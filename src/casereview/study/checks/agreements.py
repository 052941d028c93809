"""plan.yaml, agreements: codings that can be compared."""

from collections.abc import Iterator

from casereview.study.checks.common import At
from casereview.study.checks.dimensions import typed
from casereview.study.plan import Agreement
from casereview.study.problems import Place, Problem
from casereview.study.study import Study

_TYPES = ("nominal", "ordered", "yes-no", "number")


def check(study: Study, slug: str, agreement: Agreement, at: At) -> Iterator[Problem]:
    """Findings in one of them."""
    key = "raters" if agreement.raters else "of"
    named = (*agreement.of, *agreement.raters)
    for name in dict.fromkeys(named):
        yield from typed(study, agreement, name, _TYPES, at(key))
        if named.count(name) > 1:
            yield Problem(at(key), "duplicate-key", f"“{name}” is named twice.", "Take one of them out.")
    yield from _who(agreement, at)
    if agreement.raters and all(name in study.codebook.variables for name in agreement.raters):
        yield from _unlike(study, agreement, at("raters"))
    for name in agreement.of:
        if name in study.codebook.variables and study.variable(name).derived is not None:
            cause = f"“{name}” is derived, and nobody codes it."
            yield Problem(at("of"), "coded-by-nobody", cause, "Name the variables that it is derived from.")


def _who(agreement: Agreement, at: At) -> Iterator[Problem]:
    if bool(agreement.of) == bool(agreement.raters):
        cause = "It is to have either “of”, variables coded more than once, or “raters”, variables that are each a rater."
        yield Problem(at(), "raters-unclear", cause, "Give one of the two.")
    elif len(agreement.raters) == 1:
        yield Problem(at("raters"), "raters-unclear", "One rater agrees with nobody.", "Name another variable.")
    elif agreement.raters and agreement.coders:
        cause = "“coders” chooses among those who coded the variables of “of”; raters are variables."
        yield Problem(at("coders"), "raters-unclear", cause, "Take “coders:” out.")
    elif len(set(agreement.coders)) == 1:
        yield Problem(at("coders"), "raters-unclear", "One coder agrees with nobody.", "Name another coder, or none.")


def _unlike(study: Study, agreement: Agreement, place: Place) -> Iterator[Problem]:
    first = agreement.raters[0]
    for name in agreement.raters[1:]:
        kinds = {study.variable(one).type for one in (first, name)}
        if len(kinds) > 1 or list(study.categories(first)) != list(study.categories(name)):
            cause = f"“{first}” and “{name}” have not the same answers, so that they cannot agree."
            yield Problem(place, "raters-unlike", cause, "Name variables of one type with one list of categories.")
