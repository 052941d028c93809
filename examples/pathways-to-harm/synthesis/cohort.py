"""The whole cohort: one frame a file of the series, and the parents and carers of the reports read."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

from synthesis import dealing
from synthesis.reviews import Review

LATEST = "2011-14"
DATED = {"2009-11": (date(2009, 4, 1), date(2011, 3, 31)), LATEST: (date(2011, 4, 1), date(2014, 3, 31))}
AGENCIES = [
    "health-visiting",
    "gp",
    "hospital",
    "camhs",
    "adult-mental-health",
    "substance-services",
    "police",
    "education",
    "housing",
    "probation",
    "domestic-abuse-services",
]
PROTECTION = ["trusted-practitioner", "wider-family", "school", "friends", "non-abusing-parent"]
MULTIPLE = {"agencies": AGENCIES, "protective-factors": PROTECTION}


@dataclass(frozen=True)
class Cohort:
    """`cases`: by group, one row a case with its child's answers; `parents`: one row a parent or carer."""

    cases: dict[str, pd.DataFrame]
    parents: pd.DataFrame


def make(calibration: Path, reviews: list[Review], size: int | None = None) -> Cohort:
    """The cohort of the calibration, or one scaled to `size` cases in all."""
    table = YAML(typ="safe").load(calibration)
    sizes = {group: about["cases"] for group, about in table["groups"].items()}
    exact = size in (None, sum(sizes.values()))
    if size is not None:
        sizes = dealing.apportion(sizes, size)
    cases = {group: _group(table, group, rows, reviews if group == LATEST else [], exact) for group, rows in sizes.items()}
    return Cohort(cases, _parents(table, cases[LATEST], reviews, exact))


def _group(table: dict[str, Any], group: str, size: int, reviews: list[Review], exact: bool) -> pd.DataFrame:
    places = [int(review.case.rsplit("-", 1)[1]) - 1 for review in reviews]
    frame = pd.DataFrame([_known(review) for review in reviews], index=places).reindex(range(size)).astype(object)
    frame = frame.where(frame.notna(), None)
    for variable in {"age-months", *_asked(table)} - set(frame):
        frame[variable] = pd.Series(None, index=frame.index, dtype=object)
    marginals = [row for row in table["marginals"] if row["group"] == group]
    ages = [row for row in table["ages"] if row["group"] == group]
    dealing.deal_group(frame, marginals, ages, exact)
    frame["case"] = _identifiers(frame["wave"])
    if group in DATED:
        frame["incident-date"] = frame["incident-date"].fillna(_dates(group, size)) if reviews else _dates(group, size)
    return frame


def _asked(table: dict[str, Any]) -> set[str]:
    return {variable for row in table["marginals"] for variable in (row["variable"], *row.get("among", {}))}


def _identifiers(waves: pd.Series) -> pd.Series:
    numbers = (waves.groupby(waves).cumcount() + 1).astype(str).str.zfill(3)
    return "SYN-" + waves.astype(str) + "-" + numbers


def _dates(group: str, size: int) -> pd.Series:
    first, last = DATED[group]
    days = dealing.chance(group, "incident-date").integers(0, (last - first).days + 1, size)
    dates = np.datetime64(first) + days.astype("timedelta64[D]")
    return pd.Series(np.datetime_as_string(dates), dtype=object)


def _known(review: Review) -> dict[str, Any]:
    """What a fictional review says of its case, one column a variable, its multiple responses spread out."""
    known = dict(review.values) | {"final-report": "received", "wave": LATEST}
    for variable, categories in MULTIPLE.items():
        if isinstance(chosen := known.pop(variable, None), list):
            known |= {f"{variable}/{one}": "yes" if one in chosen else "no" for one in categories}
            known |= {f"{variable}/looked-for": "yes"} if variable == "protective-factors" else {}
    if "siblings" in known:
        known["siblings"] = str(known["siblings"])
    if "age-months" in known:
        known["age-band"] = dealing.age_bands(pd.Series([known["age-months"]]))[0]
    return known | {"carers": ", ".join(one["relationship"] for one in review.people)}


def _parents(table: dict[str, Any], cases: pd.DataFrame, reviews: list[Review], exact: bool) -> pd.DataFrame:
    read = cases[cases["final-report"] == "received"]
    parents = read.assign(relationship=read["carers"].str.split(", ")).explode("relationship", ignore_index=True)
    parents["person"] = parents["case"] + "-P" + (parents.groupby("case").cumcount() + 1).astype(str)
    told = {f"{review.case}-P{place}": one for review in reviews for place, one in enumerate(review.people, start=1)}
    for variable in ("age-at-birth", "care-experience", "abuse-role"):
        parents[variable] = pd.Series([told.get(person, {}).get(variable) for person in parents["person"]], dtype=object)
    for row in table["parents"]:
        dealing.deal(parents, row, exact)
    for relationship, ages in table["parent-ages"].items():
        rows = parents.index[(parents["relationship"] == relationship) & parents["age-at-birth"].isna()]
        rng = dealing.chance("parent-ages", relationship)
        parents.loc[rows, "age-at-birth"] = rng.permutation(dealing.spread(len(rows), *ages, rng))
    return parents
