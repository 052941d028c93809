"""The events of a pattern of `given` or `unless`: whether they are there, as far as a chronology tells."""

from collections.abc import Iterator, Mapping, Sequence
from math import inf

from casereview.practice.events import Event, Records, Timeline, details_not_recorded, kinds_not_recorded
from casereview.practice.patterns import meant
from casereview.practice.shelves import Shelves
from casereview.practice.times import between, within
from casereview.practice.truth import NOT_BEGUN, NOT_OVER, Truth, at_least, every, none, unknown
from casereview.study.practice import Given, Nearby, Unless


class _Sought:
    """Events of a pattern, in chronologies whose sources can record so much. Their kinds are chosen by the shelf.

    What is one with an event is no other event.
    """

    def __init__(self, pattern: Nearby, records: Mapping[str, Records]) -> None:
        start, end = pattern.window
        self.kinds = pattern.kinds
        self.span = (-inf if start is None else start, inf if end is None else end)
        self.missing = kinds_not_recorded(pattern, records)
        self.is_meant = meant(pattern, records)

    def around(self, anchor: Event, shelves: Shelves) -> Iterator[tuple[Event, Truth]]:
        """Those that are meant and lie in the span, or may."""
        is_meant, span = self.is_meant, self.span
        for event in shelves.of(self.kinds).around(anchor, span):
            lies = event.one_with != anchor.one_with and within(event, anchor, span)
            if lies is not False and (truth := every((lies, is_meant(event)))) is not False:
                yield event, truth


class Needed(_Sought):
    """Those that there must be."""

    def __init__(self, pattern: Given, records: Mapping[str, Records]) -> None:
        super().__init__(pattern, records)
        self.at_least = pattern.at_least
        self.unrecorded = bool(self.missing) and len(self.missing) == len(pattern.kinds)

    def found(self, anchor: Event, shelves: Shelves, since: Sequence["Answering"]) -> list[tuple[Event, Truth]]:
        """The events that count, or may: nothing has answered them since."""
        found = list(self.around(anchor, shelves))
        return self._unanswered(found, anchor, shelves, since) if since else found

    def _unanswered(
        self, found: list[tuple[Event, Truth]], anchor: Event, shelves: Shelves, since: Sequence["Answering"]
    ) -> list[tuple[Event, Truth]]:
        weighed = [
            (event, every((truth, *(one.none_between(event, anchor, shelves) for one in since)))) for event, truth in found
        ]
        return [(event, truth) for event, truth in weighed if truth is not False]

    def enough(self, found: Sequence[tuple[Event, Truth]]) -> Truth:
        """Whether so many are there as there must be. Where no source could record any, it is not known that they are not."""
        enough = at_least(self.at_least, _each_once(found) if self.at_least > 1 else [counts for _, counts in found])
        return unknown("kind", self.missing) if enough is False and self.unrecorded else enough


def _each_once(found: Sequence[tuple[Event, Truth]]) -> list[Truth]:
    """Of events that are one, whether any of them counts."""
    records: dict[str, list[Truth]] = {}
    for event, counts in found:
        records.setdefault(event.one_with, []).append(counts)
    return [at_least(1, several) for several in records.values()]


class Answering(_Sought):
    """Those none of which there may be. Where a kind or detail could not be recorded, nothing says that none was there."""

    def __init__(self, pattern: Unless, records: Mapping[str, Records]) -> None:
        super().__init__(pattern, records)
        self._recordable = every((unknown("kind", self.missing), unknown("detail", details_not_recorded(pattern, records))))

    def none_between(self, given: Event, anchor: Event, shelves: Shelves) -> Truth:
        """Whether none lies between two events."""
        near = shelves.of(self.kinds).around(anchor, (given.days[0] - anchor.days[1], 0))
        others = (one for one in near if one.one_with not in (given.one_with, anchor.one_with))
        truths = (every((between(one, given, anchor), self.is_meant(one))) for one in others)
        return every((none(truths), self._recordable))

    def none_around(self, anchor: Event, shelves: Shelves, timeline: Timeline) -> Truth:
        """Whether none lies in the span, and the chronology reaches over all of it."""
        nothing = none(truth for _, truth in self.around(anchor, shelves))
        return nothing and every((nothing, self._recordable, self._told(anchor, timeline)))

    def _told(self, anchor: Event, timeline: Timeline) -> Truth:
        start, end = self.span
        begun: Truth = True if start == 0 or anchor.days[0] + start >= timeline.begins else NOT_BEGUN
        over: Truth = True if end == 0 or anchor.days[1] + end <= timeline.ends else NOT_OVER
        return every((begun, over))
