"""The answer that counts of each variable of each record, as expressions for the database: the rule of a release, on what
somebody may see of the casebook as it now stands.

Where a release says *not stated* of what nobody has recorded, this says `NOT_RECORDED`: coding may still come to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, Count, Exists, FloatField, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models import Value as Constant
from django.db.models.functions import Cast, Coalesce, Concat, Replace
from django.db.models.lookups import Contains, Exact, In, IsNull, LessThan

from casereview.casebook.models import Document, Membership, Person
from casereview.release.conditions_sql import IN_SAMPLE
from casereview.release.derived_sql import below
from casereview.release.wide import counting, never_counting
from casereview.study import conditions
from casereview.study.codebook import AnyOf, Banded, Coded, Lifted, Recoded
from casereview.study.given import NOT_APPLICABLE, NOT_COLLECTED
from casereview.study.sources import AGREED
from casereview.study.study import Study
from casereview.workbench.visibility import Sight

NOT_RECORDED, NOT_STATED = "not-recorded", "not-stated"
Expression = Any
"""An expression of Django's, for which there is no common type."""


@dataclass(frozen=True)
class Answer:
    """value: as stored (a number as text, several answers as JSON), null where absent; absent: the reason, read only there."""

    value: Expression
    absent: Expression


@dataclass(frozen=True)
class Truth:
    """A condition of three values: when it holds, and when it is known not to."""

    holds: Q
    fails: Q


def constant(text: str) -> Expression:
    """A text."""
    return Constant(text, output_field=CharField())


def number(answer: Expression) -> Expression:
    """A stored answer as a number."""
    return Cast(answer, FloatField())


def among(answer: Expression, wanted: Sequence[str], several: bool) -> Q:
    """Whether an answer is one of some; of several answers, whether one of them is."""
    if not several:
        return Q(In(answer, list(wanted)))
    found = Q(pk__in=[])
    for one in wanted:
        found |= Q(Contains(answer, f'"{one}"'))
    return found


def known(answer: Expression) -> Q:
    """Whether there is an answer."""
    return Q(IsNull(answer, False))


def _cases(pairs: Iterable[tuple[Q, Expression]]) -> Expression:
    whens = [When(condition, then=then) for condition, then in pairs]
    return Case(*whens, default=Constant(None), output_field=CharField()) if whens else Constant(None, output_field=CharField())


@dataclass(frozen=True)
class Counted:
    """The answers for the records of one unit, `case` or a role, in a query of its model."""

    study: Study
    sight: Sight
    unit: str

    def of(self, slug: str) -> Answer:
        """A variable's answer: what was given stands, whatever the wave; what is derived, where it is asked at all."""
        if self.study.variable(slug).derived is None:
            why = _first_of(self._given(slug, "absent"), self._gate(slug), constant(NOT_RECORDED))
            return Answer(self._given(slug, "value"), why)
        made, gate = self._derived(slug), self._gate(slug)
        value = made.value if gate is None else _cases([(Q(IsNull(gate, True)), made.value)])
        return Answer(value, _first_of(gate, made.absent, constant(NOT_RECORDED)))

    def people(self, role: str) -> QuerySet[Person]:
        """The people of one role in the record's case."""
        return self.sight.persons().filter(role=role, case=self._case)

    @cached_property
    def _case(self) -> OuterRef:
        return OuterRef("pk" if self.unit == "case" else "case_id")

    def _given(self, slug: str, part: str) -> Expression:
        """What was given by the source that counts; see `release.wide`, whose rule it is."""
        rows = self.sight.values().filter(variable=slug).exclude(source__in=never_counting(self.study))
        if self.study.variable(slug).unit == "case":
            rows = rows.filter(case=self._case, person__isnull=True)
        else:
            rows = rows.filter(person=OuterRef("pk"), case__isnull=True)
        return Subquery(rows.order_by(_Weight(counting(self.study)).desc(), "-coder").values(part)[:1])

    def _gate(self, slug: str) -> Expression:
        """Why a variable is not asked of a record; null where it is, or nobody can tell yet and something was given."""
        variable, waves = self.study.variable(slug), self.study.waves_of(slug)
        wave = "wave" if self.unit == "case" else "case__wave"
        pairs = [(~Q(**{f"{wave}__in": waves}), constant(NOT_COLLECTED))] if waves != self.study.waves else []
        if variable.asked_when:
            asked = self.truth(conditions.asking(variable.asked_when))
            pairs += [(asked.fails, constant(NOT_APPLICABLE)), (~asked.holds, constant(NOT_RECORDED))]
        return _cases(pairs) if pairs else None

    def truth(self, test: conditions.Test) -> Truth:
        """A condition of the study's files, of a record."""
        match test:
            case conditions.In(variable="wave", values=values):
                inside = Q(**{("wave" if self.unit == "case" else "case__wave") + "__in": values})
                return Truth(inside, ~inside)
            case conditions.In(variable="sample", values=values):
                inside = Q(Exists(in_samples(values).filter(case=self._case)))
                return Truth(inside, ~inside)
            case conditions.Known(variable="wave" | "sample", wanted=wanted):
                always = Q(pk__isnull=False)
                return Truth(always, ~always) if wanted else Truth(~always, always)
            case conditions.In(variable=slug, values=values):
                answer = self.of(slug).value
                inside = among(answer, values, self.study.variable(slug).type == "multiple")
                return Truth(known(answer) & inside, known(answer) & ~inside)
            case conditions.Known(variable=slug, wanted=wanted):
                there = known(self.of(slug).value)
                return Truth(there, ~there) if wanted else Truth(~there, there)
            case conditions.Applies(variable=slug):
                none = gone(self.of(slug), [NOT_APPLICABLE])
                return Truth(~none, none)
            case conditions.Not(part=part):
                inner = self.truth(part)
                return Truth(inner.fails, inner.holds)
            case conditions.All(parts=parts):
                return _every([self.truth(part) for part in parts])
            case conditions.AnyPart(parts=parts):
                inner = _every([Truth(one.fails, one.holds) for one in map(self.truth, parts)])
                return Truth(inner.fails, inner.holds)

    def _derived(self, slug: str) -> Answer:
        match self.study.variable(slug).derived:
            case Banded(banded=below_it, cuts=cuts):
                whole, bands = self.of(below_it), list(self.study.categories(slug))
                pairs = [(Q(LessThan(number(whole.value), cut)), constant(band)) for cut, band in zip(cuts, bands, strict=False)]
                return Answer(_cases([*pairs, (known(whole.value), constant(bands[-1]))]), whole.absent)
            case Recoded(recoded=old, into=into):
                return self._recoded(slug, old, into)
            case AnyOf(any_of=several):
                answers = [self.of(one) for one in several]
                yes, no = (Q(Exact(answers[0].value, word)) for word in ("yes", "no"))
                for one in answers[1:]:
                    yes, no = yes | Q(Exact(one.value, "yes")), no & Q(Exact(one.value, "no"))
                return Answer(_cases([(yes, constant("yes")), (no, constant("no"))]), self._first(answers))
            case Coded() as rule:
                return self._coded(rule)
            case Lifted() as rule:
                return self._lifted(slug, rule)
        raise ValueError(f"{slug} is recorded, not derived")

    def _recoded(self, slug: str, old: str, into: dict[str, tuple[str, ...]]) -> Answer:
        whole, several = self.of(old), self.study.variable(old).type == "multiple"
        pairs = [(among(whole.value, into[new], several), new) for new in self.study.categories(slug) if new in into]
        if not several:
            return Answer(_cases([(inside, constant(new)) for inside, new in pairs]), whole.absent)
        return Answer(_cases([(known(whole.value), _together(pairs))]), whole.absent)

    def _first(self, answers: Sequence[Answer]) -> Expression:
        """The first reason, in the study's order, for which one of some is absent."""
        return _cases([(_any_absent(answers, one), constant(one)) for one in reasons(self.study)])

    def _coded(self, rule: Coded) -> Answer:
        codings = self.sight.codings().filter(passage__text__current=True, passage__text__document__current=True)
        found = Exists(codings.filter(code__in=below(self.study, rule.coded), passage__text__document__case=self._case))
        read = Exists(Document.objects.filter(case=self._case, current=True))
        if rule.read_in:
            read = Exists(in_samples((rule.read_in,)).filter(case=self._case))
        value = _cases([(~Q(read), Constant(None)), (Q(found), constant("yes")), (Q(read), constant("no"))])
        return Answer(value, constant(NOT_COLLECTED))

    def _lifted(self, slug: str, rule: Lifted) -> Answer:
        role = self.study.variable(rule.lifted).unit
        answer = Counted(self.study, self.sight, role).of(rule.lifted)
        people: QuerySet[Any] = self.people(role).annotate(said=answer.value, why=answer.absent)
        if rule.take == "only":
            one = Q(Exact(Subquery(people.order_by().values("case").annotate(n=Count("pk")).values("n")), 1))
            taken = (_cases([(one, Subquery(people.values(part)[:1]))]) for part in ("said", "why"))
            value, absent = taken
            return Answer(value, Coalesce(absent, constant(NOT_APPLICABLE)))
        whys = [(Q(Exists(people.filter(said__isnull=True, why=one))), constant(one)) for one in reasons(self.study)]
        return Answer(self._lifted_any(slug, people), Coalesce(_cases(whys), constant(NOT_APPLICABLE)))

    def _lifted_any(self, slug: str, people: QuerySet[Any]) -> Expression:
        there, gap = Q(Exists(people)), Q(Exists(people.filter(said__isnull=True)))
        if self.study.variable(slug).type != "multiple":
            yes = Q(Exists(people.filter(said="yes")))
            no = there & ~Q(Exists(people.filter(Q(said__isnull=True) | ~Q(said="no"))))
            return _cases([(yes, constant("yes")), (no, constant("no"))])
        pairs = [(Q(Exists(people.filter(said__contains=f'"{one}"'))), one) for one in self.study.categories(slug)]
        some = Q(Exists(people.filter(said__contains='"')))
        return _cases([(some | (there & ~gap), _together(pairs))])


def reasons(study: Study) -> list[str]:
    """The reasons why there may be no answer, in the study's order; that nobody recorded one stands beside *not stated*."""
    found = list(study.about.absences)
    found.insert(found.index(NOT_STATED) + 1 if NOT_STATED in found else 0, NOT_RECORDED)
    return found


def in_samples(samples: Sequence[str]) -> QuerySet[Membership]:
    """What says that a case is in one of some samples."""
    return Membership.objects.filter(sample__in=samples, status__in=IN_SAMPLE, current=True)


def gone(answer: Answer, why: Sequence[str]) -> Q:
    """Whether there is no answer, for one of some reasons."""
    return Q(IsNull(answer.value, True)) & Q(In(answer.absent, list(why)))


def _first_of(*reasons: Expression | None) -> Expression:
    return Coalesce(*(one for one in reasons if one is not None))


class _Weight(Func):
    """How much a value counts: what is agreed most, then what is known, then by its source, the latest most."""

    output_field = IntegerField()

    def __init__(self, order: Sequence[str]) -> None:
        super().__init__("source", "value")
        self.order = order

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[str | int, ...]]:
        """Source and value are columns, so they bring nothing to be filled in."""
        source, value = (compiler.compile(one)[0] for one in self.source_expressions)
        places = " ".join(f"WHEN %s THEN {place}" for place in range(len(self.order)))
        first = f"CASE WHEN {source} = %s THEN 2000000 WHEN {value} IS NOT NULL THEN 1000000 ELSE 0 END"
        return f"({first} + CASE {source} {places} ELSE {len(self.order)} END)", (AGREED, *self.order)


def _every(parts: Sequence[Truth]) -> Truth:
    always = Q(pk__isnull=False)
    holds, fails = always, ~always
    for one in parts:
        holds, fails = holds & one.holds, fails | one.fails
    return Truth(holds, fails)


def _any_absent(answers: Sequence[Answer], reason: str) -> Q:
    found = gone(answers[0], [reason])
    for one in answers[1:]:
        found |= gone(one, [reason])
    return found


def _together(pairs: Iterable[tuple[Q, str]]) -> Expression:
    """Several answers as they are stored, of those whose condition holds."""
    parts = [Case(When(inside, then=constant(f'"{one}", ')), default=constant("")) for inside, one in pairs]
    return Replace(Concat(constant("["), *parts, constant("]")), constant('", ]'), constant('"]'))
