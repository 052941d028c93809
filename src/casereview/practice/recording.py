"""What the sources of a chronology can record, by sources.yaml; and from when to when a child was born, by its age."""

from collections.abc import Collection, Iterable, Mapping

from casereview.practice.events import Dates, Event, Records, Timeline, ordered
from casereview.practice.in_time import born_of_age
from casereview.study.intervals import spanned
from casereview.study.practice import Question
from casereview.study.sources import ENTERED, EventRecordsSource, EventsSource, InPlaceSource
from casereview.study.study import Study


def timeline(
    study: Study,
    case: str,
    events: Iterable[Event],
    born: tuple[Dates | None, ...] = (),
    incident: Dates | None = None,
    answers: Mapping[str, str | Collection[str] | None] | None = None,
) -> Timeline:
    """The chronology of a case, whose sources can record what sources.yaml says, and what they did record here."""
    several = ordered(events)
    return Timeline(case, several, recorded(study, several), born, incident, answers or {})


def recorded(study: Study, events: Collection[Event]) -> dict[str, Records]:
    """Source → what it can record, of the sources of some events."""
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.source, []).append(event)
    by_hand = found.keys() == {ENTERED}
    return {source: Records() if by_hand else _records(study, source, several) for source, several in found.items()}


def _records(study: Study, source: str, events: Collection[Event]) -> Records:
    """Of a source that sources.yaml no longer has, what it did record. Beside files, what people enter is of the kinds that they
    entered: who adds one event to a chronology does not say that nothing else was there.
    """
    kinds = frozenset(event.kind for event in events)
    if source == ENTERED:
        return Records(kinds)
    details = frozenset(detail for event in events for detail in event.details)
    held = study.sources.sources.get(source)
    if not isinstance(held, EventsSource):
        return Records(kinds, details)
    return able(held, kinds, details)


def able(
    source: EventsSource | EventRecordsSource, kinds: Collection[str] = frozenset(), details: Collection[str] = frozenset()
) -> Records:
    """What a source of sources.yaml can record: what it says that it does, and what it did record."""
    agencies = frozenset({source.agency}) if source.agency else None
    could = None if source.kinds is None else source.kinds | frozenset(kinds)
    return Records(could, frozenset(source.details) | frozenset(details), agencies)


def no_source_records(study: Study, question: Question) -> tuple[str, ...]:
    """The kinds of event that a question asks about, if no file of sources.yaml could hold any: only what people enter can."""
    kind = EventRecordsSource if all_in_place(study) else EventsSource
    files = [one for one in study.sources.sources.values() if isinstance(one, kind)]
    kinds = question.when.kinds
    could = any(one.kinds is None or not one.kinds.isdisjoint(kinds) for one in files)
    return () if could else kinds


def all_in_place(study: Study) -> bool:
    """Whether every source lies elsewhere, so that there can be no casebook and no release."""
    return all(isinstance(one, InPlaceSource) for one in study.sources.sources.values())


def born_of(study: Study, answer: str | float | None, incident: Dates | None) -> Dates | None:
    """Between which days somebody was born, by the answer to practice.yaml's variable of age; None where it is not known."""
    age = study.practice.age
    if age is None or answer is None:
        return None
    if age.born:
        return Dates(*spanned(str(answer)))
    if incident is None or float(answer) < 0:
        return None
    return born_of_age(incident, int(float(answer)) * (1 if age.months else 12), of_year=age.months is None)
