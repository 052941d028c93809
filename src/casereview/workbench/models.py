"""Accounts and invitations. An account is a person of the team; what they record carries their `handle`, never reused."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from casereview.workbench.permissions import ROLES

_ROLES = [(slug, label) for slug, label in ROLES.items()]


class Account(AbstractBaseUser):
    """A person of the team. `handle` stands as coder with all that they record."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    handle = models.SlugField(max_length=40, unique=True)
    role = models.CharField(max_length=20, choices=_ROLES)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(auto_now_add=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="account_role_known")]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A place in the team that waits for somebody. The link's secret is not kept, only its hash.

    again: for somebody who is in the team and locked out; by the link they choose a new password and second factor.
    """

    email = models.EmailField(blank=True)  # empty: of the first lead, who says it on joining
    role = models.CharField(max_length=20, choices=_ROLES)
    sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ends = models.DateTimeField()
    again = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    taken = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    withdrawn = models.BooleanField(default=False)
