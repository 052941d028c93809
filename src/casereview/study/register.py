"""The register: recommendation by wave; which of them earlier reviews made, and which are still being made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from casereview.study.recommendations import SETTLED, Recommendation, Status, StatusWord
from casereview.study.study import Study

Made = Literal["", "made", "again"]


@dataclass(frozen=True)
class Mark:
    """What stands in one wave of a line: whether it was made then, or again; and its status, where one is known."""

    made: Made = ""
    status: Status | None = None


@dataclass(frozen=True)
class Line:
    """One recommendation through time. members: as it was first made, then those that make it again, oldest first.

    marks: wave → what stands there, from the wave in which it was first made.
    """

    members: tuple[Recommendation, ...]
    marks: Mapping[str, Mark]

    @property
    def first(self) -> Recommendation:
        """As it was first made."""
        return self.members[0]

    @property
    def newest(self) -> Recommendation:
        """As it was last made."""
        return self.members[-1]

    @property
    def first_made(self) -> str:
        """The wave in which it was first made."""
        return next(iter(self.marks))

    @property
    def again(self) -> tuple[str, ...]:
        """The waves in which it was made again."""
        return tuple(wave for wave, mark in self.marks.items() if mark.made == "again")

    @property
    def now(self) -> StatusWord | None:
        """Its newest status; that it was made again, where nothing is known since; None where nothing is known at all."""
        for mark in reversed(tuple(self.marks.values())):
            if mark.status and mark.status.status != "made-again":
                return mark.status.status
            if mark.made:
                return "made-again" if mark.made == "again" else None
        return None

    @property
    def open(self) -> bool | None:
        """Whether it is neither done nor dropped; None where nothing is known of it."""
        return None if self.now is None else self.now not in SETTLED


def register(study: Study) -> tuple[Line, ...]:
    """Every recommendation through time, in the order in which they were first made."""
    repeated = {one.head.repeats for one in study.recommendations}
    roots = (one for one in study.recommendations if one.head.repeats not in {one.slug for one in study.recommendations})
    lines = (_line(study, _family(study, root) if root.slug in repeated else (root,)) for root in roots)
    return tuple(sorted(lines, key=lambda line: (study.waves.index(line.first_made), line.first.slug)))


def still_made(study: Study, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Those first made by earlier reviews that the newest makes again."""
    newest = study.waves[-1]
    return tuple(line for line in lines if newest in line.again)


def earlier(study: Study, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Those first made by earlier reviews."""
    return tuple(line for line in lines if line.first_made != study.waves[-1])


def made_at(study: Study, one: Recommendation) -> str:
    """The wave in which a recommendation was first made; the newest where it says none that there is."""
    said = one.head.first_made
    return said if said in study.waves else study.waves[-1]


def _family(study: Study, root: Recommendation) -> tuple[Recommendation, ...]:
    """A recommendation with those that make it again, directly or through others, oldest first."""
    family, waiting = [], [root]
    while waiting:
        family.append(waiting.pop())
        waiting += [one for one in study.recommendations if one.head.repeats == family[-1].slug and one not in family]
    return tuple(sorted(family, key=lambda one: (one is not root, study.waves.index(made_at(study, one)), one.slug)))


def _line(study: Study, members: tuple[Recommendation, ...]) -> Line:
    first = study.waves.index(made_at(study, members[0]))
    return Line(members, {wave: _mark(study, members, wave) for wave in study.waves[first:]})


def _mark(study: Study, members: tuple[Recommendation, ...], wave: str) -> Mark:
    status = next((one.head.statuses[wave] for one in reversed(members) if wave in one.head.statuses), None)
    if made_at(study, members[0]) == wave:
        return Mark("made", status)
    said = any(one.head.statuses[wave].status == "made-again" for one in members if wave in one.head.statuses)
    again = said or any(made_at(study, one) == wave for one in members[1:])
    return Mark("again" if again else "", status)
