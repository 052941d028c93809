"""The tables of chronologies: of spreadsheets and CSV as of any source, and those of Word documents."""

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

from casereview import documents as reading
from casereview.casebook.intake import names
from casereview.casebook.intake.report import SourceReport
from casereview.casebook.intake.run import Run
from casereview.casebook.intake.tables import Table, missing, moved, one_table
from casereview.documents import DocumentRefused, WordTables
from casereview.interchange.headed import headed, nearest_lacks
from casereview.study.problems import Place, Problem
from casereview.study.sources import EventsSource

WORD = ".docx"


def event_tables(run: Run, source: EventsSource, report: SourceReport) -> Iterator[tuple[Path, Table]]:
    """Each table with the path of its file. What cannot be read is named in the report."""
    paths = names.files(run.data, source.file)
    if not paths:
        report.unreadable.append(missing(run.data, source.file))
    word = [path for path in paths if path.suffix.lower() == WORD]
    going = {path: run.executor.submit(reading.read_tables_isolated, path) for path in word}
    for path in paths:
        file = names.below(path, run.data)
        if path in going:
            yield from ((path, table) for table in _of_word(file, going.pop(path), source, report))
        elif table := one_table(path, file, source.sheet, source.columns, report):
            yield path, table


def _of_word(file: str, future: "Future[WordTables]", source: EventsSource, report: SourceReport) -> list[Table]:
    try:
        read = future.result()
    except DocumentRefused as refused:
        report.unreadable.extend(moved(problem, file) for problem in refused.problems)
        return []
    except Exception as error:  # a worker that died with a file must not take the others along
        cause = f"the process that read it failed ({type(error).__name__})"
        report.unreadable.append(Problem(Place(file), "reader-failed", cause, "Try again with --executor threads."))
        return []
    chosen = [one for one in enumerate(read.tables, start=1) if source.table in (None, one[0])]
    found = [(number, made) for number, rows in chosen if (made := headed(_plain(rows), source.columns))]
    if not found:
        report.unreadable.append(_none(file, read, source))
        return []
    report.files.append((file, read.sha256))
    for number, made in found:
        if over := made.headings + made.repeated:
            report.notes.append(
                (f"{file}, table {number}", f"{over} rows are headings or repeat the head, and were passed over.")
            )
    return [Table(f"{file}, table {number}", made.table, 0) for number, made in found]


def _plain(rows: tuple[reading.WordRow, ...]) -> list[tuple[tuple[str, ...], bool]]:
    return [(row.cells, row.alone) for row in rows]


def _none(file: str, read: WordTables, source: EventsSource) -> Problem:
    if not read.tables:
        return Problem(Place(file), "table-not-there", "the document has no table", "Put its events into a table, one a row.")
    lacks = min((nearest_lacks(_plain(rows), source.columns) for rows in read.tables), key=len)
    listed = ", ".join(f"“{name}”" for name in lacks[:6])
    cause = f"no table of it has a head with all the columns of sources.yaml; of the nearest, these are not there: {listed}"
    return Problem(Place(file), "table-not-there", cause, "Correct sources.yaml or the head of the table.")
