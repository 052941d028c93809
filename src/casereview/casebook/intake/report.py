"""What intake did, and what it could not do: totals that add up, and every refusal with its reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casereview.study.problems import Problem

THINGS = {"rows": "rows", "documents": "documents", "texts": "documents", "quotes": "quotes", "events": "events"} | dict.fromkeys(
    ("links", "conditions"), "parts of maps"
)
"""What is counted, by the kind of source: a row of texts is a document; of a cell of several quotes, each counts."""

COUNTS = ("there", "read", "unchanged", "refused", "withdrawn")


SHOWN = 10
"""How many refusals the summary tells of."""


@dataclass
class SourceReport:
    """What one source gave. read: new or changed; withdrawn: taken in before, and no longer held by the source.

    files: (path below the data folder, SHA-256) of those read. refusals: of rows, documents, quotes; a refused row can
    have several. notes: (document, what its reader should know, such as pages that are pictures). unreadable: of files of
    which nothing can be read; these stand outside the counts. codes: what became of codes that are merged or retired → of how
    many new quotes.
    """

    source: str
    kind: str
    files: list[tuple[str, str]] = field(default_factory=list)
    read: int = 0
    unchanged: int = 0
    refused: int = 0
    withdrawn: int = 0
    refusals: list[Problem] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    unreadable: list[Problem] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)

    @property
    def there(self) -> int:
        """How many rows, documents or quotes there were."""
        return self.read + self.unchanged + self.refused

    def refuse(self, *problems: Problem) -> None:
        """Count one row, document or quote as refused, with all that is wrong with it."""
        self.refused += 1
        self.refusals.extend(problems)

    def say_of_code(self, what: str) -> None:
        """Count one more quote whose code is no longer what it was."""
        self.codes[what] = self.codes.get(what, 0) + 1

    def counts(self) -> dict[str, int]:
        """The numbers alone."""
        return {name: getattr(self, name) for name in COUNTS}

    def problems(self) -> list[Problem]:
        """Every problem, by file, row and code."""
        return sorted(
            (*self.unreadable, *self.refusals), key=lambda one: (one.place.file, one.place.line or 0, one.code, one.cause)
        )


@dataclass(frozen=True)
class IntakeReport:
    """What every source gave, in the order of sources.yaml.

    conflicts: values of one variable of one record on which two sources differ, both known; the later source's is used.
    unsupported: variable whose evidence is required → known values of it that rest on no passage.
    """

    sources: tuple[SourceReport, ...]
    conflicts: int
    unsupported: dict[str, int] = field(default_factory=dict)

    def totals(self) -> dict[str, int]:
        """The counts of all sources together: there = read + unchanged + refused."""
        return _sum(self.sources)

    def refusals(self) -> Iterator[tuple[str, Problem]]:
        """Every problem with its source."""
        return ((source.source, problem) for source in self.sources for problem in source.problems())

    def summary(self) -> str:
        """What happened, in a few plain lines: a total, then every source with something refused or withdrawn."""
        lines = [
            f"{_sentence(self.totals())} {self.conflicts:,} values on which sources differ."
            if self.conflicts
            else _sentence(self.totals())
        ]
        lines += [
            f"  {one.source} ({THINGS[one.kind]}): {_sentence(one.counts())}"
            for one in self.sources
            if one.refused or one.withdrawn
        ]
        lines += _first([problem for one in self.sources for problem in one.refusals])
        lines += [
            f"  {variable}: {number:,} values without the evidence required" for variable, number in self.unsupported.items()
        ]
        lines += [f"  {document}: {note}" for one in self.sources for document, note in one.notes]
        lines += [f"  {one.source}: {number:,} quotes: {what}" for one in self.sources for what, number in one.codes.items()]
        lines += [f"  {_told(problem)}" for problem in self.unreadable()]
        return "\n".join(lines)

    def unreadable(self) -> tuple[Problem, ...]:
        """The files of which nothing could be read. What was read of them before is still counted."""
        return tuple(problem for source in self.sources for problem in source.unreadable)

    def as_json(self) -> dict[str, object]:
        """The report for a script; without the words of any document."""
        things = sorted({THINGS[source.kind] for source in self.sources})
        return {
            "totals": self.totals(),
            "by_thing": {thing: _sum(one for one in self.sources if THINGS[one.kind] == thing) for thing in things},
            "conflicts": self.conflicts,
            "unsupported": self.unsupported,
            "sources": [_source(source) for source in self.sources],
            "refusals": [{"source": source} | _problem(problem) for source, problem in self.refusals()],
        }


def _first(refusals: list[Problem]) -> list[str]:
    """The first refusals, and how many more there are: enough to begin with."""
    told = [f"    {_told(problem)}" for problem in refusals[:SHOWN]]
    return [*told, f"    … and {len(refusals) - SHOWN:,} more, in intake.json."] if len(refusals) > SHOWN else told


def _told(problem: Problem) -> str:
    place = problem.place.file if problem.place.line is None else f"{problem.place.file}, row {problem.place.line}"
    return f"{place}: {problem.cause}. {problem.remedy}"


def _sentence(counts: dict[str, int]) -> str:
    told = {"read": "read", "unchanged": "unchanged", "refused": "refused"} | (
        {"withdrawn": "taken in before and gone now"} if counts["withdrawn"] else {}
    )
    return f"{counts['there']:,} there: {', '.join(f'{counts[name]:,} {word}' for name, word in told.items())}."


def _sum(sources: Iterable[SourceReport]) -> dict[str, int]:
    counted = [source.counts() for source in sources]
    return {name: sum(one[name] for one in counted) for name in COUNTS}


def _source(report: SourceReport) -> dict[str, object]:
    files = [{"file": file, "sha256": sha256} for file, sha256 in sorted(report.files)]
    notes = [{"document": document, "note": note} for document, note in report.notes]
    return {
        "source": report.source,
        "kind": report.kind,
        "counts": THINGS[report.kind],
        **report.counts(),
        "files": files,
        "notes": notes,
        "codes": report.codes,
    }


def _problem(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {"file": place.file, "row": place.line, "code": problem.code, "cause": problem.cause, "remedy": problem.remedy}
