"""What the models share: how long names may be, what is current, and what belongs to one record."""

from django.db.models import Q

SLUG = 80
KEY = 500
HASH = 64
NOW = Q(current=True)
ONE_RECORD = Q(case__isnull=False, person__isnull=True) | Q(case__isnull=True, person__isnull=False)
"""Of a case, or of a person, never both."""
