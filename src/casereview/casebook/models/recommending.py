"""Recommendations, and what became of them, as the study lead records them beside those of the study's files."""

from django.db import models

from casereview.casebook.models.base import KEY, NOW, SLUG


class Recommendation(models.Model):
    """A recommendation, with what its head would say in a file: '' and null stand for what is not said. A change is a new row."""

    slug = models.CharField(max_length=SLUG)
    title = models.TextField()
    change = models.TextField()
    findings = models.JSONField()
    audience = models.JSONField()
    measure = models.TextField(default="")
    owner = models.TextField(default="")
    due = models.DateField(null=True)
    first_made = models.CharField(max_length=SLUG, default="")
    made_in = models.TextField(default="")
    repeats = models.CharField(max_length=SLUG, default="")
    text = models.TextField(default="")
    coder = models.CharField(max_length=KEY)
    at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug"], condition=NOW, name="recommendation_one_current")]


class RecommendationStatus(models.Model):
    """How far a recommendation, of the casebook or of a file, had got at the time of a wave. rests_on: as in a file."""

    recommendation = models.CharField(max_length=SLUG)
    wave = models.CharField(max_length=SLUG)
    status = models.CharField(max_length=SLUG)
    note = models.TextField(default="")
    rests_on = models.JSONField(default=list)
    coder = models.CharField(max_length=KEY)
    at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "wave"], condition=NOW, name="recommendation_status_one_current")
        ]
