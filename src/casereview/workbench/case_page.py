"""What the page of a case says of it: of each variable who says what on which passages, codes, summaries, and its history."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from casereview.casebook import tree, tree_versions
from casereview.casebook.models import Case, Document, Memo, Person, Summary, Value
from casereview.study.codebook import Variable
from casereview.study.study import Study
from casereview.workbench.case_asked import reason
from casereview.workbench.case_grid import disagree
from casereview.workbench.counted import Counted
from casereview.workbench.in_words import in_words
from casereview.workbench.passages_shown import Quoted
from casereview.workbench.telling import Told, told
from casereview.workbench.visibility import PEOPLE, Sight

EVENTS = 20
"""Events of a case that its page tells."""
TOGETHER = 8
"""Variables asked for in one query."""


Place = tuple[int | None, int | None, str]
"""The number of the case or that of the person, and the variable."""


@dataclass(frozen=True)
class Saying:
    """What one source or coder says, and the passages that it rests on."""

    words: str
    absent: bool
    by: str
    passages: tuple[Quoted, ...]


@dataclass(frozen=True)
class Answered:
    """What is recorded of one variable. counts: what a release would take, in words; memos: on this value."""

    slug: str
    variable: Variable
    said: tuple[Saying, ...]
    counts: str
    absent: bool
    differs: bool
    key: str
    memos: tuple[Memo, ...]


@dataclass(frozen=True)
class Record:
    """The case, or a person in it, with the answers by domain (its label). unknown: (label, reason) of what nobody has said."""

    heading: str
    anchor: str
    domains: dict[str, list[Answered]] = field(default_factory=dict)
    unknown: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Coded:
    """A code with the passages of the case that have it."""

    slug: str
    label: str
    passages: tuple[Quoted, ...]


@dataclass(frozen=True)
class CasePage:
    """A case as somebody sees it. passages: those that they may see, by number."""

    study: Study
    sight: Sight
    case: Case
    passages: Mapping[int, Quoted]

    def records(self) -> list[Record]:
        """The case first, then its people."""
        heading = f"{self.study.about.case.label} {self.case.key}"
        made = [self._record("case", self.case.key, {"case": self.case}, Record(heading, "record-case"))]
        for number, one in enumerate(self.sight.people(self.case), start=1):
            heading = f"{self.study.about.people[one.role].label} {one.key}" if one.role in self.study.about.people else one.key
            made.append(self._record(one.role, one.key, {"person": one}, Record(heading, f"record-{number}")))
        return made

    def coded(self) -> list[Coded]:
        """The codes that passages of the case have, in the order of the tree."""
        given: dict[str, set[int]] = {}
        codings = self.sight.codings().filter(passage__in=list(self.passages))
        for code, passage in codings.values_list("code", "passage"):
            given.setdefault(code, set()).add(passage)
        labels = {slug: theme.label for slug, theme in tree.codes(tree_versions.current(self.study)).items()}
        order = [*(slug for slug in labels if slug in given), *sorted(given.keys() - labels.keys())]
        return [Coded(slug, labels.get(slug, slug), self._in_place(given[slug])) for slug in order]

    def summaries(self) -> list[tuple[str, str, list[Summary]]]:
        """(theme, its label, its summaries) of the framework matrix, in the order of the tree."""
        found: dict[str, list[Summary]] = {}
        for one in self.sight.summaries().filter(case=self.case).order_by("coder"):
            found.setdefault(one.theme, []).append(one)
        labels = {slug: theme.label for slug, theme in tree.codes(tree_versions.current(self.study)).items()}
        return [(slug, label, found[slug]) for slug, label in labels.items() if slug in found]

    def events(self) -> list[Told]:
        """The newest of what was done to the case, as far as they may be told of it."""
        key, documents = json.dumps(self.case.key), Document.objects.filter(case=self.case).values_list("key", flat=True)
        of = Q(detail__contains=f'"case":{key}') | Q(act__in=("assign", "take-in-cases"), detail__contains=key)
        for document in documents:
            of |= Q(act__in=("code-passage", "uncode"), detail__contains=f'"document":{json.dumps(document)}')
        return [told(event) for event in self.sight.events(EVENTS, of)]

    def _record(self, unit: str, key: str, of: Mapping[str, Case | Person], record: Record) -> Record:
        said, counts = self._said(of), self._counts(unit, of)
        for slug, variable in self.study.variables_of(unit).items():
            value, absent = counts[slug]
            words = in_words(self.study, slug, value, None) if value is not None else reason(self.study, absent or "")
            if not said.get(slug) and value is None:
                record.unknown.append((variable.label, words))
                continue
            sayings = tuple(self._saying(one) for one in said.get(slug, ()))
            name = f"{unit}/{slug}/{key}"
            differs = disagree(self.study, said.get(slug, ()))
            answered = Answered(slug, variable, sayings, words, value is None, differs, name, self._noted.get(name, ()))
            record.domains.setdefault(self.study.about.domains.get(variable.domain, ""), []).append(answered)
        return record

    def _said(self, of: Mapping[str, Case | Person]) -> dict[str, list[Value]]:
        found: dict[str, list[Value]] = {}
        for one in self.sight.values().filter(**of).order_by("source", "coder"):
            found.setdefault(one.variable, []).append(one)
        return found

    def _saying(self, one: Value) -> Saying:
        """Evidence of a source's quotes supports what any source says; a coder's own, the coder's answer."""
        rests = self._evidence.get((one.case_id, one.person_id, one.variable), ())
        own = {pk for pk, source, coder in rests if (source, coder) == (one.source, one.coder)}
        theirs = {pk for pk, source, _ in rests if source not in PEOPLE}
        passages = self._in_place(own if one.source in PEOPLE else theirs)
        return Saying(
            in_words(self.study, one.variable, one.value, one.absent), one.value is None, one.coder or one.source, passages
        )

    def _counts(self, unit: str, of: Mapping[str, Case | Person]) -> dict[str, tuple[str | None, str | None]]:
        """Variable → the answer that counts, and why there is none."""
        counted, (record,) = Counted(self.study, self.sight, unit), of.values()
        records: QuerySet[Any] = type(record)._default_manager.filter(pk=record.pk)
        found: dict[str, tuple[str | None, str | None]] = {}
        slugs = iter(self.study.variables_of(unit))
        while some := list(islice(slugs, TOGETHER)):
            answers = {slug: counted.of(slug) for slug in some}
            asked = {f"said{place}": answers[slug].value for place, slug in enumerate(some)}
            asked |= {f"why{place}": answers[slug].absent for place, slug in enumerate(some)}
            row = records.values(**asked).get()
            found |= {slug: (row[f"said{place}"], row[f"why{place}"]) for place, slug in enumerate(some)}
        return found

    @cached_property
    def _evidence(self) -> dict[Place, list[tuple[int, str, str]]]:
        """(case, person, variable) → passage, source and coder of each evidence."""
        found: dict[Place, list[tuple[int, str, str]]] = {}
        rows = self.sight.evidence().filter(Q(case=self.case) | Q(person__case=self.case))
        columns = rows.values_list("case_id", "person_id", "variable", "passage_id", "source", "coder")
        for case, person, variable, passage, source, coder in columns:
            found.setdefault((case, person, variable), []).append((passage, source, coder))
        return found

    @cached_property
    def _noted(self) -> dict[str, tuple[Memo, ...]]:
        """Memos on values of the case and its people, by what they are on."""
        found: dict[str, tuple[Memo, ...]] = {}
        records = {"case": {self.case.key}}
        for one in self.sight.people(self.case):
            records.setdefault(one.role, set()).add(one.key)
        for memo in self.sight.memos().filter(about="value").order_by("at", "pk"):
            unit, _, rest = memo.key.partition("/")
            if rest.partition("/")[2] in records.get(unit, ()):
                found[memo.key] = (*found.get(memo.key, ()), memo)
        return found

    def _in_place(self, numbers: Collection[int]) -> tuple[Quoted, ...]:
        return tuple(one for pk, one in self.passages.items() if pk in numbers)
