"""What several checks share: names that must be known, and conditions that must be sound."""

from collections.abc import Collection, Iterator
from typing import Protocol

from casereview.study import conditions
from casereview.study.base import Condition
from casereview.study.mistakes import nearest
from casereview.study.problems import Place, Problem
from casereview.study.study import Study


class At(Protocol):
    """The place of a key below what is being checked; of no key, its own."""

    def __call__(self, *path: str | int) -> Place: ...  # noqa: D102


def unknown(place: Place, what: str, name: str, known: Collection[str]) -> Iterator[Problem]:
    """A finding if `name` is not among the known ones."""
    if name not in known:
        yield Problem(place, "unknown-name", f"There is no {what} “{name}”.", nearest(name, tuple(known)))


def unsound(study: Study, place: Place, condition: Condition, units: Collection[str]) -> Iterator[Problem]:
    """What is wrong with a condition: its grammar, its variables, their unit, the answers it names."""
    try:
        test = conditions.parse(condition)
    except conditions.Malformed as error:
        remedy = "Conditions are built of is, in, known, all, any and not; docs/study-files.md shows them."
        yield Problem(place, "bad-condition", f"This condition cannot be read: {error}.", remedy)
        return
    for name in sorted(conditions.variables(test)):
        yield from _variable_in_condition(study, place, name, units)
    for name, answer in sorted(conditions.answers_named(test)):
        yield from _answer_in_condition(study, place, name, answer)


def _variable_in_condition(study: Study, place: Place, name: str, units: Collection[str]) -> Iterator[Problem]:
    if name in ("wave", "sample"):
        return
    yield from unknown(place, "variable", name, study.codebook.variables)
    if name in study.codebook.variables and (unit := study.variable(name).unit) not in units:
        cause = f"“{name}” is recorded of the {unit}, but here the {' and the '.join(units)} is looked at."
        yield Problem(place, "mixed-units", cause, "Lift it to the case with a derived variable (lifted), or leave it out.")


def _answer_in_condition(study: Study, place: Place, name: str, answer: str) -> Iterator[Problem]:
    if name == "wave":
        yield from unknown(place, "wave", answer, study.waves)
    elif name == "sample":
        yield from unknown(place, "sample", answer, study.samples.samples)
    elif name in study.codebook.variables and study.variable(name).coded:
        yield from answer_unfit(study, place, name, answer)


def answer_unfit(study: Study, place: Place, name: str, answer: str) -> Iterator[Problem]:
    """A finding if an answer is not a category of the variable, or is one that has been retired."""
    categories = study.categories(name)
    if answer in study.about.absences:
        cause = f"“{answer}” is a reason for absence, not an answer of “{name}”."
        yield Problem(place, "absence-as-answer", cause, f"Ask {{{name}: {{known: false}}}}, or leave it out.")
        return
    yield from unknown(place, f"answer of “{name}” called", answer, categories)
    retired = categories[answer].retired if answer in categories else None
    if retired:
        remedy = f"Use “{retired.use}”." if retired.use else "Use one of the categories that are still in use."
        yield Problem(place, "retired-in-use", f"“{answer}” of “{name}” is retired since {retired.since}: {retired.why}.", remedy)
