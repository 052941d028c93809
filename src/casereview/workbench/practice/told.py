"""The chronologies of cases as questions are asked of them: the events, the incident, the births, the case's own answers."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from casereview.casebook import chronology
from casereview.casebook.models import Case
from casereview.practice.asking import Asking, Said
from casereview.practice.events import Dates, Timeline
from casereview.practice.integrated import as_one
from casereview.practice.recording import born_of, timeline
from casereview.study import conditions
from casereview.study.intervals import spanned
from casereview.study.study import Study
from casereview.workbench.counted import Counted, in_samples
from casereview.workbench.visibility import Sight


@dataclass(frozen=True)
class Told:
    """The chronologies of some cases, as somebody may see them."""

    study: Study
    sight: Sight
    cases: QuerySet[Case]

    def timelines(self) -> Iterator[tuple[Case, Timeline]]:
        """Those of the cases that have one, in the order of the cases."""
        cases = list(self.cases)
        numbers = [case.pk for case in cases]
        standing, rulings = chronology.of_cases(numbers, self.sight), chronology.rulings_of(numbers, self.sight)
        for case in cases:
            events = [chronology.as_event(one, case.key) for one in standing.get(case.pk, ())]
            if events:
                events = as_one(events, rulings.get(case.pk, {}))
                incident = self._incident(case)
                born = tuple(born_of(self.study, one, incident) for one in self._ages.get(case.pk, ()))
                yield case, timeline(self.study, case.key, events, born, incident, self._answers_of(case))

    def said(self) -> Iterator[tuple[Case, Timeline, tuple[Said, ...]]]:
        """What is asked of each, and what cannot be answered."""
        asking = Asking(self.study.practice.questions)
        for case, told in self.timelines():
            yield case, told, asking.of(told)

    def _incident(self, case: Case) -> Dates | None:
        day = self._answers[case.pk].get(self.study.practice.incident or "")
        return Dates(*spanned(day)) if day else None

    def _answers_of(self, case: Case) -> Mapping[str, str | Collection[str] | None]:
        samples = self._samples.get(case.pk, [])
        return {name: _read(self.study, name, said) for name, said in self._answers[case.pk].items()} | {
            "wave": case.wave,
            "sample": samples,
        }

    @cached_property
    def _samples(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for sample, case in in_samples(list(self.study.samples.samples)).values_list("sample", "case"):
            found.setdefault(case, []).append(sample)
        return found

    @cached_property
    def _answers(self) -> dict[int, dict[str, str | None]]:
        """Case → the answers to the variables that questions and the incident name."""
        practice = self.study.practice
        of = (conditions.parse(one.of) for one in practice.questions.values() if one.of is not None)
        names = frozenset().union(*map(conditions.variables, of)) - {"wave", "sample"}
        names |= {practice.incident} if practice.incident else set()
        counted = Counted(self.study, self.sight, "case")
        asked = {f"said_{place}": counted.of(name).value for place, name in enumerate(sorted(names))}
        rows = self.cases.annotate(**asked).values_list("pk", *asked)
        return {number: dict(zip(sorted(names), given, strict=True)) for number, *given in rows}

    @cached_property
    def _ages(self) -> dict[int, list[str | None]]:
        """Case → the answers to the variable of age, of each child."""
        age = self.study.practice.age
        if age is None:
            return {}
        unit = self.study.variable(age.variable).unit
        records: QuerySet[Any] = self.cases if unit == "case" else self.sight.persons().filter(case__in=self.cases, role=unit)
        said = records.annotate(said=Counted(self.study, self.sight, unit).of(age.variable).value)
        found: dict[int, list[str | None]] = {}
        for case, one in said.order_by("key").values_list("pk" if unit == "case" else "case_id", "said"):
            found.setdefault(case, []).append(one)
        return found


def _read(study: Study, name: str, said: str | None) -> str | Collection[str] | None:
    several = study.variable(name).type == "multiple"
    return json.loads(said) if several and said is not None else said
