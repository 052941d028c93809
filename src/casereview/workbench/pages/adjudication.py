"""Adjudication: where two coders of a case differ, side by side with their evidence, for a third person to settle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from casereview.casebook.acts import adjudicating
from casereview.casebook.acts.adjudicating import Choice
from casereview.casebook.acts.reading import read_passages
from casereview.casebook.differences import Difference, Kind, both_finished, differences
from casereview.casebook.forms import Record
from casereview.casebook.models import Adjudication, Case, Passage, Value
from casereview.study.codebook import Variable
from casereview.study.given import Unfit
from casereview.study.study import Study
from casereview.workbench import studies
from casereview.workbench.guard import who
from casereview.workbench.in_words import in_words
from casereview.workbench.pages.form_fields import Option, absences, name_of, options
from casereview.workbench.pages.form_posted import posted


@dataclass(frozen=True)
class Side:
    """What one coder answered, and the quotes that it rests on."""

    choice: Choice
    coder: str
    words: str
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A difference as the page shows it. kind: in words; settled: in words, by whom, why; None while it is open."""

    name: str
    kind: str
    difference: Difference
    variable: Variable
    sides: tuple[Side, Side]
    options: tuple[Option, ...]
    absences: tuple[Option, ...]
    was: str
    settled: tuple[str, str, str] | None


KINDS: Mapping[Kind, str] = {
    "value": "Other answers",
    "evidence": "The same answer, resting on other passages",
    "both": "Other answers, resting on other passages",
    "nothing": "One coder found an answer, the other none",
}


def adjudication(request: HttpRequest, key: str) -> HttpResponse:
    """The differences in a case; posting settles one."""
    case = get_object_or_404(Case, key=key, current=True)
    coders = both_finished().get(case.pk)
    if coders is None or who(request).handle in coders:
        return render(request, "workbench/adjudication_not_yet.html", {"case": case, "own": coders is not None}, status=404)
    if request.method == "POST":
        return _settled(request, key)
    order = list(studies.current().codebook.variables)
    found = [one for one in differences([case.pk]) if one.variable in studies.current().codebook.variables]
    found.sort(key=lambda one: (one.person is not None, one.unit, one.record, order.index(one.variable)))
    rows = [_row(studies.current(), one, coders) for one in found]
    documents = {one.text.document.key for each in found for one in (*each.first_rests, *each.second_rests)}
    read_passages(by=who(request).handle, documents=documents)
    shown = {"case": case, "rows": rows, "open": sum(one.settled is None for one in rows)}
    return render(request, "workbench/adjudication.html", shown)


def _settled(request: HttpRequest, key: str) -> HttpResponse:
    data = request.POST.copy()
    choice, was = data.get("choice", ""), data.get("was", "")
    data["was"] = "0"  # a form's version, which this is not
    given = posted(data)
    if choice not in ("first", "second", "other") or given.variable not in studies.current().codebook.variables:
        raise Http404
    try:
        answers, absent = given.answer(studies.current()) if choice == "other" else ([], "")
        adjudicating.settle(
            by=who(request).handle,
            study=studies.current(),
            case=key,
            unit=given.unit,
            record=given.record,
            variable=given.variable,
            choice=cast(Choice, choice),
            reason=data.get("reason", ""),
            was=was,
            answers=answers,
            absent=absent,
        )
        messages.success(request, f"Settled: {studies.current().variable(given.variable).label}.")
    except Unfit as refusal:
        messages.error(request, f"Not settled: {studies.current().variable(given.variable).label}. {refusal}")
    except adjudicating.NothingToSettle:
        messages.error(request, "Not settled: this difference has changed since the page was loaded. Look at what stands now.")
    return redirect("adjudication", key)


def _row(study: Study, one: Difference, coders: Sequence[str]) -> Row:
    number = one.person.pk if one.person else one.case.pk
    first, second = one.first, one.second
    return Row(
        name=name_of(Record(one.unit, one.record, number), one.variable),
        kind=KINDS[one.kind],
        difference=one,
        variable=study.variable(one.variable),
        sides=(
            _side(study, one, "first", coders[0], first, one.first_rests),
            _side(study, one, "second", coders[1], second, one.second_rests),
        ),
        options=options(study, one.variable, None) if study.variable(one.variable).coded else (),
        absences=absences(study, one.variable, None),
        was=adjudicating.stands(one),
        settled=_settlement(study, one),
    )


def _side(study: Study, one: Difference, choice: Choice, coder: str, value: Value | None, rests: Sequence[Passage]) -> Side:
    words = in_words(study, one.variable, value.value, value.absent) if value else "Not asked, by what else they answered"
    return Side(choice, coder, words, tuple(passage.exact for passage in rests))


def _settlement(study: Study, one: Difference) -> tuple[str, str, str] | None:
    if one.settled is None:
        return None
    reason = Adjudication.objects.filter(value=one.settled).values_list("reason", flat=True).first() or ""
    return in_words(study, one.variable, one.settled.value, one.settled.absent), one.settled.coder, reason
