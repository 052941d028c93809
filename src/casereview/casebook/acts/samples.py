"""Settling who is in a sample."""

from collections.abc import Collection, Sequence
from typing import cast

from casereview.casebook.acts.writing import act, insert, supersede
from casereview.casebook.models import Case, Membership
from casereview.sampling import Member
from casereview.sampling.substituting import Status


def settle_sample(*, by: str, sample: str, members: Collection[Member], how: dict[str, object]) -> bool:
    """Record who is in a sample, in place of who was; both stay. how: method, size, seed. False if nothing changed."""
    with act("settle-sample", by) as detail:
        stored = _stored(sample)
        joined, left = set(members) - set(stored), set(stored) - set(members)
        if joined or left:
            supersede(Membership, [stored[member] for member in left])
            _insert(sample, sorted(joined))
            detail.update({"sample": sample, "how": how, "joined": _told(joined), "left": _told(left)})
        return bool(joined or left)


def settled_samples() -> frozenset[str]:
    """The samples that have members now."""
    return frozenset(Membership.objects.filter(current=True).values_list("sample", flat=True).distinct())


def in_sample(sample: str) -> tuple[str, ...]:
    """The cases that are in a sample now, substitutes among them."""
    return tuple(sorted(member.case for member in _stored(sample) if member.status != "replaced"))


def _stored(sample: str) -> dict[Member, int]:
    rows = Membership.objects.filter(sample=sample, current=True)
    columns = rows.values_list("case__key", "status", "other__key", "reason", "id")
    return {Member(case, cast(Status, status), other or "", reason): number for case, status, other, reason, number in columns}


def _insert(sample: str, members: Sequence[Member]) -> None:
    numbers: dict[str | None, int] = dict(Case.objects.filter(current=True).values_list("key", "id"))
    rows = [(sample, numbers[one.case], one.status, numbers.get(one.other), one.reason, True) for one in members]
    insert(Membership, ("sample", "case_id", "status", "other_id", "reason", "current"), rows)


def _told(members: Collection[Member]) -> list[list[str | None]]:
    return [[one.case, one.status, one.other, one.reason] for one in sorted(members)]
