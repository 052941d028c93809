"""Which variables apply to a record, from the answers given so far: the same three-valued logic as in a release, for one record.

What a form cannot know, such as whether a theme was coded, is unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casereview.study.base import Condition
from casereview.study.codebook import AnyOf, Banded, Lifted, Recoded
from casereview.study.conditions import NOT_APPLICABLE, asking, holds, parse
from casereview.study.study import Study

NOT_STATED, NOT_COLLECTED = "not-stated", "not-collected"


class Absent(str):
    """The reason why there is no answer."""

    __slots__ = ()


Answer = str | float | Sequence[str] | Absent | None
"""A category, several (a list), a number, or the reason why there is none; None where nothing has been said yet."""


@dataclass(frozen=True)
class Answers:
    """What is known of a case. case: its own answers; people: of each role, those of each person in it."""

    study: Study
    wave: str
    samples: tuple[str, ...]
    case: Mapping[str, Answer]
    people: Mapping[str, Sequence[Mapping[str, Answer]]]

    def applies(self, slug: str, own: Mapping[str, Answer]) -> bool | None:
        """Whether a variable is asked of a record with these answers of its own; None where that is not known.

        What hangs on a variable that itself does not apply does not apply either.
        """
        if self.wave not in self.study.waves_of(slug):
            return False
        return holds(asking(self.study.variable(slug).asked_when or {}), _Record(self, own))

    def holds(self, condition: Condition, own: Mapping[str, Answer]) -> bool | None:
        """Whether a condition is true of a record; None where that is not known."""
        return holds(parse(condition), _Record(self, own))

    def answer(self, slug: str, own: Mapping[str, Answer]) -> Answer:
        """The answer to a variable of a record, derived where need be; `Absent` where there is none, and why."""
        held = self._held(slug, own)
        variable, given = self.study.variable(slug), held.get(slug)
        if variable.derived is None and given is not None:
            return given
        if self.wave not in self.study.waves_of(slug):
            return Absent(NOT_COLLECTED)
        asked = self.applies(slug, held)
        if not asked:
            return Absent(NOT_STATED if asked is None else NOT_APPLICABLE)
        return Absent(NOT_STATED) if variable.derived is None else self._derived(slug, held)

    def _held(self, slug: str, own: Mapping[str, Answer]) -> Mapping[str, Answer]:
        return self.case if self.study.variable(slug).unit == "case" else own

    def _derived(self, slug: str, own: Mapping[str, Answer]) -> Answer:
        match self.study.variable(slug).derived:
            case Banded(banded=number, cuts=cuts):
                return self._band(slug, self.answer(number, own), cuts)
            case Recoded(recoded=old, into=into):
                return self._recoded(slug, self.answer(old, own), into)
            case AnyOf(any_of=several):
                return self._any([self.answer(one, own) for one in several])
            case Lifted() as rule:
                return self._lifted(rule)
        return Absent(NOT_STATED)

    def _band(self, slug: str, number: Answer, cuts: Sequence[float]) -> Answer:
        if not isinstance(number, float):
            return number
        return list(self.study.categories(slug))[sum(number >= cut for cut in cuts)]

    def _recoded(self, slug: str, old: Answer, into: Mapping[str, Sequence[str]]) -> Answer:
        if isinstance(old, Absent) or old is None or isinstance(old, float):
            return old
        given = [old] if isinstance(old, str) else old
        new = [one for one in self.study.categories(slug) if not set(into.get(one, ())).isdisjoint(given)]
        return new if self.study.variable(slug).type == "multiple" else next(iter(new), None)

    def _lifted(self, rule: Lifted) -> Answer:
        answers = [self.answer(rule.lifted, one) for one in self.people.get(self.study.variable(rule.lifted).unit, ())]
        if not answers or (rule.take == "only" and len(answers) > 1):
            return Absent(NOT_APPLICABLE)
        if rule.take == "only":
            return answers[0]
        if self.study.variable(rule.lifted).type != "multiple":
            return self._any(answers)
        chosen = [one for answer in answers if isinstance(answer, list | tuple) for one in answer]
        return chosen or self._first_reason(answers) or []

    def _any(self, answers: Sequence[Answer]) -> Answer:
        """Yes if any is yes, no if all are no; else why that is not known."""
        return "yes" if "yes" in answers else self._first_reason(answers) or "no"

    def _first_reason(self, answers: Sequence[Answer]) -> Absent | None:
        """The first reason, in the study's order, for which one of some answers is absent."""
        given = {str(one) for one in answers if isinstance(one, Absent)}
        return next((Absent(one) for one in self.study.about.absences if one in given), None)


class _Record(dict[str, str | Sequence[str] | None]):
    """The answers of a record as a condition asks for them, worked out when they are asked for."""

    def __init__(self, answers: Answers, own: Mapping[str, Answer]) -> None:
        super().__init__()
        self.answers, self.own = answers, own

    def get(self, slug: str, default: object = None) -> str | Sequence[str] | None:
        name, dot, _ = slug.partition(".")
        if name not in self.answers.study.codebook.variables:
            return {"wave": self.answers.wave, "sample": self.answers.samples}.get(name)
        answer = self.answers.answer(name, self.own)
        if dot or isinstance(answer, Absent):
            return str(answer) if dot and isinstance(answer, Absent) else None
        return str(answer) if isinstance(answer, float) else answer
