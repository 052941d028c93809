"""The earlier waves as SPSS files under codebooks of their own: other names, codes, labels and user-missing codes.

Names and codes come from the study's crosswalk, read backwards, so that the two cannot part; the labels of the time stand here.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
from ruamel.yaml import YAML

from synthesis.cohort import Cohort


@dataclass(frozen=True)
class Series:
    """One file: its group, the wave whose crossings name its columns, and what its codebook called things."""

    file: str
    group: str
    wave: str
    key: str
    missing: str
    labels: dict[str, str]
    answers: dict[str, dict[str, str]]


YES_NO_PLAN = {"1": "Subject to a plan", "2": "Past plan", "3": "No plan", "9": "Not known"}
CATEGORIES = {
    "1": "Neglect",
    "2": "Physical",
    "3": "Sexual",
    "4": "Emotional",
    "5": "Multiple incl. neglect",
    "6": "Multiple, other",
}
BANDS = ("Under 1", "1-5", "6-10", "11-15", "16+")

FILES = (
    Series(
        "series-2003-05.sav", "2003-05", "2003-05", "CASENO", "9",
        {"INJ": "Death or injury", "AGEGRP": "Age group of index child", "GENDER": "Gender", "CPR": "Child protection register",
         "NEGL": "Neglect known to agencies"},
        {"INJ": {"1": "Child died", "2": "Serious injury"}, "AGEGRP": dict(zip("12345", BANDS, strict=True)),
         "GENDER": {"1": "Boy", "2": "Girl", "9": "NK"},
         "CPR": {"1": "On register", "2": "Formerly on register", "3": "Not registered", "9": "Not known"},
         "NEGL": {"1": "Known", "2": "Not mentioned"}},
    ),
    Series(
        "series-2005-09.sav", "2005-09", "2007-09", "REF", "9",
        {"OUTCOME": "Outcome", "AGEGRP": "Age group", "SEX": "Sex of child", "CPLAN": "Register; plan from April 2008",
         "CPCAT": "Category of registration or plan", "NEGKN": "Neglect known at notification",
         "DEATH5": "Classification of death (five classes)", "RELSUB": "If related: kind"},
        {"OUTCOME": {"1": "Fatal", "2": "Non-fatal"}, "AGEGRP": dict(zip("12345", BANDS, strict=True)),
         "SEX": {"1": "Male", "2": "Female", "9": "Unknown"}, "CPLAN": YES_NO_PLAN, "CPCAT": CATEGORIES,
         "NEGKN": {"0": "Not known", "1": "Known"},
         "DEATH5": {"1": "Infanticide and covert homicide", "2": "Severe physical assault", "3": "Extreme neglect",
                    "4": "Deliberate or overt homicide", "5": "Related, not directly caused", "6": "Could not be classified"},
         "RELSUB": {"1": "SUDI", "2": "Suicide or self-harm", "3": "Other"}},
    ),
    Series(
        "series-2009-11.sav", "2009-11", "2009-11", "LSCBREF", "-9",
        {"OUTC": "Outcome for index child", "AGEB": "Age band, lower end in years", "GEND": "Gender", "ETH": "Ethnic group",
         "CPP": "Child protection plan", "CPPCAT": "Category of plan", "NEGRPT": "Neglect, as read from the report",
         "DTHCAT": "Category of death", "RELTYPE": "Related deaths: kind", "NFTYPE": "Non-fatal: kind of harm",
         "CSC": "Children's social care", "REPORT": "Overview report obtained", "GOR": "Government office region"},
        {"OUTC": {"1": "Death", "2": "Serious harm"}, "AGEB": dict(zip(("0", "1", "6", "11", "16"), BANDS, strict=True)),
         "GEND": {"0": "Female", "1": "Male", "-9": "Missing"},
         "ETH": {"1": "White", "2": "Mixed", "3": "Asian", "4": "Black", "5": "Other", "-9": "Missing"},
         "CPP": {"1": "Current", "2": "Previous", "3": "Never", "-9": "Missing"}, "CPPCAT": CATEGORIES,
         "NEGRPT": {"1": "A feature", "2": "No mention"},
         "DTHCAT": {"A": "Infanticide or covert homicide", "B": "Severe physical assault", "C": "Extreme neglect",
                    "D": "Overt homicide", "E": "Related", "U": "Unclassified"},
         "RELTYPE": {"1": "SUDI", "2": "Suicide", "3": "Other"},
         "NFTYPE": {"1": "Physical assault", "2": "Sexual assault", "3": "Neglect", "4": "Risk-taking or violence", "5": "Other"},
         "CSC": {"1": "Open", "2": "Closed", "3": "Referral not accepted", "4": "Not known"},
         "REPORT": {"0": "No", "1": "Yes"}, "GOR": {}},
    ),
)  # fmt: skip


def write(cohort: Cohort, crosswalk: Path, folder: Path) -> None:
    """One .sav file each."""
    crossings = YAML(typ="safe").load(crosswalk)["variables"]
    for series in FILES:
        _sav(series, _columns(series, cohort.cases[series.group], crossings), folder / series.file)


def _columns(series: Series, cases: pd.DataFrame, crossings: dict[str, Any]) -> pd.DataFrame:
    columns = {series.key: cases["case"], "CHILDREF": cases["case"] + "-C", "BIENNIUM": cases["wave"]}
    if cases["age-months"].notna().all():
        columns["AGEM"] = cases["age-months"].astype(float)
    if "incident-date" in cases:
        columns["INCDATE"] = pd.to_datetime(cases["incident-date"]).dt.date
    for variable, by_wave in crossings.items():
        crossing = next((one for span, one in by_wave.items() if series.wave in span.split("..")), None)
        if crossing:
            codes = {slug: code for code, slug in crossing["map"].items()} | {"not-stated": series.missing}
            columns[crossing["was"]] = _typed(cases[variable].map(codes))
    return pd.DataFrame(columns)


def _typed(codes: pd.Series) -> pd.Series:
    numeric = codes.dropna().str.fullmatch(r"-?\d+").all()
    return codes.astype(float) if numeric else codes.fillna("")


def _sav(series: Series, table: pd.DataFrame, path: Path) -> None:
    numeric = {name for name in table if table[name].dtype == float}
    answers = {
        name: {float(code) if name in numeric else code: label for code, label in labels.items()}
        for name, labels in series.answers.items()
        if labels
    }
    pyreadstat.write_sav(
        table,
        str(path),
        file_label="Synthetic data made for an example",
        column_labels=[series.labels.get(name, name) for name in table],
        variable_value_labels=answers,
        missing_ranges={name: [float(series.missing)] for name in answers if float(series.missing) in answers[name]},
        variable_measure=dict.fromkeys(answers, "nominal"),
    )
    _settle(path)


def _settle(path: Path) -> None:
    """Give the header a fixed day and time, so that the same answers give the same bytes (bytes 92 to 108 of a .sav file)."""
    with path.open("r+b") as file:
        file.seek(92)
        file.write(b"01 Jan 2600:00:00")
