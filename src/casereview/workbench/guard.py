"""Nobody gets anything that the table of permissions does not give them; and no one without a second factor."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse

from casereview.workbench.models import Account
from casereview.workbench.permissions import ROUTES, allowed


class Guard:
    """Middleware, the innermost: it decides before a page's own code runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing to do before the route is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, named: Any) -> HttpResponseBase | None:
        """Refuse, or let the page go on. What is no route of the table is as if it were not there."""
        request.get_host()  # a name that is not served is refused, whether or not the page asks for it
        route = request.resolver_match.view_name if request.resolver_match else None
        if route is None or route not in ROUTES:
            raise Http404
        role = role_of(request)
        if allowed(route, request.method or "", role):
            return None
        return _refusal(request, route, role)


def asks_again(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page or act for which whoever is signed in shows once more that it is them, if they have not in the last minutes.

    An act is not kept and done afterwards: what they may do is looked at anew when they ask for it again.
    """

    @wraps(page)
    def asked(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        if did_recently_reauthenticate(request):
            return page(request, *given, **named)
        back = request.get_full_path() if request.method == "GET" else reverse("team")
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")

    return asked


def who(request: HttpRequest) -> Account:
    """The account that is signed in, on a page that only accounts may use."""
    return cast(Account, request.user)


def role_of(request: HttpRequest) -> str:
    """`anyone`, `signed-in` (no second factor yet), or the role of the account."""
    if not request.user.is_authenticated:
        return "anyone"
    if not settings.DEMO and not is_mfa_enabled(request.user):
        return "signed-in"
    return who(request).role


def _refusal(request: HttpRequest, route: str, role: str) -> HttpResponse:
    if request.method not in {*ROUTES[route], "HEAD"}:
        return HttpResponseNotAllowed(sorted(ROUTES[route]))
    if role == "anyone":
        return redirect_to_login(request.get_full_path())
    if role == "signed-in":
        return redirect("mfa_index")
    return render(request, "workbench/refused.html", status=403)
