"""What forms without fields of Django's own post, made safe to store and to look for."""

from django.http import HttpRequest

LONGEST = 100_000
"""Characters of a text that somebody writes."""


def text(request: HttpRequest, name: str) -> str:
    """A text: with plain line ends, without the null character, which PostgreSQL does not store, and not endless."""
    return request.POST.get(name, "").replace("\r\n", "\n").replace("\x00", "")[:LONGEST]


def number(request: HttpRequest, name: str) -> int | None:
    """A row's number; None for what is none."""
    return next(iter(numbers(request, name)), None)


def numbers(request: HttpRequest, name: str) -> list[int]:
    """Rows' numbers; what is none, or larger than a database counts, is passed over."""
    return [int(one) for one in request.POST.getlist(name) if one.isdecimal() and len(one) < 19]
