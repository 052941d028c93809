"""The codebook and the cases in SPSS .sav files, one file a unit.

What a .sav file holds: labels; categories with code and label; the study's absences as user-missing codes with labels; measure
(nominal, ordinal, scale). A multiple response is a 0/1 column a category, `SLUG__CATEGORY`, labelled "Variable: Category".
A number, date or text stands beside a column `SLUG__absent` that says why it is absent, since codes such as -1 could be numbers.

What it cannot hold: slugs of categories (read back from their labels), definitions, domains, `asked_when`, waves, how a variable
is derived, partial dates as dates (they are text), the order of categories where their codes do not follow it, labels beyond
256 bytes (variables) or 120 (categories), names beyond 64.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyreadstat

from casereview.interchange.names import sav_name
from casereview.study.codebook import Variable
from casereview.study.study import Study

CHOSEN = {1: "Chosen", 0: "Not chosen"}
_MEASURES = {"ordered": "ordinal", "number": "scale"}
_LONGEST_LABEL, _LONGEST_VALUE_LABEL = 256, 120


@dataclass(frozen=True)
class _Column:
    """values: the column's cells from a wide table. missing: user-missing values, as pyreadstat takes them."""

    name: str
    label: str
    values: Callable[[pa.Table], Any]
    labels: dict[int, str] = field(default_factory=dict)
    missing: list[Any] = field(default_factory=list)
    measure: str = "nominal"
    text: bool = False


def write_codebook(study: Study, path: Path, unit: str = "case") -> None:
    """Write a .sav file without rows: the codebook of a unit."""
    _write(study, unit, path, None)


def write_cases(study: Study, table: pa.Table, path: Path, unit: str = "case") -> None:
    """Write a unit's wide table, as a release has it (`release/layout.py`)."""
    _write(study, unit, path, table)


def _write(study: Study, unit: str, path: Path, table: pa.Table | None) -> None:
    columns = list(_columns(study, unit))
    frame = pd.DataFrame({one.name: _empty(one) if table is None else one.values(table) for one in columns})
    pyreadstat.write_sav(
        frame,
        path,
        file_label=_cut(study.about.title, 64),
        column_labels=[_cut(one.label, _LONGEST_LABEL) for one in columns],
        variable_value_labels={one.name: _cut_all(one.labels) for one in columns if one.labels},
        missing_ranges={one.name: one.missing for one in columns if one.missing},
        variable_measure={one.name: one.measure for one in columns},
        variable_format={one.name: "F8.0" for one in columns if one.labels},
    )


def _empty(column: _Column) -> Any:
    return pd.Series([], dtype="object" if column.text else "float64")


def _cut(text: str, longest: int) -> str:
    return text.encode()[:longest].decode(errors="ignore")


def _cut_all(labels: dict[int, str]) -> dict[int | float, str]:
    return {code: _cut(label, _LONGEST_VALUE_LABEL) for code, label in labels.items()}


def _columns(study: Study, unit: str) -> Iterator[_Column]:
    for identifier in ("case",) if unit == "case" else ("person", "case"):
        yield _Column(sav_name(identifier), identifier.capitalize(), _texts(identifier), text=True)
    waves = {wave: place for place, wave in enumerate(study.waves, start=1)}
    labels = {place: study.about.waves[wave].label for wave, place in waves.items()}
    yield _Column("wave", "Wave", _codes("wave", waves), labels, measure="ordinal")
    for slug, variable in study.variables_of(unit).items():
        yield from _of(study, slug, variable)


def _of(study: Study, slug: str, variable: Variable) -> Iterator[_Column]:
    if variable.type == "multiple":
        yield from _multiple(study, slug, variable)
    elif variable.coded:
        yield _coded(study, slug, variable)
    else:
        values = _numbers(slug) if variable.type == "number" else _texts(slug)
        measure = _MEASURES.get(variable.type, "nominal")
        yield _Column(sav_name(slug), variable.label, values, measure=measure, text=variable.type != "number")
        yield _why_absent(study, slug, variable)


def _coded(study: Study, slug: str, variable: Variable) -> _Column:
    codes = {one: category.value for one, category in study.categories(slug).items()} | _absence_codes(study)
    labels = {category.value: category.label for category in study.categories(slug).values()} | _absence_labels(study)
    measure = _MEASURES.get(variable.type, "nominal")
    return _Column(sav_name(slug), variable.label, _codes(slug, codes), labels, _missing(study), measure)


def _multiple(study: Study, slug: str, variable: Variable) -> Iterator[_Column]:
    labels = CHOSEN | _absence_labels(study)
    for one, category in study.categories(slug).items():
        label = f"{variable.label}: {category.label}"
        yield _Column(sav_name(slug, one), label, _chosen(slug, one, _absence_codes(study)), labels, _missing(study))


def _why_absent(study: Study, slug: str, variable: Variable) -> _Column:
    values = _codes(f"{slug}.absent", _absence_codes(study))
    return _Column(sav_name(slug, "absent"), f"{variable.label}: why absent", values, _absence_labels(study))


def _absence_codes(study: Study) -> dict[str, int]:
    return {slug: absence.value for slug, absence in study.about.absences.items()}


def _absence_labels(study: Study) -> dict[int, str]:
    return {absence.value: absence.label for absence in study.about.absences.values()}


def _missing(study: Study) -> list[Any]:
    """SPSS takes three single values, or a range; no category's code is negative, so a range of negative codes is safe."""
    values = sorted(_absence_labels(study))
    return list(values) if len(values) <= 3 else [{"lo": values[0], "hi": values[-1]}]


def _texts(column: str) -> Callable[[pa.Table], Any]:
    return lambda table: table[column].fill_null("").to_pandas()


def _numbers(column: str) -> Callable[[pa.Table], Any]:
    return lambda table: table[column].to_pandas()


def _codes(column: str, codes: dict[str, int]) -> Callable[[pa.Table], Any]:
    return lambda table: table[column].to_pandas().map(codes).astype("float64")


def _chosen(column: str, category: str, absences: dict[str, int]) -> Callable[[pa.Table], Any]:
    """1 where the category is among the answers, an absence's code where that stands in their place, else 0."""

    def values(table: pa.Table) -> Any:
        lists = table[column].combine_chunks()
        rows, answers = pc.list_parent_indices(lists).to_numpy(), pc.list_flatten(lists)
        cells = np.zeros(len(lists))
        for answer, code in ({category: 1} | absences).items():
            cells[rows[pc.equal(answers, answer).to_numpy(zero_copy_only=False)]] = code
        return cells

    return values
