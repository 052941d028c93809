"""One plan, counted by the product, against what R and PSPP made of the same reviews: to 1e-9, or to the digits printed.

What R and PSPP said is stored, with their versions in programs.json; `make references` runs them again.
"""

import csv
import json
import math
import re
from typing import Any

import pytest

from casereview.analysis import analyse
from casereview.analysis.statistics import pairs
from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.intervals import Z95
from casereview.study.checks import plan
from tests.references.drawn_reviews import reviews_release, reviews_study
from tests.references.figures import figures
from tests.references.run import HERE, installed, run, scripts, stored

SAID = json.loads((HERE / "reviews.json").read_text(encoding="utf-8"))["values"]
TABLES = sorted({name.partition("/")[0] for name in SAID})
ROUGH, DELTA = ".rough", ".delta"

# What has no figure of R's here, and why.
ELSEWHERE = {
    r"raters/.*/(low|high)": "by bootstrap, or Gwet's intervals, which agreement.R has",
    r"two-raters/.*(scott-pi|pabak)/(low|high)": "Gwet's interval, which agreement.R has; Wilson's of the per cent, scaled",
    r"(raters|two-raters)/[a-z0-9-]+/statistic": "the number of the cell once more",
    r"two-raters/kappa.*/(low|high)": "the interval of the cell once more",
    r"(raters|two-raters)/raters\.(n|coders)/value": "a count",
    r"death.*\.(n|events)/value": "a count",
    r"death.*/(plan-never|region-north|abuse-no)\.(crude-)?odds-ratio/value": "1, the reference",
    r".*[/.]total(\..*)?/(low|high|percent\.column)": "of a total",
    r"setting-by-region/home\..*": "a row that the filter empties, and that is dropped",
    r".*/other-combinations(\.[a-z]+)?/.*": "none is left over",
}


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    of = reviews_study()
    return figures(analyse(of, reviews_release(tmp_path_factory.mktemp("reviews"), of)).tables)


def test_the_plan_is_one_that_is_accepted() -> None:
    assert list(plan.check(reviews_study())) == []


@pytest.mark.parametrize("table", TABLES)
def test_every_figure_of_r(ours: dict[str, float], table: str) -> None:
    theirs = {at: value for at, value in SAID.items() if at.startswith(f"{table}/") and not at.endswith((ROUGH, DELTA))}
    assert {at: ours.get(at) for at in theirs} == pytest.approx(theirs, rel=1e-9, abs=1e-12)


def test_the_page_says_how_many_figures_there_are() -> None:
    page = (HERE.parents[1] / "docs" / "references.md").read_text(encoding="utf-8")
    assert f"{sum(not at.endswith((ROUGH, DELTA)) for at in SAID):,} numbers against R" in page


def test_r_is_rough_where_it_looks_for_roots(ours: dict[str, float]) -> None:
    """fisher.test ends its search at 1e-4: its odds ratio and interval are right to three or four digits."""
    for at, value in SAID.items():
        if at.endswith(ROUGH):
            assert ours[at.removesuffix(ROUGH)] == pytest.approx(value, rel=2e-3)


def test_the_error_that_spss_gives_the_symmetric_d_is_near_that_of_the_delta_method(ours: dict[str, float]) -> None:
    differences = [abs(ours[at.removesuffix(DELTA)] - value) for at, value in SAID.items() if at.endswith(DELTA)]
    assert 0 < max(differences) < 1e-4


def test_no_number_of_the_plan_is_without_a_reference(ours: dict[str, float]) -> None:
    numbers = re.compile(r".*/(statistic|p|value|adjusted|low|high|expected|residual|percent\.column)")
    alone = {at for at in ours if numbers.fullmatch(at) and at not in SAID}
    assert [at for at in sorted(alone) if not any(re.fullmatch(one, at) for one in ELSEWHERE)] == []
    assert [one for one in ELSEWHERE if not any(re.fullmatch(one, at) for at in ours)] == []


# PSPP


class Printed:
    """The tables that PSPP printed, by their titles; a label stands for the lines below it, too."""

    def __init__(self, said: str) -> None:
        blocks = [list(csv.reader(block.strip().splitlines())) for block in said.split("\n\n")]
        tables = [lines for lines in blocks if lines[0][0].startswith("Table: ")]
        self.tables = [(title.removeprefix("Table: "), filled(lines)) for (title, *_), *lines in tables]

    def number(self, title: str, nth: int, labels: tuple[str, ...], column: int) -> str:
        """Of the nth table with a title, the number in a column of the line that begins with these labels."""
        lines = [lines for name, lines in self.tables if name == title][nth]
        line = next(line for line in lines if tuple(cell for cell in line if cell)[: len(labels)] == labels)
        return line[line.index(labels[-1]) + 1 + column].removesuffix("%")


def filled(lines: list[list[str]]) -> list[list[str]]:
    above: list[str] = []
    for line in lines:
        blank = next((place for place, cell in enumerate(line) if cell), 0)
        line[:blank] = above[:blank]
        above = line
    return lines


@pytest.fixture(scope="module")
def printed() -> Printed:
    return Printed((HERE / "reviews.pspp.csv").read_text(encoding="utf-8"))


def as_printed(value: float, said: str) -> bool:
    """Whether a number is the one that was printed, rounded to as many places."""
    places = len(said.partition(".")[2])
    return abs(value - float(said)) <= 0.5000001 * 10.0**-places + 1e-11 * abs(value)


CHI = "Chi-Square Tests"
PEARSON, G, LINEAR, YATES, EXACT = (
    ("Pearson Chi-Square",),
    ("Likelihood Ratio",),
    ("Linear-by-Linear Association",),
    ("Continuity Correction",),
    ("Fisher's Exact Test",),
)
SYMMETRIC, ORDINAL = "Symmetric Measures", "Ordinal by Ordinal"
BY_PSPP = [
    ("plans/never/count", "plan", 0, ("Valid", "1"), 0),
    ("plans/never/percent.records", "plan", 0, ("Valid", "1"), 1),
    ("plans/never/percent.column", "plan", 0, ("Valid", "1"), 2),
    ("plans/past/percent.cumulative", "plan", 0, ("Valid", "2"), 3),
    ("plans-weighted/past/weighted", "plan", 1, ("Valid", "2"), 0),
    ("plans-weighted/past/percent.column", "plan", 1, ("Valid", "2"), 2),
    ("plan-by-outcome/never.fatal/expected", "plan × outcome", 0, ("plan", "1", "Expected"), 0),
    ("plan-by-outcome/never.harm/percent.row", "plan × outcome", 0, ("plan", "1", "Row %"), 1),
    ("plan-by-outcome/past.fatal/percent.column", "plan × outcome", 0, ("plan", "2", "Column %"), 0),
    ("plan-by-outcome/now.harm/percent.total", "plan × outcome", 0, ("plan", "3", "Total %"), 1),
    ("plan-by-outcome/never.fatal/adjusted", "plan × outcome", 0, ("plan", "1", "Adjusted Residual"), 0),
    ("plan-by-outcome/now.fatal/residual", "plan × outcome", 1, ("plan", "3", "Std. Residual"), 0),
    ("plan-by-outcome/chi-square/statistic", CHI, 0, PEARSON, 0),
    ("plan-by-outcome/chi-square/p", CHI, 0, PEARSON, 2),
    ("plan-by-outcome/likelihood-ratio/statistic", CHI, 0, G, 0),
    ("plan-by-outcome/likelihood-ratio/p", CHI, 0, G, 2),
    ("plan-by-outcome/linear-by-linear/statistic", CHI, 0, LINEAR, 0),
    ("plan-by-outcome/linear-by-linear/p", CHI, 0, LINEAR, 2),
    ("plan-by-outcome/cramers-v/statistic", SYMMETRIC, 0, ("Nominal by Nominal", "Cramer's V"), 0),
    ("plan-by-outcome/tau-b/statistic", SYMMETRIC, 0, (ORDINAL, "Kendall's tau-b"), 0),
    ("plan-by-outcome/tau-b/error", SYMMETRIC, 0, (ORDINAL, "Kendall's tau-b"), 1),
    ("plan-by-outcome/gamma/statistic", SYMMETRIC, 0, (ORDINAL, "Gamma"), 0),
    ("plan-by-outcome/gamma/error", SYMMETRIC, 0, (ORDINAL, "Gamma"), 1),
    ("plan-by-outcome/somers-d/statistic", "Directional Measures", 0, (ORDINAL, "Somers' d", "Symmetric"), 0),
    ("plan-by-outcome/somers-d/p", "Directional Measures", 0, (ORDINAL, "Somers' d", "Symmetric"), 3),
    ("severity-by-plan/chi-square/statistic", CHI, 1, PEARSON, 0),
    ("severity-by-plan/linear-by-linear/statistic", CHI, 1, LINEAR, 0),
    ("severity-by-plan/tau-b/error", SYMMETRIC, 1, (ORDINAL, "Kendall's tau-b"), 1),
    ("severity-by-plan/gamma/error", SYMMETRIC, 1, (ORDINAL, "Gamma"), 1),
    ("abuse-by-outcome/chi-square/statistic", CHI, 2, PEARSON, 0),
    ("abuse-by-outcome/chi-square-yates/statistic", CHI, 2, YATES, 0),
    ("abuse-by-outcome/fisher/p", CHI, 2, EXACT, 3),
    ("abuse-by-outcome/odds-ratio/statistic", "Risk Estimate", 0, ("Odds Ratio for abuse (1 / 2)",), 0),
    ("abuse-by-outcome-by-region/chi-square@north/statistic", CHI, 3, ("region", "1", *PEARSON), 0),
    ("abuse-by-outcome-by-region/chi-square@south/p", CHI, 3, ("region", "3", *PEARSON), 2),
    (
        "abuse-by-outcome-by-region/yes.fatal.south/count",
        "abuse × outcome × region",
        0,
        ("region", "3", "abuse", "1", "Count"),
        0,
    ),
    ("two-raters/raters.kappa/value", SYMMETRIC, 3, ("Measure of Agreement", "Kappa"), 0),
    ("plan-by-outcome/mann-whitney/smaller", "Test Statistics", 0, ("plan",), 0),
    ("plan-by-outcome/mann-whitney/p", "Test Statistics", 0, ("plan",), 3),
    ("severity-by-plan/kruskal-wallis/statistic", "Test Statistics", 2, ("Chi-Square",), 0),
    ("severity-by-plan/kruskal-wallis/p", "Test Statistics", 2, ("Asymp. Sig.",), 0),
    ("days/mann-whitney/smaller", "Test Statistics", 3, ("days",), 0),
    ("ages/kruskal-wallis/statistic", "Test Statistics", 4, ("Chi-Square",), 0),
    ("ages/never.mean/value", "Descriptives", 1, ("age", "1", "Mean"), 1),
    ("ages/past.sd/value", "Descriptives", 1, ("age", "2", "Std. Deviation"), 1),
    ("ages/past.upper-quartile/value", "Percentiles", 1, ("age", "2", "Weighted Average"), 2),
    ("plan-by-outcome-weighted/never.fatal/weighted", "plan × outcome", 2, ("plan", "1", "Count"), 0),
    ("plan-by-outcome-weighted/never.fatal/expected", "plan × outcome", 2, ("plan", "1", "Expected"), 0),
    ("plan-by-outcome-weighted/now.fatal/adjusted", "plan × outcome", 2, ("plan", "3", "Adjusted Residual"), 0),
    ("plan-by-outcome-weighted/chi-square/statistic", CHI, 4, PEARSON, 0),
    ("plan-by-outcome-weighted/likelihood-ratio/statistic", CHI, 4, G, 0),
    ("plan-by-outcome-weighted/linear-by-linear/statistic", CHI, 4, LINEAR, 0),
    ("plan-by-outcome-weighted/gamma/statistic", SYMMETRIC, 4, (ORDINAL, "Gamma"), 0),
    ("plan-by-outcome-weighted/gamma/error", SYMMETRIC, 4, (ORDINAL, "Gamma"), 1),
]


@pytest.mark.parametrize(("at", "title", "nth", "labels", "column"), BY_PSPP)
def test_every_figure_of_pspp(
    ours: dict[str, float], printed: Printed, at: str, title: str, nth: int, labels: Any, column: int
) -> None:
    assert as_printed(figure(ours, at), printed.number(title, nth, labels, column))


def figure(ours: dict[str, float], at: str) -> float:
    """A figure; `error` is the standard error behind an interval, `smaller` the smaller of the two U."""
    table, _, name = at.rpartition("/")
    if name == "error":
        return (ours[f"{table}/high"] - ours[f"{table}/low"]) / 2 / Z95
    if name == "smaller":
        groups = ("fatal", "harm")
        slug = table.partition("/")[0]
        sizes = [ours.get(f"{slug}/total.{one}/count", ours.get(f"{slug}/{one}.n/value")) for one in groups]
        return min(ours[f"{table}/statistic"], sizes[0] * sizes[1] - ours[f"{table}/statistic"])
    return ours[at]


def test_somers_d_either_way(ours: dict[str, float], printed: Printed) -> None:
    plans, outcomes = ("never", "past", "now"), ("fatal", "harm")
    counts = tuple(tuple(ours[f"plan-by-outcome/{plan}.{outcome}/count"] for outcome in outcomes) for plan in plans)
    of = pairs.pairs(Observed(counts, plans, outcomes))
    for what, measure in (("plan", pairs.somers_rows), ("outcome", pairs.somers_columns)):
        labels = (ORDINAL, "Somers' d", f"{what} Dependent")
        found = measure(of)
        for column, value in enumerate((found.value, found.error, found.z, found.p)):
            assert as_printed(value, printed.number("Directional Measures", 0, labels, column))


def test_where_pspp_is_not_followed(ours: dict[str, float], printed: Printed) -> None:
    """Its risk ratio is not that of its own table; its error of κ is not that of Fleiss, Cohen and Everitt, which R has."""
    counts = [ours[f"abuse-by-outcome/{at}/count"] for at in ("yes.fatal", "yes.total", "no.fatal", "no.total")]
    ratio = counts[0] / counts[1] / (counts[2] / counts[3])
    assert ours["abuse-by-outcome/risk-ratio/statistic"] == pytest.approx(ratio, rel=1e-12)
    assert printed.number("Risk Estimate", 0, ("For cohort outcome = 1",), 0) == "1.198700698856" != f"{ratio:.12f}"
    error = float(printed.number(SYMMETRIC, 3, ("Measure of Agreement", "Kappa"), 1))
    assert 1e-5 < abs(figure(ours, "two-raters/raters.kappa/error") - error) < 2e-5


def test_the_coefficients_of_the_logistic_regression(ours: dict[str, float], printed: Printed) -> None:
    """PSPP stops when coefficients change by less than 0.001, models the other outcome, and compares with the last answers."""
    b = {
        name: float(printed.number("Variables in the Equation", 0, ("Step 1", name), 0)) for name in ("age", "plan(1)", "plan(2)")
    }
    abuse = float(printed.number("Variables in the Equation", 0, ("Step 1", "abuse(1)"), 0))
    expected = {"plan-now": b["plan(1)"], "plan-past": b["plan(1)"] - b["plan(2)"], "abuse-yes": -abuse, "age": -5 * b["age"]}
    found = {name: math.log(ours[f"death/{name}.odds-ratio/value"]) for name in expected}
    assert found == pytest.approx(expected, abs=1e-5)


# Once more


@pytest.mark.long
@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.name)
def test_the_programs_still_say_what_is_stored(script: Any) -> None:
    if not installed(script):
        pytest.skip(f"{script.suffix} has no program here")
    kept, said = stored(script).read_text(encoding="utf-8"), run(script)
    if script.suffix == ".sps":
        assert said == kept
    else:
        assert numbers(json.loads(said)) == pytest.approx(numbers(json.loads(kept)), rel=1e-9, abs=1e-12)


def numbers(said: Any) -> list[float]:
    """Every number of a JSON document, in order."""
    if isinstance(said, dict | list):
        return [number for one in (said.values() if isinstance(said, dict) else said) for number in numbers(one)]
    return [said] if isinstance(said, int | float) else []


def test_every_script_has_what_it_said_and_the_version_that_said_it() -> None:
    programs = json.loads((HERE / "programs.json").read_text(encoding="utf-8"))
    assert {name: one["script"] for name, one in programs.items()} == {stored(one).name: one.name for one in scripts()}
    assert all(re.search(r"\d+\.\d+\.\d+", one["program"]) for one in programs.values())
