"""Variables, and what is said of cases and people, as a REFI-QDA project has them.

The standard knows no labels, codes or absences: answers are given by their labels, an absence by its label too, never as a blank
that could be read as "no"; the variable's description lists them all.
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa

from casereview.interchange.refi.guids import guid
from casereview.interchange.refi.marks import marked
from casereview.interchange.refi.model import Variable as Column
from casereview.study.codebook import Variable
from casereview.study.study import Study

WAVE = "wave"
BETWEEN = "; "
"""Between several answers."""
NONE = "None of them"


def variables(study: Study) -> Iterator[Column]:
    """Every variable of every unit, after the wave."""
    waves = BETWEEN.join(f"{wave}: {study.about.waves[wave].label}" for wave in study.waves)
    yield Column(guid("variable", WAVE), "Wave", "Text", marked(f"The wave of the case. {waves}.", WAVE))
    for unit in study.units:
        for slug, variable in study.variables_of(unit).items():
            kind = "Float" if variable.type == "number" else "Text"
            yield Column(guid("variable", slug), variable.label, kind, marked(_described(study, unit, slug, variable), slug))


def said(study: Study, unit: str, table: pa.Table) -> dict[str, list[tuple[str, str]]]:
    """Record → the GUIDs of variables with what is said of each, out of the wide table of a unit."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in table.to_pylist():
        answers = ((slug, _said(study, slug, variable, row)) for slug, variable in study.variables_of(unit).items())
        record = found.setdefault(row["case" if unit == "case" else "person"], [])
        record += [(guid("variable", WAVE), row["wave"])] if unit == "case" else []
        record += [(guid("variable", slug), answer) for slug, answer in answers if answer]
    return found


def answer_of(study: Study, slug: str, row: Mapping[str, Any]) -> str:
    """What stands after a variable in the name of a code: its categories, or `given`, or the absence."""
    variable, cell = study.variable(slug), row[slug]
    if variable.coded:
        return ",".join(cell) if isinstance(cell, list) else cell
    return row[f"{slug}.absent"] if cell is None else "given"


def label_of(study: Study, slug: str, answer: str) -> str:
    """The label of a category or an absence."""
    categories = study.categories(slug)
    if answer in categories:
        return categories[answer].label
    return study.about.absences[answer].label if answer in study.about.absences else answer


def _said(study: Study, slug: str, variable: Variable, row: Mapping[str, Any]) -> str:
    """An answer in words; '' of a number that is absent, for which the standard has no word."""
    cell = row[slug]
    if variable.coded:
        return BETWEEN.join(label_of(study, slug, one) for one in (cell if isinstance(cell, list) else [cell])) or NONE
    if cell is None:
        return "" if variable.type == "number" else label_of(study, slug, row[f"{slug}.absent"])
    return format(Decimal(repr(cell)), "f") if isinstance(cell, float) else cell


def _described(study: Study, unit: str, slug: str, variable: Variable) -> str:
    parts = [variable.definition]
    parts += [f"Include: {variable.include}"] if variable.include else []
    parts += [f"Exclude: {variable.exclude}"] if variable.exclude else []
    parts += [f"Recorded of: {unit}."] + ([f"Made of other variables ({_kind(variable)})."] if variable.derived else [])
    answers = BETWEEN.join(f"{one.value} {one.label}" for one in study.categories(slug).values())
    parts += [f"Answers: {answers}"] if answers else []
    absences = BETWEEN.join(f"{one.value} {one.label}" for one in study.about.absences.values())
    return "\n\n".join([*parts, f"Absences, none of which is a no: {absences}", f"Codebook version: {study.about.version}"])


def _kind(variable: Variable) -> str:
    return json.dumps(variable.derived.model_dump(mode="json", exclude_defaults=True)) if variable.derived else ""
