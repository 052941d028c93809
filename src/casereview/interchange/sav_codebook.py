"""A codebook from an SPSS .sav file: what SPSS says of each column as a variable."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casereview.interchange.imported import IMPORTED, TO_BE_WRITTEN, ImportedCodebook, absence_of, slug_of
from casereview.interchange.raw import refused
from casereview.interchange.sav import CHOSEN
from casereview.interchange.sav_tables import answer_of_child
from casereview.study.about import Absence
from casereview.study.codebook import Codebook, Variable
from casereview.study.problems import Place, Problem

IDENTIFIERS = frozenset({"case", "person", "wave"})
"""Columns that say whose row it is; they are no variables."""
_PARTS, _ABSENT = "__", "absent"
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_CHOSEN = {str(code): label for code, label in CHOSEN.items()}


@dataclass(frozen=True)
class _Column:
    """One column as the child process describes it; labels: code as text → label."""

    name: str
    label: str
    format: str
    measure: str
    labels: dict[str, str]
    missing: list[list[Any]]

    def is_missing(self, code: str) -> bool:
        """Whether a code is among the user-missing values."""
        if self.format.startswith("A"):
            return [code, code] in self.missing
        return any(low <= float(code) <= high for low, high in self.missing)


class _Reader:
    """Collects variables, absences and problems over the columns of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.variables: dict[str, Variable] = {}
        self.absences: dict[str, Absence] = {}
        self.columns: dict[str, str] = {}
        self.problems: list[Problem] = []

    def add(self, column: _Column, names: set[str]) -> None:
        """A column that is a variable, one of a multiple response's, or says why another's answers are absent."""
        whole, _, part = column.name.partition(_PARTS)
        if part == _ABSENT and whole in names:
            for code, label in column.labels.items():
                self.absence(column, code, label)
        elif part and _CHOSEN.items() <= column.labels.items():
            self.category_of(whole, column)
        else:
            self.variable(column)

    def variable(self, column: _Column) -> None:
        """One column, one variable."""
        slug = slug_of(column.name, self.variables)
        answers = {code: label for code, label in column.labels.items() if not column.is_missing(code)}
        for code, label in column.labels.items():
            if column.is_missing(code):
                self.absence(column, code, label)
        self.put(slug, column, column.label or column.name, self.kind(column, answers), self.categories(column, answers))

    def put(self, slug: str, column: _Column, label: str, kind: str, categories: dict[str, Any]) -> None:
        """Keep a variable; one that is no coded one has no categories."""
        coded = kind in ("nominal", "ordered", "yes-no", "multiple")
        given = {"label": label, "definition": TO_BE_WRITTEN, "domain": IMPORTED, "type": kind}
        self.variables[slug] = Variable.model_validate(given | ({"categories": categories} if coded else {}))
        self.columns[column.name] = slug

    def kind(self, column: _Column, answers: dict[str, str]) -> str:
        """The type, by the labels first: what is labelled is coded, except on a scale."""
        if answers and column.measure == "scale":
            self.lost(column, f"its value labels ({', '.join(answers.values())}), since it is measured on a scale")
        elif answers:
            return "ordered" if column.measure == "ordinal" else "yes-no" if _yes_no(answers) else "nominal"
        if column.format.startswith("A"):
            return "text"
        return "date" if "DATE" in column.format else "number"

    def categories(self, column: _Column, answers: dict[str, str]) -> dict[str, Any]:
        """Categories with the file's codes; codes that are no whole numbers from 0 up are replaced by places in the list."""
        usable = all(_WHOLE.fullmatch(code) for code in answers)
        if not usable:
            self.lost(column, f"its codes ({', '.join(answers)}); the categories are numbered in the file's order")
        categories: dict[str, Any] = {}
        for place, (code, label) in enumerate(answers.items(), start=1):
            categories[slug_of(label, categories)] = {"label": label, "value": int(code) if usable else place}
        return categories

    def category_of(self, whole: str, column: _Column) -> None:
        """One 0/1 column of a multiple response: a category of it."""
        slug = slug_of(whole)
        label, _, category = column.label.partition(": ")
        for code, text in column.labels.items():
            if code not in _CHOSEN:
                self.absence(column, code, text)
        before = self.variables.get(slug)
        categories = {one: kept.model_dump() for one, kept in before.categories.items()} if before else {}
        categories[slug_of(category or column.name, categories)] = {"label": category, "value": len(categories) + 1}
        self.put(slug, column, label, "multiple", categories)

    def absence(self, column: _Column, code: str, label: str) -> None:
        """A user-missing code is an absence of the study; its code there is negative."""
        usable = bool(_WHOLE.fullmatch(code.removeprefix("-"))) and code != "0"
        slug = absence_of(-abs(int(code)) if usable else -100 - len(self.absences), label, self.absences)
        if not code.startswith("-"):
            self.lost(column, f"the code {code} of “{label}”; say in sources.yaml “absent: {{'{code}': {slug}}}”")

    def lost(self, column: _Column, what: str) -> None:
        """Keep what could not be carried over."""
        place = Place(f"{self.path.name} ({column.name})")
        self.problems.append(
            Problem(place, "codebook-not-carried", f"it cannot hold {what}", "Look at the variable after import.")
        )


def read_codebook(path: Path) -> ImportedCodebook:
    """The columns of a .sav file as variables of a case. Raises TableRefused."""
    try:
        columns = [_Column(**one) for one in json.loads(answer_of_child(path, "codebook"))]
    except OSError as error:
        raise refused(path, "table-not-opened", f"it cannot be opened ({error.strerror})", "Check that it is there.") from error
    reader = _Reader(path)
    names = {column.name for column in columns}
    for column in columns:
        if column.name.lower() not in IDENTIFIERS:
            reader.add(column, names)
    if not reader.variables:
        raise refused(path, "table-no-header", "it has no variables", "Choose a file that has some.")
    return ImportedCodebook(Codebook(variables=reader.variables), reader.absences, reader.columns, tuple(reader.problems))


def _yes_no(answers: dict[str, str]) -> bool:
    return {slug_of(label) for label in answers.values()} == {"yes", "no"}
