"""Documents, their texts, the passages in them, and the codes that passages are given."""

from django.db import models
from django.db.models import F, Q

from casereview.casebook.models.base import HASH, KEY, NOW, SLUG
from casereview.casebook.models.cases import Case


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


class Piece(models.Model):
    """A page of a text version, or as much of one as is looked through at once; `casebook.words` has its words in an index."""

    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="pieces")
    start = models.BigIntegerField()
    end = models.BigIntegerField()


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


class Area(models.Model):
    """A rectangle on a page of a document's original, by its hash: whole PDF points from the lower left of the media box."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="areas")
    sha256 = models.CharField(max_length=HASH)
    page = models.IntegerField()
    left = models.IntegerField()
    bottom = models.IntegerField()
    right = models.IntegerField()
    top = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "sha256", "page", "left", "bottom", "right", "top"], name="area_once"),
            models.CheckConstraint(
                condition=Q(page__gte=1, right__gt=F("left"), top__gt=F("bottom")),
                name="area_not_empty",
            ),
        ]


class AreaCoding(models.Model):
    """An area given a code by a coder, as a passage is."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="codings")
    code = models.CharField(max_length=SLUG)
    coder = models.CharField(max_length=KEY)
    source = models.CharField(max_length=SLUG)
    weight = models.SmallIntegerField(null=True)
    version = models.BigIntegerField(null=True)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "code", "coder", "source"], condition=NOW, name="area_coding_one_current"),
        ]


class Coding(models.Model):
    """A passage given a code by a coder ('' where the source names none)."""

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="codings")
    code = models.CharField(max_length=SLUG)
    coder = models.CharField(max_length=KEY)
    source = models.CharField(max_length=SLUG)
    row = models.CharField(max_length=HASH)
    weight = models.SmallIntegerField(null=True)  # null: the codebook asks for none
    version = models.BigIntegerField(null=True)  # of the tree of codes; null: from a source
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["passage", "code", "coder", "source"], condition=NOW, name="coding_one_current"),
        ]
        indexes = [models.Index(fields=["code", "passage", "coder", "source"], condition=NOW, name="coding_by_code")]
