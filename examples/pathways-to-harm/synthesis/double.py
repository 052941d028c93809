"""A second coder's answers, for some of the reports read: mostly the first coder's, sometimes what chance would say."""

from pathlib import Path
from typing import Any

import pandas as pd
from ruamel.yaml import YAML

from synthesis.cohort import LATEST, Cohort
from synthesis.dealing import chance


def write(cohort: Cohort, calibration: Path, folder: Path) -> None:
    """The double codings, one row a report."""
    table = YAML(typ="safe").load(calibration)["double-coding"]
    cases = cohort.cases[LATEST]
    read = cases[cases["final-report"] == "received"].reset_index(drop=True)
    rows = sorted(chance("double-coding").choice(len(read), len(read) // table["every"], replace=False))
    columns = {variable: _again(read[variable], rows, same) for variable, same in table["same"].items()}
    pd.DataFrame({"case": read["case"].iloc[rows].tolist()} | columns).to_csv(folder / "double-coding.csv", index=False)


def _again(first: pd.Series, rows: list[int], same: int) -> list[Any]:
    """What the second coder says: by chance means as often as the first coder says it of all reports."""
    rng = chance("double-coding", first.name)
    by_chance = first.iloc[rng.integers(0, len(first), len(rows))].tolist()
    agreed = rng.random(len(rows)) * 100 < same
    return [first.iloc[row] if alike else other for row, alike, other in zip(rows, agreed, by_chance, strict=True)]
