"""What keeps a saved act safe from a power cut: the settings of each connection, and how they are asked for again.

Rollback journal, not write-ahead: SQLite 3.7.0 to 3.51.2 can damage a write-ahead log that two connections reset
(https://sqlite.org/wal.html#walresetbug), and Python 3.11 is often built on such a one.
"""

from typing import Any

SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 20,  # seconds to wait for another writer
    "transaction_mode": "IMMEDIATE",  # a transaction that reads, then writes, cannot be overtaken in between
    "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
