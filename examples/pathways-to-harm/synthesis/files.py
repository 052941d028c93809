"""The cohort as the files of the study: notifications, coded reports, people and quotes of the latest wave."""

import csv
from collections.abc import Iterable
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from ruamel.yaml import YAML

from synthesis.cohort import LATEST, MULTIPLE, PROTECTION, Cohort
from synthesis.reviews import Review

NOTIFIED = {
    "sex": {"male": "M", "female": "F", "not-stated": "U"},
    "outcome": {"fatal": "Death", "serious-harm": "Serious harm"},
    "final-report": {"received": "Y", "not-received": "N"},
    "protection-plan": {"current": "Subject to plan", "previously": "Previous plan", "never": "None", "not-stated": "Unknown"},
}
"""How the notifications write today's answers."""

NOT_CODED = {
    *("incident-date", "region", "final-report", "outcome", "age-band", "sex"),
    *("death-category", "related-kind", "harm-kind", "suspected-source", "incident-place"),
    *("siblings", "agencies", "protective-factors"),
}
"""What of the case the coded reports leave to the notifications, or write in a way of its own."""

NOTIFIED_OF_THE_CHILD = {"age-months", "ethnicity"}
ABSENT = {"not-stated": "Not stated", "unclear": "Unclear or conflicting"}


def write(cohort: Cohort, reviews: list[Review], codebook: Path, folder: Path) -> None:
    """Every file of the latest wave but the papers."""
    cases = cohort.cases[LATEST]
    read = cases[cases["final-report"] == "received"]
    _notifications(cases).to_csv(folder / "notifications.csv", index=False)
    book = YAML(typ="safe").load(codebook)
    _workbook(_coded(read, book), folder / "coded-reports.xlsx")
    _children(read, book).to_csv(folder / "children.csv", index=False)
    _parents(cohort.parents).to_csv(folder / "parents.csv", index=False)
    _quotes(reviews, folder / "quotes.csv")


def _notifications(cases: pd.DataFrame) -> pd.DataFrame:
    """As from a register of notifications: three of its plans differ from what the report later says."""
    notified = {variable: cases[variable].map(codes) for variable, codes in NOTIFIED.items()}
    past = cases.index[(cases["protection-plan"] == "previously") & (cases["final-report"] == "received")]
    plan = notified["protection-plan"]
    plan[past[:3]] = "None"
    return pd.DataFrame(
        {
            "Notification": cases["case"],
            "Incident date": pd.to_datetime(cases["incident-date"]).dt.strftime("%d/%m/%Y"),
            "Region": cases["region"],
            "Nature": notified["outcome"],
            "Child": cases["case"] + "-C",
            "Age in months": cases["age-months"].astype("Int64"),
            "Age band": cases["age-band"],
            "Sex": notified["sex"],
            "Ethnicity": cases["ethnicity"],
            "Child protection plan": plan,
            "Category of death": cases["death-category"],
            "Kind of related death": cases["related-kind"],
            "Kind of serious harm": cases["harm-kind"],
            "Source of the harm": cases["suspected-source"],
            "Place": cases["incident-place"],
            "Final report": notified["final-report"],
        }
    )


def _coded(read: pd.DataFrame, codebook: dict[str, Any]) -> pd.DataFrame:
    """As a team codes: headings and answers as the codebook words them."""
    columns = {"Case": read["case"]}
    for slug in _recorded(codebook, "case", NOT_CODED):
        columns[codebook["variables"][slug]["label"]] = read[slug].map(_labels(codebook, slug) | ABSENT)
    columns["Other children in the household"] = read["siblings"].replace(ABSENT)
    columns["Services in contact"] = _joined(read, _labels(codebook, "agencies"))
    labels = _labels(codebook, "protective-factors")
    looked_for = read["protective-factors/looked-for"] == "yes"
    for one in PROTECTION:
        chosen = (read[f"protective-factors/{one}"] == "yes").astype(int).astype(str)
        columns[f"Protective: {labels[one]}"] = chosen.where(looked_for, None)
    return pd.DataFrame(columns)


def _recorded(codebook: dict[str, Any], unit: str, but: set[str]) -> list[str]:
    """The variables of a unit that people record, in the order of the codebook."""
    variables = codebook["variables"].items()
    return [slug for slug, one in variables if one.get("unit", "case") == unit and "derived" not in one and slug not in but]


def _labels(codebook: dict[str, Any], slug: str) -> dict[str, str]:
    variable = codebook["variables"][slug]
    listed = codebook["lists"][variable["list"]] if "list" in variable else variable
    categories = listed.get("categories", {"yes": "Yes", "no": "No"})
    return {one: given if isinstance(given, str) else given["label"] for one, given in categories.items()}


def _joined(read: pd.DataFrame, labels: dict[str, str]) -> list[str]:
    known_to_camhs = (read["camhs"] == "yes").tolist()
    ticks = {one: (read[f"agencies/{one}"] == "yes").tolist() for one in MULTIPLE["agencies"] if one != "camhs"}
    ticks["camhs"] = known_to_camhs
    return ["; ".join(labels[one] for one in labels if ticks[one][row]) for row in range(len(read))]


def _workbook(table: pd.DataFrame, path: Path) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime(2026, 1, 1), "comments": "Synthetic data made for an example."})  # noqa: DTZ001
        sheet = book.add_worksheet("Coded reports")
        sheet.write_row(0, 0, table.columns)
        for number, row in enumerate(table.itertuples(index=False), start=1):
            sheet.write_row(number, 0, ["" if pd.isna(cell) else cell for cell in row])


def _children(read: pd.DataFrame, codebook: dict[str, Any]) -> pd.DataFrame:
    coded = _recorded(codebook, "child", NOTIFIED_OF_THE_CHILD)
    return pd.DataFrame({"child": read["case"] + "-C", "case": read["case"]} | {one: read[one] for one in coded})


def _parents(parents: pd.DataFrame) -> pd.DataFrame:
    return parents[["person", "case", "relationship", "age-at-birth", "care-experience", "abuse-role"]]


def _quotes(reviews: Iterable[Review], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["document", "quote", "theme", "variable", "coder"])
        for review in reviews:
            for quote in review.quotes:
                for theme, variable in zip_longest(quote.get("themes") or [], quote.get("supports") or [], fillvalue=""):
                    out.writerow([review.case, quote["quote"], theme, variable, "first-reader"])
