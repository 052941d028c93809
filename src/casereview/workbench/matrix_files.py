"""The framework matrix as a file: a row a case, and for each theme its summaries and how many passages stand behind them."""

import csv
import io
from collections.abc import Iterator, Sequence

from casereview.interchange.cells import safe_cell
from casereview.study.study import Study
from casereview.workbench.matrix import Cell, Row

Line = list[str | int]


def as_csv(study: Study, labels: Sequence[str], rows: Sequence[Row]) -> bytes:
    """UTF-8 with a mark at its start, by which spreadsheets know it."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows(_lines(study, labels, rows))
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(study: Study, labels: Sequence[str], rows: Sequence[Row]) -> bytes:
    """One sheet, its heading and its first column in view; every text a text, never a formula or a link."""
    import xlsxwriter  # type: ignore[import-untyped]

    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as book:
        sheet = book.add_worksheet("Framework matrix")
        bold, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for number, line in enumerate(_lines(study, labels, rows)):
            sheet.write_row(number, 0, line, wrapped if number else bold)
        sheet.set_column(0, 1, 14)
        for place in range(len(labels)):
            sheet.set_column(2 + 2 * place, 2 + 2 * place, 48)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
    return written.getvalue()


def _lines(study: Study, labels: Sequence[str], rows: Sequence[Row]) -> Iterator[Line]:
    headed = [name for label in labels for name in (label, f"{label}: passages")]
    yield [safe_cell(name) for name in (study.about.case.label, "Period", *headed)]
    for row in rows:
        period = study.about.waves[row.case.wave].label if row.case.wave in study.about.waves else row.case.wave
        cells = [said for cell in row.cells for said in (safe_cell(_said(cell)), cell.passages)]
        yield [safe_cell(row.case.key), safe_cell(period), *cells]


def _said(cell: Cell) -> str:
    """The summary; of several, each behind its writer's name."""
    if len(cell.summaries) == 1:
        return cell.summaries[0].text
    return "\n\n".join(f"{one.coder}: {one.text}" for one in cell.summaries)
