"""The cases and people of a project, with what is said of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from casereview.casebook.acts.records import RecordRow, take_in_cases, take_in_people
from casereview.casebook.exchange.answers_out import BETWEEN, NONE, WAVE
from casereview.casebook.intake.names import fault
from casereview.casebook.models import Case, Person, SourceRow, Value
from casereview.interchange.refi.losses import Loss, some
from casereview.interchange.refi.marks import unmarked
from casereview.interchange.refi.model import Case as Record
from casereview.interchange.refi.model import Project
from casereview.study.given import NOT_COLLECTED, Unfit, fitting
from casereview.study.sources import IMPORTED
from casereview.study.study import Study

Answer = tuple[str, str | None, str | None, str]


@dataclass(frozen=True)
class _Named:
    """A record of the project: what it is here, and, of a person, their case."""

    unit: str
    key: str
    case: str


@dataclass
class RecordsIn:
    """records: GUID → (unit, key), of those that the casebook has now. taken: how many rows were new or changed."""

    records: dict[str, tuple[str, str]] = field(default_factory=dict)
    taken: int = 0
    lost: list[Loss] = field(default_factory=list)


def records_in(study: Study, project: Project, by: str) -> RecordsIn:
    """Take in cases, then people. A case that is not there needs its wave; an answer is taken where no other source gives one."""
    return _Taking(study, project, by).all()


class _Taking:
    def __init__(self, study: Study, project: Project, by: str) -> None:
        self._study, self._by = study, by
        self._variables = dict(_variables(study, project))
        self._named = {one.guid: _named(study, one) for one in project.cases}
        self._records = {one.guid: one for one in project.cases}
        self._found = RecordsIn()
        self._unfit = self._waveless = self._caseless = 0

    def all(self) -> RecordsIn:
        cases = list(self._rows("case"))
        self._found.taken += take_in_cases(by=self._by, source=IMPORTED, rows=cases).read if cases else 0
        for role in self._study.about.people:
            people = list(self._rows(role))
            self._found.taken += take_in_people(by=self._by, source=IMPORTED, role=role, rows=people).read if people else 0
        self._found.lost += self._lost()
        return self._found

    def _lost(self) -> Iterator[Loss]:
        unknown = sum(
            1 for one in self._records.values() for variable, _ in one.values if variable not in self._variables and variable
        )
        yield from some("Answers to variables that the codebook does not have", "add them to codebook.yaml first", unknown)
        yield from some("Answers that the codebook does not allow", "they are none of the variable’s answers", self._unfit)
        why = "nothing says their wave; take in the cases from a source first"
        yield from some("Cases that the casebook does not have", why, self._waveless)
        yield from some("People of cases that are not there", "take in the cases first", self._caseless)

    def _rows(self, unit: str) -> Iterator[RecordRow]:
        for its_guid, named in self._named.items():
            if named.unit != unit or fault(named.key):
                continue
            belongs = self._belongs(its_guid, named)
            if belongs:
                self._found.records[its_guid] = (unit, named.key)
                if answers := self._answers(its_guid, named):
                    yield RecordRow(named.key, belongs, answers)
                elif not self._there(named):
                    yield RecordRow(named.key, belongs, ())

    def _belongs(self, its_guid: str, named: _Named) -> str:
        """The wave of a case, the case of a person; '' where it cannot be taken in."""
        if named.unit == "case":
            said = dict(self._records[its_guid].values)
            wave = next((said[one] for one, slug in self._variables.items() if slug == WAVE and one in said), "")
            held = Case.objects.filter(key=named.key, current=True).values_list("wave", flat=True).first()
            found = held or (wave if wave in self._study.waves else "")
            self._waveless += not found
            return found
        person = Person.objects.filter(role=named.unit, key=named.key, current=True).select_related("case").first()
        case = person.case.key if person else named.case
        there = Case.objects.filter(key=case, current=True).exists()
        self._caseless += not there
        return case if there else ""

    def _there(self, named: _Named) -> bool:
        if named.unit == "case":
            return Case.objects.filter(key=named.key, current=True).exists()
        return Person.objects.filter(role=named.unit, key=named.key, current=True).exists()

    def _answers(self, its_guid: str, named: _Named) -> tuple[Answer, ...]:
        """What is said, in the order of the codebook; absences only of a record that no other source has."""
        of = {"case__key": named.key} if named.unit == "case" else {"person__role": named.unit, "person__key": named.key}
        others = Value.objects.filter(**of, current=True).exclude(source=IMPORTED)
        answered = set(others.values_list("variable", flat=True))
        ours = not SourceRow.objects.filter(kind=named.unit, key=named.key).exclude(source=IMPORTED).exists()
        said = {self._variables[one]: value for one, value in self._records[its_guid].values if one in self._variables}
        asked = self._study.variables_of(named.unit)
        found = (self._answer(slug, said[slug]) for slug in asked if slug in said and slug not in answered)
        return tuple(one for one in found if one is not None and (ours or one[1] is not None))

    def _answer(self, slug: str, written: str) -> Answer | None:
        variable = self._study.variable(slug)
        if variable.derived is not None or variable.retired is not None:
            return None
        absent = next((one for one, its in self._study.about.absences.items() if its.label == written), "")
        if absent == NOT_COLLECTED:
            return None
        try:
            said = fitting(self._study, slug, [] if absent else self._given(slug, written), absent)
        except Unfit:
            self._unfit += 1
            return None
        return slug, said.value, said.absent, written

    def _given(self, slug: str, written: str) -> list[str]:
        """The answers by their slugs, from their labels."""
        variable = self._study.variable(slug)
        if not variable.coded:
            return [written]
        labels = {one.label.casefold(): category for category, one in self._study.categories(slug).items()}
        if variable.type == "multiple" and written == NONE:
            return []
        parts = written.split(BETWEEN) if variable.type == "multiple" else [written]
        return [labels.get(part.strip().casefold(), part.strip()) for part in parts]


def _variables(study: Study, project: Project) -> Iterator[tuple[str, str]]:
    """GUID → slug, by what the description says, else by the name."""
    labels = {one.label.casefold(): slug for slug, one in study.codebook.variables.items()}
    for one in project.variables:
        _, slug = unmarked(one.description)
        known = slug if slug == WAVE or slug in study.codebook.variables else labels.get(one.name.casefold(), "")
        if known or one.name in study.codebook.variables:
            yield one.guid, known or one.name


def _named(study: Study, one: Record) -> _Named:
    """What a record is here: as its description says, else a case by its name."""
    _, mark = unmarked(one.description)
    unit, _, rest = mark.partition(" ")
    key, _, case = rest.rpartition(" of ") if unit in study.about.people else (rest, "", "")
    return _Named(unit, key, case) if key and unit in study.units else _Named("case", one.name, "")
