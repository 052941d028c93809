"""Where the two coders of a case differ once both have finished, and what of it is settled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q

from casereview.casebook.models import Assignment, Case, Evidence, Passage, Person, Value
from casereview.study.sources import AGREED, CODED, DOUBLE_CODED

Place = tuple[int | None, int | None, str]
Kind = Literal["value", "evidence", "both", "nothing"]
"""Other answers; the same answer resting on other passages; both; or an answer where the other coder found none."""


@dataclass(frozen=True)
class Difference:
    """Two answers to one variable of one record that differ, or rest on other passages; None where a coder gave none.

    first_rests, second_rests: the passages behind each; settled: the agreed value.
    """

    case: Case
    person: Person | None
    variable: str
    first: Value | None
    second: Value | None
    settled: Value | None
    first_rests: tuple[Passage, ...] = ()
    second_rests: tuple[Passage, ...] = ()

    @property
    def kind(self) -> Kind:
        """How they differ."""
        if known(self.first) is not known(self.second):
            return "nothing"
        if same(self.first, self.second):
            return "evidence"
        return "both" if apart(self.first_rests, self.second_rests) else "value"

    @property
    def unit(self) -> str:
        """`case`, or the person's role."""
        return self.person.role if self.person else "case"

    @property
    def record(self) -> str:
        """The key of the case or of the person."""
        return self.person.key if self.person else self.case.key


def both_finished() -> dict[int, tuple[str, str]]:
    """The cases (their numbers) that two coders have finished, with the first and the second of them."""
    done = Assignment.objects.filter(current=True, finished=True, case__current=True)
    first = dict(done.filter(second=False).values_list("case_id", "coder"))
    second = dict(done.filter(second=True).values_list("case_id", "coder"))
    return {case: (first[case], second[case]) for case in first.keys() & second.keys()}


def differences(cases: Iterable[int]) -> list[Difference]:
    """The differences in those of the cases that both have finished, by case; of each, its own first, then its people's."""
    coders = {case: pair for case, pair in both_finished().items() if case in set(cases)}
    rests = _rests(coders)
    found = [_difference(several, rests.get(place, {})) for place, several in _by_place(coders).items()]
    differing = [one for one in found if one is not None]
    return sorted(differing, key=lambda one: (one.case.key, one.person is not None, one.unit, one.record, one.variable))


def _by_place(coders: dict[int, tuple[str, str]]) -> dict[Place, dict[str, Value]]:
    """Of each variable of each record, what was said by source."""
    of = Q(case__in=coders) | Q(person__case__in=coders, person__current=True)
    values = Value.objects.filter(of, source__in=(CODED, DOUBLE_CODED, AGREED), current=True)
    found: dict[Place, dict[str, Value]] = {}
    for value in values.select_related("case", "person__case"):
        if value.source == AGREED or value.coder in coders[_case(value).pk]:
            found.setdefault((value.case_id, value.person_id, value.variable), {})[value.source] = value
    return found


def _rests(coders: dict[int, tuple[str, str]]) -> dict[Place, dict[str, list[Passage]]]:
    """Of each variable of each record, the passages on which its answers rest, by source."""
    of = Q(case__in=coders) | Q(person__case__in=coders, person__current=True)
    rests = Evidence.objects.filter(of, source__in=(CODED, DOUBLE_CODED), current=True)
    found: dict[Place, dict[str, list[Passage]]] = {}
    for one in (
        rests.select_related("case", "person__case", "passage__text__document")
        .defer("passage__text__text")
        .order_by("passage__text", "passage__start")
    ):
        if one.coder in coders[_case(one).pk]:
            found.setdefault((one.case_id, one.person_id, one.variable), {}).setdefault(one.source, []).append(one.passage)
    return found


def _difference(said: dict[str, Value], rests: dict[str, list[Passage]]) -> Difference | None:
    first, second, settled = (said.get(source) for source in (CODED, DOUBLE_CODED, AGREED))
    any_of = first or second
    mine, theirs = (tuple(rests.get(source, ())) for source in (CODED, DOUBLE_CODED))
    if any_of is None or (first and second and same(first, second) and not apart(mine, theirs)):
        return None
    return Difference(_case(any_of), any_of.person, any_of.variable, first, second, settled, mine, theirs)


def known(value: Value | None) -> bool:
    """Whether something is answered, and not that there is no answer."""
    return value is not None and value.value is not None


def same(first: Value | None, second: Value | None) -> bool:
    """Whether two answers say the same."""
    return (first and (first.value, first.absent)) == (second and (second.value, second.absent))


def apart(first: Sequence[Passage], second: Sequence[Passage]) -> bool:
    """Whether both coders rest on passages, and on none in common. Where a passage begins and ends is a matter of taste: it is
    enough that two overlap."""
    return bool(first and second) and not any(_overlap(one, other) for one in first for other in second)


def _overlap(one: Passage, other: Passage) -> bool:
    return one.text_id == other.text_id and one.start < other.end and other.start < one.end


def _case(value: Value | Evidence) -> Case:
    case = value.case or (value.person.case if value.person else None)
    assert case is not None  # noqa: S101  # the table's own constraint
    return case
