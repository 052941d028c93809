"""What is asked of one chronology, in words: each question with the events it rests on, or with what is lacking."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from casereview.casebook import chronology
from casereview.casebook.models import Case, Passage, PracticeAnswer
from casereview.practice.asking import Asked, Said, Silent
from casereview.practice.events import Timeline
from casereview.practice.integrated import doubles
from casereview.study.practice import Question, Recommended, label_of, named
from casereview.study.study import Study
from casereview.workbench.passages_shown import Quoted, quoted
from casereview.workbench.practice.told import Told
from casereview.workbench.practice.words import EventShown, in_plain_words, shown
from casereview.workbench.visibility import Sight

WHOLE = "-"
"""What the address calls the chronology as a whole, of which no event is asked."""


@dataclass(frozen=True)
class AnswerShown:
    """An answer with what it rests on. gone: whether it rests on an event that is no longer there, besides."""

    answer: PracticeAnswer
    label: str
    events: tuple[EventShown, ...]
    gone: bool
    passages: tuple[Quoted, ...]


@dataclass(frozen=True)
class OneAsked:
    """A question of one event. event: None of the whole; rests_on: the other events; lacks: in words; answers that are seen."""

    at: str
    event: EventShown | None
    rests_on: tuple[EventShown, ...]
    lacks: tuple[str, ...]
    answers: tuple[AnswerShown, ...]

    @property
    def without_event(self) -> str:
        """What it is asked of where there is no event."""
        return "The chronology as a whole" if self.at == WHOLE else "An event that is no longer in the chronology"


@dataclass(frozen=True)
class QuestionShown:
    """A question with each event of which it is asked, or cannot be answered."""

    slug: str
    question: Question
    serves: tuple[Recommended, ...]
    several: tuple[OneAsked, ...]

    @property
    def of_nothing(self) -> bool:
        """Whether it is asked of no event there, and nobody has answered it: no source records what it asks about."""
        return all(one.at == WHOLE and not one.answers for one in self.several)


@dataclass(frozen=True)
class CaseQuestions:
    """What is asked of the chronology of a case, as somebody may see it."""

    study: Study
    sight: Sight
    case: Case

    @cached_property
    def _found(self) -> tuple[Timeline | None, tuple[Said, ...]]:
        for _, told, said in Told(self.study, self.sight, Case.objects.filter(pk=self.case.pk)).said():
            return told, said
        return None, ()

    @property
    def timeline(self) -> Timeline | None:
        """The chronology; None where there is none."""
        return self._found[0]

    @property
    def may_be_one(self) -> bool:
        """Whether some events may be one, of which nobody has said so or people say both: until then each counts by itself."""
        events, within = self.timeline.events if self.timeline else (), self.study.practice.doubles.within
        rulings = chronology.rulings_of([self.case.pk], self.sight).get(self.case.pk, {})
        return bool(doubles(events, within, rulings))

    @property
    def said(self) -> tuple[Said, ...]:
        """What is asked, and what cannot be answered."""
        return self._found[1]

    @cached_property
    def events(self) -> dict[str, EventShown]:
        """Name → event in words, in order."""
        return {one.id: shown(self.study.practice, one) for one in (self.timeline.events if self.timeline else ())}

    @cached_property
    def passages(self) -> dict[int, Quoted]:
        """The passages on which answers rest; whoever shows them puts that on record."""
        there = self.sight.practice_answers().filter(case=self.case)
        return quoted(Passage.objects.filter(practice_answers__in=there).distinct())

    @cached_property
    def answers(self) -> dict[tuple[str, str], list[AnswerShown]]:
        """(question, event) → the answers that may be seen, by who gave them; with them those of what is one with it."""
        one_with = {event.id: event.one_with for event in (self.timeline.events if self.timeline else ())}
        found: dict[tuple[str, str], list[AnswerShown]] = {}
        rows = self.sight.practice_answers().filter(case=self.case).prefetch_related("passages")
        for one in rows.order_by("coder"):
            found.setdefault((one.question, one_with.get(one.event, one.event)), []).append(self.answer_shown(one))
        return found

    def answer_shown(self, one: PracticeAnswer) -> AnswerShown:
        """An answer in words."""
        events = tuple(event for name, event in self.events.items() if name in one.events)
        numbers = {passage.pk for passage in one.passages.all()}
        passages = tuple(shown for number, shown in self.passages.items() if number in numbers)
        return AnswerShown(
            one, label_of(self.study.practice.answers, one.answer), events, len(events) < len(one.events), passages
        )

    def asked(self) -> list[QuestionShown]:
        """The questions that are asked."""
        return self._shown([one for one in self.said if isinstance(one, Asked)])

    def silent(self) -> list[QuestionShown]:
        """The questions that cannot be answered."""
        return self._shown([one for one in self.said if isinstance(one, Silent)])

    def no_longer(self) -> list[QuestionShown]:
        """Those that were answered, and that nothing asks now."""
        now = {(one.question, one.anchor or "") for one in self.said}
        gone = [place for place in self.answers if place not in now and place[0] in self.study.practice.questions]
        return self._shown([Asked(question, self.case.key, event, (event,)) for question, event in sorted(gone)])

    def nothing_asks(self) -> list[Question]:
        """The questions that nothing asks."""
        said = {one.question for one in self.said}
        return [one for slug, one in self.study.practice.questions.items() if slug not in said]

    def one(self, slug: str, event: str) -> OneAsked | None:
        """One question of one event, '' of the whole; None where it is neither asked nor was answered."""
        for several in (self.asked(), self.silent(), self.no_longer()):
            found = [one for shown in several if shown.slug == slug for one in shown.several if one.at == (event or WHOLE)]
            if found:
                return found[0]
        return None

    def _shown(self, several: Sequence[Said]) -> list[QuestionShown]:
        practice, found = self.study.practice, []
        for slug, question in practice.questions.items():
            of_it = tuple(self._one(one) for one in several if one.question == slug)
            if of_it:
                serves = tuple(practice.recommendations[name] for name in named(question.serves))
                found.append(QuestionShown(slug, question, serves, of_it))
        return found

    def _one(self, said: Said) -> OneAsked:
        anchor = said.anchor or ""
        rests_on = said.rests_on[1:] if isinstance(said, Asked) else ()
        others = sorted((name for name in rests_on if name in self.events), key=list(self.events).index)
        lacks = tuple(in_plain_words(self.study.practice, one) for one in said.lacks) if isinstance(said, Silent) else ()
        answers = tuple(self.answers.get((said.question, anchor), ()))
        return OneAsked(anchor or WHOLE, self.events.get(anchor), tuple(self.events[name] for name in others), lacks, answers)
