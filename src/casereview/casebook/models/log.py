"""The audit log."""

from django.db import models

from casereview.casebook.models.base import HASH, KEY, SLUG


class AuditEvent(models.Model):
    """An act: who did what when, chained to the act before it by hashes. detail: canonical JSON."""

    number = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)
    by = models.CharField(max_length=KEY)
    act = models.CharField(max_length=SLUG)
    detail = models.TextField()
    previous = models.CharField(max_length=HASH)
    sha256 = models.CharField(max_length=HASH)
