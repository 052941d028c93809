"""What people do with a case besides answering: who codes it, what they note, how they sum it up, how they settle differences."""

from django.db import models

from casereview.casebook.models.base import KEY, NOW, SLUG
from casereview.casebook.models.cases import Case
from casereview.casebook.models.records import Value
from casereview.casebook.models.texts import Passage


class Assignment(models.Model):
    """A case that somebody codes. second: blind, beside the first; its answers are for agreement until they are settled."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    coder = models.CharField(max_length=KEY)
    second = models.BooleanField(default=False)
    finished = models.BooleanField(default=False)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "second"], condition=NOW, name="assignment_one_first_one_second"),
            models.UniqueConstraint(fields=["case", "coder"], condition=NOW, name="assignment_coder_once"),
        ]


class Adjudication(models.Model):
    """How a difference between two coders was settled: the agreed value, the two that differed, and the reason.

    first, second: null where that coder gave no answer, because by what else they answered it did not apply.
    """

    value = models.OneToOneField(Value, models.PROTECT, related_name="adjudication")
    first = models.ForeignKey(Value, models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey(Value, models.PROTECT, null=True, related_name="+")
    reason = models.TextField()


class Memo(models.Model):
    """A note. about: case, document, passage, code or value; key: which one. A change is a new memo that follows the old one."""

    about = models.CharField(max_length=SLUG)
    key = models.CharField(max_length=KEY)
    coder = models.CharField(max_length=KEY)
    text = models.TextField()
    at = models.DateTimeField()
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    current = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["about", "key"], name="memo_about")]


class Summary(models.Model):
    """What a case says on a theme, in a coder's words: a cell of the framework matrix. It rests on passages."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="summaries")
    theme = models.CharField(max_length=SLUG)
    coder = models.CharField(max_length=KEY)
    text = models.TextField()
    at = models.DateTimeField()
    current = models.BooleanField(default=True)
    passages = models.ManyToManyField(Passage, through="SummaryPassage", related_name="summaries")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "theme", "coder"], condition=NOW, name="summary_one_current")]


class SummaryPassage(models.Model):
    """A passage on which a summary rests."""

    summary = models.ForeignKey(Summary, models.PROTECT)
    passage = models.ForeignKey(Passage, models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["summary", "passage"], name="summary_passage_once")]


class SavedQuery(models.Model):
    """A question to the casebook that is asked again: its kind, and what it asks. shared: with the team."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=SLUG)
    asks = models.JSONField()
    coder = models.CharField(max_length=KEY)
    shared = models.BooleanField(default=False)
    at = models.DateTimeField()
    current = models.BooleanField(default=True)
