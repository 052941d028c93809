"""Questions to the casebook that are asked again, by their name. What each kind asks is known to the page that asks it."""

from typing import Any

from django.utils.timezone import now

from casereview.casebook.acts.writing import act, supersede
from casereview.casebook.models import SavedQuery
from casereview.study.problems import Place, Problem, StudyRefused


def save_query(*, by: str, name: str, kind: str, asks: dict[str, Any], shared: bool) -> SavedQuery:
    """A named query, in place of one's own of that kind and name. Raises StudyRefused where it has no name."""
    if not name.strip():
        raise StudyRefused([Problem(Place("query"), "query-without-name", "The query has no name.", "Give it one.")])
    with act("save-query", by) as detail:
        before = SavedQuery.objects.filter(coder=by, kind=kind, name=name.strip(), current=True)
        supersede(SavedQuery, list(before.values_list("pk", flat=True)))
        said = {"name": name.strip()[:200], "kind": kind, "asks": asks, "shared": shared}
        made = SavedQuery.objects.create(coder=by, at=now(), **said)
        detail.update({"query": made.pk, "kind": kind, "shared": shared})
    return made


def end_query(*, by: str, query: int) -> None:
    """A query of one's own that is no longer kept; it stays on record. What is another's, or ended, stays as it is."""
    with act("end-query", by) as detail:
        own = SavedQuery.objects.filter(pk=query, coder=by, current=True).first()
        if own is not None:
            supersede(SavedQuery, [own.pk])
            detail.update({"query": own.pk, "kind": own.kind})
