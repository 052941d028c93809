"""The parts of a case's pathway and of its map of the system: what each says, and what of it the study does not know."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from casereview.casebook.models.maps import BEHIND, CHANCE, LED_TO, LINK, LOOKED, PROBLEM
from casereview.study.mistakes import nearest
from casereview.study.problems import Place, Problem
from casereview.study.study import Study

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
HERE = Place("map")


@dataclass(frozen=True, order=True)
class Part:
    """A part by what it says, as `MapPart` has it; its note aside, no two of one coder are the same."""

    kind: str
    start: str
    end: str = ""
    of: str = ""
    date: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """By column."""
        return {"kind": self.kind, "start": self.start, "end": self.end, "of": self.of, "date": self.date}


def part_of(row: Any) -> Part:
    """What a `MapPart` says."""
    return Part(row.kind, row.start, row.end, row.of, row.date)


def unfit(study: Study, part: Part, place: Place = HERE) -> list[Problem]:
    """Why a part cannot be drawn in a study; retired names can be here."""
    return list(_unfit(study, part, place))


def _unfit(study: Study, part: Part, place: Place) -> Iterator[Problem]:
    factors, problems, conditions = study.pathways.factors, study.systems.problems, study.systems.conditions
    match part.kind:
        case kind if kind == LINK:
            yield from _unknown(place, "factor", (part.start, part.end), factors)
            if part.start in factors and factors[part.start].side == "harm":
                yield _wrong(place, f"“{factors[part.start].label}” is a harm, from which nothing leads on.")
        case kind if kind == CHANCE:
            yield from _unknown(place, "factor", filter(None, (part.of, part.start, part.end)), factors)
            yield from _no_chance(study, part, place)
        case kind if kind == PROBLEM:
            yield from _unknown(place, "practice problem", (part.start,), problems)
        case kind if kind == BEHIND:
            yield from _unknown(place, "condition", (part.start,), conditions)
            yield from _unknown(place, "practice problem", (part.end,), problems)
        case kind if kind == LED_TO:
            yield from _unknown(place, "condition", (part.start, part.end), conditions)
        case kind if kind == LOOKED:
            return
    if part.end and part.start == part.end:
        yield _wrong(place, "It would lead from a thing to itself.")


def _no_chance(study: Study, part: Part, place: Place) -> Iterator[Problem]:
    factor = study.pathways.factors.get(part.of)
    if factor is None or factor.side != "protective":
        yield Problem(place, "part-unfit", "A chance is of a factor that protects.", "Name one whose side is “protective”.")
    if not part.start and (part.end or not part.date):
        cause = "A chance stands between two factors, at one, or at a date."
        yield Problem(place, "part-unfit", cause, "Say where it was, or when.")
    if part.date and not DATE.fullmatch(part.date):
        yield Problem(place, "part-unfit", f"“{part.date[:40]}” is no date.", "Write it as 2012, 2012-03 or 2012-03-14.")


def _unknown(place: Place, what: str, names: Any, known: Collection[str]) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            cause = f"There is no {what} “{name[:80]}”." if name else f"It names no {what}."
            listed = f"Each {what} is listed in {'pathways.yaml' if what == 'factor' else 'systems.yaml'}."
            yield Problem(place, "unknown-name", cause, nearest(name, tuple(known), listed) if name else f"Name a {what}.")


def _wrong(place: Place, cause: str) -> Problem:
    return Problem(place, "part-unfit", cause, "Correct what it leads from or to.")


def retired(study: Study, part: Part) -> list[Problem]:
    """The names in a part that are no longer to be drawn."""
    known = study.pathways.factors | study.systems.problems | study.systems.conditions
    named = (known[name] for name in (part.start, part.end, part.of) if name in known)
    return [
        Problem(HERE, "retired-in-use", f"“{one.label}” is no longer drawn: {one.retired.why}", "Choose another.")
        for one in named
        if one.retired
    ]
