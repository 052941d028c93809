"""The tree of codes as it grows: every change is a new version, and codings keep the version that they were made under."""

from django.db import models

from casereview.casebook.models.base import KEY, SLUG
from casereview.casebook.models.texts import Coding


class ThemeVersion(models.Model):
    """The whole tree after a change, as themes.yaml has it. change: what was done, to which codes."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    coder = models.CharField(max_length=KEY)
    act = models.CharField(max_length=SLUG)
    change = models.JSONField()
    tree = models.JSONField()


class SecondLook(models.Model):
    """A coding looked at again after its code changed: whether it was kept."""

    coding = models.ForeignKey(Coding, models.PROTECT, related_name="second_looks")
    version = models.ForeignKey(ThemeVersion, models.PROTECT, related_name="+")
    coder = models.CharField(max_length=KEY)
    kept = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["coding", "version"], name="second_look_once")]
