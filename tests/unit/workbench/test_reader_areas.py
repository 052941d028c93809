"""Areas of pages: given codes, seen by whoever may, taken away by whoever gave them."""

import pytest
from django.db import DatabaseError, connection, transaction

from casereview.casebook.models import Area, AreaCoding, Assignment, AuditEvent, Case
from tests.unit.workbench.conftest import member, signed_in
from tests.unit.workbench.test_reader_as_it_looks import report  # noqa: F401  # fixture
from tests.unit.workbench.test_reader_pages import data_of, send

pytestmark = pytest.mark.usefixtures("report")

ADDRESS = "/documents/a report/"


def drawing(client, **more) -> dict:
    text = data_of(client.get(ADDRESS))["text"]
    return {"document": "a report", "text": text, "page": 2, "box": [60, 700, 300, 780], "codes": ["listening"]} | more


def test_an_area_is_given_a_code_shown_and_taken_away():
    client = signed_in(member("coder"))
    [mark] = send(client, "/coding/area/", drawing(client)).json()["areas"]
    assert mark == ["listening", 2, [60, 700, 300, 780], "a-coder", True, None]
    assert data_of(client.get(ADDRESS))["areas"] == [mark]
    assert send(client, "/coding/area/", drawing(client)).json()["areas"] == [mark]
    assert AreaCoding.objects.count() == 1
    asked = {name: drawing(client)[name] for name in ("document", "text")}
    other = signed_in(member("coder", "Somebody Else"))
    assert send(other, "/coding/area/end/", asked | {"codings": [mark[:3]]}).json() == {"ended": []}
    assert send(client, "/coding/area/end/", asked | {"codings": [mark[:3]]}).json() == {"ended": [mark[:3]]}
    assert AuditEvent.objects.latest("number").act == "uncode-area"
    assert data_of(client.get(ADDRESS))["areas"] == []


def test_what_is_no_area_of_the_document_is_refused():
    client = signed_in(member("coder"))
    for wrong in ({"page": 4}, {"page": 0}, {"box": [60, 700, 60, 780]}, {"box": [60, 780, 300, 700]}, {"box": [0, 0, 10**6, 5]}):
        answer = send(client, "/coding/area/", drawing(client, **wrong))
        assert answer.json()["problems"][0]["code"] == "area-not-there"
    assert send(client, "/coding/area/", drawing(client, text="0")).json()["problems"][0]["code"] == "text-not-current"
    assert send(client, "/coding/area/", drawing(client, codes=["nothing"])).json()["problems"][0]["code"] == "unknown-name"
    for broken in ({"box": [1, 2, 3]}, {"box": ["1", 2, 3, 4]}, {"codes": []}):
        assert send(client, "/coding/area/", drawing(client, **broken)).status_code == 400
    assert not Area.objects.exists()
    assert signed_in(member("reader")).post("/coding/area/").status_code == 403


def test_two_who_code_a_case_do_not_see_one_anothers_areas():
    first, second = member("coder", "Kim First"), member("coder", "Lou Second")
    case = Case.objects.get(key="A")
    Assignment.objects.create(case=case, coder=first.handle)
    Assignment.objects.create(case=case, coder=second.handle, second=True)
    client, other = signed_in(first), signed_in(second)
    assert send(other, "/coding/area/", drawing(other)).status_code == 200
    assert data_of(client.get(ADDRESS))["areas"] == []
    assert AreaCoding.objects.get().source == "double-coded"


def test_an_area_cannot_be_changed_even_with_sql():
    client = signed_in(member("coder"))
    send(client, "/coding/area/", drawing(client))
    for statement in (
        'UPDATE casebook_area SET "left" = 1',
        "DELETE FROM casebook_areacoding",
        "UPDATE casebook_areacoding SET code = 'x'",
    ):
        with pytest.raises(DatabaseError, match="keeps what was recorded"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
