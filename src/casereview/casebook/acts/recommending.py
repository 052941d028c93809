"""Recommendations and their statuses. The log says of which, never what they say.

seen: how many versions of it somebody had before them; what has been changed since is not saved over.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import now
from pydantic import ValidationError

from casereview.casebook import recommendations
from casereview.casebook.acts.writing import act, supersede
from casereview.casebook.models import Recommendation, RecommendationStatus
from casereview.casebook.tree import refuse
from casereview.study.mistakes import explained
from casereview.study.places import Places
from casereview.study.problems import Place, Problem
from casereview.study.recommendations import RecommendationHead, Status
from casereview.study.recorded import Row, place_of, with_recorded
from casereview.study.study import Study


def versions(slug: str) -> int:
    """How many versions of a recommendation there have been."""
    return Recommendation.objects.filter(slug=slug).count()


def status_versions(slug: str, wave: str) -> int:
    """How many versions of a status there have been."""
    return RecommendationStatus.objects.filter(recommendation=slug, wave=wave).count()


def record_recommendation(
    *, by: str, study: Study, slug: str, head: Mapping[str, Any], text: str = "", seen: int
) -> Recommendation:
    """A recommendation, in place of the version before it. head: as in a file, '' for what is not said.

    Raises StudyRefused where it goes against the study, or has been changed since it was seen.
    """
    with act("record-recommendation", by) as detail:
        refuse(_changed(slug, versions(slug), seen))
        refuse(_against(study, slug, recommendations.as_row(slug, text, dict(head))))
        standing = Recommendation.objects.filter(slug=slug, current=True)
        supersede(Recommendation, list(standing.values_list("pk", flat=True)))
        made = Recommendation.objects.create(slug=slug, text=text, coder=by, at=now(), **head)
        detail.update({"recommendation": slug, "version": versions(slug)})
    return made


def end_recommendation(*, by: str, slug: str, seen: int) -> None:
    """A recommendation, and its recorded statuses, that no longer stand; they stay on record. Raises StudyRefused as above."""
    with act("end-recommendation", by) as detail:
        refuse(_changed(slug, versions(slug), seen))
        statuses = RecommendationStatus.objects.filter(recommendation=slug, current=True)
        supersede(RecommendationStatus, list(statuses.values_list("pk", flat=True)))
        supersede(Recommendation, list(Recommendation.objects.filter(slug=slug, current=True).values_list("pk", flat=True)))
        detail.update({"recommendation": slug})


def record_status(
    *, by: str, study: Study, slug: str, wave: str, status: str, note: str = "", rests_on: list[Any], seen: int
) -> RecommendationStatus:
    """The status of a recommendation in a wave, in place of the version before. Raises StudyRefused as above."""
    with act("record-status", by) as detail:
        refuse(_changed(slug, status_versions(slug, wave), seen))
        said = {"recommendation": slug, "wave": wave, "status": status, "note": note or None, "rests_on": rests_on}
        refuse(_status_against(study, slug, said))
        _end_status(slug, wave)
        given = {"status": status, "note": note, "rests_on": rests_on}
        made = RecommendationStatus.objects.create(recommendation=slug, wave=wave, coder=by, at=now(), **given)
        detail.update({"recommendation": slug, "wave": wave, "status": status})
    return made


def clear_status(*, by: str, slug: str, wave: str, seen: int) -> None:
    """A recorded status that no longer stands. Raises StudyRefused as above."""
    with act("clear-status", by) as detail:
        refuse(_changed(slug, status_versions(slug, wave), seen))
        if _end_status(slug, wave):
            detail.update({"recommendation": slug, "wave": wave})


def _end_status(slug: str, wave: str) -> int:
    standing = RecommendationStatus.objects.filter(recommendation=slug, wave=wave, current=True)
    ended = list(standing.values_list("pk", flat=True))
    supersede(RecommendationStatus, ended)
    return len(ended)


def _changed(slug: str, there: int, seen: int) -> list[Problem]:
    if there == seen:
        return []
    cause, remedy = "It has been changed since you saw it.", "Look at it again; what you wrote stands below."
    return [Problem(Place(place_of(slug)), "recommendation-changed", cause, remedy)]


def _against(study: Study, slug: str, row: Row) -> list[Problem]:
    """What is wrong with a recommendation, in itself and beside all others."""
    if empty := [key for key in ("title", "change") if not str(row.get(key) or "").strip()]:
        return [Problem(Place(place_of(slug)), "missing-key", f"It has no {empty[0]}.", "Write it.")]
    others = [one for one in recommendations.recommendations() if one["recommendation"] != slug]
    try:
        _, problems = with_recorded(study, [*others, row], recommendations.statuses())
    except ValidationError as error:
        return explained(error, RecommendationHead, place_of(slug), dict(row), Places())
    return [one for one in problems if one.place.file in (place_of(slug), f"recommendations/{slug}.md")]


def _status_against(study: Study, slug: str, row: Row) -> list[Problem]:
    """What is wrong with a status that is not wrong without it."""
    others = [one for one in recommendations.statuses() if (one["recommendation"], one["wave"]) != (slug, row["wave"])]
    standing = list(recommendations.recommendations())
    _, before = with_recorded(study, standing, others)
    try:
        _, problems = with_recorded(study, standing, [*others, row])
    except ValidationError as error:
        return explained(error, Status, place_of(slug), dict(row), Places())
    return [one for one in problems if one not in before]
