"""What the pages of finding share: the names, the tabs, and the queries saved of each kind."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from casereview.casebook import tree_versions
from casereview.casebook.models import SavedQuery
from casereview.workbench.find.asks import KINDS
from casereview.workbench.find.names import Names
from casereview.workbench.studies import current
from casereview.workbench.visibility import Sight

TABS: Mapping[str, str] = {
    "find-passages": "Passages",
    "find-together": "Codes together",
    "find-by-answer": "Codes by answer",
    "find-words": "Words",
}


def names_now() -> Names:
    """The names of the study, with the tree of codes as it now is."""
    return Names(current(), tree_versions.current(current()))


def coders(seen: Sight) -> list[str]:
    """Those who coded something that somebody may see."""
    return sorted(set(seen.codings().exclude(coder="").values_list("coder", flat=True).distinct()))


def tabs(request: HttpRequest, seen: Sight, kind: str) -> dict[str, Any]:
    """The tabs, and the saved queries of one kind."""
    saved = seen.queries().filter(kind=kind).order_by("name", "coder")
    return {"tabs": TABS, "kind": kind, "saved": [(one, address_of(one)) for one in saved]}


def address_of(query: SavedQuery) -> str:
    """Where a saved query is opened, by its kind, whose it is and its name: a number would tell how many there are."""
    from django.utils.http import urlencode

    return f"{reverse('find-open')}?{urlencode({'kind': query.kind, 'by': query.coder, 'name': query.name})}"


def known_kind(kind: str) -> bool:
    """Whether a page asks queries of this kind."""
    return kind in KINDS
