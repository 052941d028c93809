"""A codebook from REDCap's data dictionary."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casereview.interchange.cells import plain_cell
from casereview.interchange.csv_tables import read_csv
from casereview.interchange.imported import TO_BE_WRITTEN, ImportedCodebook, absence_of, slug_of
from casereview.interchange.raw import refused
from casereview.interchange.redcap import (
    ANNOTATION,
    BRANCHING,
    CHOICES,
    COLUMNS,
    FORM,
    LABEL,
    NAME,
    NOTE,
    ORDERED,
    SECTION,
    TYPE,
    VALIDATION,
)
from casereview.interchange.redcap_logic import Field, Inexpressible, condition
from casereview.study.about import Absence
from casereview.study.codebook import Codebook, Variable
from casereview.study.problems import Place, Problem

_TYPES = {"radio": "nominal", "dropdown": "nominal", "yesno": "yes-no", "truefalse": "yes-no", "checkbox": "multiple"}
_TYPES |= {"notes": "text", "text": "text", "slider": "number"}
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_NUMBERS = ("integer", "number")


class _Reader:
    """Collects variables, absences and problems over the rows of one dictionary."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.raw: dict[str, dict[str, Any]] = {}
        self.fields: dict[str, Field] = {}
        self.logic: dict[str, tuple[int, str]] = {}
        self.absences: dict[str, Absence] = {}
        self.problems: list[Problem] = []
        self.form, self.domain = "", ""

    def add(self, line: int, row: dict[str, str]) -> None:
        """One field: a variable, unless nobody answers it."""
        if row[FORM] != self.form or row[SECTION]:
            self.form, self.domain = row[FORM], slug_of(row[SECTION] or row[FORM])
        if row[TYPE] not in _TYPES:
            self.lost(line, f"the field {row[NAME]} of type “{row[TYPE]}”")
            return
        slug, kind = slug_of(row[NAME], self.raw), self.kind(row)
        categories, absent = self.categories(line, row)
        if kind == "nominal" and set(categories) == {"yes", "no"}:
            kind = "yes-no"
        given = {"label": row[LABEL] or row[NAME], "definition": _definition(row), "domain": self.domain, "type": kind}
        given |= {"hint": row[NOTE]} if row[NOTE] else {}
        self.raw[slug] = given | ({"categories": categories} if categories else {})
        codes = {str(one["value"]): category for category, one in categories.items()}
        codes |= {"1": "yes", "0": "no"} if row[TYPE] in ("yesno", "truefalse") else {}
        self.fields[row[NAME]] = Field(slug, kind, codes, absent)
        if row[BRANCHING].strip():
            self.logic[slug] = (line, row[BRANCHING])

    def kind(self, row: dict[str, str]) -> str:
        """The type of the variable."""
        validation = row[VALIDATION]
        if row[TYPE] == "text" and validation:
            return "number" if validation.startswith(_NUMBERS) else "date" if validation.startswith("date") else "text"
        return "ordered" if _TYPES[row[TYPE]] == "nominal" and ORDERED in row[ANNOTATION].split() else _TYPES[row[TYPE]]

    def categories(self, line: int, row: dict[str, str]) -> tuple[dict[str, Any], frozenset[str]]:
        """The categories, and the codes of the choices that are absences: those below 0."""
        categories: dict[str, Any] = {}
        absent: list[str] = []
        if row[TYPE] not in ("radio", "dropdown", "checkbox"):
            return categories, frozenset()
        for place, (code, label) in enumerate(_choices(row[CHOICES]), start=1):
            if code.startswith("-") and _WHOLE.fullmatch(code[1:]):
                absence_of(int(code), label, self.absences)
                absent.append(code)
                continue
            if not _WHOLE.fullmatch(code):
                self.lost(line, f"the code “{code}” of {row[NAME]}; it is {place} now")
            categories[slug_of(label, categories)] = {"label": label, "value": int(code) if _WHOLE.fullmatch(code) else place}
        return categories, frozenset(absent)

    def conditions(self) -> None:
        """Branching logic, once all fields are known."""
        for slug, (line, logic) in self.logic.items():
            try:
                self.raw[slug]["asked_when"] = condition(logic, self.fields)
            except Inexpressible as reason:
                self.lost(line, f"the branching logic of {slug}: {reason}")

    def lost(self, line: int, what: str) -> None:
        """Keep what could not be carried over."""
        cause = f"a codebook cannot hold {what}"
        remedy = "Look at the variable after the import."
        self.problems.append(Problem(Place(self.path.name, line), "codebook-not-carried", cause, remedy))


def read(path: Path) -> ImportedCodebook:
    """The fields of a data dictionary as variables of a case; its first field is the record's identifier. Raises TableRefused."""
    reader = _Reader(path)
    for place, (line, row) in enumerate(_rows(path)):
        if place:
            reader.add(line, row)
    reader.conditions()
    if not reader.raw:
        raise refused(path, "codebook-not-redcap", "it has no fields but the record's identifier", "Choose another dictionary.")
    variables = {slug: Variable.model_validate(one) for slug, one in reader.raw.items()}
    columns = {name: field.slug for name, field in reader.fields.items()}
    return ImportedCodebook(Codebook(variables=variables), reader.absences, columns, tuple(reader.problems))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        table = read_csv(path)
    except OSError as error:
        raise refused(path, "table-not-opened", f"it cannot be opened ({error.strerror})", "Check that it is there.") from error
    missing = [column for column in COLUMNS if column not in table.columns]
    if missing:
        cause = f"it is no REDCap data dictionary: it has no column “{missing[0]}”"
        raise refused(
            path, "codebook-not-redcap", cause, "Export it in REDCap: Data Dictionary, Download the current Data Dictionary."
        )
    for row in table.rows:
        if row.problem is None:
            yield row.number, {column: plain_cell(cell) for column, cell in row.cells.items()}


def _choices(cell: str) -> Iterator[tuple[str, str]]:
    """`1, Yes | 2, No` → (1, Yes), (2, No)."""
    for choice in cell.split("|"):
        code, comma, label = choice.strip().partition(",")
        if code:
            yield code.strip(), label.strip() if comma else code.strip()


def _definition(row: dict[str, str]) -> str:
    words = row[ANNOTATION].replace(ORDERED, "", 1).strip()
    return words or TO_BE_WRITTEN
