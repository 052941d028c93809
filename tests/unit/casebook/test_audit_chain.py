"""The audit log: chained by hashes, so that whoever changes it outside the product is found."""

import random

import pytest
from django.db import connection

from casereview.casebook import audit, protection
from casereview.casebook.acts.records import RecordRow, take_in_cases
from casereview.casebook.models import AuditEvent

EVENTS = 12
TAMPERINGS = 1000


def some_events() -> None:
    for number in range(EVENTS):
        take_in_cases(by="kim", source="s", rows=[RecordRow(f"case {number}", "w1", ())])


def unprotected() -> None:
    """As someone with the file and another program could do."""
    with connection.cursor() as cursor:
        for name in protection.names():
            if "auditevent" in name:
                cursor.execute(f"DROP TRIGGER {name}")


@pytest.mark.usefixtures("book")
def test_a_whole_log_is_whole():
    assert audit.verify() == []
    some_events()
    assert audit.verify() == []
    assert audit.head().number == EVENTS


def edit(rows: list[dict], chance: random.Random) -> None:
    row, column = chance.choice(rows), chance.choice(["at", "by", "act", "detail", "previous", "sha256"])
    place = chance.randrange(len(row[column]))
    letter = chance.choice([one for one in "0123456789abcdefxyz" if one != row[column][place]])
    row[column] = row[column][:place] + letter + row[column][place + 1 :]


def delete(rows: list[dict], chance: random.Random) -> None:
    del rows[chance.randrange(len(rows) - 1)]  # the last one: see the test of the tail


def delete_and_renumber(rows: list[dict], chance: random.Random) -> None:
    delete(rows, chance)
    for number, row in enumerate(rows, start=1):
        row["number"] = number


def insert(rows: list[dict], chance: random.Random) -> None:
    place = chance.randrange(len(rows))
    rows.insert(place, dict(rows[place]))
    for number, row in enumerate(rows, start=1):
        row["number"] = number


def swap(rows: list[dict], chance: random.Random) -> None:
    one, other = chance.sample(range(len(rows)), 2)
    rows[one]["number"], rows[other]["number"] = rows[other]["number"], rows[one]["number"]


def test_a_thousand_tamperings_are_found(sqlite_book):
    some_events()
    unprotected()
    original = list(AuditEvent.objects.order_by("number").values())
    chance = random.Random(1)
    table = AuditEvent._meta.db_table
    columns = list(original[0])
    for number in range(TAMPERINGS):
        rows = [dict(row) for row in original]
        chance.choice([edit, delete, delete_and_renumber, insert, swap])(rows, chance)
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(f"DELETE FROM {table}")
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", [list(row.values()) for row in rows]
            )
            found = audit.verify()
            cursor.execute("ROLLBACK")
        assert [problem.code for problem in found] == ["audit-broken"], number
    assert audit.verify() == []


def test_the_first_broken_link_is_named(sqlite_book):
    some_events()
    unprotected()
    AuditEvent.objects.filter(number=5).update(by="someone else")
    (problem,) = audit.verify()
    assert problem.place.line == 5


def test_a_cut_tail_is_found_only_against_a_head_noted_elsewhere(sqlite_book):
    some_events()
    head = audit.head()
    assert audit.verify(head) == []
    unprotected()
    AuditEvent.objects.filter(number__gt=EVENTS - 3).delete()
    assert audit.verify() == []
    assert [problem.code for problem in audit.verify(head)] == ["audit-broken"]


@pytest.mark.usefixtures("book")
def test_a_log_that_has_grown_still_holds_the_head_noted_before():
    some_events()
    head = audit.head()
    take_in_cases(by="kim", source="s", rows=[RecordRow("one more", "w1", ())])
    assert audit.verify(head) == []
