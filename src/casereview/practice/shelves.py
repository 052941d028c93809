"""The events of a chronology, found by kind and day."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from casereview.practice.events import Event, Timeline
from casereview.practice.times import Span


class Shelf:
    """Events in order, of which those that may lie in a span are found at once. longest: the days of the least exact of them."""

    def __init__(self, places: Sequence[int], events: Sequence[Event], longest: int) -> None:
        self.places = places
        self.events = [events[place] for place in places]
        self.longest = longest
        self._starts = [event.days[0] for event in self.events]

    def around(self, anchor: Event, span: Span) -> Sequence[Event]:
        """All that may lie in a span around an event, and perhaps some that do not; the event itself may be among them."""
        low = bisect_left(self._starts, anchor.days[0] + span[0] - self.longest)
        return self.events[low : bisect_right(self._starts, anchor.days[1] + span[1])]


class Shelves:
    """Those of a chronology, by kinds of event."""

    def __init__(self, timeline: Timeline) -> None:
        self._events = timeline.events
        self._places: dict[str, list[int]] = {}
        for place, event in enumerate(self._events):
            self._places.setdefault(event.kind, []).append(place)
        self._found: dict[tuple[str, ...], Shelf] = {}

    def of(self, kinds: tuple[str, ...]) -> Shelf:
        """The events of some kinds, all of them if none is named, in order."""
        if kinds not in self._found:
            self._found[kinds] = self._several(kinds) if len(kinds) > 1 else self._one(kinds)
        return self._found[kinds]

    def _one(self, kinds: tuple[str, ...]) -> Shelf:
        places = self._places.get(kinds[0], ()) if kinds else range(len(self._events))
        days = [self._events[place].days for place in places]
        longest = max([last - first for first, last in days], default=0)
        return Shelf(places, self._events, longest)

    def _several(self, kinds: tuple[str, ...]) -> Shelf:
        shelves = [self.of((kind,)) for kind in kinds]
        places = sorted({place for shelf in shelves for place in shelf.places})
        return Shelf(places, self._events, max(shelf.longest for shelf in shelves))
