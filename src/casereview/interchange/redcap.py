"""REDCap's data dictionary: the 18 columns of its CSV file, written from a codebook.

Each unit is a form, each domain a section header. Coded variables are radio buttons (yes-no ones without absences: yesno),
multiple responses checkboxes, with the study's absences as choices under their negative codes. The definition stands in the
field annotation, where @ORDERED marks an ordered variable.

What it cannot hold, each reported: derived variables (nobody enters them), absences of numbers, dates and texts, partial dates,
waves, and conditions on the wave, the sample, or whether a multiple response is known.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from casereview.interchange.cells import safe_cell
from casereview.interchange.names import redcap_name
from casereview.interchange.redcap_logic import Inexpressible, branching
from casereview.study.codebook import Variable
from casereview.study.problems import Place, Problem
from casereview.study.study import Study

COLUMNS = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
NAME, FORM, SECTION, TYPE, LABEL, CHOICES, NOTE, VALIDATION = COLUMNS[:8]
BRANCHING, ANNOTATION = COLUMNS[11], COLUMNS[17]
RECORD = "record_id"
ORDERED = "@ORDERED"
_VALIDATION = {"number": "number", "date": "date_ymd"}


def write(study: Study, path: Path) -> list[Problem]:
    """Write the dictionary; what it cannot hold is returned. No cell can be taken for a formula."""
    problems: list[Problem] = []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\r\n")
        writer.writeheader()
        for row in _rows(study, problems):
            writer.writerow({column: safe_cell(cell) for column, cell in row.items()})
    return problems


def _rows(study: Study, problems: list[Problem]) -> Iterator[dict[str, str]]:
    yield {NAME: RECORD, FORM: redcap_name("case"), TYPE: "text", LABEL: study.about.case.label}
    for unit in study.units:
        domain = None
        for slug, variable in study.variables_of(unit).items():
            if variable.derived is not None:
                problems.append(_lost(slug, "it is derived, so nobody enters it"))
                continue
            header = study.about.domains.get(variable.domain, variable.domain) if variable.domain != domain else ""
            domain = variable.domain
            yield {SECTION: header} | _row(study, slug, variable, problems)


def _row(study: Study, slug: str, variable: Variable, problems: list[Problem]) -> dict[str, str]:
    absences = study.absences_of(slug) if variable.coded else ()
    if not variable.coded and study.absences_of(slug):
        problems.append(_lost(slug, "why it is absent, since it has no choices"))
    if variable.waves.first or variable.waves.last:
        problems.append(_lost(slug, "the waves in which it is collected"))
    return {
        NAME: redcap_name(slug),
        FORM: redcap_name(variable.unit),
        TYPE: _type(variable, absences),
        LABEL: variable.label,
        CHOICES: _choices(study, slug, absences) if _type(variable, absences) in ("radio", "checkbox") else "",
        NOTE: variable.hint or "",
        VALIDATION: _VALIDATION.get(variable.type, ""),
        BRANCHING: _branching(study, slug, variable, problems),
        ANNOTATION: f"{ORDERED} {variable.definition}" if variable.type == "ordered" else variable.definition,
    }


def _type(variable: Variable, absences: tuple[str, ...]) -> str:
    if variable.type == "yes-no" and not absences:
        return "yesno"
    types = {"nominal": "radio", "ordered": "radio", "yes-no": "radio", "multiple": "checkbox", "text": "notes"}
    return types.get(variable.type, "text")


def _choices(study: Study, slug: str, absences: tuple[str, ...]) -> str:
    """`1, Yes | 2, No | -1, Not stated`. What separates choices cannot stand in one."""
    choices = [(one.value, one.label) for one in study.categories(slug).values()]
    choices += [(study.about.absences[one].value, study.about.absences[one].label) for one in absences]
    return " | ".join(f"{code}, {label.replace('|', '/')}" for code, label in choices)


def _branching(study: Study, slug: str, variable: Variable, problems: list[Problem]) -> str:
    try:
        return branching(study, variable.asked_when) if variable.asked_when else ""
    except Inexpressible as reason:
        problems.append(_lost(slug, f"of whom it is asked: {reason}"))
        return ""


def _lost(slug: str, what: str) -> Problem:
    place = Place(f"codebook.yaml ({slug})")
    return Problem(place, "codebook-not-carried", f"REDCap's dictionary cannot hold {what}", "Tell REDCap's users in words.")
