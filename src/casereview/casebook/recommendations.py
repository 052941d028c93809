"""The recommendations and statuses that stand in the casebook, and the study with them."""

from collections.abc import Iterator
from typing import Any

from casereview.casebook.models import Recommendation, RecommendationStatus
from casereview.study.problems import Problem
from casereview.study.recorded import Row, with_recorded
from casereview.study.study import Study

HEAD = ("title", "change", "findings", "audience", "measure", "owner", "first_made", "made_in", "repeats")
"""The columns that are keys of a recommendation's head, but for the day by which it is due."""


def whole(study: Study) -> tuple[Study, list[Problem]]:
    """The study with what the casebook records, and every finding in it."""
    return with_recorded(study, recommendations(), statuses())


def recommendations() -> Iterator[Row]:
    """Those that stand, by their names, as `study.recorded` takes them."""
    for one in sorted(Recommendation.objects.filter(current=True), key=lambda one: one.slug):
        yield as_row(one.slug, one.text, {key: getattr(one, key) for key in HEAD} | {"due": one.due})


def statuses() -> Iterator[Row]:
    """The statuses that stand, by recommendation and wave."""
    standing = RecommendationStatus.objects.filter(current=True)
    for one in sorted(standing, key=lambda one: (one.recommendation, one.wave)):
        said = {"status": one.status, "note": one.note or None, "rests_on": one.rests_on}
        yield {"recommendation": one.recommendation, "wave": one.wave, **said}


def as_row(slug: str, text: str, head: dict[str, Any]) -> Row:
    """A recommendation as `study.recorded` takes it: what is '' is not said."""
    return {"recommendation": slug, "text": text, **{key: None if value == "" else value for key, value in head.items()}}
