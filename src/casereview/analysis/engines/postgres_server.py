"""A PostgreSQL server: how it is reached, read without a change, and what its refusals say. No password is ever said."""

import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from casereview.study.problems import EngineRefused, Place, Problem

if TYPE_CHECKING:
    import psycopg
    from psycopg import Connection

PLACE = Place("--database")


class Server:
    """The database at an address, postgresql://USER@HOST/NAME; empty: where libpq's environment (PGHOST, …) points.

    steady: all that is read is as it was when the first of it was, whatever others write in the meantime.
    """

    def __init__(self, address: str, *, steady: bool = False) -> None:
        self._given = _read(address)
        self._steady = steady

    def rows(self, text: str) -> list[Sequence[Any]]:
        """What a query finds."""
        with self._reading() as connection:
            return list(connection.execute(text.encode()).fetchall())

    def written(self, text: str) -> bytes:
        """What a query finds, as CSV with a header."""
        copy = f"COPY ({text}) TO STDOUT (FORMAT csv, HEADER)"
        with self._reading() as connection, connection.cursor().copy(copy.encode()) as rows:
            return b"".join(rows)

    @contextmanager
    def connected(self) -> Iterator["Connection[Any]"]:
        """A connection and one transaction. Raises EngineRefused where the server refuses."""
        with self._refusing(), self._connect() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator["Connection[Any]"]:
        if self._steady:
            with self._refusing():
                yield self._held
        else:
            with self.connected() as connection:
                yield _for_reading(connection)

    @cached_property
    def _held(self) -> "Connection[Any]":
        connection = _for_reading(self._connect())
        weakref.finalize(self, connection.close)
        return connection

    def _connect(self) -> "Connection[Any]":
        import psycopg

        return psycopg.connect(**self._given, client_encoding="utf8")

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        import psycopg

        try:
            yield
        except psycopg.Error as error:
            raise self._refused(error) from None  # what libpq says of an address has its password in it

    def _refused(self, error: "psycopg.Error") -> EngineRefused:
        said = (error.diag.message_primary or str(error)).strip().partition("\n")[0].rstrip(".")
        if password := str(self._given.get("password") or ""):
            said = said.replace(password, "…")
        remedy = (
            "See that it runs, that the address is right, and that you may read there and, once for a release, make a schema."
        )
        return EngineRefused([Problem(PLACE, "database-refused", f"PostgreSQL refuses: {said}.", remedy)])


def _for_reading(connection: "Connection[Any]") -> "Connection[Any]":
    from psycopg import IsolationLevel

    connection.read_only = True
    connection.isolation_level = IsolationLevel.REPEATABLE_READ
    # Dates as a release writes them; and it takes longer to compile a count than to count.
    connection.execute("SET LOCAL datestyle = ISO")
    connection.execute("SET LOCAL timezone = UTC")
    connection.execute("SET LOCAL jit = off")
    return connection


def _read(address: str) -> dict[str, Any]:
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        remedy = "Install it: pip install 'casereview[postgres]'."
        raise EngineRefused([Problem(PLACE, "no-psycopg", "psycopg is not installed.", remedy)]) from error
    try:
        return {"application_name": "casereview"} | conninfo_to_dict(address)
    except psycopg.Error:
        remedy = "Write postgresql://USER@HOST/NAME, or set PGHOST, PGUSER and PGDATABASE and leave it out."
        raise EngineRefused([Problem(PLACE, "bad-database", "The address of the database cannot be read.", remedy)]) from None
