"""What keeps a saved act safe from a power cut: the settings of each connection, set when it opens and then read back.

Rollback journal, not write-ahead: SQLite 3.7.0 to 3.51.2 can damage a write-ahead log that two connections reset
(https://sqlite.org/wal.html#walresetbug), and Python 3.11 is often built on such a one.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 20,  # seconds to wait for another writer
    "transaction_mode": "IMMEDIATE",  # a transaction that reads, then writes, cannot be overtaken in between
    # Without recursive_triggers, INSERT OR REPLACE would delete a protected row and fire no trigger.
    "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
}

SQLITE_WANTED = {
    "PRAGMA journal_mode": "delete",
    "PRAGMA synchronous": "2",
    "PRAGMA foreign_keys": "1",
    "PRAGMA recursive_triggers": "1",
    "PRAGMA busy_timeout": "20000",
}
POSTGRESQL_WANTED = {"SHOW fsync": "on", "SHOW synchronous_commit": "on", "SHOW server_encoding": "UTF8"}


def differences(connection: BaseDatabaseWrapper) -> list[str]:
    """The settings that are not as they must be, such as `PRAGMA synchronous: 2 is needed, 1 is set`."""
    wanted = POSTGRESQL_WANTED if connection.vendor == "postgresql" else SQLITE_WANTED
    found = {setting: _asked(connection, setting) for setting in wanted}
    if connection.vendor == "sqlite":
        wanted = wanted | {"transaction_mode": "IMMEDIATE"}
        found["transaction_mode"] = str(getattr(connection, "transaction_mode", None))
    return [f"{name}: {value} is needed, {found[name]} is set" for name, value in wanted.items() if found[name] != value]


def _asked(connection: BaseDatabaseWrapper, setting: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(setting)
        return str(cursor.fetchone()[0])
