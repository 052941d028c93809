"""populations.yaml: how many people there were, for rates; each with where the numbers come from."""

import csv
import re
from functools import lru_cache
from io import StringIO
from pathlib import Path

from pydantic import Field, model_validator

from casereview.study.base import Record, Slug

PEOPLE = "people"
"""The column with the numbers."""

PERIOD = "period"
"""Of a population by time: the column with the year (2014), financial year (2013-14), quarter (2014-Q2) or month (2014-04)."""


class Population(Record):
    """One population, in cells by the answers of variables."""

    label: str = Field(description="Who they are, as rates print it: children under 18 in England.")
    source: str = Field(description="Where the numbers come from, as it is to be cited.")
    measure: str = Field(default="people", description="What the numbers count: people, person-years, births.")
    by: tuple[Slug, ...] = Field(
        min_length=1, description="What the numbers are given by: coded variables, `wave`, or `period` for times."
    )
    file: str | None = Field(
        default=None, description="A CSV file in the study's folder, with the columns of `by`, and `people`."
    )
    rows: tuple[dict[str, str | int | float], ...] = Field(
        default=(), description="Instead of a file: the rows, each with an answer for each of `by`, and `people`."
    )

    @model_validator(mode="after")
    def _one_of_them(self) -> "Population":
        if (self.file is None) == (not self.rows):
            raise ValueError("a population has either a file or rows")
        return self


class Populations(Record):
    """populations.yaml."""

    populations: dict[Slug, Population] = Field(default_factory=dict, description="Their names are used in rates and trends.")


class PopulationUnreadable(Exception):
    """A population's file cannot be read; the message says why."""


def rows(folder: Path, population: Population) -> list[tuple[int, dict[str, str]]]:
    """The rows as they are written: the line of the file, or the place in the list; and column → cell.

    Raises PopulationUnreadable.
    """
    if population.file is None:
        return [(place, {name: str(cell) for name, cell in row.items()}) for place, row in enumerate(population.rows)]
    path = folder / population.file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise PopulationUnreadable("it lies outside the study's folder")
    try:
        return _table(path.read_bytes().decode("utf-8-sig"), (*population.by, PEOPLE))
    except OSError:
        raise PopulationUnreadable("there is no such file in the study's folder, or it may not be read") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise PopulationUnreadable(f"it is not CSV in UTF-8: {error}") from None


@lru_cache(maxsize=4)
def _table(text: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Kept, as one population serves many rates, each of which is checked and then counted."""
    lines = csv.reader(StringIO(text, newline=""), strict=True)
    heads = [head.strip() for head in next(lines, [])]
    missing = [name for name in columns if heads.count(name) != 1]
    if missing:
        raise PopulationUnreadable(f"its first line must name each of the columns {', '.join(columns)} once: see {missing[0]}")
    places = {name: heads.index(name) for name in columns}
    found = []
    for cells in lines:
        if any(cells):
            row = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
            found.append((lines.line_num, row))
    return found


def number(written: str) -> float | None:
    """A number of people as it is written, 0 or more; None if it is none."""
    return float(written) if re.fullmatch(r"\d{1,15}(\.\d+)?", written, re.ASCII) else None


def cells(folder: Path, population: Population) -> dict[tuple[str, ...], float]:
    """The numbers, by the answers of `by` in their order. Of a population that has been checked. Raises PopulationUnreadable."""
    read = (
        (tuple(row.get(name, "") for name in population.by), number(row.get(PEOPLE, ""))) for _, row in rows(folder, population)
    )
    return {answers: people for answers, people in read if people is not None}
