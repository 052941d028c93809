"""What is recorded cannot be changed through the product, not even with raw SQL."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from casereview.casebook import protection
from casereview.casebook.acts.samples import settle_sample
from casereview.casebook.models import (
    AuditEvent,
    Case,
    Coding,
    Document,
    Evidence,
    Membership,
    Passage,
    Person,
    TextVersion,
    Value,
)
from casereview.sampling import Member
from tests.casebooks import take, the_study, write_all

pytestmark = pytest.mark.usefixtures("filled")

KEPT: dict[type[models.Model], dict[str, object]] = {
    AuditEvent: {"detail": "{}"},
    TextVersion: {"text": "Other words."},
    Passage: {"exact": "Other words."},
    Coding: {"code": "other"},
    Value: {"value": "other"},
    Evidence: {"variable": "other"},
    Membership: {"reason": "other"},
    Case: {"key": "other"},
    Person: {"role": "other"},
    Document: {"key": "other"},
}


@pytest.fixture
def filled(book, data):
    take(the_study(), write_all(data))
    settle_sample(by="kim", sample="s", members=[Member("A", "drawn")], how={})


def refused(change) -> None:
    with pytest.raises(DatabaseError, match="keeps what was recorded"), transaction.atomic():
        change()


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_no_row_can_be_changed_or_deleted(model):
    rows = model._default_manager.all()
    before = list(rows.order_by("pk").values_list())
    assert before
    refused(lambda: rows.update(**KEPT[model]))
    refused(lambda: raw(f"DELETE FROM {model._meta.db_table}"))
    refused(lambda: raw(f"UPDATE {model._meta.db_table} SET {next(iter(KEPT[model]))} = 'x'"))
    assert list(rows.order_by("pk").values_list()) == before


@pytest.mark.parametrize("model", [Value, Coding, Evidence, Membership], ids=lambda model: model.__name__)
def test_what_is_superseded_stays_so(model):
    model._default_manager.update(current=False)
    refused(lambda: model._default_manager.update(current=True))


def test_replacing_is_deleting():
    if connection.vendor == "postgresql":
        refused(lambda: raw("TRUNCATE casebook_auditevent"))
    else:
        row = AuditEvent.objects.get(number=1)
        columns = [row.number, row.at, row.by, row.act, "{}", row.previous, row.sha256]
        refused(lambda: raw("INSERT OR REPLACE INTO casebook_auditevent VALUES (%s, %s, %s, %s, %s, %s, %s)", columns))


def raw(statement: str, columns: list[object] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)


def test_every_trigger_is_there():
    assert protection.missing(connection) == frozenset()


def a_case() -> Case:
    return Case.objects.get(key="A")


@pytest.mark.parametrize(
    "fault",
    [
        {"value": None, "absent": None},
        {"value": "yes", "absent": "unclear"},
        {"value": "yes", "variable": "outcome", "source": "cases"},
        {"value": "yes", "case": None},
        {"value": "yes", "person": 1},
    ],
    ids=["neither value nor absence", "both", "a second current value", "of no record", "of two records"],
)
def test_the_database_refuses_what_cannot_be(fault):
    given = {"case": a_case(), "variable": "plan", "source": "other", "coder": "", "recorded": "x"} | fault
    if given.get("person"):
        given["person"] = Person.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Value.objects.create(**given)


def test_a_passage_is_never_empty():
    text = TextVersion.objects.first()
    for start, end in ((3, 3), (4, 2), (-1, 2)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Passage.objects.create(text=text, start=start, end=end, exact="", prefix="", suffix="")
