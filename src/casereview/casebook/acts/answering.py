"""Answering: what a coder says of a case and its people, and finishing it."""

from collections.abc import Collection, Sequence

from django.db.models import QuerySet
from django.utils.timezone import now

from casereview.casebook.acts.coding import current_text, false_quote, passage_at
from casereview.casebook.acts.writing import act, forget, remember, supersede
from casereview.casebook.forms import CHECK, Lack, Record, form_of, records_of, source_of, version_of
from casereview.casebook.models import Assignment, Evidence, Memo, Passage, Person, SourceRow, Value
from casereview.casebook.tree import refuse
from casereview.study.cells import Said
from casereview.study.given import Unfit, fitting
from casereview.study.sources import AGREED, CODED, DOUBLE_CODED
from casereview.study.study import Study


class NotAssigned(Exception):
    """The case is not this coder's to code."""


class Finished(Exception):
    """The coder has finished the case; the study lead can open it again."""


class Changed(Exception):
    """The answer is no longer the one that the page showed."""


class Incomplete(Exception):
    """The case cannot be finished yet: `lacking` says all that keeps it."""

    def __init__(self, lacking: Sequence[Lack]) -> None:
        super().__init__(f"{len(lacking)} things are lacking")
        self.lacking = tuple(lacking)


def record_answer(
    *,
    by: str,
    study: Study,
    case: str,
    unit: str,
    record: str,
    variable: str,
    answers: Sequence[str],
    absent: str,
    was: int,
    added: Collection[int] = (),
    removed: Collection[int] = (),
) -> None:
    """Record an answer in place of the coder's former one; both stay. answers, absent: as in `study.given.fitting`.

    was: the version that the page showed. added, removed: the passages on which it now rests, and no longer rests.
    Raises NotAssigned, Finished, Changed, Unfit.
    """
    with act("record-answer", by) as detail:
        assignment, at = _place(study, by, case, unit, record, variable)
        said = fitting(study, variable, answers, absent)
        rows = _rows(assignment, at, variable, was)
        changed = _replaced(assignment, at, variable, rows, said)
        cited = _cited(assignment, at, variable, set(added), set(removed))
        if changed or cited:
            detail.update(_told(case, at, variable) | {"answer": changed, "evidence": cited})


def cite(
    *,
    by: str,
    study: Study,
    case: str,
    unit: str,
    record: str,
    variable: str,
    added: Collection[int],
    removed: Collection[int],
) -> None:
    """Note passages on which an answer rests, and those on which it no longer does. Raises NotAssigned, Finished, Unfit."""
    with act("cite", by) as detail:
        assignment, at = _place(study, by, case, unit, record, variable)
        if _cited(assignment, at, variable, set(added), set(removed)):
            detail.update(_told(case, at, variable))


def cite_words(
    *,
    by: str,
    study: Study,
    case: str,
    unit: str,
    record: str,
    variable: str,
    text_sha256: str,
    document: str,
    start: int,
    end: int,
    exact: str,
    cited: bool,
) -> None:
    """Note that an answer rests on text[start:end] of a document, in code points; or, unless `cited`, no longer does.

    Raises NotAssigned, Finished, Unfit; and StudyRefused as `coding.code_passage`.
    """
    with act("cite-words", by) as detail:
        assignment, at = _place(study, by, case, unit, record, variable)
        text = current_text(document, text_sha256)
        refuse(false_quote(text, start, end, exact))
        passage = {passage_at(text, start, end).pk}
        if _cited(assignment, at, variable, passage if cited else set(), set() if cited else passage):
            place = {"document": document, "text_sha256": text_sha256, "start": start, "end": end}
            detail.update(_told(case, at, variable) | place | {"cited": cited})


def clear_answer(*, by: str, study: Study, case: str, unit: str, record: str, variable: str, was: int) -> None:
    """Take an answer back; what it rested on stays marked for it. Raises NotAssigned, Finished, Changed, Unfit."""
    with act("clear-answer", by) as detail:
        assignment, at = _place(study, by, case, unit, record, variable)
        rows = _rows(assignment, at, variable, was)
        if rows and rows[-1].current:
            supersede(Value, [rows[-1].pk])
            _unsettle(at, variable)
            detail.update(_told(case, at, variable))


def explain(*, by: str, study: Study, case: str, unit: str, record: str, check: str, because: str) -> None:
    """Say why answers are so, though the codebook asks whether they can be. It holds while they are answered so.

    Raises NotAssigned, Finished, Unfit.
    """
    with act("explain", by) as detail:
        form = form_of(study, open_assignment(by, case))
        asked = {(one.record.unit, one.record.key, one.check): one for one in form.questioned}.get((unit, record, check))
        if asked is None:
            raise Unfit("Your answers have changed, and this is no longer asked.")
        if not because.strip():
            raise Unfit("Say why it is so, or answer otherwise.")
        standing = Memo.objects.filter(about=CHECK, key=asked.key, coder=by, current=True)
        supersede(Memo, list(standing.values_list("pk", flat=True)))
        made = Memo.objects.create(about=CHECK, key=asked.key, coder=by, text=because.strip(), at=now())
        detail.update({"case": case, "unit": unit, "record": record, "check": check, "memo": made.pk})


def finish(*, by: str, study: Study, case: str) -> None:
    """Say that a case is wholly coded. Raises NotAssigned, Finished, Incomplete."""
    with act("finish-case", by) as detail:
        assignment = open_assignment(by, case)
        if lacking := form_of(study, assignment).lacking:
            raise Incomplete(lacking)
        Assignment.objects.filter(pk=assignment.pk).update(finished=True)
        detail.update({"case": case})


def add_person(*, by: str, study: Study, case: str, role: str, name: str) -> None:
    """Add a person to a case, named within it, such as `younger` → CASE/younger. Raises NotAssigned, Finished, Unfit."""
    with act("add-person", by) as detail:
        assignment = open_assignment(by, case)
        key = _person_key(study, case, role, name.strip())
        _held(assignment, role, key)
        remember(source_of(assignment), role, {key: ""})
        detail.update({"case": case, "role": role, "person": key})


def remove_person(*, by: str, case: str, role: str, person: str) -> None:
    """Take back a person whom the coder added, with what they said of them. Raises NotAssigned, Finished, Unfit."""
    with act("remove-person", by) as detail:
        assignment = open_assignment(by, case)
        rows = SourceRow.objects.filter(kind=role, key=person)
        if not rows.filter(source=source_of(assignment)).exists():
            raise Unfit("Only somebody whom you added can be taken away.")
        at = Person.objects.get(role=role, key=person, case=assignment.case)
        _end_work(assignment, person=at)
        forget(source_of(assignment), role, [person])
        if not rows.exists():
            Person.objects.filter(pk=at.pk).update(current=False)
        detail.update({"case": case, "role": role, "person": person})


def open_assignment(coder: str, case: str) -> Assignment:
    """The assignment under which somebody codes a case. Raises NotAssigned, Finished."""
    mine = Assignment.objects.select_related("case").filter(case__key=case, case__current=True, coder=coder, current=True)
    assignment = mine.first()
    if assignment is None:
        raise NotAssigned
    if assignment.finished:
        raise Finished
    return assignment


def _place(study: Study, coder: str, case: str, unit: str, record: str, variable: str) -> tuple[Assignment, Record]:
    assignment = open_assignment(coder, case)
    at = next((one for one in records_of(assignment) if (one.unit, one.key) == (unit, record)), None)
    if at is None or variable not in study.variables_of(unit):
        raise Unfit("There is no such question on this form.")
    return assignment, at


def _rows(assignment: Assignment, at: Record, variable: str, was: int) -> list[Value]:
    """All that the coder has said of it, the newest last. Raises Changed."""
    mine = Value.objects.filter(**at.of, variable=variable, coder=assignment.coder, source=source_of(assignment))
    rows = list(mine.order_by("pk"))
    if version_of(len(rows), bool(rows) and rows[-1].current) != was:
        raise Changed
    return rows


def _replaced(assignment: Assignment, at: Record, variable: str, rows: Sequence[Value], said: Said) -> bool:
    """Whether something else is now said than before."""
    now = rows[-1] if rows and rows[-1].current else None
    if now is not None and (now.value, now.absent) == (said.value, said.absent):
        return False
    supersede(Value, [now.pk] if now else [])
    named = {"variable": variable, "coder": assignment.coder, "source": source_of(assignment)}
    recorded = said.value if said.value is not None else said.absent or ""
    Value.objects.create(**at.of, **named, value=said.value, absent=said.absent, recorded=recorded)
    _unsettle(at, variable)
    return True


def _unsettle(at: Record, variable: str) -> None:
    """What two coders had agreed on no longer stands once one of them answers otherwise."""
    settled = Value.objects.filter(**at.of, variable=variable, source=AGREED, current=True)
    supersede(Value, settled.values_list("pk", flat=True))


def _cited(assignment: Assignment, at: Record, variable: str, added: set[int], removed: set[int]) -> bool:
    """Note on which passages of the case's own documents an answer rests. Whether anything changed."""
    named = {"variable": variable, "coder": assignment.coder, "source": source_of(assignment)}
    mine = Evidence.objects.filter(**at.of, **named, current=True)
    gone, held = mine.filter(passage__in=removed), set(mine.values_list("passage_id", flat=True))
    new = Passage.objects.filter(pk__in=added - held, text__document__case=assignment.case, text__current=True)
    ended, made = list(gone.values_list("pk", flat=True)), [Evidence(**at.of, **named, passage=one, row="") for one in new]
    supersede(Evidence, ended)
    Evidence.objects.bulk_create(made)
    return bool(ended or made)


def _person_key(study: Study, case: str, role: str, name: str) -> str:
    if role not in study.about.people:
        raise Unfit("There is no such role in this study.")
    if not name or "/" in name or len(name) > 60 or not name.isprintable():
        raise Unfit("Give a short name or number without a slash, such as 1 or younger. It need not be a real name.")
    return f"{case}/{name}"


def _held(assignment: Assignment, role: str, key: str) -> None:
    """See that the person is there; somebody whom the other coder added by the same name is the same person."""
    person, _ = Person.objects.get_or_create(role=role, key=key, defaults={"case": assignment.case})
    rows = SourceRow.objects.filter(kind=role, key=key)
    if rows.exclude(source__in=(CODED, DOUBLE_CODED)).exists() or rows.filter(source=source_of(assignment)).exists():
        raise Unfit("Somebody of this name is on the form already.")
    if not person.current:
        Person.objects.filter(pk=person.pk).update(current=True)


def _end_work(assignment: Assignment, **of: object) -> None:
    """End a coder's answers, and what they rest on, of the records of a filter."""
    for model in (Value, Evidence):
        mine = model._default_manager.filter(**of, coder=assignment.coder, source=source_of(assignment), current=True)
        supersede(model, _numbers(mine))


def _numbers(rows: QuerySet[Value] | QuerySet[Evidence]) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def _told(case: str, at: Record, variable: str) -> dict[str, object]:
    return {"case": case, "unit": at.unit, "record": at.key, "variable": variable}
