"""A PostgreSQL server: how it is reached, read without a change, and what its refusals say. No password is ever said."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from casereview.study.problems import EngineRefused, Place, Problem

if TYPE_CHECKING:
    import psycopg

PLACE = Place("--database")


class Server:
    """The database at an address, postgresql://USER@HOST/NAME; empty: where libpq's environment (PGHOST, …) points."""

    def __init__(self, address: str) -> None:
        self._given = _read(address)

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
    def connected(self) -> Iterator["psycopg.Connection[Any]"]:
        """A connection and one transaction. Raises EngineRefused where the server refuses."""
        import psycopg

        try:
            with psycopg.connect(**self._given, client_encoding="utf8") as connection:
                yield connection
        except psycopg.Error as error:
            raise self._refused(error) from None  # what libpq says of an address has its password in it

    @contextmanager
    def _reading(self) -> Iterator["psycopg.Connection[Any]"]:
        with self.connected() as connection:
            connection.read_only = True
            connection.execute("SET LOCAL jit = off")  # it takes longer to compile a count than to count
            yield connection

    def _refused(self, error: "psycopg.Error") -> EngineRefused:
        said = (error.diag.message_primary or str(error)).strip().partition("\n")[0].rstrip(".")
        if password := str(self._given.get("password") or ""):
            said = said.replace(password, "…")
        remedy = (
            "See that it runs, that the address is right, and that you may read there and, once for a release, make a schema."
        )
        return EngineRefused([Problem(PLACE, "database-refused", f"PostgreSQL refuses: {said}.", remedy)])


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
