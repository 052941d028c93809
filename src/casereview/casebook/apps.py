"""The Django application."""

from django.apps import AppConfig


class CasebookConfig(AppConfig):
    """What the team has recorded."""

    name = "casereview.casebook"
    label = "casebook"
