"""Three truth values as SQL, and what is lacking for the third to be one of the other two, as bits of a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casereview.practice.events import Records
from casereview.study.practice import Pattern


@dataclass(frozen=True)
class Truth:
    """An expression that is true, false or null, and a number whose bits say what is lacking where it is null."""

    said: str
    lacking: str = "0"


ANY = "max(CASE WHEN t THEN 1 ELSE 0 END) AS yes"
MAYBE = "max(CASE WHEN t IS NULL THEN 1 ELSE 0 END) AS maybe"
LACKING = "coalesce(bit_or(CASE WHEN t IS NULL THEN m ELSE 0 END), 0) AS m"
"""Of rows with a truth `t` and what it lacks, `m`: whether any is true, whether any is not known, and for want of what."""


def every(truths: Sequence[Truth]) -> Truth:
    """All of them: what is lacking is what those lack that are null, if none is false."""
    if not truths:
        return Truth("TRUE")
    said = " AND ".join(f"({one.said})" for one in truths)
    lacking = [f"CASE WHEN ({one.said}) IS NULL THEN {one.lacking} ELSE 0 END" for one in truths if one.lacking != "0"]
    return Truth(f"({said})", " | ".join(f"({one})" for one in lacking) or "0")


def texts(names: Sequence[str]) -> str:
    """Names between commas."""
    return ", ".join(f"'{name}'" for name in names)


class Lacks:
    """What a question may lack, each a bit; and of what sources can record, the columns of `recorded` that it needs."""

    def __init__(self, sources: Mapping[str, Records]) -> None:
        self.sources = sources
        self.names: list[str] = []
        self.columns: list[str] = []

    def bit(self, name: str) -> int:
        """The number of what may be lacking."""
        if name not in self.names:
            self.names.append(name)
        return 1 << self.names.index(name)

    def missing(self, pattern: Pattern, names: Sequence[str], what: str) -> dict[str, str]:
        """Each kind or detail that some source cannot record → that none of a case can (`r` is its row of `recorded`)."""
        able = {name: self._able(pattern, name, what) for name in dict.fromkeys(names)}
        return {name: self._none_of(those) for name, those in able.items() if len(those) < len(self.sources)}

    def _able(self, pattern: Pattern, name: str, what: str) -> list[str]:
        able = {source: records.of(pattern.agencies) and getattr(records, what)(name) for source, records in self.sources.items()}
        return [source for source, one in able.items() if one]

    def _none_of(self, able: Sequence[str]) -> str:
        column = f"r{len(self.columns)}"
        said = f"source IN ({texts(able)})" if able else "FALSE"
        self.columns.append(f"max(CASE WHEN {said} THEN 1 ELSE 0 END) AS {column}")
        return f"r.{column} = 0"
