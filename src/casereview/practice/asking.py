"""Ask the questions of practice.yaml of one chronology after another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casereview.practice.events import Event, Records, Timeline, kinds_not_recorded
from casereview.practice.patterns import meant
from casereview.practice.shelves import Shelves
from casereview.practice.sought import Answering, Needed
from casereview.practice.times import of_age
from casereview.practice.truth import Truth, at_least, every, unknown
from casereview.study import conditions
from casereview.study.practice import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a reviewer is asked: of which event (`anchor`), and on which events it rests, that one first.

    Of records that were found to be one event it is asked once, by the one that stands for them, if it is asked of any.
    """

    question: str
    case: str
    anchor: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """A question that cannot be answered here: of which event, None if no such event could be recorded; and what is lacking."""

    question: str
    case: str
    anchor: str | None
    lacks: tuple[str, ...]


Said = Asked | Silent


def ask(timeline: Timeline, questions: Mapping[str, Question]) -> tuple[Said, ...]:
    """What is asked of a chronology and what cannot be answered of it, in the order of questions and events.

    A question that is in neither is one that nothing asks.
    """
    return Asking(questions).of(timeline)


class Asking:
    """Questions, made ready once for all chronologies whose sources can record the same."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self._questions = questions
        self._ready: dict[frozenset[tuple[str, Records]], tuple[_Ready, ...]] = {}

    def of(self, timeline: Timeline) -> tuple[Said, ...]:
        """What is asked of a chronology and what cannot be answered of it, in the order of questions and events."""
        if not timeline.events:
            return ()
        shelves = Shelves(timeline)
        return tuple(said for ready in self._made(timeline.records) for said in ready.asked(timeline, shelves))

    def _made(self, records: Mapping[str, Records]) -> tuple["_Ready", ...]:
        same = frozenset(records.items())
        if same not in self._ready:
            self._ready[same] = tuple(_Ready(slug, question, records) for slug, question in self._questions.items())
        return self._ready[same]


def holds_of(question: Question, timeline: Timeline) -> Truth:
    """Whether a case is one of those of which a question is asked."""
    if question.of is None:
        return True
    test, answers = conditions.parse(question.of), timeline.answers
    holds = conditions.holds(test, answers)
    absent = (name for name in conditions.variables(test) if answers.get(name) is None)
    return unknown("answer", absent) if holds is None else holds


class _Ready:
    """A question, for chronologies whose sources can record so much."""

    def __init__(self, slug: str, question: Question, records: Mapping[str, Records]) -> None:
        self.slug, self.question, self.kinds = slug, question, question.when.kinds
        self.missing = kinds_not_recorded(question.when, records)
        self.is_meant = meant(question.when, records)
        self.needed = [Needed(one, records) for one in question.needed]
        self.since = [Answering(one, records) for one in question.answering if one.since]
        self.spans = [Answering(one, records) for one in question.answering if not one.since]

    def asked(self, timeline: Timeline, shelves: Shelves) -> Iterator[Said]:
        """What is asked, or cannot be answered."""
        of_case = holds_of(self.question, timeline)
        if of_case is False:
            return
        if len(self.missing) == len(self.kinds):
            yield Silent(self.slug, timeline.case, None, _sorted(every((of_case, unknown("kind", self.missing)))))
            return
        found: dict[str, list[tuple[Truth, tuple[str, ...]]]] = {}
        for anchor in shelves.of(self.kinds).events:
            truth, rests_on = self._weighed(anchor, of_case, timeline, shelves)
            if truth is not False:
                found.setdefault(anchor.one_with, []).append((truth, (anchor.id, *rests_on)))
        for one, several in found.items():
            yield self._once(timeline.case, one, several)

    def _once(self, case: str, one: str, several: Sequence[tuple[Truth, tuple[str, ...]]]) -> Said:
        """What is said of records of one event, by the truth of each and what it rests on."""
        truth = at_least(1, (each for each, _ in several))
        if truth is True:
            rests_on = (name for each, names in several if each is True for name in names)
            return Asked(self.slug, case, one, tuple(dict.fromkeys((one, *rests_on))))
        return Silent(self.slug, case, one, _sorted(truth))

    def _weighed(self, anchor: Event, of_case: Truth, timeline: Timeline, shelves: Shelves) -> tuple[Truth, tuple[str, ...]]:
        """Whether an event asks: it is meant, those given are there, and none that answers; and the given ones that are."""
        meant_here = every((of_case, self.is_meant(anchor), self._age(anchor, timeline)))
        if meant_here is False:
            return False, ()
        given, rests_on = self._given(anchor, shelves)
        if given is False:
            return False, ()
        answered = (one.none_around(anchor, shelves, timeline) for one in self.spans)
        return every((meant_here, given, *answered)), rests_on

    def _age(self, anchor: Event, timeline: Timeline) -> Truth:
        return True if self.question.age is None else of_age(anchor, timeline.born, self.question.age)

    def _given(self, anchor: Event, shelves: Shelves) -> tuple[Truth, tuple[str, ...]]:
        truth: Truth = True
        rests_on: dict[str, None] = {}
        for one in self.needed:
            found = one.found(anchor, shelves, self.since)
            truth = every((truth, one.enough(found)))
            if truth is False:
                return False, ()
            rests_on |= {event.id: None for event, counts in found if counts is True}
        return truth, tuple(rests_on)


def _sorted(truth: Truth) -> tuple[str, ...]:
    return () if isinstance(truth, bool) else tuple(sorted(truth))
