"""What differs between databases in the SQL that `compiled` writes: everything else of it is common to them all.

A database has a dialect of its own where this one, DuckDB's, does not fit: a class that derives from it and overrides a line.
(No SQL is translated: a translator costs more to import than a thousand cases cost to count.)
"""

from collections.abc import Iterable


class Dialect:
    """DuckDB's."""

    varchar = "VARCHAR"
    integer = "INTEGER"
    double = "DOUBLE"

    def name(self, identifier: str) -> str:
        """An identifier in its quotation marks."""
        return '"' + identifier.replace('"', '""') + '"'

    def text(self, value: str) -> str:
        """A text in its quotation marks."""
        return "'" + value.replace("'", "''") + "'"

    def texts(self, values: Iterable[str]) -> str:
        """Texts between commas."""
        return ", ".join(map(self.text, values))

    def decimal(self, number: str) -> str:
        """A float as a decimal of nine places."""
        return f"CAST({number} AS DECIMAL(18, 9))"

    def holds_any(self, several: str, values: Iterable[str]) -> str:
        """Whether a list of texts holds one of these, of which there is one at least."""
        return f"list_has_any({several}, [{self.texts(values)}])"

    def first(self, several: str) -> str:
        """The first of a list; null where it is empty."""
        return f"{several}[1]"

    def pairs(self, one: str, other: str) -> str:
        """An aggregate: the list of the pairs of two texts, in an order of the database, as sequences of two."""
        return f"list(row({one}, {other}) ORDER BY {one}, {other})"
