"""The case table: a row a case, or a person in one role, a column a variable, as a release would have it now."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from casereview.casebook.exchange.answers_out import BETWEEN, NONE, label_of
from casereview.casebook.long_tables import content
from casereview.casebook.seen import Seen
from casereview.interchange import spreadsheets
from casereview.interchange.refi.losses import Loss, some
from casereview.release.tables import wide_tables
from casereview.study.study import Study

SAV_TIME, SAV_BEGAN = slice(92, 109), b"01 Jan 8000:00:00"
"""Where an SPSS file says when it was made (day and time, in the head, by PSPP’s developers’ guide), and what ours
say, so that the same table gives the same bytes."""
FORMS = ("csv", "xlsx", "sav")


def case_table(study: Study, seen: Seen, unit: str, form: str) -> bytes:
    """The table of a unit. form: one of `FORMS`. Answers by their labels, in .sav by their codes with the labels beside them."""
    table = wide_tables(study, content(study, seen))[unit]
    if form == "sav":
        return _sav(study, table, unit)
    lines = _lines(study, table, unit)
    return spreadsheets.as_csv(lines) if form == "csv" else spreadsheets.as_xlsx(lines, unit.capitalize(), {0: 16, 1: 16})


def losses(study: Study, unit: str, form: str) -> list[Loss]:
    """What the table does not take along."""
    told = [
        Loss(
            "Who gave an answer, from which source, and what it rests on",
            "the table has one answer a variable: the one that counts",
        ),
        Loss(
            "What was recorded before and no longer holds", "the table shows how things stand now; a release is what can be cited"
        ),
    ]
    partial = sum(1 for one in study.variables_of(unit).values() if one.type == "date")
    if form == "sav":
        told += some("Dates", "they are text, since a date may be a year alone", partial)
        told += [Loss("Definitions, and when a variable was asked", "SPSS has no place for them; codebook.yaml says them")]
    else:
        told += [Loss("The codes of answers", "answers are given by their labels")]
    return told


def _sav(study: Study, table: pa.Table, unit: str) -> bytes:
    from casereview.interchange import sav  # slow to start

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.sav"
        sav.write_cases(study, table, path, unit)
        content = path.read_bytes()
    return content[: SAV_TIME.start] + SAV_BEGAN + content[SAV_TIME.stop :]


def _lines(study: Study, table: pa.Table, unit: str) -> Iterator[spreadsheets.Line]:
    """The head, by the variables' short names; beside a number, date or text a column that says why it is absent."""
    yield table.column_names
    for row in table.to_pylist():
        yield [_cell(study, column, row) for column in table.column_names]


def _cell(study: Study, column: str, row: dict[str, Any]) -> str | float | None:
    cell, slug = row[column], column.removesuffix(".absent")
    if cell is None or column in ("case", "person"):
        return None if cell is None else str(cell)
    if column == "wave":
        return study.about.waves[cell].label
    if isinstance(cell, list):
        return BETWEEN.join(label_of(study, slug, one) for one in cell) or NONE
    whole = column != slug or study.variable(slug).coded
    return label_of(study, slug, cell) if whole else _plain(cell)


def _plain(cell: str | float) -> str | float:
    """A number as one, whole where it is."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
