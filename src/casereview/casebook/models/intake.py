"""What intake remembers of its sources, and which cases samples hold."""

from django.db import models
from django.db.models import Q

from casereview.casebook.models.base import HASH, KEY, NOW, SLUG
from casereview.casebook.models.cases import Case


class SourceRow(models.Model):
    """What intake remembers of each row, document or quote that a source now holds: unchanged ones are known by their hash.

    kind: `case`, a role, `document`, `quote` or `event`. key: the record's or the document's identifier; of a quote, a hash of
    its words and of what they are marked with; of an event, of all that is said of it.
    """

    source = models.CharField(max_length=SLUG)
    kind = models.CharField(max_length=SLUG)
    key = models.CharField(max_length=KEY)
    sha256 = models.CharField(max_length=HASH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "kind", "key"], name="source_row_once")]


class Membership(models.Model):
    """A case of a sample. status: drawn, replaced, substitute; other: the case on the other side of a substitution."""

    sample = models.CharField(max_length=SLUG)
    case = models.ForeignKey(Case, models.PROTECT, related_name="memberships")
    status = models.CharField(max_length=20)
    other = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "case"], condition=NOW, name="membership_one_current"),
            models.CheckConstraint(condition=Q(status__in=["drawn", "replaced", "substitute"]), name="membership_status"),
        ]
