"""One event of a chronology: entered, looked at, mended, taken out and put back; and the passages that tell of it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casereview.casebook.acts import chronicling as acts
from casereview.casebook.chronology import version_of
from casereview.casebook.models import Document
from casereview.study.entered import Typed, UnfitEvent
from casereview.study.problems import StudyRefused
from casereview.study.sources import ENTERED
from casereview.workbench import posted
from casereview.workbench.chronology.shown import Shown
from casereview.workbench.chronology.typed import EventForm, as_it_stands
from casereview.workbench.chronology.typed import posted as typed_in
from casereview.workbench.chronology.whole import CaseChronology
from casereview.workbench.guard import role_of, who
from casereview.workbench.pages.chronology import of_case
from casereview.workbench.passages_shown import put_on_record, quoted
from casereview.workbench.permissions import RECORDING
from casereview.workbench.places import place_of

NEAR = 62
"""Days around an event among which another may be chosen that is the same."""


def new(request: HttpRequest, key: str) -> HttpResponse:
    """Enter an event."""
    whole = of_case(request, key)
    practice = whole.study.practice
    typed, faults = typed_in(request.POST, practice) if request.method == "POST" else Typed(""), {}
    if request.method == "POST":
        try:
            name = acts.record_event(by=who(request).handle, study=whole.study, case=key, typed=typed)
        except UnfitEvent as unfit:
            faults = unfit.faults
        else:
            messages.success(request, "Event entered.")
            return redirect(_in_table(key, name))
    shown = {"case": whole.case, "form": EventForm(practice, typed, faults), "faults": faults}
    return render(request, "workbench/event_form.html", shown, status=400 if faults else 200)


def event(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """All that is said of an event. What it quotes is on record as read."""
    whole = of_case(request, key)
    one = _there(whole, name)
    passages = quoted(
        whole.sight.passages().filter(text__document__case=whole.case, text__document__current=True, text__current=True)
    )
    told = set(whole.sight.event_evidence().filter(case=whole.case, event=name).values_list("passage", flat=True))
    may_record = role_of(request) in RECORDING
    listed = [
        (place_of(passage.passage), passage, number in told)
        for number, passage in passages.items()
        if may_record or number in told
    ]
    put_on_record(who(request).handle, [passage for _, passage, _ in listed])
    line = next(line for line in whole.lines if one in line.events)
    shown = {
        "case": whole.case,
        "one": one,
        "line": line,
        "same": [other for other in line.events if other is not one],
        "versions": _versions(one, whole),
        "version": version_of(one.standing.event),
        "passages": [passage for passage in listed if passage[2]],
        "choosable": listed if may_record else [],
        "documents": Document.objects.filter(case=whole.case, current=True).order_by("title", "key"),
        "others": _others(whole, one),
        "mine": one.standing.event.coder == who(request).handle and one.standing.event.source == ENTERED,
        "may_record": may_record,
    }
    return render(request, "workbench/event.html", shown)


def mend(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Say otherwise what happened; what the source says stays beside it."""
    whole = of_case(request, key)
    one = _there(whole, name)
    practice, version = whole.study.practice, version_of(one.standing.event)
    typed, faults, fault = as_it_stands(one.standing.event), {}, ""
    if request.method == "POST":
        typed, was = typed_in(request.POST, practice), posted.text(request, "was")
        try:
            acts.mend_event(
                by=who(request).handle, study=whole.study, seen=whole.sight, case=key, event=name, was=was, typed=typed
            )
        except UnfitEvent as unfit:
            faults = unfit.faults
        except StudyRefused as refused:
            fault = _said(refused)
        else:
            messages.success(request, "Event mended. What was said before stays on record.")
            return redirect("event", key, name)
    shown = {"case": whole.case, "one": one, "form": EventForm(practice, typed, faults), "faults": faults, "fault": fault}
    return render(request, "workbench/event_form.html", shown | {"version": version}, status=400 if faults or fault else 200)


def end(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Take an event out of the chronology; it can be put back."""
    whole, was = of_case(request, key), posted.text(request, "was")

    def act() -> None:
        acts.end_event(by=who(request).handle, seen=whole.sight, case=key, event=name, was=was)

    return _tried(request, act, "Event taken out. It can be put back below.", reverse("chronology", args=[key]) + "#gone")


def undo(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Take back the last that one did to an event."""
    of_case(request, key)

    def act() -> None:
        acts.undo_event(by=who(request).handle, case=key, event=name)

    return _tried(request, act, "Taken back: the event says again what it said before.", _in_table(key, name))


def evidence(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Choose the passages in which an event is told of."""
    whole = of_case(request, key)
    _there(whole, name)
    passages = whole.sight.passages().filter(text__document__case=whole.case, text__document__current=True, text__current=True)
    numbers = {place_of(one): one.pk for one in passages.select_related("text__document").defer("text__text")}
    shown, chosen = set(request.POST.getlist("shown")), set(request.POST.getlist("passage"))

    def act() -> None:
        acts.cite_event(
            by=who(request).handle,
            seen=whole.sight,
            case=key,
            event=name,
            added=[numbers[one] for one in chosen - shown if one in numbers],
            removed=[numbers[one] for one in shown - chosen if one in numbers],
        )

    return _tried(request, act, "Saved.", reverse("event", args=[key, name]) + "#evidence")


def _there(whole: CaseChronology, name: str) -> Shown:
    if name not in whole.events:
        raise Http404
    return whole.events[name]


def _in_table(key: str, name: str) -> str:
    return f"{reverse('chronology', args=[key])}?row=event-{name}#event-{name}"


def _versions(one: Shown, whole: CaseChronology) -> list[tuple[str, Shown]]:
    """(who says so, what) of each that says otherwise than what stands; the source's own first."""
    standing = one.standing
    others = [row for row in standing.by if row is not standing.event]
    return [(row.coder or whole.study_source(row.source), whole.as_shown(row, standing)) for row in others]


def _others(whole: CaseChronology, one: Shown) -> list[Shown]:
    """Events near it that may be chosen as the same, those of its kind first."""
    near = [other for other in whole.events.values() if other is not one and abs(other.event.days[0] - one.event.days[0]) <= NEAR]
    return sorted(near, key=lambda other: (other.event.kind != one.event.kind, abs(other.event.days[0] - one.event.days[0])))


def _tried(request: HttpRequest, act: Callable[[], None], done: str, back: str) -> HttpResponse:
    try:
        act()
    except StudyRefused as refused:
        messages.error(request, _said(refused))
    else:
        messages.success(request, done)
    return redirect(back)


def _said(refused: StudyRefused) -> str:
    return " ".join(f"{problem.cause} {problem.remedy}" for problem in refused.problems)
