"""What is asked of a chronology: it stands in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from casereview.practice.events import Event
from casereview.study.intervals import Interval, dated
from casereview.study.practice import Practice
from casereview.study.sources import DAYS

WHICH = {
    "": "All events",
    "doubles": "Those that may be the same as another",
    "differing": "Those that contradict another, or may",
}
LATEST = 2199
"""The last year of which a chronology can be looked at: another is a slip of the pen."""
WHOLE = "whole"
SEVERAL = ("agency", "kind", "person")


@dataclass(frozen=True)
class Asked:
    """start, end: the first and the last day. typed: both as they were typed; faults: those that are no dates.

    whole: that the timeline shall leave out no event. row: the name of one that the table shall show.
    """

    start: date | None = None
    end: date | None = None
    agencies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    which: str = ""
    whole: bool = False
    row: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()

    def admits(self, event: Event) -> bool:
        """Whether an event is asked for; one of which the date is not exact, if it can lie in the time."""
        return (
            (self.start is None or event.last >= self.start)
            and (self.end is None or event.first <= self.end)
            and (not self.agencies or event.agency in self.agencies)
            and (not self.kinds or event.kind in self.kinds)
            and (not self.people or not event.people.isdisjoint(self.people))
        )

    @property
    def narrowed(self) -> bool:
        """Whether less than everything is asked for."""
        return bool(self.start or self.end or self.agencies or self.kinds or self.people or self.which)

    def address(self, start: date | None, end: date | None, *, whole: bool = False, row: str = "") -> str:
        """The address of the same question of another time."""
        asks: dict[str, object] = {"from": f"{start:%d/%m/%Y}" if start else "", "to": f"{end:%d/%m/%Y}" if end else ""}
        asks |= {"agency": self.agencies, "kind": self.kinds, "person": self.people, "which": self.which}
        asks |= {"timeline": WHOLE if whole else "", "row": row}
        return "?" + urlencode({name: said for name, said in asks.items() if said}, doseq=True)

    def at(self, row: str) -> str:
        """The address of the same question, where the table shows a row."""
        return self.address(self.start, self.end, whole=self.whole, row=row)


def _date(typed: str) -> Interval | None:
    found = dated(typed, DAYS)
    return found if found and found.last.year <= LATEST else None


def asked(given: QueryDict, practice: Practice) -> Asked:
    """What an address asks; names that practice.yaml does not have are passed over."""
    typed = {name: given.get(name, "").strip()[:40] for name in ("from", "to")}
    dates = {name: _date(text) for name, text in typed.items() if text}
    known = dict(zip(SEVERAL, (practice.agencies, practice.kinds, practice.people), strict=True))
    agencies, kinds, people = (tuple(one for one in known[name] if one in given.getlist(name)) for name in SEVERAL)
    start, end = dates.get("from"), dates.get("to")
    return Asked(
        start.first if start else None,
        end.last if end else None,
        agencies,
        kinds,
        people,
        given.get("which", "") if given.get("which", "") in WHICH else "",
        given.get("timeline", "") == WHOLE,
        given.get("row", "")[:80],
        typed,
        tuple(name for name, found in dates.items() if found is None),
    )
