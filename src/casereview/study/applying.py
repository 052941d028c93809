"""Which variables apply to a record, from the answers given so far: the same three-valued logic as in a release, for one record.

An answer is a category, several (a list), or a number; None where it is absent or not given yet. What a form cannot know, such as
whether a theme was coded, is unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casereview.study.codebook import AnyOf, Banded, CountOf, Lifted, Recoded
from casereview.study.conditions import holds, parse, variables
from casereview.study.study import Study

Answer = str | float | Sequence[str] | None


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
        test = parse(self.study.variable(slug).asked_when or {})
        asked = holds(test, _Record(self, own))
        named = variables(test) & self.study.codebook.variables.keys()
        return False if asked is None and any(self.applies(one, self._held(one, own)) is False for one in named) else asked

    def answer(self, slug: str, own: Mapping[str, Answer]) -> Answer:
        """The answer to a variable of a record, derived where need be; None where it does not apply or is unknown."""
        if slug not in self.study.codebook.variables:
            return {"wave": self.wave, "sample": self.samples}.get(slug)
        variable = self.study.variable(slug)
        held = self._held(slug, own)
        if variable.derived is None:
            return held.get(slug)
        return self._derived(slug, held) if self.applies(slug, held) else None

    def _held(self, slug: str, own: Mapping[str, Answer]) -> Mapping[str, Answer]:
        return self.case if self.study.variable(slug).unit == "case" else own

    def _derived(self, slug: str, own: Mapping[str, Answer]) -> Answer:
        match self.study.variable(slug).derived:
            case Banded(banded=number, cuts=cuts):
                return self._band(slug, self.answer(number, own), cuts)
            case Recoded(recoded=old, into=into):
                return self._recoded(slug, self.answer(old, own), into)
            case AnyOf(any_of=several):
                return _any([self.answer(one, own) for one in several])
            case CountOf(count_of=several):
                answers = [self.answer(one, own) for one in several]
                return None if None in answers else float(answers.count("yes"))
            case Lifted() as rule:
                return self._lifted(rule)
        return None

    def _band(self, slug: str, number: Answer, cuts: Sequence[float]) -> Answer:
        if not isinstance(number, float):
            return None
        return list(self.study.categories(slug))[sum(number >= cut for cut in cuts)]

    def _recoded(self, slug: str, old: Answer, into: Mapping[str, Sequence[str]]) -> Answer:
        given = [old] if isinstance(old, str) else old if isinstance(old, Sequence) else None
        if given is None:
            return None
        new = [one for one in self.study.categories(slug) if not set(into.get(one, ())).isdisjoint(given)]
        return new if self.study.variable(slug).type == "multiple" else next(iter(new), None)

    def _lifted(self, rule: Lifted) -> Answer:
        answers = [self.answer(rule.lifted, one) for one in self.people.get(self.study.variable(rule.lifted).unit, ())]
        if rule.take == "only":
            return answers[0] if len(answers) == 1 else None
        if self.study.variable(rule.lifted).type != "multiple":
            return _any(answers)
        chosen = [one for answer in answers if isinstance(answer, list | tuple) for one in answer]
        return chosen or (None if None in answers or not answers else [])


def _any(answers: Sequence[Answer]) -> Answer:
    """Yes if any is yes, no if all are no and there are some."""
    if "yes" in answers:
        return "yes"
    return "no" if answers and set(answers) == {"no"} else None


class _Record(dict[str, str | Sequence[str] | None]):
    """The answers of a record as a condition asks for them, worked out when they are asked for."""

    def __init__(self, answers: Answers, own: Mapping[str, Answer]) -> None:
        super().__init__()
        self.answers, self.own = answers, own

    def get(self, slug: str, default: object = None) -> str | Sequence[str] | None:
        answer = self.answers.answer(slug, self.own)
        return str(answer) if isinstance(answer, float) else answer
