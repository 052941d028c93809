"""Recording events of a chronology by hand: entering, mending and ending them, saying which are one, and where they are told of.

What is one's own is followed by what it becomes. What is a source's or another's stays as it is, and what is mended stands in its
place: so a coder who works blind changes nothing of what the other sees.
"""

from collections.abc import Collection, Mapping

from django.utils.timezone import now

from casereview.casebook import chronology
from casereview.casebook.acts.events import columns, named
from casereview.casebook.acts.writing import act, supersede
from casereview.casebook.chronology import Standing, version_of
from casereview.casebook.models import Case, Event, EventEvidence, EventPair, Passage
from casereview.casebook.seen import Seen
from casereview.study.entered import Typed, fitting_event
from casereview.study.happened import Happened
from casereview.study.intervals import Interval, latest_day
from casereview.study.problems import Place, Problem, StudyRefused
from casereview.study.sources import ENTERED
from casereview.study.study import Study


def record_event(*, by: str, study: Study, case: str, typed: Typed) -> str:
    """An event that somebody enters; its name. Raises UnfitEvent."""
    with act("record-event", by) as detail:
        of = Case.objects.get(key=case, current=True)
        happened = fitting_event(study.practice, typed, latest_day(now()))
        mine = Event.objects.filter(case=of, source=ENTERED, coder=by, mended=False)
        name = named(case, ENTERED, by, mine.values("name").distinct().count())
        Event.objects.create(name=name, case=of, row="", **_by(by), **columns(happened))
        detail.update({"case": case, "event": name})
    return name


def mend_event(*, by: str, study: Study, seen: Seen, case: str, event: str, was: str, typed: Typed) -> None:
    """Say otherwise what happened. was: the `version_of` that the page showed.

    Raises UnfitEvent, and StudyRefused where it was changed since.
    """
    with act("mend-event", by) as detail:
        shown = _shown(seen, case, event, was)
        happened = fitting_event(study.practice, typed, latest_day(now()))
        if happened != _happened(shown.event):
            _follow(by, shown, happened, struck=False)
            detail.update({"case": case, "event": event})


def end_event(*, by: str, seen: Seen, case: str, event: str, was: str) -> None:
    """Say that it is no event of the case; what its source says stays. Raises StudyRefused as `mend_event`."""
    with act("end-event", by) as detail:
        shown = _shown(seen, case, event, was)
        if shown.event is shown.of and _own(shown.event, by):
            supersede(Event, [shown.event.pk])
        else:
            _follow(by, shown, _happened(shown.event), struck=True)
        detail.update({"case": case, "event": event})


def undo_event(*, by: str, case: str, event: str) -> None:
    """Take back the last that one did to an event: then what stood before it stands again. Of nothing, nothing."""
    with act("undo-event", by) as detail:
        mine = Event.objects.filter(case__key=case, name=event, source=ENTERED, coder=by).select_related("follows")
        last = mine.order_by("pk").last()
        if last is None:
            return
        supersede(Event, [last.pk] if last.current else [])
        again = last if not last.current else last.follows
        if again is not None and _own(again, by):
            _copy(again, last)
        detail.update({"case": case, "event": event})


def join_events(
    *, by: str, seen: Seen, case: str, one: str, other: str, reason: str, settled: Mapping[str, str] | None = None
) -> None:
    """Say that two events are the same. settled: of what they say differently, field → the event that holds.

    Raises StudyRefused for events that do not both stand.
    """
    with act("join-events", by) as detail:
        held = {field: name for field, name in (settled or {}).items() if name in (one, other)}
        detail.update(_judged(by, seen, case, one, other, {"same": True, "reason": reason.strip(), "settled": held}))


def part_events(*, by: str, seen: Seen, case: str, one: str, other: str, reason: str) -> None:
    """Say that two events are not the same. Raises StudyRefused as `join_events`."""
    with act("part-events", by) as detail:
        detail.update(_judged(by, seen, case, one, other, {"same": False, "reason": reason.strip(), "settled": {}}))


def unjudge_events(*, by: str, case: str, one: str, other: str) -> None:
    """Take back what one has said of two events."""
    with act("unjudge-events", by) as detail:
        mine = EventPair.objects.filter(case__key=case, one=min(one, other), other=max(one, other), coder=by, current=True)
        if ended := list(mine.values_list("pk", flat=True)):
            supersede(EventPair, ended)
            detail.update({"case": case, "events": [one, other]})


def cite_event(*, by: str, seen: Seen, case: str, event: str, added: Collection[int] = (), removed: Collection[int] = ()) -> None:
    """Note passages of the case's documents in which an event is told of, and those of one's own in which it no longer is."""
    with act("cite-event", by) as detail:
        of = _standing(seen, case, event).event.case
        mine = EventEvidence.objects.filter(case=of, event=event, coder=by, current=True)
        gone, held = (
            list(mine.filter(passage__in=removed).values_list("pk", flat=True)),
            set(mine.values_list("passage", flat=True)),
        )
        new = Passage.objects.filter(pk__in=set(added) - held, text__document__case=of, text__current=True).order_by("pk")
        made = [EventEvidence(case=of, event=event, passage=one, coder=by) for one in new]
        supersede(EventEvidence, gone)
        EventEvidence.objects.bulk_create(made)
        if gone or made:
            detail.update({"case": case, "event": event, "added": len(made), "removed": len(gone)})


def _by(coder: str) -> dict[str, str]:
    return {"source": ENTERED, "coder": coder, "key": ""}


def _own(event: Event, coder: str) -> bool:
    return event.source == ENTERED and event.coder == coder


def _standing(seen: Seen, case: str, event: str) -> Standing:
    rows = seen.chronology().filter(case__key=case, case__current=True, name=event).select_related("case")
    found = chronology.versions(rows)
    if not found or found[0].event.struck:
        cause = "This event is no longer in the chronology: its source no longer has the row, or it was taken out."
        raise StudyRefused([Problem(Place("event"), "event-gone", cause, "Open the chronology again.")])
    return found[0]


def _shown(seen: Seen, case: str, event: str, was: str) -> Standing:
    found = _standing(seen, case, event)
    if version_of(found.event) != was:
        cause = "This event was changed since you opened it."
        raise StudyRefused([Problem(Place("event"), "event-changed", cause, "Read what it says now, then save again.")])
    return found


def _follow(coder: str, shown: Standing, happened: Happened, *, struck: bool) -> None:
    """Put what is now said in the place of what is shown."""
    before = shown.event
    mended = before.mended if _own(before, coder) else True
    mine = Event.objects.filter(name=before.name, source=ENTERED, coder=coder, mended=mended, current=True)
    supersede(Event, list(mine.values_list("pk", flat=True)))
    said = {"name": before.name, "case": before.case, "row": before.row, "mended": mended, "struck": struck, "follows": before}
    Event.objects.create(**said, **_by(coder), **columns(happened))


def _copy(event: Event, after: Event) -> None:
    said = {"name": event.name, "case": event.case, "row": event.row, "mended": event.mended, "struck": event.struck}
    Event.objects.create(**said, follows=after, **_by(event.coder), **columns(_happened(event)))


def _happened(event: Event) -> Happened:
    people, dates = tuple(event.people), Interval(event.first, event.last)
    return Happened(dates, event.time, event.agency, event.kind, people, event.what, event.details)


def _judged(coder: str, seen: Seen, case: str, one: str, other: str, said: dict[str, object]) -> dict[str, object]:
    if one == other:
        raise StudyRefused([Problem(Place("event"), "event-itself", "An event is the same as itself.", "Choose another event.")])
    first, second = sorted((one, other))
    of, _ = (_standing(seen, case, name).event.case for name in (first, second))
    mine = EventPair.objects.filter(one=first, other=second, coder=coder, current=True)
    before = mine.first()
    if before is not None and (before.same, before.reason, before.settled) == tuple(said.values()):
        return {}
    supersede(EventPair, [before.pk] if before else [])
    EventPair.objects.create(case=of, one=first, other=second, coder=coder, **said)
    return {"case": case, "events": [first, second]}
