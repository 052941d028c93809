"""Open a casebook: say which database, bring its tables up to date, and refuse one that would not keep what it is given."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from casereview.casebook import durable, protection
from casereview.study.problems import CasebookRefused, Place, Problem

SCHEMES = ("postgresql://", "postgres://")
KEPT = 60
"""Seconds for which a connection to PostgreSQL serves one request after another."""

_LOCK = 4_118_621  # any number, the same in every process: one brings a casebook up to date, the others wait


@contextmanager
def opened(place: str | Path, documents: Path | None = None) -> Iterator[None]:
    """Work in the casebook at a path (SQLite), or at a postgresql:// address. One at a time in a process.

    documents: the folder of original documents; default `documents` beside an SQLite file, needed with PostgreSQL.
    Raises CasebookRefused.
    """
    before = connections.settings
    _point_at(_postgresql(str(place)) if str(place).startswith(SCHEMES) else _sqlite(Path(place)), place, documents)
    try:
        _ready(place)
        yield
    finally:
        connections["default"].close()
        connections.settings = before
        del connections["default"]


def _point_at(database: Mapping[str, Any], place: str | Path, documents: Path | None) -> None:
    if documents is None and database["ENGINE"].endswith("postgresql"):
        raise ValueError("a casebook in PostgreSQL needs a folder for its documents")
    folder = documents or Path(place).absolute().parent / "documents"
    connections["default"].close()
    connections.settings = connections.configure_settings({"default": dict(database) | {"DOCUMENTS": folder}})
    del connections["default"]


def _sqlite(path: Path) -> dict[str, Any]:
    path.absolute().parent.mkdir(parents=True, exist_ok=True)
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path.absolute()), "OPTIONS": dict(durable.SQLITE_OPTIONS)}


def _postgresql(address: str) -> dict[str, Any]:
    from psycopg.conninfo import conninfo_to_dict

    given = conninfo_to_dict(address)
    named = {name.upper(): given.pop(name, "") for name in ("user", "password", "host", "port")}
    kept = {"CONN_MAX_AGE": KEPT, "CONN_HEALTH_CHECKS": True}
    return {"ENGINE": "django.db.backends.postgresql", "NAME": given.pop("dbname", ""), "OPTIONS": given, **named, **kept}


def _ready(place: str | Path) -> None:
    try:
        _bring_up_to_date()
        wrong = durable.differences(connection)
        unprotected = sorted(protection.missing(connection))
    except DatabaseError as error:
        cause = f"it cannot be opened as a casebook ({error})"
        raise _refused(
            place, "casebook-unreadable", cause, "Check the path or address; restore a copy if it is damaged."
        ) from error
    if wrong:
        remedy = "Close whatever else has it open (a browser of databases sets its own modes), then try again."
        raise _refused(place, "casebook-unsafe", f"a saved act could be lost: {'; '.join(wrong)}", remedy)
    if unprotected:
        remedy = "Somebody has changed the database itself. Restore a copy, or find out who and why before going on."
        raise _refused(place, "casebook-unprotected", f"it lacks the protection {', '.join(unprotected)}", remedy)


def _bring_up_to_date() -> None:
    executor = MigrationExecutor(connection)
    known = executor.loader.disk_migrations
    newer = sorted(name for app, name in executor.loader.applied_migrations if app == "casebook" and (app, name) not in known)
    if newer:
        cause = f"it was made by a later version of casereview ({', '.join(newer)})"
        raise _refused("the casebook", "casebook-newer", cause, "Install that version, or a later one.")
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _migrate()


def _migrate() -> None:
    """Every step in one transaction: Django notes a step that is done after it is done, and a process can die in between."""
    connection.disable_constraint_checking()  # SQLite cannot change a table otherwise, nor do this within a transaction
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    finally:
        connection.enable_constraint_checking()


def _refused(place: str | Path, code: str, cause: str, remedy: str) -> CasebookRefused:
    shown = "the casebook" if str(place).startswith(SCHEMES) else Path(place).name  # an address may hold a password
    return CasebookRefused([Problem(Place(shown), code, cause, remedy)])
