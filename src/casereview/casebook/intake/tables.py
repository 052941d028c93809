"""Reading the tables of a source: their files, their columns, and what is wrong with the whole of one."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from casereview import interchange
from casereview.casebook import store
from casereview.casebook.intake import names
from casereview.casebook.intake.report import SourceReport
from casereview.interchange import RawTable, TableRefused
from casereview.study.mistakes import without_columns
from casereview.study.problems import Place, Problem

LINES = frozenset({".csv", ".tsv", ".txt"})


@dataclass(frozen=True)
class Table:
    """A table that can be read: `file` is its path as people see it; `lines` about how many rows it has, 0 if unknown."""

    file: str
    raw: RawTable
    lines: int


def missing(data: Path, pattern: str) -> Problem:
    """The problem of a source whose files are not there."""
    cause = f"there is no file “{pattern}” below the folder “{names.shown(data.name)}”"
    return Problem(Place(pattern), "source-missing", cause, "Put the file there, say --data, or correct “file:” in sources.yaml.")


def tables(data: Path, pattern: str, sheet: str | None, needed: Iterable[str], report: SourceReport) -> Iterator[Table]:
    """The tables of a source that can be read. Those that cannot are named in the report."""
    paths, columns = names.files(data, pattern), tuple(needed)
    if not paths:
        report.unreadable.append(missing(data, pattern))
    for path in paths:
        if table := one_table(path, names.below(path, data), sheet, columns, report):
            yield table


def one_table(path: Path, file: str, sheet: str | None, needed: Collection[str], report: SourceReport) -> Table | None:
    """A file's table; None where it cannot be read, which the report then says. file: its path as people see it."""
    try:
        raw = interchange.read_table(path, sheet, needed)
        sha256, lines = store.hash_of(path), _lines(path)
    except TableRefused as refused:
        report.unreadable.append(moved(refused.problem, file))
        return None
    except OSError as error:
        cause = f"it cannot be read ({error.strerror})"
        report.unreadable.append(Problem(Place(file), "source-unreadable", cause, "Check that the file may be read."))
        return None
    absent = [column for column in needed if column not in raw.columns]
    if absent:
        cause, remedy = without_columns("the file has", [*dict.fromkeys(absent)], raw.columns)
        report.unreadable.append(Problem(Place(file), "column-missing", cause, remedy))
        return None
    report.files.append((file, sha256))
    return Table(file, raw, lines)


def moved(problem: Problem, file: str) -> Problem:
    """A problem with the path by which people know the file."""
    return Problem(Place(file, problem.place.line), problem.code, problem.cause, problem.remedy)


def _lines(path: Path) -> int:
    if path.suffix.lower() not in LINES:
        return 0
    with path.open("rb") as file:
        return max(0, sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1)
