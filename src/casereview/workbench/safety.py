"""What must hold before the workbench is served to anybody: a setting that would let people in too easily stops it."""

from collections.abc import Callable, Mapping
from typing import Any

from casereview.study.problems import Place, Problem, StudyRefused

OURS = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
"""Names of this machine, for itself alone."""

IDLE = 15 * 60
"""Seconds without a request after which a session is over, at most."""

_RULES: Mapping[str, Callable[[Any], bool]] = {
    "DEBUG is on: a fault would show what is in memory.": lambda settings: not settings.DEBUG,
    "The second factor is not set up: no kind of it is offered.": lambda settings: (
        {"totp", "webauthn"} <= set(settings.MFA_SUPPORTED_TYPES) and "allauth.mfa" in settings.INSTALLED_APPS
    ),
    "Nothing refuses a page to those who may not see it: the guard is not the innermost middleware.": lambda settings: (
        settings.MIDDLEWARE[-1] == "casereview.workbench.guard.Guard"
    ),
    "Answers would be without the policy that keeps documents from running.": lambda settings: (
        settings.MIDDLEWARE[0] == "casereview.workbench.headers.Headers"
    ),
    "Sessions last longer than 15 minutes without a request, or outlive the browser.": lambda settings: (
        settings.SESSION_COOKIE_AGE <= IDLE and settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
    ),
    "Scripts could read the cookie of a session, or other sites send it.": lambda settings: (
        settings.SESSION_COOKIE_HTTPONLY and settings.SESSION_COOKIE_SAMESITE == "Strict"
    ),
    "The key that signs sessions is missing or short.": lambda settings: (
        len(settings.SECRET_KEY) >= 32 and " " not in settings.SECRET_KEY
    ),
    "A demonstration asks for no second factor, and others could reach it.": lambda settings: (
        not settings.DEMO or set(settings.ALLOWED_HOSTS) <= OURS
    ),
}


def faults(settings: Any) -> list[Problem]:
    """What makes settings unsafe, all of it at once."""
    remedy = "Serve it with the settings that casereview has, and with CASEREVIEW_SECRET of 32 characters or more."
    broken = [cause for cause, holds in _RULES.items() if not holds(settings)]
    return [Problem(Place("serve"), "unsafe-settings", cause, remedy) for cause in broken]


def refuse_unsafe(settings: Any) -> None:
    """Raises StudyRefused."""
    if found := faults(settings):
        raise StudyRefused(found)
