"""Queries are kept by name, each under who made it, and what was asked before stays on record."""

import pytest

from casereview.casebook.acts.queries import end_query, save_query
from casereview.casebook.acts.reading import read_passages
from casereview.casebook.models import AuditEvent, SavedQuery
from casereview.study.problems import StudyRefused

pytestmark = pytest.mark.usefixtures("book")


def names(coder: str) -> list[tuple[str, str]]:
    rows = SavedQuery.objects.filter(coder=coder, current=True).order_by("kind", "name")
    return [(one.kind, one.asks["code"]) for one in rows]


def saved(by: str, kind: str, code: str) -> SavedQuery:
    return save_query(by=by, name=" Drink ", kind=kind, asks={"code": code}, shared=False)


def test_a_query_takes_the_place_of_ones_own_of_that_name_and_kind():
    for by, kind, code in (("kim", "passages", "a"), ("kim", "passages", "b"), ("kim", "cases", "c"), ("lou", "passages", "d")):
        saved(by, kind, code)
    assert (names("kim"), names("lou")) == ([("cases", "c"), ("passages", "b")], [("passages", "d")])
    assert SavedQuery.objects.count() == 4


def test_only_ones_own_is_ended():
    made = saved("kim", "passages", "a")
    end_query(by="lou", query=made.pk)
    assert names("kim") == [("passages", "a")]
    for _ in range(2):
        end_query(by="kim", query=made.pk)
    assert names("kim") == []
    assert AuditEvent.objects.filter(act="end-query").count() == 1


def test_a_query_needs_a_name():
    with pytest.raises(StudyRefused) as refused:
        save_query(by="kim", name="  ", kind="passages", asks={}, shared=False)
    assert [one.code for one in refused.value.problems] == ["query-without-name"]


def test_passages_shown_are_one_event_and_none_is_none():
    read_passages(by="kim", documents=[])
    assert not AuditEvent.objects.exists()
    read_passages(by="kim", documents=["b", "a", "b"])
    assert AuditEvent.objects.get().detail == '{"documents":["a","b"]}'
