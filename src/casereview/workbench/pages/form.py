"""The form: a coder answers the codebook's questions of a case and its people. Each answer is saved as it is given."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casereview.casebook.acts import answering
from casereview.casebook.acts.reading import read_passages
from casereview.casebook.forms import Form, Record, form_of, records_of, source_of
from casereview.casebook.models import Assignment, Case, Document, Passage, SourceRow, Value
from casereview.study.given import Unfit, typed
from casereview.study.study import Study
from casereview.workbench import studies
from casereview.workbench.guard import who
from casereview.workbench.pages.form_fields import FAULTS, Question, asks, name_of, parts, questioned
from casereview.workbench.pages.form_posted import Posted, posted
from casereview.workbench.pages.reader_evidence import slug_of
from casereview.workbench.places import place_of
from casereview.workbench.visibility import PEOPLE, sight

CONFLICT = "Not saved: this was answered in another window since the page was loaded. Look at what stands now, then answer again."


def form(request: HttpRequest, key: str) -> HttpResponse:
    """The form of a case for whoever is to code it; an answer to one question, if something is posted."""
    assignment = _assignment(request, key)
    if assignment is None:
        return render(request, "workbench/form_not_yours.html", {"case": _case(key)}, status=404)
    return _answered(request, assignment) if request.method == "POST" else _page(request, assignment)


def finish(request: HttpRequest, key: str) -> HttpResponse:
    """Say that the case is wholly coded, or hear at once of everything that is lacking."""
    assignment = _mine(request, key)
    try:
        answering.finish(by=who(request).handle, study=studies.current(), case=key)
    except answering.Incomplete as refusal:
        lacking = [
            (name_of(one.record, one.variable), _label(one.record, one.variable), FAULTS[one.why]) for one in refusal.lacking
        ]
        return _page(request, assignment, lacking=lacking, status=422)
    except answering.Finished:
        pass
    messages.success(request, "You have finished this case. The study lead can open it again.")
    return redirect("form", key)


def add_person(request: HttpRequest, key: str) -> HttpResponse:
    """Add a person to the form."""
    _mine(request, key)
    role, name = request.POST.get("role", ""), request.POST.get("name", "")
    return _tried(request, key, lambda by: answering.add_person(by=by, study=studies.current(), case=key, role=role, name=name))


def remove_person(request: HttpRequest, key: str) -> HttpResponse:
    """Take away a person whom the coder added."""
    _mine(request, key)
    role, person = (request.POST.get(one, "").replace("\x00", "") for one in ("role", "person"))
    return _tried(request, key, lambda by: answering.remove_person(by=by, case=key, role=role, person=person))


def evidence(request: HttpRequest, key: str) -> HttpResponse:
    """The passages marked in the case's documents, to choose those on which an answer rests."""
    assignment = _mine(request, key)
    asked = request.POST if request.method == "POST" else request.GET
    record, variable = _record(assignment, asked.get("unit", ""), asked.get("record", "")), asked.get("variable", "")
    if variable not in studies.current().variables_of(record.unit):
        raise Http404
    passages = _passages(request, assignment)
    if request.method == "POST":
        shown, chosen = set(request.POST.getlist("shown")), set(request.POST.getlist("passage"))
        numbers = {place_of(one): one.pk for one in passages.values()}
        act = partial(
            answering.cite,
            study=studies.current(),
            case=key,
            unit=record.unit,
            record=record.key,
            variable=variable,
            added=_numbers(numbers, chosen - shown),
            removed=_numbers(numbers, shown - chosen),
        )
        return _tried(request, key, lambda by: act(by=by), f"#{name_of(record, variable)}")
    sheet = next(one for one in form_of(studies.current(), assignment).sheets if one.record == record)
    cited = sheet.entries[variable].passages if variable in sheet.entries else frozenset()
    read_passages(by=who(request).handle, documents={one.text.document.key for one in passages.values()})
    listed = sorted(passages.values(), key=lambda one: (one.text.document.key, one.start, one.end))
    shown_here = {
        "case": assignment.case,
        "record": record,
        "slug": variable,
        "variable": studies.current().variable(variable),
        "passages": [(place_of(one), one, one.pk in cited) for one in listed],
        "documents": Document.objects.filter(case=assignment.case, current=True).order_by("key"),
        "wanted": slug_of(record.unit, record.key, variable),
        "back": reverse("form", args=[key]) + f"#{name_of(record, variable)}",
    }
    return render(request, "workbench/form_evidence.html", shown_here)


def _page(request: HttpRequest, assignment: Assignment, *, status: int = 200, **more: object) -> HttpResponse:
    study = studies.current()
    whole = form_of(study, assignment)
    made = parts(whole, list(_said(assignment)), _passages(request, assignment), _added(assignment))
    several_quoted = [one.passages for part in made for several in part.domains.values() for one in several]
    read_passages(by=who(request).handle, documents={one.text.document.key for quoted in several_quoted for one in quoted})
    if isinstance(fault := more.get("fault"), tuple):
        for part in made:
            for several in part.domains.values():
                several[:] = [replace(one, fault=fault[1]) if one.name == fault[0] else one for one in several]
    shown = {
        "case": assignment.case,
        "assignment": assignment,
        "parts": made,
        "progress": whole.progress,
        "roles": study.about.people,
        "documents": Document.objects.filter(case=assignment.case, current=True).order_by("title", "key"),
    }
    return render(request, "workbench/form.html", shown | more, status=status)


def _answered(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """Save what was posted for one question. Answers in JSON to the page's script, and else with the page."""
    try:
        given = posted(request.POST)
        _save(who(request).handle, assignment, given)
    except Unfit as refusal:
        return _refused(request, assignment, str(refusal), 422)
    except answering.Changed:
        return _refused(request, assignment, CONFLICT, 409)
    except answering.Finished:
        return _refused(request, assignment, "Not saved: you have finished this case. The study lead can open it again.", 409)
    name = name_of(_record(assignment, given.unit, given.record), given.variable)
    if _by_script(request):
        return JsonResponse(_state(form_of(studies.current(), assignment)))
    return redirect(f"{reverse('form', args=[assignment.case.key])}#{name}")


def _save(by: str, assignment: Assignment, given: Posted) -> None:
    if given.check:
        at = {"case": assignment.case.key, "unit": given.unit, "record": given.record}
        return answering.explain(by=by, study=studies.current(), **at, check=given.check, because=given.because)
    act = partial(answering.clear_answer)
    if given.undo and (before := _before(assignment, given)):
        act = partial(answering.record_answer, answers=before[0], absent=before[1])
    elif not (given.clear or given.undo):
        answers, absent = _of_source(assignment, given) if given.source else given.answer(studies.current())
        act = partial(answering.record_answer, answers=answers, absent=absent)
    act(
        by=by,
        study=studies.current(),
        case=assignment.case.key,
        unit=given.unit,
        record=given.record,
        variable=given.variable,
        was=given.was,
    )


def _of_source(assignment: Assignment, given: Posted) -> tuple[list[str], str]:
    """What a source says, taken as the coder's own answer."""
    record = _record(assignment, given.unit, given.record)
    said = _said(assignment).filter(**record.of, variable=given.variable, source=given.source.replace("\x00", "")).first()
    if said is None:
        raise Unfit("The source no longer says anything of this.")
    return _as_given(given.variable, said.value, said.absent)


def _before(assignment: Assignment, given: Posted) -> tuple[list[str], str] | None:
    """What was answered before the newest change; None where nothing was."""
    record = _record(assignment, given.unit, given.record)
    sheet = next(one for one in form_of(studies.current(), assignment).sheets if one.record == record)
    if given.variable not in sheet.entries or sheet.entries[given.variable].before == (None, None):
        return None
    return _as_given(given.variable, *sheet.entries[given.variable].before)


def _as_given(variable: str, stored: str | None, absent: str | None) -> tuple[list[str], str]:
    """A stored answer as it is given: answers and absence."""
    several = studies.current().variable(variable).type == "multiple"
    value = typed(studies.current(), variable, stored) if several else stored
    return (value if isinstance(value, list) else [value] if isinstance(value, str) else []), absent or ""


def _refused(request: HttpRequest, assignment: Assignment, why: str, status: int) -> HttpResponse:
    if _by_script(request):
        return JsonResponse({"refused": why}, status=status)
    name = name_of(_record(assignment, request.POST.get("unit", ""), request.POST.get("record", "")), request.POST["variable"])
    return _page(request, assignment, fault=(name, why), status=status)


def _state(whole: Form) -> dict[str, object]:
    """What the page's script must know after a change: of each question whether it applies, and what to look at again."""
    done, asked = whole.progress
    questions = {
        name_of(sheet.record, entry.variable): {
            "version": entry.version,
            "applies": {True: "yes", False: "no", None: "unknown"}[entry.applies],
            "answered": entry.answered,
            "asks": list(asks(whole.study, whole.assignment.case, entry)),
            "checks": [[one.check, one.ask, one.because] for one in questioned(whole, sheet.record, entry.variable)],
            "evidence": _lacks_evidence(whole.study, entry.variable, entry.value, entry.passages),
        }
        for sheet in whole.sheets
        for entry in sheet.entries.values()
    }
    return {"questions": questions, "done": done, "asked": asked}


def answers_of(whole: Form) -> dict[str, object]:
    """What `_state` says, and of each question what is answered, as its controls would show it."""
    state = _state(whole)
    given = {
        one.name: _given(one)
        for part in parts(whole, [], {}, frozenset())
        for several in part.domains.values()
        for one in several
    }
    return state | {"given": given}


def _given(question: Question) -> dict[str, object]:
    chosen = [one.value for one in (*question.options, *question.absences) if one.chosen]
    return {"chosen": chosen, "text": question.text, "date": {part: held for part, _, held in question.date}}


def _lacks_evidence(study: Study, slug: str, value: str | None, passages: frozenset[int]) -> bool:
    return study.variable(slug).evidence == "required" and value is not None and not passages


def _tried(request: HttpRequest, key: str, act: Callable[[str], None], to: str = "") -> HttpResponse:
    try:
        act(who(request).handle)
    except Unfit as refusal:
        messages.error(request, str(refusal))
    except answering.Finished:
        messages.error(request, "You have finished this case. The study lead can open it again.")
    return redirect(reverse("form", args=[key]) + to)


def _case(key: str) -> Case:
    return get_object_or_404(Case, key=key, current=True)


def _assignment(request: HttpRequest, key: str) -> Assignment | None:
    mine = Assignment.objects.select_related("case").filter(case=_case(key), coder=who(request).handle, current=True)
    return mine.first()


def _mine(request: HttpRequest, key: str) -> Assignment:
    assignment = _assignment(request, key)
    if assignment is None:
        raise Http404
    return assignment


def _record(assignment: Assignment, unit: str, key: str) -> Record:
    for record in records_of(assignment):
        if (record.unit, record.key) == (unit, key):
            return record
    raise Http404


def _label(record: Record, variable: str) -> str:
    label = studies.current().variable(variable).label
    return (
        label if record.unit == "case" else f"{label}, {studies.current().about.people[record.unit].label.lower()} {record.key}"
    )


def _said(assignment: Assignment) -> QuerySet[Value]:
    of = Q(case=assignment.case) | Q(person__case=assignment.case)
    return Value.objects.filter(of, current=True).exclude(source__in=PEOPLE).order_by("source")


def _passages(request: HttpRequest, assignment: Assignment) -> dict[int, Passage]:
    seen = sight(who(request)).passages().filter(text__document__case=assignment.case, text__current=True)
    return {one.pk: one for one in seen.select_related("text__document").defer("text__text")}


def _numbers(numbers: dict[str, int], addresses: set[str]) -> list[int]:
    return [numbers[one] for one in addresses if one in numbers]


def _added(assignment: Assignment) -> frozenset[int]:
    """The people whom this coder added, and no source of the study has."""
    rows = set(SourceRow.objects.filter(source=source_of(assignment)).values_list("kind", "key"))
    return frozenset(one.number for one in records_of(assignment) if (one.unit, one.key) in rows)


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"
