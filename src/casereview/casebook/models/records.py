"""Cases, their people, and what is said of them."""

from django.db import models
from django.db.models import Q

from casereview.casebook.models.base import HASH, KEY, NOW, ONE_RECORD, SLUG
from casereview.casebook.models.cases import Case, Person
from casereview.casebook.models.texts import Passage


class _OfRecord(models.Model):
    """What belongs to a case, or to a person of one, never both."""

    case = models.ForeignKey(Case, models.PROTECT, null=True, db_index=False, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")
    variable = models.CharField(max_length=SLUG)
    source = models.CharField(max_length=SLUG)
    current = models.BooleanField(default=True)

    class Meta:
        abstract = True


class Value(_OfRecord):
    """What a source or coder said of one variable of one record: a value or an absence. recorded: as the source wrote it.

    What people say has one of the sources `coded`, `double-coded` (blind, for agreement) and `agreed` (settled between them).
    """

    coder = models.CharField(max_length=KEY)
    value = models.TextField(null=True)  # null: absent
    absent = models.CharField(max_length=SLUG, null=True)  # null: known
    recorded = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_RECORD, name="value_of_one_record"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, absent__isnull=True) | Q(value__isnull=True, absent__isnull=False),
                name="value_or_absence",
            ),
            models.UniqueConstraint(
                fields=["case", "variable", "source", "coder"], condition=NOW & Q(person__isnull=True), name="value_one_of_case"
            ),
            models.UniqueConstraint(
                fields=["person", "variable", "source", "coder"], condition=NOW & Q(case__isnull=True), name="value_one_of_person"
            ),
        ]


class Evidence(_OfRecord):
    """A passage on which the values of a variable of a record rest, whichever source gives them."""

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="evidence")
    coder = models.CharField(max_length=KEY, default="")
    row = models.CharField(max_length=HASH)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_RECORD, name="evidence_of_one_record"),
            models.UniqueConstraint(
                fields=["passage", "variable", "case", "source", "coder"],
                condition=NOW & Q(person__isnull=True),
                name="evidence_one_of_case",
            ),
            models.UniqueConstraint(
                fields=["passage", "variable", "person", "source", "coder"],
                condition=NOW & Q(case__isnull=True),
                name="evidence_one_of_person",
            ),
        ]
