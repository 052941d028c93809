"""Ask the questions of practice.yaml of one chronology."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casereview.practice.events import Event, Timeline, ordered
from casereview.practice.patterns import meant
from casereview.practice.times import Shelf, Window, between, of_age, within
from casereview.practice.truth import NOT_BEGUN, NOT_OVER, Truth, at_least, every, none, unknown
from casereview.study import conditions
from casereview.study.practice import Given, Question, Unless


@dataclass(frozen=True)
class Asked:
    """A question that a reviewer is asked: of which event (`anchor`), and on which events it rests, that one first."""

    question: str
    case: str
    anchor: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True)
class Silent:
    """A question that cannot be answered here: of which event, None if no such event could be recorded; and what is lacking."""

    question: str
    case: str
    anchor: str | None
    lacks: tuple[str, ...]


def ask(timeline: Timeline, questions: Mapping[str, Question]) -> tuple[Asked | Silent, ...]:
    """What is asked of a chronology and what cannot be answered of it, in the order of questions and events.

    A question that is in neither is one that nothing asks.
    """
    if not timeline.events:
        return ()
    chronology = _Chronology(timeline)
    return tuple(said for slug, question in questions.items() for said in chronology.asked(slug, question))


class _Chronology:
    """A timeline whose events are found by kind and day."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self._shelves: dict[tuple[str, ...], Shelf] = {}

    def asked(self, slug: str, question: Question) -> Iterator[Asked | Silent]:
        of_case = self._of(question)
        if of_case is False:
            return
        missing = self.timeline.kinds_not_recorded(question.when)
        if len(missing) == len(question.when.kinds):
            lacking = every((of_case, unknown("kind", missing)))
            yield Silent(slug, self.timeline.case, None, _sorted(lacking))
            return
        for anchor, truth, rests_on in self._weighed(question, of_case):
            if truth is True:
                yield Asked(slug, self.timeline.case, anchor.id, (anchor.id, *rests_on))
            else:
                yield Silent(slug, self.timeline.case, anchor.id, _sorted(truth))

    def _of(self, question: Question) -> Truth:
        if question.of is None:
            return True
        test, answers = conditions.parse(question.of), self.timeline.answers
        holds = conditions.holds(test, answers)
        absent = (name for name in conditions.variables(test) if answers.get(name) is None)
        return unknown("answer", absent) if holds is None else holds

    def _weighed(self, question: Question, of_case: Truth) -> Iterator[tuple[Event, Truth, tuple[str, ...]]]:
        """Every event of which it is not plain that it asks nothing."""
        anchors = self.shelf(question.when.kinds).events
        if not anchors:
            return
        is_meant, weighing = meant(question.when, self.timeline.records), _Weighing(self, question)
        for anchor in anchors:
            first = every((of_case, is_meant(anchor), self._age(question, anchor)))
            if first is False:
                continue
            rest, rests_on = weighing.of(anchor)
            truth = every((first, rest))
            if truth is not False:
                yield anchor, truth, rests_on

    def _age(self, question: Question, anchor: Event) -> Truth:
        return True if question.age is None else of_age(anchor, self.timeline.born, question.age)

    def shelf(self, kinds: tuple[str, ...]) -> Shelf:
        """The events of some kinds, all of them if none is named, in order."""
        if kinds not in self._shelves:
            self._shelves[kinds] = Shelf(self._of_kinds(kinds))
        return self._shelves[kinds]

    def _of_kinds(self, kinds: tuple[str, ...]) -> tuple[Event, ...]:
        if not kinds:
            return self.timeline.events
        found = [self.timeline.by_kind[kind] for kind in dict.fromkeys(kinds) if kind in self.timeline.by_kind]
        return found[0] if len(found) == 1 else ordered(event for several in found for event in several)


class _Weighing:
    """What a question asks of other events, weighed for one event after another."""

    def __init__(self, chronology: _Chronology, question: Question) -> None:
        self.others = [_Others(chronology, one) for one in question.needed]
        self.since = [_Others(chronology, one) for one in question.answering if one.since]
        self.spans = [_Others(chronology, one) for one in question.answering if not one.since]

    def of(self, anchor: Event) -> tuple[Truth, tuple[str, ...]]:
        """Whether there are those that are given and none of those that answer; and the given ones that there are."""
        truth: Truth = True
        rests_on: list[str] = []
        for others in self.others:
            found = others.given(anchor, self.since)
            truth = every((truth, others.enough([one for _, one in found])))
            if truth is False:
                return False, ()
            rests_on += [event.id for event, one in found if one is True]
        return every((truth, *(others.none_around(anchor) for others in self.spans))), tuple(dict.fromkeys(rests_on))


class _Others:
    """The events of one pattern of `given` or `unless`.

    `recordable`: whether all its kinds and details could be recorded here; where one could not, nothing says that none was there.
    """

    def __init__(self, chronology: _Chronology, pattern: Given | Unless) -> None:
        self.pattern = pattern
        self.window: Window = pattern.window
        self.shelf = chronology.shelf(pattern.kinds)
        self.timeline = chronology.timeline
        self.is_meant = meant(pattern, chronology.timeline.records)
        self.missing = chronology.timeline.kinds_not_recorded(pattern)
        details = unknown("detail", chronology.timeline.details_not_recorded(pattern))
        self.recordable = every((unknown("kind", self.missing), details))

    def given(self, anchor: Event, since: Sequence["_Others"]) -> list[tuple[Event, Truth]]:
        """The events that may count, each with whether it does: it is meant, lies in the span, and nothing answered it since."""
        found: list[tuple[Event, Truth]] = []
        for event in self.shelf.around(anchor, self.window):
            truth = False if event is anchor else self._meant_where(within(event, anchor, self.window), event)
            if since and truth is not False:
                truth = every((truth, *(others.none_between(event, anchor) for others in since)))
            if truth is not False:
                found.append((event, truth))
        return found

    def enough(self, truths: list[Truth]) -> Truth:
        """Whether so many are there as there must be. Where no source could record any, it is not known that they are not."""
        assert isinstance(self.pattern, Given)  # noqa: S101
        enough = at_least(self.pattern.at_least, truths)
        if enough is False and self.missing and len(self.missing) == len(self.pattern.kinds):
            return unknown("kind", self.missing)
        return enough

    def none_between(self, given: Event, anchor: Event) -> Truth:
        """Whether none lies between two events."""
        days = (given.days[0] - anchor.days[1], 0)
        candidates = (one for one in self.shelf.around(anchor, days) if one is not given and one is not anchor)
        truths = (self._meant_where(between(one, given, anchor), one) for one in candidates)
        return every((none(truths), self.recordable))

    def none_around(self, anchor: Event) -> Truth:
        """Whether none lies in the span, and the chronology reaches over all of it."""
        candidates = (one for one in self.shelf.around(anchor, self.window) if one is not anchor)
        truths = (self._meant_where(within(one, anchor, self.window), one) for one in candidates)
        return every((none(truths), self.recordable, self._told(anchor)))

    def _meant_where(self, lies: Truth, event: Event) -> Truth:
        """Whether an event is meant, and lies where it must."""
        if lies is False:
            return False
        is_meant = self.is_meant(event)
        return is_meant if lies is True else every((lies, is_meant))

    def _told(self, anchor: Event) -> Truth:
        start, end = self.window
        assert start is not None  # noqa: S101  # the check of the file refuses an open span here
        assert end is not None  # noqa: S101
        begun: Truth = True if start == 0 or anchor.days[0] + start >= self.timeline.begins else NOT_BEGUN
        over: Truth = True if end == 0 or anchor.days[1] + end <= self.timeline.ends else NOT_OVER
        return every((begun, over))


def _sorted(truth: Truth) -> tuple[str, ...]:
    return () if isinstance(truth, bool) else tuple(sorted(truth))
