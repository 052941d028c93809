"""Recommendations and statuses that a casebook records, put together with those of a study's files: they are the same record."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from casereview.study.checks import recommendations as checks
from casereview.study.findings import Prose
from casereview.study.problems import Place, Problem
from casereview.study.recommendations import Recommendation, RecommendationHead, Status
from casereview.study.study import Study

Row = Mapping[str, Any]
"""Of a recommendation: its name as `recommendation`, its prose as `text`, and the keys of its head. Of a status:
`recommendation`, `wave`, and the keys of a status.
"""


def with_recorded(study: Study, recommendations: Iterable[Row], statuses: Iterable[Row]) -> tuple[Study, list[Problem]]:
    """The study with what is recorded, and every finding in it. What stands in a file, too, is left as the file has it."""
    problems: list[Problem] = []
    held = {one.slug: one for one in study.recommendations}
    for row in recommendations:
        slug = row["recommendation"]
        if slug in held:
            problems.append(_twice(f"recommendations/{slug}.md", "recommendation-twice", f"“{slug}” stands", "it"))
        held.setdefault(slug, recorded(row))
    for row in statuses:
        problems += _added(held, row)
    whole = replace(study, recommendations=tuple(held[slug] for slug in sorted(held)))
    return whole, sorted({*problems, *checks.check(whole)})


def recorded(row: Row) -> Recommendation:
    """One recommendation as the casebook has it."""
    said = {key: value for key, value in row.items() if key not in ("recommendation", "text")}
    slug = row["recommendation"]
    return Recommendation(slug, RecommendationHead.model_validate(said), Prose(place_of(slug), row["text"], 1))


def place_of(slug: str) -> str:
    """Where a recorded recommendation stands, as problems say it."""
    return f"casebook, recommendation {slug}"


def _added(held: dict[str, Recommendation], row: Row) -> Iterator[Problem]:
    slug, wave = row["recommendation"], row["wave"]
    if slug not in held:
        cause = f"A status of “{slug}” is recorded, and there is no such recommendation."
        yield Problem(Place(place_of(slug)), "unknown-name", cause, "Put its file back, or clear the status in the workbench.")
        return
    one = held[slug]
    if wave in one.head.statuses:
        yield _twice(one.body.file, "status-twice", f"The status of “{slug}” in “{wave}” stands", "the status")
        return
    said = Status.model_validate({key: value for key, value in row.items() if key not in ("recommendation", "wave")})
    head = one.head.model_copy(update={"statuses": one.head.statuses | {wave: said}})
    held[slug] = replace(one, head=head)


def _twice(file: str, code: str, what: str, which: str) -> Problem:
    return Problem(Place(file), code, f"{what} in a file and in the casebook.", f"Take {which} out of one of the two.")
