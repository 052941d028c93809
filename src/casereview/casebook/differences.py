"""Where the two coders of a case differ once both have finished, and what of it is settled."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from casereview.casebook.models import Assignment, Case, Person, Value
from casereview.study.sources import AGREED, CODED, DOUBLE_CODED

Place = tuple[int | None, int | None, str]


@dataclass(frozen=True)
class Difference:
    """Two answers to one variable of one record that differ; None where a coder gave none. settled: the agreed value."""

    case: Case
    person: Person | None
    variable: str
    first: Value | None
    second: Value | None
    settled: Value | None

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
    found = [_difference(several) for several in _by_place(coders).values()]
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


def _difference(said: dict[str, Value]) -> Difference | None:
    first, second, settled = (said.get(source) for source in (CODED, DOUBLE_CODED, AGREED))
    any_of = first or second
    if any_of is None or (first and second and (first.value, first.absent) == (second.value, second.absent)):
        return None
    return Difference(_case(any_of), any_of.person, any_of.variable, first, second, settled)


def _case(value: Value) -> Case:
    case = value.case or (value.person.case if value.person else None)
    assert case is not None  # noqa: S101  # the table's own constraint
    return case
