"""A coder's form of a case as it stands: of the case and each person in it, what was answered, and what is still to be done."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from casereview.casebook.models import Assignment, Case, Evidence, Membership, Memo, Person, SourceRow, Value
from casereview.study.applying import Absent, Answer, Answers
from casereview.study.conditions import parse, variables
from casereview.study.given import typed
from casereview.study.sources import CODED, DOUBLE_CODED
from casereview.study.study import Study

UNANSWERED, WITHOUT_EVIDENCE, NOT_ASKED, QUESTIONED = "unanswered", "without-evidence", "not-asked", "questioned"
CHECK = "check"
"""What a memo is about that says why answers are so, though the codebook asks whether they can be."""

Place = tuple[int | None, int | None, str]
"""The number of the case or that of the person, and the variable."""


@dataclass(frozen=True)
class Record:
    """A case (unit `case`), or a person in a role; number: its id."""

    unit: str
    key: str
    number: int

    @property
    def of(self) -> dict[str, int | None]:
        """The two columns by which what is said of a record names it."""
        one = self.unit == "case"
        return {"case_id": self.number if one else None, "person_id": None if one else self.number}


@dataclass(frozen=True)
class Entry:
    """What a coder has said of a variable of a record. version: rises with each change, from 0; applies: None where not known;
    before: value and absence that it followed, both None where there was no answer."""

    variable: str
    value: str | None
    absent: str | None
    version: int
    passages: frozenset[int]
    applies: bool | None
    before: tuple[str | None, str | None] = (None, None)

    @property
    def answered(self) -> bool:
        """Whether there is an answer now, be it an absence."""
        return self.value is not None or self.absent is not None


@dataclass(frozen=True)
class Sheet:
    """One record's part of the form, in the order of the codebook."""

    record: Record
    entries: Mapping[str, Entry]


@dataclass(frozen=True)
class Questioned:
    """A check of the codebook that a record's answers make one ask. variable: beside whose answer it is asked; key: of the memo
    that answers it, for these answers alone; because: what the coder said, '' while they have said nothing."""

    check: str
    record: Record
    variable: str
    ask: str
    key: str
    because: str


@dataclass(frozen=True)
class Lack:
    """What keeps a case from being finished. why: `unanswered`, `without-evidence`, `not-asked` (answered all the same) or
    `questioned`."""

    record: Record
    variable: str
    why: str


@dataclass(frozen=True)
class Form:
    """The whole form of a case for one coder."""

    study: Study
    assignment: Assignment
    sheets: tuple[Sheet, ...]
    questioned: tuple[Questioned, ...] = ()

    @cached_property
    def progress(self) -> tuple[int, int]:
        """How many of the variables that apply are answered, and how many apply."""
        asked = [entry for sheet in self.sheets for entry in sheet.entries.values() if entry.applies]
        return sum(entry.answered for entry in asked), len(asked)

    @cached_property
    def lacking(self) -> tuple[Lack, ...]:
        """Everything that keeps it from being finished."""
        pairs = ((sheet.record, entry) for sheet in self.sheets for entry in sheet.entries.values())
        lacks = [Lack(record, entry.variable, why) for record, entry in pairs for why in self._lacks(entry)]
        open_ones = [Lack(one.record, one.variable, QUESTIONED) for one in self.questioned if not one.because]
        return tuple(lacks + open_ones)

    def _lacks(self, entry: Entry) -> Iterator[str]:
        if entry.applies and not entry.answered:
            yield UNANSWERED
        if entry.applies is False and entry.answered:
            yield NOT_ASKED
        if self.study.variable(entry.variable).evidence == "required" and entry.value is not None and not entry.passages:
            yield WITHOUT_EVIDENCE


def source_of(assignment: Assignment) -> str:
    """The source of what is recorded under an assignment."""
    return DOUBLE_CODED if assignment.second else CODED


def people_of(case: Case, second: bool) -> list[Person]:
    """The people of a case for its first or second coder, by role and identifier: none whom only the other has added."""
    found = list(Person.objects.filter(case=case, current=True).order_by("role", "key"))
    rows = SourceRow.objects.filter(kind__in={one.role for one in found}, key__in={one.key for one in found})
    held = set(rows.exclude(source=CODED if second else DOUBLE_CODED).values_list("kind", "key"))
    return [one for one in found if (one.role, one.key) in held]


def records_of(assignment: Assignment) -> list[Record]:
    """The case and its people, as its coder sees them."""
    people = [Record(one.role, one.key, one.pk) for one in people_of(assignment.case, assignment.second)]
    return [Record("case", assignment.case.key, assignment.case.pk), *people]


def form_of(study: Study, assignment: Assignment) -> Form:
    """The form as it now stands."""
    records = records_of(assignment)
    said, cited = _said(assignment), _cited(assignment)
    known = {record: _known(study, said, record) for record in records}
    samples = Membership.objects.filter(case=assignment.case, current=True).exclude(status="replaced")
    answers = Answers(
        study=study,
        wave=assignment.case.wave,
        samples=tuple(samples.values_list("sample", flat=True)),
        case=known[records[0]],
        people={role: [known[one] for one in records if one.unit == role] for role in study.about.people},
    )
    sheets = tuple(_sheet(answers, record, known[record], said, cited) for record in records)
    return Form(study, assignment, sheets, tuple(_questioned(answers, assignment, known)))


def _questioned(answers: Answers, assignment: Assignment, known: Mapping[Record, Mapping[str, Answer]]) -> Iterator[Questioned]:
    """The checks whose condition is known to hold, record by record."""
    told = Memo.objects.filter(about=CHECK, coder=assignment.coder, current=True)
    because = dict(told.values_list("key", "text"))
    for record, own in known.items():
        for slug, check in answers.study.codebook.checks.items():
            named = sorted(variables(parse(check.when)) & answers.study.codebook.variables.keys())
            if check.unit == record.unit and named and answers.holds(check.when, own):
                said = [[one, str(answers.answer(one, own))] for one in named]
                key = f"{record.unit}/{slug}/{record.key}#{hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]}"
                beside = [one for one in answers.study.variables_of(record.unit) if one in named]
                yield Questioned(slug, record, beside[-1] if beside else named[-1], check.ask, key, because.get(key, ""))


def _place(record: Record, variable: str) -> Place:
    return record.of["case_id"], record.of["person_id"], variable


def _said(assignment: Assignment) -> dict[Place, list[Value]]:
    """All that the coder has said of the case and its people, what no longer holds too."""
    found: dict[Place, list[Value]] = {}
    for column in ("case", "person__case"):
        mine = Value.objects.filter(**{column: assignment.case}, coder=assignment.coder, source=source_of(assignment))
        for value in mine.order_by("pk"):
            found.setdefault((value.case_id, value.person_id, value.variable), []).append(value)
    return found


def _cited(assignment: Assignment) -> dict[Place, set[int]]:
    found: dict[Place, set[int]] = {}
    for column in ("case", "person__case"):
        mine = Evidence.objects.filter(**{column: assignment.case}, coder=assignment.coder, source=source_of(assignment))
        for case, person, variable, passage in mine.filter(current=True).values_list(
            "case_id", "person_id", "variable", "passage_id"
        ):
            found.setdefault((case, person, variable), set()).add(passage)
    return found


def _known(study: Study, said: Mapping[Place, list[Value]], record: Record) -> dict[str, Answer]:
    given = ((slug, said.get(_place(record, slug))) for slug in study.variables_of(record.unit))
    held = {slug: rows[-1] for slug, rows in given if rows and rows[-1].current}
    return {slug: Absent(one.absent) if one.absent else typed(study, slug, one.value) for slug, one in held.items()}


def _sheet(
    answers: Answers, record: Record, own: Mapping[str, Answer], said: dict[Place, list[Value]], cited: dict[Place, set[int]]
) -> Sheet:
    entries = {}
    for slug, variable in answers.study.variables_of(record.unit).items():
        rows = said.get(_place(record, slug), [])
        collected = variable.derived is None and variable.retired is None and answers.wave in answers.study.waves_of(slug)
        if collected or (rows and rows[-1].current):
            entries[slug] = _entry(slug, rows, cited.get(_place(record, slug), set()), answers.applies(slug, own))
    return Sheet(record, entries)


def _entry(slug: str, rows: list[Value], passages: set[int], applies: bool | None) -> Entry:
    now = rows[-1] if rows and rows[-1].current else None
    return Entry(
        variable=slug,
        value=now.value if now else None,
        absent=now.absent if now else None,
        version=version_of(len(rows), now is not None),
        passages=frozenset(passages),
        applies=applies,
        before=_before(rows),
    )


def _before(rows: list[Value]) -> tuple[str | None, str | None]:
    """What was answered before the newest change: the last answer, where that was taken back; else the one before it."""
    former = rows[-1:] if rows and not rows[-1].current else rows[-2:-1]
    return (former[0].value, former[0].absent) if former else (None, None)


def version_of(rows: int, held: bool) -> int:
    """The version of an answer that was given so many times, and now holds or was cleared: each change raises it by one or two.

    It depends on nothing but the coder's own acts on this answer, so it tells nobody anything of others.
    """
    return 2 * rows - held
