"""Cases and the people in them."""

from django.db import models

from casereview.casebook.models.base import KEY, SLUG


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
