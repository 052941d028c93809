"""The pathway of a case, and the map of the system around it: drawn by hand, seen as a picture and as tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from casereview.casebook import tree, tree_versions
from casereview.casebook.acts import maps as acts
from casereview.casebook.models import Case, Document
from casereview.casebook.models.maps import LED_TO, OF, PATHWAY, SYSTEM
from casereview.casebook.parts import part_of
from casereview.study.problems import StudyRefused
from casereview.study.study import Study
from casereview.study.systems import LEVELS
from casereview.workbench import case_pictures, map_posted, posted
from casereview.workbench.guard import role_of, who
from casereview.workbench.map_parts import Shown, ended, looked, own, shown
from casereview.workbench.passages_shown import Quoted, put_on_record, quoted
from casereview.workbench.permissions import RECORDING
from casereview.workbench.places import place_of
from casereview.workbench.recorded_of import recorded
from casereview.workbench.studies import current
from casereview.workbench.visibility import Sight, sight


def pathway(request: HttpRequest, key: str) -> HttpResponse:
    """The pathway of a case: its links, and the chances of protection."""
    case, study, seen = _asked(request, key)
    if request.method == "POST" and (done := _posted(request, study, seen, case, PATHWAY)):
        return done
    parts = shown(seen, case, OF[PATHWAY])
    common = _common(request, study, seen, case, PATHWAY, parts)
    links, chances = ([one for one in parts if one.part.kind == kind] for kind in OF[PATHWAY])
    more = {
        "links": links,
        "chances": chances,
        "picture": case_pictures.of_pathway(study, parts),
        "factors": {slug: one for slug, one in study.pathways.factors.items() if one.retired is None},
        "recorded": recorded(study, seen, case),
    }
    return render(request, "workbench/case_pathway.html", common | more, status=_status(common))


def system(request: HttpRequest, key: str) -> HttpResponse:
    """The map of the system around a case: practice problems, and the conditions behind them on their levels."""
    case, study, seen = _asked(request, key)
    if request.method == "POST" and (done := _posted(request, study, seen, case, SYSTEM)):
        return done
    parts = shown(seen, case, OF[SYSTEM])
    common = _common(request, study, seen, case, SYSTEM, parts)
    order = case_pictures.order(study, seen, case, parts)
    problems, behind, led = ([one for one in parts if one.part.kind == kind] for kind in OF[SYSTEM])
    more = {
        "problems": [(one, [each for each in behind if each.part.end == one.part.start]) for one in problems],
        "behind": behind,
        "led": led,
        "unexplained": [one for one in problems if not any(each.part.end == one.part.start for each in behind)],
        "order": order,
        "picture": case_pictures.of_system(study, parts, order),
        "ends": [(name, label, _led(common["typed"], name)) for name, label in (("start", "Condition"), ("end", "It led to"))],
        "problem_choice": {slug: one for slug, one in study.systems.problems.items() if one.retired is None},
        "condition_choice": _by_level(study),
    }
    return render(request, "workbench/case_system.html", common | more, status=_status(common))


def _led(typed: Mapping[str, str], name: str) -> str:
    """What was chosen of a condition that led to another, where that could not be saved."""
    return typed.get(name, "") if typed.get("kind") == LED_TO else ""


def _asked(request: HttpRequest, key: str) -> tuple[Case, Study, Sight]:
    return get_object_or_404(Case, key=key, current=True), current(), sight(who(request))


def _by_level(study: Study) -> list[tuple[str, dict[str, Any]]]:
    """The conditions that are still recorded, under the names of their levels."""
    conditions = study.systems.conditions
    of = {level: {slug: one for slug, one in conditions.items() if one.level == level and not one.retired} for level in LEVELS}
    return [(study.systems.level(level), several) for level, several in of.items() if several]


def _posted(request: HttpRequest, study: Study, seen: Sight, case: Case, what: str) -> HttpResponse | None:
    """What was asked is done, and the page is shown anew; None where it cannot be, and `_common` then says why."""
    try:
        if what == SYSTEM and request.POST.get("do") == "move":
            said = _moved(request, study, seen, case)
        else:
            said = map_posted.did(request, study, seen, case, what)
    except StudyRefused as refused:
        request.fault = " ".join(f"{problem.cause} {problem.remedy}" for problem in refused.problems)  # type: ignore[attr-defined]
        return None
    messages.success(request, said)
    return redirect(f"case-{what}", case.key)


def _moved(request: HttpRequest, study: Study, seen: Sight, case: Case) -> str:
    """One problem or condition a place further along its level, or back."""
    name, way = posted.text(request, "name"), -1 if request.POST.get("way") == "back" else 1
    order = case_pictures.order(study, seen, case, shown(seen, case, OF[SYSTEM]))
    row = next((names for _, names in order if name in names), [])
    place = row.index(name) if name in row else -1
    if place < 0 or not 0 <= place + way < len(row):
        return "It stands at the end of its level."
    row[place], row[place + way] = row[place + way], row[place]
    acts.place_parts(by=seen.handle, case=case.key, names=row)
    return "Moved."


def _status(common: Mapping[str, Any]) -> int:
    return 409 if common["fault"] else 200


def _common(request: HttpRequest, study: Study, seen: Sight, case: Case, what: str, parts: Sequence[Shown]) -> dict[str, Any]:
    """What both pages show; what they quote is put on record as read."""
    offered = _offered(study, seen, case)
    put_on_record(seen.handle, [one for one, _, _ in offered] + [one for part in parts for one in part.passages])
    gone = ended(case, seen.handle, OF[what])
    return {
        "case": case,
        "what": what,
        "fault": getattr(request, "fault", ""),
        "typed": request.POST if getattr(request, "fault", "") else {},
        "chosen": request.POST.getlist("passage") if getattr(request, "fault", "") else [],
        "looked": looked(seen, case, what),
        "i_looked": own(case, seen.handle).filter(kind="looked", start=what, current=True).exists(),
        "offered": offered,
        "documents": Document.objects.filter(case=case, current=True).order_by("title", "key"),
        "gone": (part_of(gone), gone.note, [place_of(one) for one in gone.passages.all()]) if gone else None,
        "labels": case_pictures.labels(study),
        "may_draw": role_of(request) in RECORDING,
    }


def _offered(study: Study, seen: Sight, case: Case) -> list[tuple[Quoted, str, str]]:
    """The passages of the case that somebody may see, each with its place, and its codes in words."""
    passages = quoted(seen.passages().filter(text__document__case=case, text__current=True, text__document__current=True))
    labels = {slug: theme.label for slug, theme in tree.codes(tree_versions.current(study)).items()}
    given: dict[int, set[str]] = {}
    for passage, code in seen.codings().filter(passage__in=list(passages)).values_list("passage", "code"):
        given.setdefault(passage, set()).add(labels.get(code, code))
    return [(one, place_of(one.passage), ", ".join(sorted(given.get(pk, ())))) for pk, one in passages.items()]
