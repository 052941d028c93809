"""What others do appears without reloading: a page asks every few seconds whether what it shows has changed.

It asks for itself, or for what live.js is told to ask for, with a header that names what it has: a hash of what it shows. It is
answered 204 while that is the same, and else with what it would show now. So an answer depends on nothing but what its reader may
see; no number of an event and no word of others' work crosses. A page that asks by itself is no sign of somebody at work: the
session does not last longer for it.
"""

import hashlib
import re
import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from casereview.casebook import audit
from casereview.workbench.guard import role_of, who
from casereview.workbench.permissions import allowed
from casereview.workbench.visibility import sight

PAGES = frozenset({"home", "cases", "themes", "theme", "theme-history", "assignments", "memos"})
"""Pages that are brought up to date as wholes. None of them shows a document's text, so that asking reads nothing."""

PARTS = frozenset({"marks-now", "answers-now", "settled-now"})
"""What the reader, the form and the page of differences ask for instead of themselves."""

ASKING = frozenset({*PAGES, "reader", "form", "adjudication"})
"""Pages with a script that asks."""

HAS, IS = "Casereview-Has", "Casereview-Is"
NOTED = 30
"""Seconds; a session ends at most so much before its time is over."""
KEPT = 60
"""Seconds for which it is remembered that nothing has happened since an answer was made."""


def asks(request: HttpRequest) -> bool:
    """Whether a page asks by itself, so that nobody need be there."""
    route = request.resolver_match.view_name if request.resolver_match else None
    return HAS in request.headers and request.method == "GET" and route in PAGES | PARTS


class Sessions(SessionMiddleware):
    """Sessions that last longer only by what a person does."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Leave the session as it is where a page has asked by itself, or where it is noted already that somebody is there."""
        if asks(request):
            return response
        if hasattr(request, "user") and request.user.is_authenticated and not _noted(request):
            request.session["noted"] = _period()
        return super().process_response(request, response)


class UserSessions(UserSessionsMiddleware):  # type: ignore[misc]  # has no types
    """Where somebody is signed in, noted by what a person does."""

    def __call__(self, request: HttpRequest) -> Any:
        """The route is not known yet: whatever names what it has may be a page that asks."""
        return self.get_response(request) if HAS in request.headers or _noted(request) else super().__call__(request)


def _period() -> int:
    return int(time.time()) // NOTED


def _noted(request: HttpRequest) -> bool:
    """Whether it has just been written down that somebody is there: each time costs two writes, for which a save would wait."""
    return request.session.get("noted") == _period()


class Live:
    """Middleware around the guard: says what a page shows, and whether it has changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Name what is shown, and send nothing that is shown already."""
        response = self.get_response(request)
        route = request.resolver_match.view_name if request.resolver_match else None
        if route not in PAGES | PARTS or response.status_code != 200 or not isinstance(response, HttpResponse):
            return response
        shown = _hash(response.content)
        if not asks(request):
            response.content = response.content.replace(b' data-live=""', f' data-live="{shown}"'.encode(), 1)
            return response
        if number := getattr(request, "newest_event", None):
            cache.set(_place(request, shown), number, KEPT)
        if request.headers[HAS] == shown:
            return HttpResponse(status=204)
        response.content = response.content.replace(b' data-live=""', f' data-live="{shown}"'.encode(), 1)
        response.headers[IS] = shown
        return response

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, named: Any) -> HttpResponse | None:
        """Answer at once where nothing has happened since; not to a blind coder, whom the time it takes would tell of others."""
        if not asks(request) or not allowed(request.resolver_match.view_name, "GET", role_of(request)):  # type: ignore[union-attr]
            return None  # the guard refuses
        del request._messages  # type: ignore[attr-defined]  # they are for the page that a person opens next
        if sight(who(request)).blind:
            return None
        number = audit.head().number
        if cache.get(_place(request, request.headers[HAS])) == number:
            return HttpResponse(status=204)
        request.newest_event = number  # type: ignore[attr-defined]
        return None


def _hash(content: bytes) -> str:
    """Of what a page's main part shows, without what differs each time: messages, and tokens of forms."""
    found = re.search(rb"<main.*</main>", content, re.DOTALL)
    told = re.sub(
        rb'<div class="messages".*?</div>|name="csrfmiddlewaretoken" value="[^"]*"', b"", found[0] if found else content
    )
    return hashlib.blake2b(told, digest_size=16).hexdigest()


def _place(request: HttpRequest, shown: str) -> str:
    """Where it is remembered: for whom, in which role, which address, and what is shown."""
    account = who(request)
    told = f"{account.pk} {account.role} {request.get_full_path()} {shown}"
    return f"live-{hashlib.blake2b(told.encode(), digest_size=16).hexdigest()}"
