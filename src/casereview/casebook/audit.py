"""The record of who did what: written with each act, append-only by trigger, and chained by hashes.

An event's hash covers all of it and the hash before it, so that a changed, removed, inserted or moved event breaks the chain.
Events cut off from the end leave a whole chain behind: those are found only against a head that was noted elsewhere.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from casereview.casebook.models import AuditEvent
from casereview.study.problems import Place, Problem

ORIGIN = "0" * 64
"""What the first event follows."""

_LOCK = 4_118_620  # any number, the same in every process: the chain has one writer at a time


@dataclass(frozen=True)
class Head:
    """The newest event, to be noted outside the casebook (a release does)."""

    number: int
    sha256: str


def hold() -> None:
    """Keep other writers from the chain until the transaction ends; SQLite's IMMEDIATE transactions do so by themselves."""
    if not connection.in_atomic_block:
        raise RuntimeError("an audit event belongs into the transaction of its act")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def append(*, by: str, act: str, detail: dict[str, object]) -> None:
    """Add an event, in the caller's transaction, which must `hold` the chain."""
    last = head()
    event = AuditEvent(
        number=last.number + 1,
        at=datetime.now(UTC).isoformat(timespec="microseconds"),
        by=by,
        act=act,
        detail=_canonical(detail),
        previous=last.sha256,
    )
    event.sha256 = _hash(event)
    event.save(force_insert=True)


def head() -> Head:
    """The newest event; number 0 where there is none."""
    last = AuditEvent.objects.order_by("-number").first()
    return Head(last.number, last.sha256) if last else Head(0, ORIGIN)


def verify(known: Head | None = None) -> list[Problem]:
    """The first broken link of the chain, if there is one; given a known head, also whether the end was cut off."""
    return list(_broken(known))[:1]


def _broken(known: Head | None) -> Iterator[Problem]:
    previous, number, reached = ORIGIN, 0, known is None or known.number == 0
    for number, event in enumerate(AuditEvent.objects.order_by("number").iterator(chunk_size=1000), start=1):
        if event.number != number:
            yield _problem(number, "it is missing, or was moved")
        if event.previous != previous:
            yield _problem(number, "it does not follow the event before it")
        if event.sha256 != _hash(event):
            yield _problem(number, "it is not as it was written")
        previous = event.sha256
        reached = reached or (known is not None and known == Head(event.number, event.sha256))
    if not reached:
        yield _problem(known.number if known else number, "the event noted elsewhere as the newest is not there")


def _problem(number: int, cause: str) -> Problem:
    remedy = "The log was changed outside casereview. Compare it with a copy of the casebook made before."
    return Problem(Place("audit log", number), "audit-broken", f"Event {number}: {cause}.", remedy)


def _hash(event: AuditEvent) -> str:
    parts = [event.number, event.at, event.by, event.act, event.detail, event.previous]
    return hashlib.sha256(_canonical(parts).encode()).hexdigest()


def _canonical(content: object) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"))
