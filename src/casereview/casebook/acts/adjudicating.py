"""Adjudicating: settling where two coders of a case differ. Both answers stay as they were, beside what is agreed and why."""

import hashlib
import json
from collections.abc import Sequence
from typing import Literal

from casereview.casebook.acts.writing import act, supersede
from casereview.casebook.differences import Difference, both_finished, differences
from casereview.casebook.models import Adjudication, Case, Value
from casereview.study.cells import Said
from casereview.study.given import NOT_APPLICABLE, Unfit, fitting
from casereview.study.sources import AGREED
from casereview.study.study import Study

Choice = Literal["first", "second", "other"]


class OwnCoding(Exception):
    """Whoever coded a case does not decide between themself and the other."""


class NothingToSettle(Exception):
    """The coders have not both finished, they agree, or the difference is no longer the one that the page showed."""


def settle(
    *,
    by: str,
    study: Study,
    case: str,
    unit: str,
    record: str,
    variable: str,
    choice: Choice,
    reason: str,
    was: str,
    answers: Sequence[str] = (),
    absent: str = "",
) -> None:
    """Settle a difference: one of the two answers, or another. To choose a coder who gave none says that it does not apply.

    was: the `stands` of the difference that the page showed. Raises OwnCoding, NothingToSettle, Unfit.
    """
    with act("adjudicate", by) as detail:
        found = _difference(by, case, unit, record, variable, was)
        if not reason.strip():
            raise Unfit("Say why, so that others can follow the decision.")
        said = fitting(study, variable, answers, absent) if choice == "other" else _of(found, choice)
        supersede(Value, [found.settled.pk] if found.settled else [])
        value = Value.objects.create(**_place(found), source=AGREED, coder=by, **_stored(said))
        Adjudication.objects.create(value=value, first=found.first, second=found.second, reason=reason.strip())
        detail.update({"case": case, "unit": unit, "record": record, "variable": variable, "choice": choice, "kind": found.kind})


def stands(difference: Difference) -> str:
    """What a difference is between, and how it is settled: changes whenever one of them does, and counts nothing else."""
    answers = (difference.first, difference.second, difference.settled)
    said = [[one.coder, one.value, one.absent] if one else None for one in answers]
    rests = [[[one.text_id, one.start, one.end] for one in side] for side in (difference.first_rests, difference.second_rests)]
    return hashlib.sha256(json.dumps([said, rests]).encode()).hexdigest()


def _difference(judge: str, case: str, unit: str, record: str, variable: str, was: str) -> Difference:
    review = Case.objects.filter(key=case, current=True).first()
    coders = both_finished().get(review.pk) if review else None
    if review is None or coders is None:
        raise NothingToSettle
    if judge in coders:
        raise OwnCoding
    for one in differences([review.pk]):
        if (one.unit, one.record, one.variable, stands(one)) == (unit, record, variable, was):
            return one
    raise NothingToSettle


def _of(difference: Difference, choice: Choice) -> Said:
    chosen = difference.first if choice == "first" else difference.second
    return Said(chosen.value, chosen.absent) if chosen else Said(absent=NOT_APPLICABLE)


def _place(difference: Difference) -> dict[str, object]:
    person = difference.person
    return {"case": None if person else difference.case, "person": person, "variable": difference.variable}


def _stored(said: Said) -> dict[str, str | None]:
    return {"value": said.value, "absent": said.absent, "recorded": said.value if said.value is not None else said.absent or ""}
