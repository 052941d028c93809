"""Questions to the casebook that are asked again, by their name. What each kind asks is known to the page that asks it."""

from typing import Any

from django.utils.timezone import now

from casereview.casebook.acts.writing import act, supersede
from casereview.casebook.models import SavedQuery
from casereview.study.problems import Place, Problem, StudyRefused


def save_query(*, by: str, name: str, kind: str, asks: dict[str, Any], shared: bool) -> SavedQuery:
    """A named query, in place of one's own of that kind and name. Raises StudyRefused where it has no name."""
    if not name.strip():
        raise _refused("query-without-name", "The query has no name.", "Give it one.")
    with act("save-query", by) as detail:
        before = SavedQuery.objects.filter(coder=by, kind=kind, name=name.strip(), current=True)
        supersede(SavedQuery, list(before.values_list("pk", flat=True)))
        said = {"name": name.strip()[:200], "kind": kind, "asks": asks, "shared": shared}
        made = SavedQuery.objects.create(coder=by, at=now(), **said)
        detail.update({"query": made.pk, "kind": kind, "shared": shared})
    return made


def change_query(*, by: str, query: int, name: str, shared: bool) -> SavedQuery:
    """Another name for a query of one's own, or whether it is shared. Raises StudyRefused: no name, another's, or ended."""
    if not name.strip():
        raise _refused("query-without-name", "The query has no name.", "Give it one.")
    with act("change-query", by) as detail:
        held = SavedQuery.objects.filter(pk=query, coder=by, current=True).first()
        if held is None:
            raise _refused("query-not-yours", "The query is not yours, or no longer kept.", "Save it under a name of your own.")
        named = SavedQuery.objects.filter(coder=by, kind=held.kind, name=name.strip()[:200], current=True)
        supersede(SavedQuery, [held.pk, *named.values_list("pk", flat=True)])
        said = {"name": name.strip()[:200], "kind": held.kind, "asks": held.asks, "shared": shared}
        made = SavedQuery.objects.create(coder=by, at=now(), **said)
        detail.update({"query": made.pk, "in-place-of": held.pk, "kind": held.kind, "shared": shared})
    return made


def end_query(*, by: str, query: int) -> None:
    """A query of one's own that is no longer kept; it stays on record. What is another's, or ended, stays as it is."""
    with act("end-query", by) as detail:
        own = SavedQuery.objects.filter(pk=query, coder=by, current=True).first()
        if own is not None:
            supersede(SavedQuery, [own.pk])
            detail.update({"query": own.pk, "kind": own.kind})


def _refused(code: str, cause: str, remedy: str) -> StudyRefused:
    return StudyRefused([Problem(Place("query"), code, cause, remedy)])
