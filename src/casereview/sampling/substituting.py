"""Cases that were drawn, could not be used, and were replaced."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from casereview.study.samples import Substitute

Status = Literal["drawn", "replaced", "substitute"]


@dataclass(frozen=True, order=True)
class Member:
    """A case of a sample, as in a release. other: the case on the other side of a substitution."""

    case: str
    status: Status
    other: str = ""
    reason: str = ""


def with_substitutes(
    drawn: Collection[str], frame: Collection[str], substitutes: Sequence[Substitute]
) -> tuple[tuple[Member, ...], tuple[tuple[Substitute, str], ...]]:
    """Everyone who is or was in the sample, by case; and the substitutions that cannot be made, with why.

    Made in their order, so that a substitute can itself be replaced. Whoever takes a place is of the frame and not in the sample.
    """
    members: dict[str, Member] = {case: Member(case, "drawn") for case in drawn}
    unfit = []
    for one in substitutes:
        why = _unfit(one, members, frame)
        if why is not None:
            unfit.append((one, why))
            continue
        reason = f"{one.why} ({one.who}, {one.when.isoformat()})"
        members[one.case] = Member(one.case, "replaced", one.by, reason)
        members[one.by] = Member(one.by, "substitute", one.case, reason)
    return tuple(sorted(members.values())), tuple(unfit)


def _unfit(one: Substitute, members: dict[str, Member], frame: Collection[str]) -> str | None:
    if one.case not in members or members[one.case].status == "replaced":
        return f"“{one.case}” is not in the sample"
    if one.by in members:
        return f"“{one.by}” is, or was, in the sample already"
    if one.by not in frame:
        return f"“{one.by}” is not in the frame of the sample"
    return None
