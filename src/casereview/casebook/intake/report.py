"""What intake did, and what it could not do: totals that add up, and every refusal with its reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from casereview.study.problems import Problem

THINGS = {"rows": "rows", "documents": "documents", "texts": "documents", "quotes": "quotes", "events": "events"} | dict.fromkeys(
    ("links", "conditions"), "parts of maps"
)
"""What is counted, by the kind of source: a row of texts is a document; of a cell of several quotes, each counts."""

COUNTS = ("there", "read", "unchanged", "refused", "withdrawn")


SHOWN = 10
"""How many reasons for refusal the summary gives of each source, and of how many rows it says what was lost with them."""

ROWS = 6
"""How many rows it names that were refused for one reason."""


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
    unsupported: variable whose evidence is required → known values of it that rest on no passage. lost: (row of a chronology
    that is gone, what people had recorded of its event).
    """

    sources: tuple[SourceReport, ...]
    conflicts: int
    unsupported: dict[str, int] = field(default_factory=dict)
    lost: tuple[tuple[str, str], ...] = ()

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
        for one in self.sources:
            if one.refused or one.withdrawn:
                lines += [f"  {one.source} ({THINGS[one.kind]}): {_sentence(one.counts())}", *_first(_reasons(one.refusals))]
        lines += _lost(self.lost)
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
            "lost": [{"row": row, "what": what} for row, what in self.lost],
            "sources": [_source(source) for source in self.sources],
            "refusals": [{"source": source} | _problem(problem) for source, problem in self.refusals()],
        }


def _first(told: list[str]) -> list[str]:
    """The first lines, and how many more there are: enough to begin with."""
    return [*told[:SHOWN], f"    … and {len(told) - SHOWN:,} more, in intake.json."] if len(told) > SHOWN else told


def _reasons(refusals: Iterable[Problem]) -> list[str]:
    """A line a reason: what a file writes in many rows is said once, with the rows."""
    rows: dict[tuple[str, str, str], dict[int, None]] = {}
    for one in refusals:
        same = rows.setdefault((one.place.file, one.cause.rstrip("."), one.remedy), {})
        same |= {} if one.place.line is None else {one.place.line: None}
    return [f"    {file}{_rows(list(lines))}: {cause}. {remedy}" for (file, cause, remedy), lines in rows.items()]


def _rows(lines: Sequence[int]) -> str:
    if len(lines) < 2:
        return "".join(f", row {line}" for line in lines)
    more = f" and {len(lines) - ROWS:,} more" if len(lines) > ROWS else ""
    return f", rows {', '.join(map(str, lines[:ROWS]))}{more}"


def _lost(lost: Sequence[tuple[str, str]]) -> list[str]:
    if not lost:
        return []
    head = f"  What people had recorded of {len(lost):,} event{'s' if len(lost) > 1 else ''} stands no longer:"
    return [head, *_first([f"    {row}: {what}" for row, what in lost])]


def _told(problem: Problem) -> str:
    (line,) = _reasons([problem])
    return line.strip()


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
