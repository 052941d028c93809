"""The casebook: what the team has recorded, every act of it audited, nothing of it overwritten.

    with casebook.opened(path):
        report = casebook.intake.take_in(study, data, executor=executor, progress=progress)

Only this room knows Django. Importing it starts Django, with this room's settings unless others are named.
"""

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import django
from django.apps import apps

if TYPE_CHECKING:
    from casereview.casebook import audit, intake, samples
    from casereview.casebook.freezing import freeze
    from casereview.casebook.long_tables import content
    from casereview.casebook.opening import opened

__all__ = ["audit", "content", "freeze", "intake", "opened", "samples"]

_HOMES = {"content": "long_tables", "freeze": "freezing", "opened": "opening"}

# Django may itself have imported this package: while it loads its applications, or with settings that build on this room's.
if os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casereview.casebook.settings") not in sys.modules and not (
    apps.ready or apps.loading
):
    django.setup()


def __getattr__(name: str) -> Any:
    """A public name, on first use: the models cannot be imported while Django is still starting."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_HOMES.get(name, name)}")
    return getattr(module, name) if name in _HOMES else module
