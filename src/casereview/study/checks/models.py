"""plan.yaml, models: predictors that there are, each compared with one of its answers, and none of them the outcome itself."""

from collections.abc import Iterator

from casereview.study.checks.common import At, answer_unfit, unknown
from casereview.study.checks.dimensions import typed
from casereview.study.conditions import Malformed, parse, variables
from casereview.study.plan import Model, Predictor
from casereview.study.problems import Place, Problem
from casereview.study.study import Study


def check(study: Study, slug: str, model: Model, at: At) -> Iterator[Problem]:
    """Findings in one of them."""
    names = [one.variable for one in model.predictors]
    for number, predictor in enumerate(model.predictors):
        place = at("predictors", str(number))
        if predictor.variable != "wave":
            yield from typed(study, model, predictor.variable, ("nominal", "ordered", "yes-no", "number"), place)
        if predictor.variable in names[:number]:
            yield Problem(place, "duplicate-key", f"“{predictor.variable}” is named twice.", "Take one of them out.")
        yield from _reference(study, predictor, place)
        yield from _outcome_itself(study, model, predictor, place)
    yield from _ambiguous(study, names, at("predictors"))


def _reference(study: Study, predictor: Predictor, place: Place) -> Iterator[Problem]:
    name = predictor.variable
    number = name in study.codebook.variables and not study.variable(name).coded
    if number and predictor.reference is not None:
        cause = f"“{name}” is a number, and has no answer with which others are compared."
        yield Problem(place, "wrong-type", cause, "Take “reference:” out; “per:” says the step.")
    elif name == "wave" and predictor.reference is not None:
        yield from unknown(place, "wave", predictor.reference, study.waves)
    elif name in study.codebook.variables and predictor.reference is not None:
        yield from answer_unfit(study, place, name, predictor.reference)
    if not number and predictor.per != 1:
        yield Problem(place, "wrong-type", f"“{name}” is no number, and has no step.", "Take “per:” out.")


def _outcome_itself(study: Study, model: Model, predictor: Predictor, place: Place) -> Iterator[Problem]:
    """A finding where a predictor rests on a variable of the outcome: it would go with it by its making."""
    try:
        named = variables(parse(model.outcome)) & set(study.codebook.variables)
    except Malformed:
        return
    roots = frozenset[str]().union(*(study.roots(name) | {name} for name in named))
    if {predictor.variable, *study.roots(predictor.variable)} & roots:
        cause = f"“{predictor.variable}” is made of what the outcome is made of, so that the one would follow from the other."
        yield Problem(place, "outcome-as-predictor", cause, "Take it out of the predictors.")


def _ambiguous(study: Study, names: list[str], place: Place) -> Iterator[Problem]:
    """A finding for two rows that would be cited by one name, as it is put together of a variable's and an answer's."""
    taken: set[str] = set()
    for name in dict.fromkeys(one for one in names if one in study.codebook.variables):
        rows = {f"{name}-{answer}" for answer in study.categories(name)} or {name}
        for row in sorted(rows & taken):
            cause = f"Two rows would be cited as “{row}”, as their names are put together of a variable and an answer."
            yield Problem(place, "duplicate-key", cause, "Leave one of the two out, or derive it under another name.")
        taken |= rows
