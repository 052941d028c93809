"""Taking in chronologies: each row of a source an event."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from casereview.casebook.acts.records import Taken
from casereview.casebook.acts.writing import act, forget, remember, remembered, supersede
from casereview.casebook.models import Case, Event
from casereview.casebook.models.events import NAME
from casereview.study.happened import Happened

KIND = "event"
"""What SourceRow calls the rows of chronologies."""


@dataclass(frozen=True)
class EventRow:
    """A row of a chronology: its case, what it says, and where it stands."""

    case: str
    happened: Happened
    row: str

    @cached_property
    def key(self) -> str:
        """The same for rows that say the same, wherever they stand."""
        return hashlib.sha256(json.dumps([self.case, *self.happened.said()]).encode()).hexdigest()

    def named(self, source: str) -> str:
        """What names its event."""
        return named(self.case, source, self.key)

    @property
    def sha256(self) -> str:
        """What is remembered of it besides: where it stands."""
        return hashlib.sha256(self.row.encode(errors="surrogatepass")).hexdigest()


def named(*parts: object) -> str:
    """What names an event, from what it was first recorded from."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:NAME]


def take_in_events(*, by: str, source: str, rows: Sequence[EventRow]) -> Taken:
    """Record rows of a source that are new; of one that only stands elsewhere now, where. Their cases are there."""
    with act("take-in-events", by) as detail:
        known = remembered(source, KIND, [row.key for row in rows])
        new = [row for row in rows if row.key not in known]
        moved = [row for row in rows if row.key in known and known[row.key] != row.sha256]
        _store(source, new, {})
        _store(source, moved, _standing(source, [row.key for row in moved]))
        remember(source, KIND, {row.key: row.sha256 for row in (*new, *moved)})
        if new or moved:
            detail.update({"source": source, "new": [row.key for row in new], "moved": [row.key for row in moved]})
        return Taken(len(new), len(rows) - len(new))


def withdraw_events(*, by: str, source: str, keys: Sequence[str]) -> None:
    """End the events of rows that a source no longer holds; with each, what was mended in its place stands no longer."""
    with act("withdraw-events", by) as detail:
        supersede(Event, [one.pk for one in _standing(source, keys).values()])
        forget(source, KIND, keys)
        detail.update({"source": source, "rows": list(keys)})


def _standing(source: str, keys: Sequence[str]) -> dict[str, Event]:
    rows = Event.objects.filter(source=source, key__in=keys, mended=False, current=True)
    return {one.key: one for one in rows}


def _store(source: str, rows: Sequence[EventRow], before: dict[str, Event]) -> None:
    cases = dict(Case.objects.filter(key__in={row.case for row in rows}, current=True).values_list("key", "pk"))
    supersede(Event, [one.pk for one in before.values()])
    Event.objects.bulk_create([_event(source, row, cases[row.case], before.get(row.key)) for row in rows])


def _event(source: str, row: EventRow, case: int, before: Event | None) -> Event:
    place = {
        "name": row.named(source),
        "case_id": case,
        "source": source,
        "key": row.key,
        "row": row.row,
        "coder": "",
        "follows": before,
    }
    return Event(**place, **columns(row.happened))


def columns(happened: Happened) -> dict[str, object]:
    """What is stored of an event."""
    return {
        "first": happened.date.first,
        "last": happened.date.last,
        "time": happened.time,
        "agency": happened.agency,
        "kind": happened.kind,
        "people": list(happened.people),
        "what": happened.what,
        "details": happened.details,
    }
