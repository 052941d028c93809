"""Assigning: who codes which case, first or second, and opening what was finished."""

from collections.abc import Mapping, Sequence

from django.db.models import Q

from casereview.casebook.acts.writing import act, supersede
from casereview.casebook.forms import source_of
from casereview.casebook.models import Assignment, Case, Evidence, Value


class HasFinished(Exception):
    """The coder has finished the case; it must be opened again first."""


def assign(*, by: str, cases: Sequence[str], coder: str, second: bool) -> Mapping[str, str]:
    """Give cases to a coder, as the first or as the second, blind one.

    Returns those that were not given, with whoever codes them in that place, or the coder where they code them in the other.
    """
    with act("assign", by) as detail:
        held = Assignment.objects.filter(case__key__in=cases, current=True).values_list("case__key", "coder", "second")
        taken = {case: other for case, other, place in held if place is second or other == coder}
        free = Case.objects.filter(key__in=[one for one in cases if one not in taken], current=True).order_by("key")
        made = [Assignment(case=one, coder=coder, second=second) for one in free]
        Assignment.objects.bulk_create(made)
        if made:
            detail.update({"coder": coder, "second": second, "cases": [one.case.key for one in made]})
        return taken


def unassign(*, by: str, case: str, coder: str) -> None:
    """Take a case from a coder. Their answers and evidence end with it, and stay in the record. Raises HasFinished."""
    with act("unassign", by) as detail:
        for assignment in Assignment.objects.filter(case__key=case, coder=coder, current=True):
            if assignment.finished:
                raise HasFinished
            supersede(Assignment, [assignment.pk])
            detail.update({"coder": coder, "case": case, "answers": _ended(assignment)})


def reopen(*, by: str, case: str, coder: str) -> None:
    """Let a coder go on with a case that they had finished."""
    with act("reopen-case", by) as detail:
        if Assignment.objects.filter(case__key=case, coder=coder, current=True, finished=True).update(finished=False):
            detail.update({"coder": coder, "case": case})


def _ended(assignment: Assignment) -> int:
    """How many answers ended."""
    of = Q(case=assignment.case) | Q(person__case=assignment.case)
    ended = 0
    for model in (Evidence, Value):
        mine = model._default_manager.filter(of, coder=assignment.coder, source=source_of(assignment), current=True)
        numbers = list(mine.values_list("pk", flat=True))
        supersede(model, numbers)
        ended = len(numbers)
    return ended
