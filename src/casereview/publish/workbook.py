"""The tables as a workbook that everyone can use: by the guidance of the UK's Analysis Function, with ONS's gptables."""

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pandas as pd

from casereview.analysis.tables import Cell, CellTable
from casereview.interchange.cells import safe_cell
from casereview.publish.front import front
from casereview.publish.library import Library
from casereview.publish.numbers import TABLE_PLACES, rounded
from casereview.publish.printed import DEFAULT_SHOW, break_before, percent_parts
from casereview.publish.stamped import stamped
from casereview.study.plan import Show

with warnings.catch_warnings():
    warnings.simplefilter("ignore", ResourceWarning)  # it leaves its file of themes open
    import gptables

NOT_APPLICABLE = "[z]"
"""The Analysis Function's shorthand for what has no meaning, such as a percentage of nobody."""

_SHEET_NAMES = "Table_{}"

_NOTES = {
    "base": "The base of a percentage is the number of records of which it is taken. An answer that is not stated, unclear, not "
    "applicable or not collected is never counted as “no”.",
    "interval": "Intervals are Wilson score intervals at 95% (Wilson, 1927).",
    "shorthand": f"{NOT_APPLICABLE} stands where a figure has no meaning, such as a percentage whose base is empty.",
}

Value = str | int | float


def workbook(library: Library, path: Path, numbers: Mapping[str, int | None]) -> Path:
    """Write the workbook: a cover, contents, notes, and a sheet a table. The same tables give the same bytes.

    `numbers`: those that tables have in the full report.
    """
    numbered = enumerate(library.tables.values(), start=1)
    sheets = {
        _SHEET_NAMES.format(number): _sheet(library, table, f"table_{number}", numbers.get(table.slug))
        for number, table in numbered
    }
    notes = pd.DataFrame({"Note reference": list(_NOTES), "Note text": list(_NOTES.values())})
    made = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = gptables.produce_workbook(
        made, sheets, cover=_cover(library), notes_table=notes if sheets else None, workbook_options=options
    )
    about = library.study.about
    created = datetime.fromisoformat(about.released.isoformat() if about.released else "2000-01-01")
    book.set_properties({"title": about.title, "author": ", ".join(one.name for one in about.team), "created": created})
    for sheet in book.worksheets():
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{front(library.study, library.release, '').marking}{'&RSynthetic data' if about.synthetic else ''}")
    book.close()
    path.write_bytes(stamped(made.getvalue()))
    return path


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula, nor gptables for a link or a note."""
    printable = "".join(one for one in text if one >= " " or one in "\t\n")
    return safe_cell(printable.replace("](", "] (").replace("$$", "$ $"))


def _cover(library: Library) -> gptables.Cover:
    head = front(library.study, library.release, "Tables")
    intro = [head.marking, *([head.synthetic] if head.synthetic else []), "Each table stands on a sheet of its own."]
    about = [f"Release {head.release}.", *(f"{term}: {said}." for term, said in head.facts if term != "Release")]
    return gptables.Cover(title=safe(head.title), intro=[safe(one) for one in intro], about=[safe(one) for one in about])


def _sheet(library: Library, table: CellTable, name: str, number: int | None) -> gptables.GPTable:
    printed = library.printed(table.slug)
    rows = {row.slug for row in table.rows}
    breaks = [break_before(library.study, one) for one in table.breaks if one.wave in rows]  # the others are among the notes
    stands = [f"In the full report this is table {number}."] if number else []
    head = front(library.study, library.release, "Tables")
    marks = [head.marking, *(["Synthetic data."] if head.synthetic else [])]
    return gptables.GPTable(
        table=_frame(library, table),
        table_name=name,
        title=safe(table.title),
        subtitles=[
            " ".join(marks),
            *(safe(note) for note in (*printed.notes, *breaks, *stands)),
            "Notes: $$base$$ $$interval$$ $$shorthand$$",
        ],
        source=safe(f"Release {head.release}"),
        index_columns={1: 0},
    )


def _frame(library: Library, table: CellTable) -> pd.DataFrame:
    printed = library.printed(table.slug)
    shown = library.study.plan.tables[table.slug].show or DEFAULT_SHOW[table.kind]
    columns = table.columns or (None,)
    based = table.kind in ("share", "multiple-response")
    heads = [
        f"{column.label}: {head}" if column else head for column in columns for head in _heads(shown, based, column is not None)
    ]
    rows = []
    for row in table.rows:
        cells = [table.cells[f"{row.slug}.{column.slug}" if column else row.slug] for column in columns]
        rows.append([_label(row.label, row.slug), *(value for cell in cells for value in _values(cell, shown, based))])
    return pd.DataFrame(rows, columns=_distinct([safe(printed.stub) or "Row", *map(safe, heads)]), dtype=object)


def _label(label: str, slug: str) -> str:
    """gptables refuses a text without a Latin letter or a digit: such a label is given its slug."""
    label = safe(label)
    return label if re.search("[a-zA-Z0-9]", label) else f"{label} [{slug}]"


def _distinct(heads: list[str]) -> list[str]:
    return [head if heads.index(head) == place else f"{head} ({place})" for place, head in enumerate(heads)]


def _heads(shown: tuple[Show, ...], based: bool, crossed: bool) -> Iterator[str]:
    several = crossed or sum(show.endswith("percent") for show in shown) > 1
    for show in shown:
        match show:
            case "interval":
                yield from ("95% interval, low", "95% interval, high")
            case "count":
                yield "Count"
            case _:
                yield (
                    {"row": "Row per cent", "column": "Column per cent", "total": "Per cent of total"}[
                        show.removesuffix("-percent")
                    ]
                    if several
                    else "Per cent"
                )
    if based:
        yield "Base"


def _values(cell: Cell, shown: tuple[Show, ...], based: bool) -> Iterator[Value]:
    for show in shown:
        if show == "count":
            yield cell.count
        elif show == "interval":
            bounds = (cell.interval.low, cell.interval.high) if cell.interval else (None, None)
            yield from (NOT_APPLICABLE if bound is None else float(rounded(bound, TABLE_PLACES)) for bound in bounds)
        else:
            count, base = percent_parts(cell, show)
            yield float(rounded(Fraction(100 * count, base), TABLE_PLACES)) if base else NOT_APPLICABLE
    if based:
        yield cell.base
