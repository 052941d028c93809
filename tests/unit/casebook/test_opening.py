"""A casebook that would not keep what it is given is refused, with the reason and a remedy."""

import sqlite3
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from casereview.casebook import durable
from casereview.casebook.opening import opened
from casereview.study.problems import CasebookRefused


@pytest.fixture(autouse=True)
def _unblocked(django_db_blocker):
    with django_db_blocker.unblock():
        yield


def refusal(place, documents=None) -> str:
    with pytest.raises(CasebookRefused) as refused, opened(place, documents):
        pass
    (problem,) = refused.value.problems
    assert problem.remedy
    return problem.code


def test_a_casebook_is_made_where_there_is_none(tmp_path):
    place = tmp_path / "new folder" / "casebook.db"
    with opened(place):
        assert durable.differences(connection) == []
    assert place.exists()


@pytest.mark.usefixtures("postgresql_book")
def test_postgresql_is_asked_for_the_same_safety():
    assert connection.vendor == "postgresql"
    assert durable.differences(connection) == []
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    assert durable.differences(connection) == ["SHOW synchronous_commit: on is needed, off is set"]


def test_postgresql_needs_a_folder_for_its_documents():
    with pytest.raises(ValueError, match="folder"), opened("postgresql://nobody@nowhere/none"):
        pass


@pytest.mark.parametrize("setting", ["PRAGMA synchronous=NORMAL", "PRAGMA foreign_keys=OFF", "PRAGMA recursive_triggers=OFF"])
def test_a_setting_that_differs_is_named(sqlite_book, setting):
    with connection.cursor() as cursor:
        cursor.execute(setting)
    (difference,) = durable.differences(connection)
    assert setting.split("=")[0] in difference


def test_settings_that_could_lose_an_act_are_refused(sqlite_book, monkeypatch):
    monkeypatch.setitem(durable.SQLITE_OPTIONS, "init_command", "PRAGMA synchronous=OFF; PRAGMA recursive_triggers=ON")
    assert refusal(sqlite_book) == "casebook-unsafe"


def test_a_write_ahead_log_that_another_program_holds_open_is_refused(sqlite_book):
    other = sqlite3.connect(sqlite_book)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("SELECT count(*) FROM casebook_case").fetchall()
    assert refusal(sqlite_book) in ("casebook-unsafe", "casebook-unreadable")
    other.close()


def test_another_file_is_not_opened(tmp_path):
    path = tmp_path / "casebook.db"
    path.write_bytes(b"This is no database, although it has the name of one." * 50)
    assert refusal(path) == "casebook-unreadable"
    assert path.read_bytes().startswith(b"This is no")


def test_a_casebook_of_a_later_version_is_not_opened(sqlite_book):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('casebook', '9999_later', '2026-01-01')")
    assert refusal(sqlite_book) == "casebook-newer"


def test_a_casebook_without_its_protection_is_not_opened(sqlite_book):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER casebook_value_no_delete")
    assert refusal(sqlite_book) == "casebook-unprotected"


def test_an_address_is_not_repeated_in_a_refusal():
    with pytest.raises(CasebookRefused) as refused, opened("postgresql://kim:secret@127.0.0.1:1/none", "documents"):
        pass
    assert "secret" not in str(refused.value)


def test_no_migration_is_missing(sqlite_book):
    said = StringIO()
    call_command("makemigrations", "casebook", check=True, dry_run=True, stdout=said)
    assert "No changes" in said.getvalue()


def test_importing_the_product_starts_no_django():
    rooms = "study, documents, interchange, sampling, release, analysis, publish, cli"
    program = f"import sys; from casereview import {rooms}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_room_starts_django_by_itself():
    program = "from casereview.casebook.intake import take_in; from casereview.casebook import audit, content, samples"
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).returncode == 0
