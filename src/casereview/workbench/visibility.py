"""Who sees what of a case now. The one place that knows: every page that shows what people recorded asks here.

Two people code a case without sight of one another. Whoever codes it sees only their own work and what the study's sources say,
until both have finished; this holds whatever else they are, the study lead as much as an adjudicator. Everyone else sees all.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from casereview.casebook.forms import people_of
from casereview.casebook.models import (
    AreaCoding,
    Assignment,
    AuditEvent,
    Case,
    Coding,
    Event,
    EventEvidence,
    EventPair,
    Evidence,
    MapPart,
    Memo,
    Passage,
    Person,
    PracticeAnswer,
    SavedQuery,
    SourceRow,
    Summary,
    Value,
)
from casereview.study.sources import AGREED, CODED, DOUBLE_CODED, ENTERED, IMPORTED
from casereview.workbench.models import Account

PEOPLE = (CODED, DOUBLE_CODED, AGREED, IMPORTED, ENTERED)
"""The sources of what people record in the workbench, or recorded in another program."""

OPEN_ACTS = frozenset(
    {
        *("take-in-cases", "take-in-people", "withdraw-records", "take-in-documents", "withdraw-documents"),
        *("mark-passages", "withdraw-marks", "settle-sample", "freeze-release", "take-in-events", "withdraw-events"),
        *("take-in-maps", "withdraw-maps"),
        *("invite", "join", "withdraw-invitation", "set-role", "end-account", "let-in-again", "come-back"),
    }
)
"""Acts that tell a blind coder nothing of another's work; an act that is not here is told to them only if it was their own."""


_UP_TO = (
    Memo.objects.filter(coder=OuterRef("coder"), pk__lte=OuterRef("pk"))
    .order_by()
    .values("coder")
    .annotate(number=Count("pk"))
    .values("number")
)
"""How many memos somebody had written with this one."""


@dataclass(frozen=True)
class Sight:
    """What somebody sees. blind: the cases (their numbers) of which they see only their own work and the sources'."""

    handle: str
    blind: frozenset[int]

    def values(self) -> QuerySet[Value]:
        """The current values that they may see."""
        found = Value.objects.filter(current=True)
        hidden = Q(case__in=self.blind) | Q(person__case__in=self.blind)
        return found.exclude(hidden & self._others()) if self.blind else found

    def evidence(self) -> QuerySet[Evidence]:
        """The current evidence that they may see."""
        hidden = Q(case__in=self.blind) | Q(person__case__in=self.blind) | Q(passage__text__document__case__in=self.blind)
        found = Evidence.objects.filter(current=True)
        return found if not self.blind else found.exclude(hidden & self._others())

    def codings(self) -> QuerySet[Coding]:
        """The current codings that they may see."""
        found = Coding.objects.filter(current=True)
        return found if not self.blind else found.exclude(Q(passage__text__document__case__in=self.blind) & self._others())

    def to_settle(self) -> QuerySet[Coding]:
        """The current codings that they may keep, end or change: of a case of which they are blind their own alone, since what
        they decide of a source's is seen by the other coder."""
        others = Q(passage__text__document__case__in=self.blind) & ~Q(coder=self.handle, source__in=PEOPLE)
        return Coding.objects.filter(current=True).exclude(others)

    def areas(self) -> QuerySet[AreaCoding]:
        """The current codings of areas that they may see."""
        found = AreaCoding.objects.filter(current=True)
        return found if not self.blind else found.exclude(Q(area__document__case__in=self.blind) & self._others())

    def maps(self) -> QuerySet[MapPart]:
        """The current parts of pathways and of maps of systems that they may see."""
        found = MapPart.objects.filter(current=True)
        return found if not self.blind else found.exclude(Q(case__in=self.blind) & self._others())

    def passages(self) -> QuerySet[Passage]:
        """The passages that somebody has marked, with a code, as evidence, of an event or for a map, where they may see it."""
        marked = Q(pk__in=self.codings().values("passage")) | Q(pk__in=self.evidence().values("passage"))
        marked |= Q(pk__in=self.event_evidence().values("passage"))
        marked |= Q(pk__in=self.maps().values("passages"))
        marked |= Q(pk__in=self.practice_answers().values("passages"))
        return Passage.objects.filter(marked)

    def summaries(self) -> QuerySet[Summary]:
        """The current summaries that they may see."""
        return Summary.objects.filter(current=True).exclude(Q(case__in=self.blind) & ~Q(coder=self.handle))

    def chronology(self) -> QuerySet[Event]:
        """The current events that they may see; of a case of which they are blind, the sources' and their own."""
        return Event.objects.filter(current=True).exclude(Q(case__in=self.blind) & self._others())

    def event_pairs(self) -> QuerySet[EventPair]:
        """What is now said of two events, as far as they may see it."""
        return EventPair.objects.filter(current=True).exclude(Q(case__in=self.blind) & ~Q(coder=self.handle))

    def event_evidence(self) -> QuerySet[EventEvidence]:
        """The passages in which events are told of, as far as they may see that they are."""
        return EventEvidence.objects.filter(current=True).exclude(Q(case__in=self.blind) & ~Q(coder=self.handle))

    def practice_answers(self) -> QuerySet[PracticeAnswer]:
        """The current answers to questions of practice.yaml that they may see."""
        return PracticeAnswer.objects.filter(current=True).exclude(Q(case__in=self.blind) & ~Q(coder=self.handle))

    def memos(self) -> QuerySet[Memo]:
        """The current memos that they may see: while blind of any case, none of those who code it too, and only their own on
        a case, a document, a passage or a value. number: which of its writer's it is, as `own_memos` has them."""
        found = Memo.objects.filter(current=True).annotate(number=Subquery(_UP_TO))
        if not self.blind:
            return found
        closed = Q(about__in=("case", "document", "passage", "value", "check")) | Q(coder__in=self._beside())
        return found.exclude(closed & ~Q(coder=self.handle))

    def own_memos(self) -> QuerySet[Memo]:
        """All that they have written, what no longer holds, too; the first is number 1."""
        return Memo.objects.filter(coder=self.handle).order_by("pk")

    def queries(self) -> QuerySet[SavedQuery]:
        """Their own saved queries, and those shared with the team."""
        shared = Q(shared=True) & ~Q(coder__in=self._beside())
        return SavedQuery.objects.filter(Q(coder=self.handle) | shared, current=True)

    def assignments(self) -> QuerySet[Assignment]:
        """The current assignments that they may see."""
        return Assignment.objects.filter(current=True).exclude(Q(case__in=self.blind) & ~Q(coder=self.handle))

    def people(self, case: Case) -> list[Person]:
        """The people of a case, by role and identifier; where they are blind, none whom only the other coder has added."""
        if case.pk not in self.blind:
            return list(Person.objects.filter(case=case, current=True).order_by("role", "key"))
        return people_of(case, Assignment.objects.get(case=case, coder=self.handle, current=True).second)

    def taken_out(self) -> QuerySet[AuditEvent]:
        """The files that left, the newest first; while blind of any case, only those that they took out themselves: the size of
        another's would tell of the work in it."""
        left = AuditEvent.objects.filter(act="let-out").order_by("-number")
        return left.filter(by=self.handle) if self.blind else left

    def persons(self) -> QuerySet[Person]:
        """The people of every case, as `people` has those of one."""
        found = Person.objects.filter(current=True)
        for second, theirs in ((False, DOUBLE_CODED), (True, CODED)) if self.blind else ():
            mine = Assignment.objects.filter(coder=self.handle, second=second, current=True, case__in=self.blind)
            held = SourceRow.objects.filter(kind=OuterRef("role"), key=OuterRef("key")).exclude(source=theirs)
            found = found.exclude(Q(case__in=mine.values("case")) & ~Exists(held))
        return found

    def events(self, newest: int, of: Q | None = None) -> list[AuditEvent]:
        """The newest events of the log that they may be told of; of: those asked for."""
        events = AuditEvent.objects.filter(of or Q()).order_by("-number")
        if self.blind:
            events = events.filter(Q(by=self.handle) | Q(act__in=OPEN_ACTS))
        return [event for event, _ in zip(self._tellable(events), range(newest), strict=False)]

    def log(self) -> QuerySet[AuditEvent]:
        """The whole log, the newest event first; while blind of any case, only what they did themselves."""
        events = AuditEvent.objects.order_by("-number")
        return events.filter(by=self.handle) if self.blind else events

    def _tellable(self, events: QuerySet[AuditEvent]) -> Iterator[AuditEvent]:
        """Of events of open acts, those whose source is not a person's work."""
        for event in events.iterator(chunk_size=100):
            if not self.blind or event.by == self.handle or json.loads(event.detail).get("source") not in PEOPLE:
                yield event

    def _others(self) -> Q:
        return Q(source__in=PEOPLE) & ~Q(coder=self.handle)

    def _beside(self) -> QuerySet[Assignment, str]:
        """Those who code, too, a case of which they are blind."""
        beside = Assignment.objects.filter(case__in=self.blind, current=True).exclude(coder=self.handle)
        return beside.values_list("coder", flat=True)


def sight(account: Account) -> Sight:
    """What somebody sees as things now stand."""
    mine = Assignment.objects.filter(coder=account.handle, current=True)
    unfinished = Assignment.objects.filter(case__in=mine.values("case"), current=True, finished=False)
    return Sight(account.handle, frozenset(unfinished.values_list("case", flat=True)))
