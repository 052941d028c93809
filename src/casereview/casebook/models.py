"""What the casebook holds. Nothing recorded is overwritten: what no longer holds has `current` false and stays.

Rows are written only by the functions of `casebook.acts`; triggers hold what must never change (`casebook.protection`).
`source` is a source's slug of sources.yaml; `row` is the key of the row of that source which said so (see SourceRow).
"""

from django.db import models
from django.db.models import F, Q

SLUG = 80
KEY = 500
HASH = 64
NOW = Q(current=True)


class Case(models.Model):
    """One case review, by its own identifier."""

    key = models.CharField(max_length=KEY, unique=True)
    wave = models.CharField(max_length=SLUG)
    current = models.BooleanField(default=True)


class Person(models.Model):
    """One person of a case, in one role; identified within the role."""

    role = models.CharField(max_length=SLUG)
    key = models.CharField(max_length=KEY)
    case = models.ForeignKey(Case, models.PROTECT, related_name="people")
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "key"], name="person_once")]


class Document(models.Model):
    """One document, of a case or of none. Its bytes lie in the store, its text in its versions."""

    key = models.CharField(max_length=KEY, unique=True)
    source = models.CharField(max_length=SLUG)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="documents")
    title = models.TextField()
    current = models.BooleanField(default=True)


class TextVersion(models.Model):
    """A document's text as read once, to which offsets refer. pages: [[number, start, end], …]; sha256: of the original."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="texts")
    kind = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=HASH)
    text_sha256 = models.CharField(max_length=HASH)
    text = models.TextField()
    pages = models.JSONField()
    notes = models.JSONField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "sha256", "text_sha256"], name="text_version_once"),
            models.UniqueConstraint(fields=["document"], condition=NOW, name="text_one_current"),
        ]


class Passage(models.Model):
    """A place in a text version: exact = text[start:end] in Unicode code points."""

    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="passages")
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    exact = models.TextField()
    prefix = models.TextField()
    suffix = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "start", "end"], name="passage_once"),
            models.CheckConstraint(condition=Q(start__gte=0, end__gt=F("start")), name="passage_not_empty"),
        ]


class Coding(models.Model):
    """A passage given a code of themes.yaml by a coder ('' where the source names none)."""

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="codings")
    code = models.CharField(max_length=SLUG)
    coder = models.CharField(max_length=KEY)
    source = models.CharField(max_length=SLUG)
    row = models.CharField(max_length=HASH)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["passage", "code", "coder", "source"], condition=NOW, name="coding_one_current"),
        ]


class _OfRecord(models.Model):
    """What belongs to a case, or to a person of one, never both."""

    case = models.ForeignKey(Case, models.PROTECT, null=True, db_index=False, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="+")
    variable = models.CharField(max_length=SLUG)
    source = models.CharField(max_length=SLUG)
    current = models.BooleanField(default=True)

    class Meta:
        abstract = True


ONE_RECORD = Q(case__isnull=False, person__isnull=True) | Q(case__isnull=True, person__isnull=False)


class Value(_OfRecord):
    """What a source or coder said of one variable of one record: a value or an absence. recorded: as the source wrote it."""

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
    row = models.CharField(max_length=HASH)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_RECORD, name="evidence_of_one_record"),
            models.UniqueConstraint(
                fields=["passage", "variable", "case", "source"],
                condition=NOW & Q(person__isnull=True),
                name="evidence_one_of_case",
            ),
            models.UniqueConstraint(
                fields=["passage", "variable", "person", "source"],
                condition=NOW & Q(case__isnull=True),
                name="evidence_one_of_person",
            ),
        ]


class SourceRow(models.Model):
    """What intake remembers of each row, document or quote that a source now holds: unchanged ones are known by their hash.

    kind: `case`, a role, `document` or `quote`. key: the record's or the document's identifier; of a quote, a hash of its
    words and of what they are marked with.
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


class AuditEvent(models.Model):
    """An act: who did what when, chained to the act before it by hashes. detail: canonical JSON."""

    number = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)
    by = models.CharField(max_length=KEY)
    act = models.CharField(max_length=SLUG)
    detail = models.TextField()
    previous = models.CharField(max_length=HASH)
    sha256 = models.CharField(max_length=HASH)
