"""The two studies of real, public data, run whole; their data are not in the repository.

CASEREVIEW_DATA names a folder with dhr/, pfd/ and reports/ (the README.md of each study says where they come from).
"""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

DATA = os.environ.get("CASEREVIEW_DATA")
EXAMPLES = Path(__file__).parents[2] / "examples"

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not DATA, reason="the real data are not here: set CASEREVIEW_DATA to the folder that holds them"),
]


@dataclass(frozen=True)
class Run:
    """A study that was run: where its data lie and what came out."""

    study: Path
    data: Path
    out: Path

    def read(self, name: str) -> dict[str, Any]:
        return json.loads((self.out / name).read_text(encoding="utf-8"))

    @property
    def tables(self) -> dict[str, Any]:
        return self.read("tables.json")["tables"]

    def source(self, name: str) -> dict[str, Any]:
        return next(source for source in self.read("intake.json")["sources"] if source["source"] == name)

    def release(self) -> Path:
        return self.out / "releases" / (self.out / "releases" / "LATEST").read_text(encoding="utf-8").strip()

    def long_table(self, name: str) -> list[dict[str, Any]]:
        return pq.read_table(self.release() / "data" / f"{name}.parquet").to_pylist()

    def rows(self, file: str) -> list[dict[str, str]]:
        with (self.data / file).open(encoding="utf-8", newline="") as opened:
            return list(csv.DictReader(opened))


def casereview(*arguments: str | Path) -> None:
    started = "from casereview.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", started, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def run(study: str, data: Path, out: Path) -> Run:
    casereview("run", EXAMPLES / study, "--data", data, "--out", out)
    return Run(EXAMPLES / study, data, out)


@pytest.fixture(scope="module")
def homicides(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run("domestic-homicide-reviews", Path(str(DATA)) / "dhr", tmp_path_factory.mktemp("homicides"))


@pytest.fixture(scope="module")
def suicides(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run("child-suicide-reports", Path(str(DATA)), tmp_path_factory.mktemp("suicides"))


def counts(table: dict[str, Any]) -> dict[str, int]:
    return {address: cell["count"] for address, cell in table["cells"].items()}


def flagged(rows: list[dict[str, str]], column: str) -> int:
    return sum(row[column] == "True" for row in rows)


def adding_up(intake: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (intake["totals"], *intake["by_thing"].values(), *intake["sources"])


# Domestic homicide reviews


def test_the_reviews_are_all_there(homicides: Run) -> None:
    table = homicides.tables["incidents"]
    assert (counts(table)["yes"], counts(table)["no"], table["base"]) == (28, 619, 647)
    assert (
        sum(counts(homicides.tables["periods"])[wave] for wave in ("2004-10", "2011-13", "2014-16", "2017-19", "2020-22")) == 647
    )


def test_the_published_alcohol_crosstab_comes_out_exactly(homicides: Run) -> None:
    cells = homicides.tables["alcohol"]["cells"]
    both_ways = {address: cells[address]["count"] for address in ("no.no", "no.yes", "yes.no", "yes.yes")}
    assert both_ways == {"no.no": 263, "no.yes": 134, "yes.no": 62, "yes.yes": 160}
    assert homicides.tables["alcohol"]["base"] == 619
    assert (cells["yes.total"]["count"], round(cells["yes.total"]["percents"]["total"], 1)) == (222, 35.9)
    assert (cells["total.yes"]["count"], round(cells["total.yes"]["percents"]["total"], 1)) == (294, 47.5)


def test_the_published_tests_come_out_exactly(homicides: Run) -> None:
    tests = {test["name"]: test for test in homicides.tables["alcohol"]["tests"]}
    assert (round(tests["chi-square"]["statistic"], 3), tests["chi-square"]["df"]) == (83.836, 1)
    assert round(tests["chi-square-yates"]["statistic"], 3) == 82.306
    assert round(tests["odds-ratio"]["statistic"], 3) == 5.065
    assert [round(bound, 3) for bound in tests["odds-ratio"]["interval"]] == [3.535, 7.256]
    assert round(tests["phi"]["statistic"], 3) == 0.368


def test_every_flag_is_counted_as_the_file_has_it(homicides: Run) -> None:
    incidents, victims = homicides.rows("incidents.csv"), homicides.rows("victims.csv")
    abuse = counts(homicides.tables["abuse"])
    columns = {"coercive-control": "coercive_control", "stalking": "stalking", "honour-based": "honour_based_violence"}
    assert {slug: abuse[slug] for slug in columns} == {slug: flagged(incidents, column) for slug, column in columns.items()}
    health = counts(homicides.tables["victim-mental-health"])
    tags = {"depression": "victim_mh_depression", "self-harm": "victim_mh_selfharm", "other": "victim_mh_other"}
    assert {slug: health[slug] for slug in tags} == {slug: flagged(victims, column) for slug, column in tags.items()}
    assert homicides.tables["victim-mental-health"]["base"] == len(victims)


def test_unknown_is_no_answer(homicides: Run) -> None:
    victims = homicides.rows("victims.csv")
    table = homicides.tables["victim-ethnic-groups"]
    unknown = sum(row["victim_ethnicity"] == "Unknown" for row in victims)
    assert (table["absences"]["not-stated"], table["base"] + unknown) == (unknown, len(victims))
    causes = homicides.tables["causes"]
    assert causes["absences"]["not-stated"] == sum(
        row["cause_of_death"] in ("", "unknown") for row in homicides.rows("incidents.csv")
    )


def test_dates_are_kept_as_exactly_as_they_were_given(homicides: Run) -> None:
    dates = [row["value"] for row in homicides.long_table("values") if row["variable"] == "death-date"]
    assert Counter(map(len, dates)) == {len("2018-09"): 597, len("2018"): 50}


def test_every_row_of_the_three_files_is_read(homicides: Run) -> None:
    read = {name: homicides.source(name)["read"] for name in ("incidents", "victims", "perpetrators")}
    assert read == {"incidents": 647, "victims": 619, "perpetrators": 647}
    assert homicides.read("intake.json")["totals"]["refused"] == 0


def test_a_series_across_a_change_of_guidance_is_marked(homicides: Run) -> None:
    assert [one["wave"] for one in homicides.tables["suicide-over-time"]["breaks"]] == ["2017-19"]


# Child suicide reports


def test_every_report_is_a_case_with_its_text(suicides: Run) -> None:
    assert (suicides.source("reports")["read"], suicides.source("codings")["read"]) == (73, 73)
    assert suicides.tables["themes"]["records"] == 73


def test_the_long_reports_are_read_and_the_pages_named_pdf_are_refused(suicides: Run) -> None:
    inspections = suicides.source("inspections")
    assert (inspections["there"], inspections["read"], inspections["refused"]) == (26, 24, 2)
    causes = [one["cause"] for one in suicides.read("intake.json")["refusals"] if one["source"] == "inspections"]
    assert len(causes) == 2
    assert all("not a PDF: an HTML page" in cause for cause in causes)


def test_quotes_are_anchored_or_listed_with_their_reason(suicides: Run) -> None:
    quotes = suicides.source("quotes")
    assert (quotes["there"], quotes["read"], quotes["refused"]) == (271, 266, 5)
    refusals = [one for one in suicides.read("intake.json")["refusals"] if one["source"] == "quotes"]
    assert [one["code"] for one in refusals] == ["quote-not-found"] * 5
    assert all("stands there in one piece" in one["cause"] for one in refusals), "the model changed a word or two"


def test_every_report_keeps_at_least_one_anchored_quote(suicides: Run) -> None:
    assert counts(suicides.tables["quoted"])["yes"] == 73


def test_every_concern_is_counted_as_the_file_has_it(suicides: Run) -> None:
    rows = suicides.rows("pfd/child_suicide_cases.csv")
    assert counts(suicides.tables["provision"])["procedures"] == flagged(rows, "sp_sop_inadequate")
    assert counts(suicides.tables["environment"])["railway"] == flagged(rows, "ahce_trainline")
    prefixes = {"service-provision": "sp_", "communication": "comm_", "staffing": "sr_", "several-services": "msic_"}
    prefixes |= {"access": "as_", "harmful-content": "ahce_"}
    raised = {
        theme: sum(any(value == "True" for column, value in row.items() if column.startswith(prefix)) for row in rows)
        for theme, prefix in prefixes.items()
    }
    assert {theme: counts(suicides.tables["themes"])[theme] for theme in raised} == raised


def test_no_coroner_addressee_or_address_is_kept(suicides: Run) -> None:
    kept = {row["recorded"] for row in suicides.long_table("values")} | {row["case"] for row in suicides.long_table("cases")}
    left_out = {row[column] for row in suicides.rows("pfd/child_suicide_cases.csv") for column in ("coroner", "receiver", "url")}
    assert not kept & left_out


def test_twelve_reports_are_drawn_to_be_read(suicides: Run) -> None:
    assert [row["status"] for row in suicides.long_table("samples")] == ["drawn"] * 12


# Both


@pytest.mark.parametrize("name", ["homicides", "suicides"])
def test_the_totals_of_intake_add_up(name: str, request: pytest.FixtureRequest) -> None:
    for one in adding_up(request.getfixturevalue(name).read("intake.json")):
        assert one["there"] == one["read"] + one["unchanged"] + one["refused"]


@pytest.mark.parametrize("name", ["homicides", "suicides"])
def test_what_was_made_is_whole(name: str, request: pytest.FixtureRequest) -> None:
    study: Run = request.getfixturevalue(name)
    casereview("verify", study.release())
    casereview("audit", "verify", study.study, "--data", study.data, "--out", study.out)
    assert {path.suffix for path in study.out.glob("briefing*")} >= {".html", ".pdf", ".docx"}


@pytest.mark.parametrize("name", ["homicides", "suicides"])
def test_taking_in_again_changes_nothing(name: str, request: pytest.FixtureRequest) -> None:
    study: Run = request.getfixturevalue(name)
    release, before = study.release(), study.read("intake.json")["totals"]
    for step in ("intake", "release"):
        casereview(step, study.study, "--data", study.data, "--out", study.out)
    after = study.read("intake.json")["totals"]
    assert after == before | {"read": 0, "unchanged": before["read"]}
    assert study.release() == release
