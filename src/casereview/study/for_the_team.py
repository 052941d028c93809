"""What is sound and yet for the team to look at: it is listed, and never stands in the way."""

from collections.abc import Iterator

from casereview.study.problems import Problem
from casereview.study.study import Study


def notes(study: Study) -> list[Problem]:
    """Every note, in the order of files and lines."""
    return sorted([*_findings(study), *_recommendations(study)])


def _findings(study: Study) -> Iterator[Problem]:
    for finding in study.findings:
        if not finding.head.counter:
            cause = f"“{finding.head.title}” names no counter-example."
            remedy = "Look for cases, tables or passages that speak against it, and name them under “counter:”."
            yield Problem(study.places.of(finding.body.file), "no-counter-example", cause, remedy)


def _recommendations(study: Study) -> Iterator[Problem]:
    for one in study.recommendations:
        for key, what in (("measure", "how one will know that it is done"), ("owner", "who sees to it"), ("due", "by when")):
            if getattr(one.head, key) is None:
                cause = f"“{one.head.title}” does not say {what}."
                yield Problem(study.places.of(one.body.file), "recommendation-open-ended", cause, f"Say so under “{key}:”.")
