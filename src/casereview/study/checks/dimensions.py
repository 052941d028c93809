"""plan.yaml: whether a variable can be counted by, for whom it is counted."""

from collections.abc import Iterator

from casereview.study.checks.common import unknown
from casereview.study.plan import Asked
from casereview.study.problems import Place, Problem
from casereview.study.study import Study


def dimension(study: Study, asked: Asked, name: str, place: Place) -> Iterator[Problem]:
    """Findings about a variable by whose answers something is counted; `wave` is one."""
    if name == "wave":
        return
    yield from unknown(place, "variable", name, study.codebook.variables)
    if name not in study.codebook.variables:
        return
    yield from usable(study, asked, name, place)
    variable = study.variable(name)
    if not variable.coded:
        remedy = "Derive bands from a number (banded), and put those in the table."
        yield Problem(place, "not-countable", f"“{name}” is a {variable.type}: it has no categories to count.", remedy)


def one_answer(study: Study, name: str, why: str, place: Place) -> Iterator[Problem]:
    """A finding for a multiple response where each record must have one answer, for the reason `why`."""
    if name in study.codebook.variables and study.variable(name).type == "multiple":
        cause = f"“{name}” is a multiple response: {why}."
        yield Problem(place, "multiple-response", cause, "Name a variable with one answer.")


def typed(study: Study, asked: Asked, name: str, types: tuple[str, ...], place: Place) -> Iterator[Problem]:
    """Findings about a variable that must be of one of some types."""
    yield from unknown(place, "variable", name, study.codebook.variables)
    if name not in study.codebook.variables:
        return
    yield from usable(study, asked, name, place)
    if study.variable(name).type not in types:
        cause = f"“{name}” is a {study.variable(name).type}, and what stands here is to be a {' or '.join(types)}."
        yield Problem(place, "wrong-type", cause, "Name another variable, or derive one.")


def usable(study: Study, asked: Asked, name: str, place: Place) -> Iterator[Problem]:
    """Findings about whom a variable is recorded of, and whether it is still in use."""
    variable = study.variable(name)
    if variable.unit not in ("case", asked.unit):
        cause = f"“{name}” is recorded of the {variable.unit}, but this table counts each {asked.unit}."
        remedy = f"Say “unit: {variable.unit}”, or lift the variable to the case (lifted)."
        yield Problem(place, "mixed-units", cause, remedy)
    if variable.retired:
        cause = f"“{name}” is retired since {variable.retired.since}: {variable.retired.why}."
        yield Problem(
            place, "retired-in-use", cause, f"Use “{variable.retired.use}”." if variable.retired.use else "Leave it out."
        )
