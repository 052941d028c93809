"""What may be seen of what is recorded: by a person, the workbench's `Sight`; by whoever has the casebook's files, everything."""

from typing import Protocol

from django.db.models import QuerySet

from casereview.casebook.models import (
    Case,
    Coding,
    Event,
    EventEvidence,
    EventPair,
    Evidence,
    MapPart,
    Memo,
    Person,
    PracticeAnswer,
    Summary,
    Value,
)


class Seen(Protocol):
    """Current rows that may be seen. blind: the cases (their numbers) of which not all may be."""

    @property
    def blind(self) -> frozenset[int]:
        """The cases of which not everything may be seen."""

    def values(self) -> QuerySet[Value]:
        """Values."""

    def evidence(self) -> QuerySet[Evidence]:
        """What they rest on."""

    def codings(self) -> QuerySet[Coding]:
        """Codings."""

    def maps(self) -> QuerySet[MapPart]:
        """Parts of pathways and of maps of systems."""

    def memos(self) -> QuerySet[Memo]:
        """Memos."""

    def summaries(self) -> QuerySet[Summary]:
        """Cells of the framework matrix."""

    def chronology(self) -> QuerySet[Event]:
        """Events of chronologies; `casebook.chronology` says which of them stand."""

    def event_pairs(self) -> QuerySet[EventPair]:
        """What is said of two events."""

    def event_evidence(self) -> QuerySet[EventEvidence]:
        """The passages in which events are told of."""

    def practice_answers(self) -> QuerySet[PracticeAnswer]:
        """Answers to questions of practice.yaml."""

    def people(self, case: Case) -> list[Person]:
        """The people of a case."""


class Everything:
    """What a casebook holds now, for commands: who gives them has its files."""

    blind: frozenset[int] = frozenset()

    def values(self) -> QuerySet[Value]:
        """Every current value."""
        return Value.objects.filter(current=True)

    def evidence(self) -> QuerySet[Evidence]:
        """Every current piece of evidence."""
        return Evidence.objects.filter(current=True)

    def codings(self) -> QuerySet[Coding]:
        """Every current coding."""
        return Coding.objects.filter(current=True)

    def maps(self) -> QuerySet[MapPart]:
        """Every current part."""
        return MapPart.objects.filter(current=True)

    def memos(self) -> QuerySet[Memo]:
        """Every current memo."""
        return Memo.objects.filter(current=True)

    def summaries(self) -> QuerySet[Summary]:
        """Every current summary."""
        return Summary.objects.filter(current=True)

    def chronology(self) -> QuerySet[Event]:
        """Every current event."""
        return Event.objects.filter(current=True)

    def event_pairs(self) -> QuerySet[EventPair]:
        """All that is now said of two events."""
        return EventPair.objects.filter(current=True)

    def event_evidence(self) -> QuerySet[EventEvidence]:
        """Every current passage of an event."""
        return EventEvidence.objects.filter(current=True)

    def practice_answers(self) -> QuerySet[PracticeAnswer]:
        """Every current answer."""
        return PracticeAnswer.objects.filter(current=True)

    def people(self, case: Case) -> list[Person]:
        """Everyone of a case, by role and identifier."""
        return list(Person.objects.filter(case=case, current=True).order_by("role", "key"))


def people_seen(seen: Seen) -> QuerySet[Person]:
    """The people of all cases who may be seen."""
    found = Person.objects.filter(current=True, case__current=True)
    blind = Case.objects.filter(pk__in=seen.blind, current=True)
    known = [person.pk for case in blind for person in seen.people(case)]
    return found.exclude(case__in=seen.blind) | found.filter(pk__in=known) if seen.blind else found
