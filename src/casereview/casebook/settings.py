"""Django's settings: the casebook alone, no web. `casebook.opened` says which database; until then it is one in memory."""

from typing import Any

from casereview.casebook.durable import SQLITE_OPTIONS

INSTALLED_APPS = ["casereview.casebook"]
DATABASES: dict[str, Any] = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": dict(SQLITE_OPTIONS)},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LOGGING_CONFIG = None
