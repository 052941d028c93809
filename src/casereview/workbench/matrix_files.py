"""The framework matrix as a table: a row a case, and for each theme its summaries and how many passages stand behind it."""

from collections.abc import Iterator, Sequence

from casereview.interchange import spreadsheets
from casereview.study.study import Study
from casereview.workbench.matrix import Cell, Row

Line = list[str | int]


def as_csv(study: Study, labels: Sequence[str], rows: Sequence[Row]) -> bytes:
    """The matrix as CSV."""
    return spreadsheets.as_csv(_lines(study, labels, rows))


def as_xlsx(study: Study, labels: Sequence[str], rows: Sequence[Row]) -> bytes:
    """The matrix as a workbook, its summaries in wide columns."""
    widths = {0: 14, 1: 14} | {2 + 2 * place: 48 for place in range(len(labels))}
    return spreadsheets.as_xlsx(_lines(study, labels, rows), "Framework matrix", widths)


def _lines(study: Study, labels: Sequence[str], rows: Sequence[Row]) -> Iterator[Line]:
    headed = [name for label in labels for name in (label, f"{label}: passages")]
    yield [study.about.case.label, "Period", *headed]
    for row in rows:
        period = study.about.waves[row.case.wave].label if row.case.wave in study.about.waves else row.case.wave
        yield [row.case.key, period, *(said for cell in row.cells for said in (_said(cell), cell.passages))]


def _said(cell: Cell) -> str:
    """The summary; of several, each behind its writer's name."""
    if len(cell.summaries) == 1:
        return cell.summaries[0].text
    return "\n\n".join(f"{one.coder}: {one.text}" for one in cell.summaries)
