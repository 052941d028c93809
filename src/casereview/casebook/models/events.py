"""The chronology of a case: what happened, as each source has it and as people recorded or mended it."""

from django.db import models
from django.db.models import F, Q

from casereview.casebook.models.base import HASH, KEY, NOW, SLUG
from casereview.casebook.models.cases import Case
from casereview.casebook.models.texts import Passage

NAME = 16
"""Characters of what names an event: the beginning of a hash of what it was first recorded from."""


class Event(models.Model):
    """One event, as a row of a source has it, or as somebody recorded it (source `entered`).

    name: the same for all that is said of the event, now and before; made from content, so that it crosses into a release.
    first, last: the earliest and the latest day of its date. time: as HH:MM where it could be read so, '' where it is not said.
    people: roles. details: detail → what is recorded of it. row: the file and row as its source has them.
    mended: that it stands in the place of another's or of a source's; what it was made from stays as it was.
    struck: that it stands there to say that the row is no event of the case. follows: what was shown before it.
    """

    name = models.CharField(max_length=NAME)
    case = models.ForeignKey(Case, models.PROTECT, related_name="chronology")
    source = models.CharField(max_length=SLUG)
    key = models.CharField(max_length=HASH)
    row = models.TextField()
    first = models.DateField()
    last = models.DateField()
    time = models.CharField(max_length=40)
    agency = models.CharField(max_length=SLUG)
    kind = models.CharField(max_length=SLUG)
    people = models.JSONField()
    what = models.TextField()
    details = models.JSONField()
    coder = models.CharField(max_length=KEY)
    mended = models.BooleanField(default=False)
    struck = models.BooleanField(default=False)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="event_first_to_last"),
            models.UniqueConstraint(fields=["name", "source", "coder"], condition=NOW, name="event_one_of_each"),
        ]
        indexes = [
            models.Index(fields=["case", "name"], condition=NOW, name="event_of_case"),
            models.Index(fields=["source", "key"], condition=NOW, name="event_of_row"),
        ]


class EventPair(models.Model):
    """What somebody says of two events, by name (one before other): whether they are the same, and why.

    settled: of what the two say differently, field → the name of the event that holds.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    one = models.CharField(max_length=NAME)
    other = models.CharField(max_length=NAME)
    same = models.BooleanField()
    reason = models.TextField()
    settled = models.JSONField(default=dict)
    coder = models.CharField(max_length=KEY)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="event_pair_of_two"),
            models.UniqueConstraint(fields=["one", "other", "coder"], condition=NOW, name="event_pair_once"),
        ]


class EventEvidence(models.Model):
    """A passage in which an event, by name, is told of."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    event = models.CharField(max_length=NAME)
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="+")
    coder = models.CharField(max_length=KEY)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "passage", "coder"], condition=NOW, name="event_evidence_once"),
        ]
