"""Recording recommendations and their statuses: the study lead's."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict

from casereview.casebook.acts import recommending as acts
from casereview.interchange.imported import slug_of
from casereview.study.problems import StudyRefused
from casereview.workbench import posted
from casereview.workbench.guard import who
from casereview.workbench.pages.recommendations import found, recorded
from casereview.workbench.recommended import Whole, told, whole
from casereview.workbench.recommending_forms import RecommendationForm, StatusForm, as_initial, written_grounds
from casereview.workbench.studies import current

Given = MultiValueDict[str, Any] | None


def add(request: HttpRequest) -> HttpResponse:
    """A new recommendation."""
    there = whole(current())
    form = RecommendationForm(there.study, "", _posted(request))
    if request.method == "POST" and form.is_valid():
        taken = [one.slug for one in there.study.recommendations]
        slug = form.cleaned_data["slug"] or slug_of(form.cleaned_data["title"], taken)
        if _saved(request, form, slug, acts.versions(slug)):
            messages.success(request, "The recommendation is recorded.")
            return redirect("recommendation", slug)
    return _page(request, form, {"heading": "Add a recommendation", "slug": ""})


def change(request: HttpRequest, slug: str) -> HttpResponse:
    """A recorded recommendation in other words."""
    there = whole(current())
    one = found(there, slug)
    if not recorded(slug):
        raise Http404
    form = RecommendationForm(there.study, slug, _posted(request), initial=as_initial(one))
    seen = posted.number(request, "seen") if request.method == "POST" else acts.versions(slug)
    if request.method == "POST" and form.is_valid() and _saved(request, form, slug, seen or 0):
        messages.success(request, "Saved. What it said before stays on record.")
        return redirect("recommendation", slug)
    return _page(request, form, {"heading": "Change a recommendation", "slug": slug, "seen": seen})


def end(request: HttpRequest, slug: str) -> HttpResponse:
    """A recorded recommendation that no longer stands."""
    if not recorded(slug):
        raise Http404
    try:
        acts.end_recommendation(by=who(request).handle, slug=slug, seen=posted.number(request, "seen") or 0)
    except StudyRefused as refused:
        messages.error(request, _said(refused))
        return redirect("recommendation", slug)
    messages.success(request, "The recommendation is taken back. It stays on record.")
    return redirect("recommendations")


def status(request: HttpRequest, slug: str, wave: str) -> HttpResponse:
    """What became of a recommendation by the time of a wave."""
    there = whole(current())
    one = found(there, slug)
    row = next((row for row in told(there, one) if row.wave == wave), None)
    if row is None or (row.word is not None and row.recorded is None):
        raise Http404  # the wave is before it was made, or a file says its status
    initial = {"status": row.word, "note": row.note, "rests_on": written_grounds(row.recorded.rests_on if row.recorded else [])}
    form = StatusForm(_posted(request), initial=initial)
    seen = posted.number(request, "seen") if request.method == "POST" else acts.status_versions(slug, wave)
    if request.method == "POST" and form.is_valid() and _status_saved(request, form, (slug, wave), seen or 0):
        messages.success(request, "The status is recorded.")
        return redirect("recommendation", slug)
    shown = {"heading": f"What became of it in {row.label}", "slug": slug, "seen": seen, "of": one, "names": _names(there)}
    return _page(request, form, shown)


def clear(request: HttpRequest, slug: str, wave: str) -> HttpResponse:
    """A recorded status that no longer stands."""
    found(whole(current()), slug)
    try:
        acts.clear_status(by=who(request).handle, slug=slug, wave=wave, seen=posted.number(request, "seen") or 0)
    except StudyRefused as refused:
        messages.error(request, _said(refused))
    else:
        messages.success(request, "The status is taken back. It stays on record.")
    return redirect("recommendation", slug)


def _saved(request: HttpRequest, form: RecommendationForm, slug: str, seen: int) -> bool:
    try:
        by, head = who(request).handle, form.head()
        acts.record_recommendation(by=by, study=current(), slug=slug, head=head, text=form.prose(), seen=seen)
    except StudyRefused as refused:
        _put(form, refused)
        return False
    return True


def _status_saved(request: HttpRequest, form: StatusForm, at: tuple[str, str], seen: int) -> bool:
    slug, wave = at
    given = {"status": form.cleaned_data["status"], "note": form.cleaned_data["note"].strip(), "rests_on": form.grounds()}
    try:
        acts.record_status(by=who(request).handle, study=current(), slug=slug, wave=wave, seen=seen, **given)
    except StudyRefused as refused:
        _put(form, refused)
        return False
    return True


def _posted(request: HttpRequest) -> Given:
    return request.POST if request.method == "POST" else None


def _put(form: forms.Form, refused: StudyRefused) -> None:
    for problem in refused.problems:
        form.add_error(None, f"{problem.cause} {problem.remedy}")


def _names(there: Whole) -> list[tuple[str, str]]:
    """What a status can rest on, by name."""
    asked = [(slug, one.title) for slug, one in there.study.plan.asked.items()]
    return asked + [(path[-1], theme.label) for path, theme in there.study.themes.walk()]


def _page(request: HttpRequest, form: forms.Form, shown: dict[str, Any]) -> HttpResponse:
    told = {"form": form, "several": ("findings", "audience"), **shown}
    return render(request, "workbench/recommendation_form.html", told, status=400 if form.errors else 200)


def _said(refused: StudyRefused) -> str:
    return " ".join(f"{problem.cause} {problem.remedy}" for problem in refused.problems)
