"""The codes of a column of records in place: what each that occurs means, and SQL that finds the codes of one meaning."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from casereview.analysis.engines.dialect import Dialect

Code = tuple[Any, ...]
"""The values by which records are grouped: as the file has them, and what else their meaning hangs on, such as the wave."""
_UNKNOWN = "\x00"


@dataclass(frozen=True)
class Codes:
    """What stands in a column. keys: SQL of what a code is made of. meaning: an answer, a reason, or that it is unknown.

    met: every code that has been read, with its meaning. SQL can be had once all that occur have been.
    """

    keys: tuple[str, ...]
    meaning: Callable[..., str]
    dialect: Dialect
    met: dict[Code, str] = field(default_factory=dict)

    def read(self, *code: Any) -> str:
        """The meaning of a code; decoded once, however often it occurs."""
        if code not in self.met:
            self.met[code] = self.meaning(*code)
        return self.met[code]

    def among(self, meanings: Iterable[str]) -> str:
        """Whether a record's code has one of these meanings; never null."""
        wanted = set(meanings)
        return self._one_of([code for code, meaning in self.met.items() if meaning in wanted])

    def _one_of(self, codes: list[Code]) -> str:
        """Codes that differ in their first part only are told together."""
        besides: dict[Code, list[Any]] = {}
        for first, *others in codes:
            besides.setdefault(tuple(others), []).append(first)
        found = [self._all([firsts, *([other] for other in others)]) for others, firsts in besides.items()]
        return f"({' OR '.join(found)})" if found else "FALSE"

    def _all(self, parts: list[list[Any]]) -> str:
        return " AND ".join(self._is(key, values) for key, values in zip(self.keys, parts, strict=True))

    def _is(self, key: str, values: list[Any]) -> str:
        known = ", ".join(literal(self.dialect, value) for value in values if value is not None)
        among = f"coalesce({key} IN ({known}), FALSE)" if known else ""
        return f"({' OR '.join(filter(None, [among, f'{key} IS NULL' if None in values else '']))})"


def literal(dialect: Dialect, value: Any) -> str:
    """A value as SQL."""
    return dialect.text(value) if isinstance(value, str) else str(value).upper() if isinstance(value, bool) else str(value)


def written(value: Any) -> str:
    """A value as a file of text would have it: 1 and 1.0 are "1", nothing is ""."""
    if value is None:
        return ""
    whole = isinstance(value, float | Decimal) and value == value // 1
    return str(int(value)) if whole else str(value)


def unknown(cause: str, remedy: str) -> str:
    """The meaning of a code that nobody has explained."""
    return f"{_UNKNOWN}{cause}{_UNKNOWN}{remedy}"


def unexplained(meaning: str) -> tuple[str, str] | None:
    """Why nobody knows the meaning of a code, and what to do; None where it is known."""
    if not meaning.startswith(_UNKNOWN):
        return None
    _, cause, remedy = meaning.split(_UNKNOWN)
    return cause, remedy
