"""The example study of serious case reviews, run whole: it gives the figures it was calibrated to, and says it is synthetic."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

STUDY = Path(__file__).parents[2] / "examples" / "pathways-to-harm"
CASEREVIEW = "from casereview.cli import main; main()"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data, out = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("out")
    subprocess.run([sys.executable, STUDY / "generate.py", "--out", data / "generated"], check=True, capture_output=True)
    run = [sys.executable, "-c", CASEREVIEW, "run", STUDY, "--data", data, "--out", out]
    done = subprocess.run(run, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def tables(outputs: Path) -> dict[str, Any]:
    return json.loads((outputs / "tables.json").read_text(encoding="utf-8"))["tables"]


PERCENTAGES = {
    ("social-care", "not-involved"): 55,
    ("social-care", "known"): 64,
    ("plans", "current"): 12,
    ("plans", "previously"): 12,
    ("social-care", "below-threshold"): 14,
    ("social-care", "aware"): 78,
}

COUNTS = {
    ("series", "total.total"): (1099, 1099),
    ("series", "2003-05.total"): (161, None),
    ("series", "2005-07.total"): (189, None),
    ("series", "2011-14.total"): (293, None),
    ("series", "2011-14.fatal"): (197, 293),
    ("series", "2011-14.serious-harm"): (96, 293),
    ("reports-obtained", "2011-14"): (175, 293),
    ("read-in-depth", "2011-14"): (66, 175),
    ("deaths", "within-family"): (86, 197),
    ("related-deaths", "suicide"): (17, None),
    ("suicide-mental-health", "yes"): (15, 17),
    ("suicide-social-care", "open"): (9, 17),
    ("plan-categories", "total.2005-07"): (57, None),
}


@pytest.mark.parametrize(("table", "row"), PERCENTAGES)
def test_percentages_of_the_briefing(tables: dict[str, Any], table: str, row: str) -> None:
    cell = tables[table]["cells"][row]
    assert cell["base"] == 175
    assert round(cell["percent"]) == PERCENTAGES[table, row]


@pytest.mark.parametrize(("table", "address"), COUNTS)
def test_counts_of_the_briefing(tables: dict[str, Any], table: str, address: str) -> None:
    cell = tables[table]["cells"][address]
    count, base = COUNTS[table, address]
    assert cell["count"] == count
    assert base is None or cell["base"] == base


def test_two_middle_waves_make_456(tables: dict[str, Any]) -> None:
    cells = tables["series"]["cells"]
    assert cells["2007-09.total"]["count"] + cells["2009-11.total"]["count"] == 456


def test_domestic_abuse_in_more_than_half_of_all_reviews_read(tables: dict[str, Any]) -> None:
    cell = tables["domestic-abuse"]["cells"]["yes"]
    assert cell["base"] == 175
    assert cell["percent"] > 50


def test_plans_of_2005_to_2011_have_the_published_categories(tables: dict[str, Any]) -> None:
    cells = tables["plan-categories"]["cells"]
    found = {
        row: sum(cells[f"{row}.{wave}"]["count"] for wave in ("2005-07", "2007-09", "2009-11"))
        for row in ("neglect", "physical", "sexual", "emotional", "multiple-with-neglect", "multiple-without-neglect")
    }
    assert list(found.values()) == [73, 32, 12, 19, 28, 11]


def test_broken_comparisons_carry_their_breaks(tables: dict[str, Any]) -> None:
    for table in ("neglect-over-time", "deaths-over-time"):
        assert tables[table]["breaks"], table


def test_every_row_and_document_was_read_and_every_quote_found(outputs: Path) -> None:
    intake = json.loads((outputs / "intake.json").read_text(encoding="utf-8"))
    assert intake["totals"]["refused"] == 0
    assert intake["totals"]["read"] == intake["totals"]["there"]
    assert intake["by_thing"]["documents"]["read"] == 12
    assert intake["by_thing"]["quotes"]["read"] > 0
    assert intake["conflicts"] == 3


def test_the_written_reviews_are_all_read_in_depth(tables: dict[str, Any]) -> None:
    cell = tables["reviews-written-out"]["cells"]["2011-14"]
    assert (cell["count"], cell["base"]) == (12, 66)


def test_every_figure_of_the_prose_is_typed_nowhere() -> None:
    done = subprocess.run([sys.executable, "-c", CASEREVIEW, "check", STUDY], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("publication", ["briefing", "report"])
def test_every_page_says_that_the_data_are_synthetic(outputs: Path, publication: str) -> None:
    with pypdfium2.PdfDocument(outputs / f"{publication}.pdf") as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    assert all("synthetic" in page.lower() for page in pages)
    assert "synthetic" in (outputs / f"{publication}.html").read_text(encoding="utf-8").lower()
