"""The grid of cases: those that fit, in their order, and what stands in each column; sought and sorted by the database."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case as Choice
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models import Value as Constant
from django.db.models.functions import Collate, Lower
from django.db.models.lookups import Contains, Exact, GreaterThanOrEqual, IContains, In, LessThanOrEqual, StartsWith

from casereview.casebook.models import Case, Document, Value
from casereview.study.sources import AGREED
from casereview.study.study import Study
from casereview.workbench.case_asked import Asked, Filter, columns, reason
from casereview.workbench.counted import Answer, Counted, Expression, among, gone, in_samples, known, number
from casereview.workbench.in_words import in_words
from casereview.workbench.visibility import PEOPLE, Sight

ROWS = 500
"""Cases whose cells are fetched together."""


@dataclass(frozen=True)
class Said:
    """An answer in words. of: the person; differ: who says otherwise, and what."""

    words: str
    absent: bool
    of: str = ""
    differ: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Row:
    """A case with its cells, in the order of the columns."""

    case: Case
    cells: tuple[tuple[Said, ...], ...]


@dataclass(frozen=True)
class Grid:
    """What somebody sees of the cases that are asked for."""

    study: Study
    sight: Sight
    what: Asked

    def cases(self) -> QuerySet[Case]:
        """The cases that fit, in order."""
        what, found = self.what, Case.objects.filter(current=True)
        found = found.filter(key__icontains=what.sought) if what.sought else found
        found = found.filter(wave=what.wave) if what.wave else found
        found = found.filter(Exists(in_samples([what.sample]).filter(case=OuterRef("pk")))) if what.sample else found
        if what.documents:
            there = Exists(_documents())
            found = found.filter(there if what.documents == "with" else ~there)
        found = found.filter(self._coding(what.coding)) if what.coding else found
        for unit in self.study.units:
            found = self._fitting(found, unit)
        return found.order_by(*self._order())

    def rows(self, cases: Sequence[int]) -> list[Row]:
        """These cases (their numbers) with their cells, in the same order."""
        made: list[Row] = []
        for start in range(0, len(cases), ROWS):
            made += self._some_rows(cases[start : start + ROWS])
        return made

    def _some_rows(self, cases: Sequence[int]) -> list[Row]:
        held = Case.objects.in_bulk(cases)
        filled = [self._column(name, cases) for name in self.what.columns]
        return [Row(held[one], tuple(column.get(one, ()) for column in filled)) for one in cases]

    def _fitting(self, found: QuerySet[Case], unit: str) -> QuerySet[Case]:
        """One and the same person fits all that is asked of the people of a role."""
        filters = [one for one in self.what.filters if one.chosen and self.study.variable(one.slug).unit == unit]
        counted = Counted(self.study, self.sight, unit)
        fits = [self._fits(one, counted.of(one.slug)) for one in filters]
        if unit == "case" or not fits:
            return found.filter(*fits)
        return found.filter(Exists(Counted(self.study, self.sight, "case").people(unit).filter(*fits)))

    def _fits(self, one: Filter, answer: Answer) -> Q:
        kind = self.study.variable(one.slug).type
        fits = gone(answer, one.absent) if one.absent else Q(pk__in=[])
        fits |= among(answer.value, one.among, kind == "multiple") if one.among else Q(pk__in=[])
        fits |= known(answer.value) if one.known else Q(pk__in=[])
        fits |= Q(IContains(answer.value, one.has)) if one.has else Q(pk__in=[])
        if one.low or one.high:
            fits |= known(answer.value) & (_between_dates if kind == "date" else _between)(answer.value, one.low, one.high)
        return fits

    def _coding(self, coding: str) -> Q:
        seen = self.sight.assignments().filter(case=OuterRef("pk"))
        mine = seen.filter(coder=self.sight.handle)
        return {
            "none": ~Q(Exists(seen)),
            "open": Q(Exists(seen.filter(finished=False))),
            "finished": Q(Exists(seen)) & ~Q(Exists(seen.filter(finished=False))),
            "mine": Q(Exists(mine.filter(finished=False))),
            "mine-finished": Q(Exists(mine.filter(finished=True))),
        }[coding]

    def _order(self) -> list[Any]:
        name, down = self.what.order, self.what.down
        if name == "case":
            return ["-key" if down else "key"]
        key = self._place(name)
        ordered = key.desc(nulls_last=True) if down else key.asc(nulls_last=True)
        return [ordered, "key"]

    def _place(self, name: str) -> Expression:
        """By what a column is sorted; null, and last, where there is no answer."""
        if name == "wave":
            return _places([(Q(wave=one), place) for place, one in enumerate(self.study.waves)])
        if name == "documents":
            counted = _documents().order_by().values("case").annotate(n=Count("pk")).values("n")
            return Subquery(counted, output_field=IntegerField())
        if name == "coding":
            return _places([(self._coding(one), place) for place, one in enumerate(("none", "open", "finished"))])
        unit = self.study.variable(name).unit
        place = self._place_of(name, Counted(self.study, self.sight, unit).of(name).value)
        if unit == "case":
            return place
        people = Counted(self.study, self.sight, "case").people(unit).annotate(place=place).filter(place__isnull=False)
        return Subquery(people.order_by("-place" if self.what.down else "place").values("place")[:1])

    def _place_of(self, name: str, answer: Expression) -> Expression:
        """A number by size, an answer by its place in the codebook, several by the first of them, a text by its letters."""
        variable = self.study.variable(name)
        if variable.type == "number":
            return number(answer)
        if variable.type == "multiple":
            first = [(Q(Contains(answer, f'"{one}"')), place) for place, one in enumerate(self.study.categories(name))]
            return _places([*first, (known(answer), len(first))])
        if variable.coded:
            return _places([(Q(Exact(answer, one)), place) for place, one in enumerate(self.study.categories(name))])
        return by_code_point(Lower(answer) if variable.type == "text" else answer)

    def _column(self, name: str, cases: Sequence[int]) -> dict[int, tuple[Said, ...]]:
        if name == "wave":
            waves = self.study.about.waves
            found = Case.objects.filter(pk__in=cases).values_list("pk", "wave")
            return {pk: (Said(waves[wave].label if wave in waves else wave, False),) for pk, wave in found}
        if name == "documents":
            counted = _documents(cases).values("case").annotate(n=Count("pk")).values_list("case", "n")
            papers = dict(counted)
            return {pk: (Said(str(papers.get(pk, 0)), False),) for pk in cases}
        if name == "coding":
            return self._coders(cases)
        return self._of_cases(name, cases) if self.study.variable(name).unit == "case" else self._of_people(name, cases)

    def _coders(self, cases: Sequence[int]) -> dict[int, tuple[Said, ...]]:
        found: dict[int, list[Said]] = {}
        for one in self.sight.assignments().filter(case__in=cases).order_by("second"):
            found.setdefault(one.case_id, []).append(Said("finished" if one.finished else "coding", False, one.coder))
        return {pk: tuple(found.get(pk, [Said("Nobody", True)])) for pk in cases}

    def _of_cases(self, name: str, cases: Sequence[int]) -> dict[int, tuple[Said, ...]]:
        answer = Counted(self.study, self.sight, "case").of(name)
        found = Case.objects.filter(pk__in=cases).annotate(said=answer.value, why=answer.absent)
        differ = self._differing(name, "case", cases)
        return {
            pk: (self._said(name, value, absent, "", differ.get(pk, ())),)
            for pk, value, absent in found.values_list("pk", "said", "why")
        }

    def _of_people(self, name: str, cases: Sequence[int]) -> dict[int, tuple[Said, ...]]:
        role = self.study.variable(name).unit
        answer = Counted(self.study, self.sight, role).of(name)
        people = self.sight.persons().filter(role=role, case__in=cases).annotate(said=answer.value, why=answer.absent)
        found = list(people.order_by("key").values_list("pk", "case", "key", "said", "why"))
        differ = self._differing(name, "person", [row[0] for row in found])
        made: dict[int, list[Said]] = {}
        for pk, case, key, value, absent in found:
            made.setdefault(case, []).append(self._said(name, value, absent, key, differ.get(pk, ())))
        return {pk: tuple(several) for pk, several in made.items()}

    def _said(self, name: str, value: str | None, absent: str | None, of: str, differ: Iterable[tuple[str, Value]]) -> Said:
        words = reason(self.study, absent or "") if value is None else in_words(self.study, name, value, None)
        others = ((who, in_words(self.study, name, one.value, one.absent)) for who, one in differ)
        return Said(words, value is None, of, tuple(dict.fromkeys(others)))

    def _differing(self, name: str, of: str, records: Sequence[int]) -> dict[int, list[tuple[str, Value]]]:
        """Record → what each says, where two known answers differ, or those of two people, and nothing is settled."""
        held: dict[int, list[Value]] = {}
        for one in self.sight.values().filter(**{f"{of}__in": records}, variable=name).order_by("source", "coder"):
            held.setdefault(getattr(one, f"{of}_id"), []).append(one)
        differing = {pk: several for pk, several in held.items() if disagree(self.study, several)}
        return {pk: [(one.coder or one.source, one) for one in several] for pk, several in differing.items()}


def disagree(study: Study, values: Sequence[Value]) -> bool:
    """Whether known answers differ, or the answers of two people do, with nothing agreed between them."""
    if any(one.source == AGREED for one in values):
        return False
    known = {_alike(study, one) for one in values if one.value is not None}
    people = {_alike(study, one) for one in values if one.source in PEOPLE}
    return len(known) > 1 or len(people) > 1


def _alike(study: Study, one: Value) -> tuple[str, ...]:
    if one.value is not None and study.variable(one.variable).type == "multiple":
        return tuple(sorted(json.loads(one.value)))
    return (one.value or "", one.absent or "")


def heads(study: Study, what: Asked) -> list[tuple[str, str]]:
    """The columns that are shown: name and label."""
    return [(name, columns(study)[name]) for name in what.columns]


def by_code_point(text: Expression) -> Expression:
    """A text that is compared by code point on either database."""
    return Collate(text, "C" if connection.vendor == "postgresql" else "BINARY")


def _documents(cases: Sequence[int] | None = None) -> QuerySet[Document]:
    found = Document.objects.filter(current=True)
    return found.filter(case=OuterRef("pk")) if cases is None else found.filter(case__in=cases)


def _places(pairs: Iterable[tuple[Q, int]]) -> Expression:
    whens = [When(condition, then=Constant(place)) for condition, place in pairs]
    return Choice(*whens, default=Constant(None), output_field=IntegerField())


def _between(answer: Expression, low: str, high: str) -> Q:
    inside = Q(GreaterThanOrEqual(number(answer), float(low))) if low else Q(pk__isnull=False)
    return inside & Q(LessThanOrEqual(number(answer), float(high))) if high else inside


def _between_dates(answer: Expression, low: str, high: str) -> Q:
    """A date known only in part lies inside if it may."""
    plain, inside = by_code_point(answer), Q(pk__isnull=False)
    if low:
        inside &= Q(GreaterThanOrEqual(plain, low)) | Q(In(answer, [low[:4], low[:7]]))
    if high:
        inside &= Q(LessThanOrEqual(plain, high)) | Q(StartsWith(answer, high))
    return inside
