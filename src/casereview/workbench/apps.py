"""The workbench as a Django application."""

import logging

from django.apps import AppConfig


class Workbench(AppConfig):
    """Accounts and pages."""

    name = "casereview.workbench"
    label = "workbench"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for sign-ins; and never log what a page was given, which holds the words of documents."""
        logging.getLogger("django.template").setLevel(logging.INFO)
        from casereview.workbench import signals  # noqa: F401  # its receivers connect as it is imported
