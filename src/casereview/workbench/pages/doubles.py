"""Events that may be one: people look at two beside each other, say whether they are the same, and settle where they differ."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casereview.casebook.acts import chronicling as acts
from casereview.casebook.models import EventPair
from casereview.practice.integrated import Contradiction, differences, doubles, pair_of
from casereview.study.problems import StudyRefused
from casereview.workbench import posted
from casereview.workbench.chronology.shown import Differing, Shown
from casereview.workbench.chronology.whole import CaseChronology
from casereview.workbench.guard import role_of, who
from casereview.workbench.pages.chronology import of_case
from casereview.workbench.permissions import RECORDING

MOST = 50
"""Pairs that are shown at a time: the next stand there once something is said of these."""


@dataclass(frozen=True)
class Pair:
    """Two events beside each other. said: by whom what was said of them; mine: whether by whoever looks."""

    one: Shown
    other: Shown
    differing: tuple[Differing, ...]
    said: tuple[EventPair, ...] = ()
    mine: EventPair | None = None

    @property
    def name(self) -> str:
        """By which it is found on the page."""
        return f"pair-{self.one.event.id}-{self.other.event.id}"


def event_doubles(request: HttpRequest, key: str) -> HttpResponse:
    """Those that may be one; those of which somebody has said whether they are. Posted: what one says of two."""
    whole = of_case(request, key)
    if request.method == "POST":
        return _judged(request, key, whole)
    proposed = doubles([one.event for one in whole.events.values()], whole.study.practice.doubles.within, whole.rulings)
    chosen = tuple(sorted((request.GET.get("one", ""), request.GET.get("other", ""))))
    said = _said_of(whole)
    handle = who(request).handle
    order = {name: place for place, name in enumerate(whole.events)}
    open_pairs = sorted((names for names in proposed if names not in said), key=lambda names: [order[name] for name in names])
    if all(name in whole.events for name in chosen) and chosen[0] != chosen[1] and chosen not in said:
        open_pairs = [(chosen[0], chosen[1]), *(pair for pair in open_pairs if pair != chosen)]
    shown = {
        "case": whole.case,
        "open": [_pair(whole, names, (), handle) for names in open_pairs[:MOST]],
        "there": len(open_pairs),
        "settled": [_pair(whole, names, several, handle) for names, several in said.items()],
        "may_record": role_of(request) in RECORDING,
    }
    return render(request, "workbench/event_doubles.html", shown)


def _pair(whole: CaseChronology, names: tuple[str, str], said: tuple[EventPair, ...], handle: str) -> Pair:
    one, other = (whole.events[name] for name in names)
    ruling = whole.rulings.get(pair_of(one.event, other.event))
    settled = ruling.settled if ruling and ruling.same else {}
    fields = differences(one.event, other.event, whole.study.practice)
    found = whole.differing(Contradiction(*names, name, settled.get(name), open=not (ruling and ruling.same)) for name in fields)
    return Pair(one, other, found, said, next((by for by in said if by.coder == handle), None))


def _said_of(whole: CaseChronology) -> dict[tuple[str, str], tuple[EventPair, ...]]:
    """What was said of pairs of events that stand, by the order of the first of each."""
    order = list(whole.events)
    rows = whole.sight.event_pairs().filter(case=whole.case, one__in=order, other__in=order).order_by("coder")
    found: dict[tuple[str, str], tuple[EventPair, ...]] = {}
    for row in sorted(rows, key=lambda row: (order.index(row.one), order.index(row.other), row.coder)):
        found[row.one, row.other] = (*found.get((row.one, row.other), ()), row)
    return found


def _judged(request: HttpRequest, key: str, whole: CaseChronology) -> HttpResponse:
    one, other, deed = (posted.text(request, name) for name in ("one", "other", "deed"))
    by, reason = who(request).handle, posted.text(request, "reason")
    settled = {name.removeprefix("holds-"): posted.text(request, name) for name in request.POST if name.startswith("holds-")}
    try:
        match deed:
            case "same":
                acts.join_events(by=by, seen=whole.sight, case=key, one=one, other=other, reason=reason, settled=settled)
                messages.success(request, "Saved: the two are one event of the chronology.")
            case "apart":
                acts.part_events(by=by, seen=whole.sight, case=key, one=one, other=other, reason=reason)
                messages.success(request, "Saved: the two are not the same.")
            case "undo":
                acts.unjudge_events(by=by, case=key, one=one, other=other)
                messages.success(request, "Taken back.")
            case _:
                messages.error(request, "Say whether the two are the same.")
    except StudyRefused as refused:
        messages.error(request, " ".join(f"{problem.cause} {problem.remedy}" for problem in refused.problems))
    return redirect(reverse("event-doubles", args=[key]))
