"""The cells of the framework matrix: what a case says on a theme, in a coder's words, with the passages that it rests on."""

import hashlib
from collections.abc import Sequence

from django.utils.timezone import now

from casereview.casebook.acts.writing import act, supersede
from casereview.casebook.forms import version_of
from casereview.casebook.models import Case, Passage, Summary, SummaryPassage
from casereview.study.problems import Place, Problem, StudyRefused


def summarise(*, by: str, case: str, theme: str, text: str, passages: Sequence[int], seen: int) -> Summary | None:
    """A summary in place of the coder's own before; an empty text ends it. The passages are of the case.

    seen: the `version_of_summary` that was being changed. Raises StudyRefused where it has been changed since.
    """
    with act("summarise", by) as detail:
        review = Case.objects.get(key=case, current=True)
        before = Summary.objects.filter(case=review, theme=theme, coder=by, current=True).first()
        _as_seen(version_of_summary(review, theme, by), seen)
        if (text.strip(), set(passages)) == _said(before):
            return before
        if before:
            supersede(Summary, [before.pk])
        made = _written(by, review, theme, text.strip(), passages) if text.strip() else None
        sha256 = hashlib.sha256(made.text.encode()).hexdigest() if made else None
        detail.update({"case": case, "theme": theme, "summary": made.pk if made else None, "sha256": sha256})
        return made


def version_of_summary(case: Case, theme: str, coder: str) -> int:
    """0 before a coder has summed the case up on the theme; it rises with each change, and tells nothing of others."""
    held = list(Summary.objects.filter(case=case, theme=theme, coder=coder).values_list("current", flat=True))
    return version_of(len(held), any(held))


def _written(coder: str, case: Case, theme: str, text: str, passages: Sequence[int]) -> Summary:
    rests_on = Passage.objects.filter(pk__in=passages, text__document__case=case)
    made = Summary.objects.create(case=case, theme=theme, coder=coder, text=text, at=now())
    SummaryPassage.objects.bulk_create([SummaryPassage(summary=made, passage=one) for one in rests_on.order_by("pk")])
    return made


def _as_seen(version: int, seen: int) -> None:
    if version != seen:
        cause = "You have changed this summary elsewhere since you opened it here."
        raise StudyRefused([Problem(Place("summary"), "summary-changed", cause, "Read what it says now, then save again.")])


def _said(summary: Summary | None) -> tuple[str, set[int]]:
    if summary is None:
        return "", set()
    return summary.text, set(summary.passages.values_list("pk", flat=True))
