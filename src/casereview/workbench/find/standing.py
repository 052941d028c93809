"""The answers that now stand, as a release would take them: what was agreed, else the latest source's that knows it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from casereview.casebook.models import Case, Person
from casereview.study.given import typed
from casereview.study.sources import AGREED, CODED, DOUBLE_CODED, RowsSource
from casereview.study.study import Study
from casereview.workbench.find.asks import ABSENT, IS, AnswerRow
from casereview.workbench.visibility import Sight

Said = tuple[str | None, str | None]
"""A value, or an absence; neither where nothing is recorded."""


def askable(study: Study) -> list[str]:
    """The variables that are recorded, in the order of the codebook; what is derived is known only to a release."""
    return [slug for slug, one in study.codebook.variables.items() if one.derived is None]


def of_cases(study: Study, seen: Sight, variable: str) -> list[tuple[int, Said]]:
    """(case, what is said) for each case, or for each person in one; of a case without such a person, that nothing is."""
    unit = study.variable(variable).unit
    records = dict(_cases() if unit == "case" else _people(seen, unit))
    said = _said(study, seen, variable, "case" if unit == "case" else "person")
    found = [(case, said.get(record, (None, None))) for record, case in records.items()]
    held = set(records.values())
    return found + [(case, (None, None)) for case, _ in _cases() if case not in held]


def answers(study: Study, seen: Sight, variable: str) -> list[tuple[int, frozenset[str]]]:
    """(case, its answers as `AnswerRow` has them) for each case or person in one."""
    return [(case, tokens(study, variable, said)) for case, said in of_cases(study, seen, variable)]


def tokens(study: Study, variable: str, said: Said) -> frozenset[str]:
    """An answer as `AnswerRow` has it; of several categories each; of a number, date or text, that it is known."""
    value, absent = said
    if value is None:
        return frozenset({f"{ABSENT}{absent or ''}"})
    if not study.variable(variable).coded:
        return frozenset({IS})
    given = typed(study, variable, value)
    return frozenset(f"{IS}{one}" for one in (given if isinstance(given, list) else [value])) or frozenset({IS})


def cases_with(study: Study, seen: Sight, row: AnswerRow) -> set[int]:
    """The cases for which a condition holds, negated or not."""
    return {case for case, said in of_cases(study, seen, row.variable) if holds(study, row, said)}


def holds(study: Study, row: AnswerRow, said: Said) -> bool:
    """Whether an answer is one of those asked for."""
    value = said[0]
    if tokens(study, row.variable, said) & set(row.answers):
        return True
    if row.least or row.most:
        return value is not None and _between(study.variable(row.variable).type, value, row.least, row.most)
    return value is not None and not row.answers


def _between(kind: str, value: str, least: str, most: str) -> bool:
    """Numbers as numbers; dates as far as both say, so that 2002 is within March 2001 to 2002."""
    if kind == "number":
        return (not least or float(value) >= float(least)) and (not most or float(value) <= float(most))
    return (not least or value[: len(least)] >= least[: len(value)]) and (not most or value[: len(most)] <= most[: len(value)])


def _cases() -> Iterator[tuple[int, int]]:
    return ((pk, pk) for pk in Case.objects.filter(current=True).order_by("pk").values_list("pk", flat=True))


def _people(seen: Sight, role: str) -> Iterator[tuple[int, int]]:
    """(person, case) of those whom somebody may know of."""
    people = Person.objects.filter(role=role, current=True, case__current=True)
    yield from people.exclude(case__in=seen.blind).order_by("pk").values_list("pk", "case_id")
    for case in Case.objects.filter(pk__in=seen.blind, current=True):
        yield from ((one.pk, case.pk) for one in seen.people(case) if one.role == role)


def _said(study: Study, seen: Sight, variable: str, of: str) -> dict[int, Said]:
    """Record → what stands of it."""
    order = {source: place for place, source in enumerate([*study.sources.sources, CODED])}
    double = [slug for slug, one in study.sources.sources.items() if isinstance(one, RowsSource) and one.double_coding]
    rows = seen.values().filter(~Q(source__in=[DOUBLE_CODED, *double]), variable=variable, **{f"{of}__isnull": False})
    told: list[tuple[Any, ...]] = list(rows.values_list(f"{of}_id", "value", "absent", "source", "coder"))
    told.sort(key=lambda row: (row[3] == AGREED, row[1] is not None, order.get(row[3], len(order)), row[4]))
    return {record: (value, absent) for record, value, absent, _, _ in told}
