"""A small fictional study whose cases have chronologies of three agencies, in CSV, XLSX and Word; its words and its files."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl

from casereview.study.practice import Practice
from casereview.study.study import Study
from tests.casebooks import PRACTICE, SOURCES, VARIABLES, the_study, write_table

CHRONOLOGIES: dict[str, Any] = {
    "police-chronology": {
        "kind": "events",
        "file": "chronologies/police.csv",
        "case": "Case",
        "agency": "police",
        "date": "Date",
        "date_values": {"circa March 2013": "2013-02/2013-04"},
        "time": "Time",
        "event": {"column": "Type", "values": {"DV call": "call"}, "other": "note"},
        "what": "What happened",
        "people": {"column": "Who", "split": ";", "values": {"M": "mother", "MP": "partner"}, "left_out": True},
        "details": {"seen": {"column": "Child seen", "values": {"Y": "seen", "N": "not-seen"}, "none": ["n/k"]}},
    },
    "health-chronology": {
        "kind": "events",
        "file": "chronologies/*-health-visiting.xlsx",
        "case_from": "{case}-{agency}",
        "date": "Date",
        "event": {"column": "Type", "values": {"DNA": "not-brought"}},
        "what": "What happened",
        "details": {"seen": "Child seen", "action": "Action"},
    },
    "gp-chronology": {
        "kind": "events",
        "file": "chronologies/gp *.docx",
        "case_from": "gp {case}",
        "agency": "gp",
        "date": "Date",
        "event": "Event Type",
        "what": "What happened",
    },
}
POLICE_HEAD = ["Case", "Date", "Time", "Type", "What happened", "Who", "Child seen"]
POLICE = [
    ["A", "03/12/2000", "2130hrs", "DV call", "Called to the home.\nBoth parents there.", "M; MP", "Y"],
    ["A", "01/2001", "", "DV call", "Neighbour called.", "M; Officer", "n/k"],
    ["B", "circa March 2013", "evening", "Stop", "Car stopped.", "", ""],
]
HEALTH_HEAD = ["Date", "Type", "What happened", "Child seen", "Action"]
HEALTH = [["04/12/2000", "Call to the home", "Told of a call by the police.", "Not seen", "Wrote to the GP"],
          ["15 Jan 2001", "DNA", "Did not attend.", "", ""]]  # fmt: skip


def chronology_study(**more: Any) -> Study:
    """The study of `tests/casebooks.py` with chronologies; more: as there."""
    variables = VARIABLES | {"months": {"type": "number", "unit": "child"}}
    study = the_study(SOURCES | CHRONOLOGIES, variables=variables, **more)
    return replace(study, practice=Practice.model_validate(PRACTICE | {"age": {"months": "months"}}))


def write_chronologies(data: Path) -> None:
    """The three files."""
    write_table(data, "chronologies/police.csv", POLICE, POLICE_HEAD)
    write_xlsx(data / "chronologies" / "A-health-visiting.xlsx", [HEALTH_HEAD, *HEALTH])
    (data / "chronologies" / "gp A.docx").write_bytes(a_word_chronology())


def write_xlsx(path: Path, rows: Sequence[Sequence[object]]) -> None:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def a_word_chronology() -> bytes:
    """Two tables: one with a merged head, a heading across it, its head again and merged dates; one of another kind."""
    made = docx.Document()
    made.add_paragraph("Chronology of the practice (fictional).")
    table = made.add_table(0, 3)
    for cells in (
        ("Date", "Event", ""),
        ("", "Type", "What happened"),
        ("2000", "", ""),
        ("3rd December 2000", "Call to the home", "Police told us of a call."),
        ("", "Visit", "Seen at home.\nAll well."),
        ("Date", "Type", "What happened"),
        ("2001", "Visit", "Seen at the surgery."),
        ("12/1/01", "Visit", "No vaccine."),
    ):
        row = table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    _merged(table, ((0, 0), (1, 0)), ((0, 1), (0, 2)), ((2, 0), (2, 2)), ((3, 0), (4, 0)))
    made.add_table(1, 2).cell(0, 0).text = "Of something else"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _merged(table: Any, *spans: tuple[tuple[int, int], tuple[int, int]]) -> None:
    for start, end in spans:
        text = table.cell(*start).text
        merged = table.cell(*start).merge(table.cell(*end))
        merged.text = text


def a_row(**cells: str) -> Mapping[str, str]:
    """A row of the police's chronology."""
    plain = dict(zip(POLICE_HEAD, POLICE[0], strict=True))
    return plain | {name.replace("_", " "): text for name, text in cells.items()}
