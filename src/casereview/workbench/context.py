"""What every page knows: the study, and who is looking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from casereview.workbench.guard import role_of
from casereview.workbench.permissions import ROLES, allowed
from casereview.workbench.studies import current

MENU = (
    ("home", "Study"),
    ("cases", "Cases"),
    ("themes", "Themes"),
    ("matrix", "Matrix"),
    ("find-passages", "Find"),
    ("memos", "Memos"),
    ("assignments", "Assignments"),
    ("exports", "Exports"),
    ("team", "Team"),
)


def house(request: HttpRequest) -> dict[str, Any]:
    """The study, the menu that this person may use, and whether this is a demonstration."""
    role = role_of(request) if hasattr(request, "user") else "anyone"
    menu = [(route, label) for route, label in MENU if role in ROLES and allowed(route, "GET", role)]
    return {"study": current(), "menu": menu, "role": role, "role_label": ROLES.get(role, ""), "demo": settings.DEMO}
