"""Pathways and systems of all cases, from what somebody may see of the casebook now: counts of cases, never of one case.

A release's tables count the same (`analysis.questions.drawn`), and these are what can be cited; here the work can be followed.
What a second, blind coder drew is for agreement, and is in no count.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from casereview.casebook.models import Case, MapPart
from casereview.casebook.models.maps import BEHIND, CHANCE, LED_TO, LINK, LOOKED, OF, PROBLEM
from casereview.study.pathways import chance_row, link_row, place_row
from casereview.study.sources import DOUBLE_CODED
from casereview.study.study import Study
from casereview.study.systems import behind_row, nothing_row
from casereview.workbench.counted import Counted
from casereview.workbench.visibility import Sight

Rows = dict[str, set[int]]
"""Row → the cases that stand in it, by number."""


@dataclass(frozen=True)
class Together:
    """What was drawn of cases. looked: the cases that somebody looked at; rows: those in each row."""

    looked: frozenset[int]
    rows: Rows = field(default_factory=dict)

    def count(self, row: str, among: Collection[int] | None = None) -> int:
        """The cases of a row, or those of some."""
        there = self.rows.get(row, set())
        return len(there if among is None else there & set(among))


def together(seen: Sight, what: str) -> Together:
    """The pathways, or the systems, of all cases."""
    rows: Rows = defaultdict(set)
    parts = list(_parts(seen, what))
    for case, part in parts:
        for row in ROWS.get(part.kind, _none)(part):
            rows[row].add(case)
    for row, cases in _unexplained(parts).items():
        rows[row] |= cases
    return Together(frozenset(case for case, _ in parts), dict(rows))


def _parts(seen: Sight, what: str) -> Iterable[tuple[int, MapPart]]:
    found = seen.maps().filter(case__current=True).exclude(source=DOUBLE_CODED)
    drawn = found.filter(kind__in=OF[what]) | found.filter(kind=LOOKED, start=what)
    return ((one.case_id, one) for one in drawn)


def _none(_: MapPart) -> tuple[str, ...]:
    return ()


def _chance(one: MapPart) -> tuple[str, ...]:
    return (chance_row(one.of), *((place_row(one.start, one.end),) if one.start else ()))


ROWS: dict[str, Callable[[MapPart], tuple[str, ...]]] = {
    LINK: lambda one: (link_row(one.start, one.end), one.start, one.end),
    CHANCE: _chance,
    PROBLEM: lambda one: (one.start,),
    BEHIND: lambda one: (one.end, one.start, behind_row(one.end, one.start)),
    LED_TO: lambda one: (one.start, one.end),
}
"""The rows in which a case stands by a part of a kind, as the tables of the plan have them."""


def _unexplained(parts: Iterable[tuple[int, MapPart]]) -> Rows:
    """The problems with nothing behind them in a case."""
    problems = {(case, one.start) for case, one in parts if one.kind == PROBLEM}
    explained = {(case, one.end) for case, one in parts if one.kind == BEHIND}
    rows: Rows = defaultdict(set)
    for case, problem in problems - explained:
        rows[nothing_row(problem)].add(case)
    return rows


def groups(study: Study, seen: Sight, by: str, cases: Collection[int]) -> list[tuple[str, set[int]]]:
    """(answer in words, cases) of the cases whose answer is known, in the order of the codebook."""
    if by == "wave":
        known = dict(Case.objects.filter(pk__in=cases).values_list("pk", "wave"))
        return [(study.about.waves[wave].label, {pk for pk, one in known.items() if one == wave}) for wave in study.waves]
    value = Counted(study, seen, "case").of(by).value
    said = dict(Case.objects.filter(pk__in=cases).annotate(said=value).values_list("pk", "said"))
    answers = study.categories(by)
    return [
        (one.label, {pk for pk, answer in said.items() if answer == slug}) for slug, one in answers.items() if not one.retired
    ]


def behind_row_parts(seen: Sight, what: str, kinds: Collection[str], **of: str) -> list[MapPart]:
    """The parts of one kind that say the same, in all cases."""
    found = seen.maps().filter(kind__in=kinds, case__current=True, **of).exclude(source=DOUBLE_CODED)
    return list(found.select_related("case").order_by("case__key", "coder", "source", "row"))
