"""Taking in coded rows: cases and people with their values."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from casereview.casebook.acts.writing import act, forget, insert, remember, remembered, supersede
from casereview.casebook.models import Case, Person, SourceRow, Value

Answer = tuple[str, str | None, str | None, str]
"""variable, value, absent, recorded: exactly one of value and absent is None."""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """What a row says of a record. belongs: the wave of a case; the case of a person."""

    key: str
    belongs: str
    answers: tuple[Answer, ...]

    @property
    def sha256(self) -> str:
        """The same for rows that say the same."""
        return hashlib.sha256(json.dumps([self.belongs, self.answers]).encode()).hexdigest()


@dataclass(frozen=True)
class Taken:
    """How many rows were new or changed, and how many were as they were."""

    read: int
    unchanged: int


def take_in_cases(*, by: str, source: str, rows: Sequence[RecordRow]) -> Taken:
    """Record what rows of a source say of cases, one row a case."""
    with act("take-in-cases", by) as detail:
        fresh, known, hashes = _fresh(source, "case", rows)
        if fresh:
            numbers, moved = _cases(fresh)
            _record("case_id", source, fresh, numbers, known)
            remember(source, "case", hashes)
            detail.update(_told(source, fresh, known, hashes) | ({"waves": moved} if moved else {}))
        return Taken(len(fresh), len(rows) - len(fresh))


def take_in_people(*, by: str, source: str, role: str, rows: Sequence[RecordRow]) -> Taken:
    """Record what rows of a source say of people in one role, one row a person. Their cases are there."""
    with act("take-in-people", by) as detail:
        fresh, known, hashes = _fresh(source, role, rows)
        if fresh:
            numbers, moved = _people(role, fresh)
            _record("person_id", source, fresh, numbers, known)
            remember(source, role, hashes)
            detail.update(_told(source, fresh, known, hashes) | {"role": role} | ({"cases": moved} if moved else {}))
        return Taken(len(fresh), len(rows) - len(fresh))


def withdraw_records(*, by: str, source: str, unit: str, keys: Sequence[str]) -> None:
    """End what a source said of records that it no longer holds; a record that no other source holds ends with it."""
    with act("withdraw-records", by) as detail:
        held = SourceRow.objects.filter(kind=unit, key__in=keys).exclude(source=source).values_list("key", flat=True)
        alone = frozenset(keys) - frozenset(held)
        of = {"case__in": _of(unit, keys)} if unit == "case" else {"person__in": _of(unit, keys)}
        supersede(Value, Value.objects.filter(**of, source=source, current=True).values_list("id", flat=True))
        _of(unit, sorted(alone)).update(current=False)
        forget(source, unit, keys)
        detail.update({"source": source, "unit": unit, "rows": list(keys)})


def _of(unit: str, keys: Sequence[str]) -> QuerySet[Case] | QuerySet[Person]:
    return Case.objects.filter(key__in=keys) if unit == "case" else Person.objects.filter(role=unit, key__in=keys)


def _fresh(source: str, unit: str, rows: Sequence[RecordRow]) -> tuple[list[RecordRow], dict[str, str], dict[str, str]]:
    """The new or changed rows; what was known of rows; the hashes of the new or changed."""
    known = remembered(source, unit, [row.key for row in rows])
    hashes = {row.key: row.sha256 for row in rows}
    fresh = [row for row in rows if known.get(row.key) != hashes[row.key]]
    return fresh, known, {row.key: hashes[row.key] for row in fresh}


def _cases(rows: Sequence[RecordRow]) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Key → number of the cases, made or revived where need be; key → [wave before, wave now] of those that moved."""
    stored = {case.key: case for case in Case.objects.filter(key__in=[row.key for row in rows])}
    made = Case.objects.bulk_create([Case(key=row.key, wave=row.belongs) for row in rows if row.key not in stored])
    waves = {row.key: row.belongs for row in rows}
    moved = {key: [case.wave, waves[key]] for key, case in stored.items() if case.wave != waves[key]}
    changed = [case for key, case in stored.items() if key in moved or not case.current]
    for case in changed:
        case.wave, case.current = waves[case.key], True
    Case.objects.bulk_update(changed, ["wave", "current"])
    return {case.key: case.pk for case in (*stored.values(), *made)}, moved


def _people(role: str, rows: Sequence[RecordRow]) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Key → number of the people, made or revived where need be; key → [case before, case now] of those that moved."""
    cases = {case.key: case for case in Case.objects.filter(key__in={row.belongs for row in rows}, current=True)}
    found = Person.objects.filter(role=role, key__in=[row.key for row in rows]).select_related("case")
    stored = {person.key: person for person in found}
    new = [Person(role=role, key=row.key, case=cases[row.belongs]) for row in rows if row.key not in stored]
    made = Person.objects.bulk_create(new)
    belongs = {row.key: row.belongs for row in rows}
    moved = {key: [person.case.key, belongs[key]] for key, person in stored.items() if person.case.key != belongs[key]}
    changed = [person for key, person in stored.items() if key in moved or not person.current]
    for person in changed:
        person.case, person.current = cases[belongs[person.key]], True
    Person.objects.bulk_update(changed, ["case", "current"])
    return {person.key: person.pk for person in (*stored.values(), *made)}, moved


def _record(of: str, source: str, rows: Sequence[RecordRow], numbers: Mapping[str, int], known: Mapping[str, str]) -> None:
    """Insert the answers of rows; of rows known before, only those that differ, which supersede their forerunners."""
    again = [numbers[row.key] for row in rows if row.key in known]
    before = _before(of, source, again) if again else {}
    adding = []
    for row in rows:
        number = numbers[row.key]
        for variable, value, absent, recorded in row.answers:
            former = before.pop((number, variable), None) if before else None
            if former is None or former[1:] != (value, absent, recorded):
                adding.append((number, variable, source, "", value, absent, recorded, True))
                if former is not None:
                    before[number, variable] = former
    supersede(Value, [former[0] for former in before.values()])
    insert(Value, (of, "variable", "source", "coder", "value", "absent", "recorded", "current"), adding)


def _before(of: str, source: str, numbers: Sequence[int]) -> dict[tuple[int, str], tuple[int, str | None, str | None, str]]:
    """(record, variable) → (id, value, absent, recorded) of what the source says now."""
    found = Value.objects.filter(**{f"{of}__in": numbers}, source=source, coder="", current=True)
    columns = found.values_list(of, "variable", "id", "value", "absent", "recorded")
    return {(number, variable): tuple(rest) for number, variable, *rest in columns}


def _told(source: str, rows: Sequence[RecordRow], known: Mapping[str, str], hashes: Mapping[str, str]) -> dict[str, object]:
    """What the event says: which rows, with their hashes; of changed ones, the hash before."""
    changed = {row.key: [known[row.key], hashes[row.key]] for row in rows if row.key in known}
    new = {row.key: hashes[row.key] for row in rows if row.key not in known}
    return {"source": source} | ({"new": new} if new else {}) | ({"changed": changed} if changed else {})
