"""What every page knows: the study, and who is looking."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from casereview.workbench.guard import role_of
from casereview.workbench.live import ASKING
from casereview.workbench.permissions import ROLES, allowed
from casereview.workbench.studies import current

MENU = (
    ("home", "Study"),
    ("cases", "Cases"),
    ("themes", "Themes"),
    ("matrix", "Matrix"),
    ("find-passages", "Find"),
    ("memos", "Memos"),
    ("practice", "Practice"),
    ("study-pathways", "Pathways"),
    ("findings", "Findings"),
    ("assignments", "Assignments"),
    ("exports", "Exports"),
    ("log", "Log"),
    ("team", "Team"),
)

CASE_ROOMS = (
    ("case", "Case"),
    ("chronology", "Chronology"),
    ("questions", "Questions of the chronology"),
    ("case-pathway", "Pathway to harm"),
    ("case-system", "System around the practice"),
)
"""The pages of one case, side by side."""

ALSO = {"findings": "/study/recommend"}
"""A place of the menu → the beginning of addresses that belong to it, and do not stand below its own."""


@dataclass(frozen=True)
class Entry:
    """A place in the menu. here: whether the page that is shown is in it."""

    route: str
    label: str
    here: bool


def house(request: HttpRequest) -> dict[str, Any]:
    """The study, the menu that this person may use, and whether this is a demonstration."""
    role = role_of(request) if hasattr(request, "user") else "anyone"
    open_to = [(route, label) for route, label in MENU if role in ROLES and allowed(route, "GET", role)]
    menu = [Entry(route, label, _within(request.path, route)) for route, label in open_to]
    live = role in ROLES and request.resolver_match is not None and request.resolver_match.view_name in ASKING
    said = {"study": current(), "menu": menu, "role": role, "role_label": ROLES.get(role, ""), "demo": settings.DEMO}
    return said | {"live": live, "case_rooms": CASE_ROOMS}


def _within(path: str, route: str) -> bool:
    """Whether a page is a place of the menu, stands below it, or belongs to it."""
    if route == "home":
        return path == reverse(route)
    return path.startswith((reverse(route), *([ALSO[route]] if route in ALSO else [])))
