"""Tables of a made-up file, as PSPP 1.6.2 printed them: tests/references/tables.sps, counts and figures to their last digit."""

import csv
from pathlib import Path

import pytest

from casereview.analysis import analyse
from tests.drawn_release import release, study

REFERENCES = Path(__file__).parents[2] / "references"
CODES = {
    "outcome": {"1": "fatal", "2": "harm"},
    "plan": {"1": "now", "2": "past", "3": "never"},
    "abuse": {"1": "yes", "2": "no"},
}
VARIABLES = {name: {"type": "nominal", "categories": {slug: slug for slug in codes.values()}} for name, codes in CODES.items()}
VARIABLES |= {"days": {"type": "number"}, "weight": {"type": "number"}}
CROSSED = {"rows": "plan", "columns": "outcome", "tests": ["chi-square", "likelihood-ratio", "linear-by-linear"]}
TABLES = {"one": {"rows": "abuse", "missing": "as-rows"}, "two": CROSSED, "three": CROSSED | {"layers": "abuse"}}
SUMMARIES = {"all": {"of": "days"}, "groups": {"of": "days", "rows": "outcome"}}


def _record(number: int, row: dict[str, str]) -> dict:
    coded = {name: codes.get(row[name], "not-stated") for name, codes in CODES.items()}
    days = float(row["days"]) if row["days"] != "-9" else "not-stated"
    return coded | {"case": f"c{number:02}", "wave": "2007-09", "days": days, "weight": float(row["weight"])}


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    tables = TABLES | {f"{slug}-weighted": table | {"weight": "weight"} for slug, table in TABLES.items()}
    titled = {slug: {"title": slug} | one for slug, one in SUMMARIES.items()}
    summaries = titled | {f"{slug}-weighted": one | {"weight": "weight"} for slug, one in titled.items()}
    of = study(VARIABLES, tables, plan={"summaries": summaries})
    with (REFERENCES / "tables.csv").open(encoding="utf-8") as file:
        records = [_record(number, row) for number, row in enumerate(csv.DictReader(file))]
    return analyse(of, release(tmp_path_factory.mktemp("release"), of, records)).tables


@pytest.fixture(scope="module")
def printed():
    """The blocks that PSPP printed under a title, in order; the labels of a line stand in the columns before its numbers."""
    blocks: dict[str, list[list[list[str]]]] = {}
    for block in (REFERENCES / "tables.pspp.csv").read_text(encoding="utf-8").split("\n\n"):
        (title, *_), *lines = csv.reader(block.strip().splitlines())
        blocks.setdefault(title, []).append(lines)
    return {title.removeprefix("Table: "): several for title, several in blocks.items() if title.startswith("Table: ")}


def number(said: str) -> float:
    return float(said.removesuffix("%"))


WEIGHTED = pytest.mark.parametrize(("place", "suffix"), [(0, ""), (1, "-weighted")])


@WEIGHTED
def test_frequencies(counted, printed, place, suffix):
    cells = counted[f"one{suffix}"].cells
    for _, slug, count, *percents in printed["abuse"][place][1:-1]:
        cell = cells[slug]
        assert (cell.weighted if suffix else cell.count) == pytest.approx(number(count), abs=1e-12)
        ours = [cell.percents.get(which) for which in ("records", "column", "cumulative")]
        assert ours == [pytest.approx(number(one), abs=0.05 + 1e-9) if one else None for one in percents]


@WEIGHTED
def test_crosstabs(counted, printed, place, suffix):
    cells, row = counted[f"two{suffix}"].cells, ""
    for line in printed["plan × outcome"][place][2:]:
        row = (line[0] or line[1]).lower() if line[0] == "Total" else line[1] or row
        for column, said in zip(("fatal", "harm", "total"), line[-3:], strict=True):
            same(cells[f"{row}.{column}"], line[2], said)


def test_layers(counted, printed):
    cells, layer, row = counted["three"].cells, "", ""
    for line in printed["plan × outcome × abuse"][0][2:]:
        layer, row = line[1] or layer, line[2].lower() if line[2] == "Total" else line[3] or row
        for column, said in zip(("fatal", "harm", "total"), line[-3:], strict=True):
            same(cells[f"{row}.{column}.{layer}"], line[4], said)


def same(cell, measure: str, said: str) -> None:
    """PSPP gives the expected counts of totals as shares, and we give none."""
    if not said or (measure == "Expected" and cell.expected is None):
        return
    ours = {
        "Count": (cell.weighted if cell.weighted is not None else cell.count, 1e-12),
        "Expected": (cell.expected, 1e-11),
        "Row %": (cell.percents["row"], 0.05 + 1e-9),
        "Column %": (cell.percents["column"], 0.05 + 1e-9),
        "Total %": (cell.percents["total"], 0.05 + 1e-9),
        "Adjusted Residual": (cell.adjusted, 0.005 + 1e-9),
    }
    value, within = ours[measure]
    assert value == pytest.approx(number(said), abs=within), (cell.address, measure)


def test_chi_square_of_layers_and_of_weights(counted, printed):
    layers, weighted = printed["Chi-Square Tests"]
    theirs = [number(line[3]) for line in layers[1:] if "Valid" not in line[2]]
    assert [test.statistic for test in counted["three"].tests] == pytest.approx(theirs, abs=1e-11)
    assert [test.layer for test in counted["three"].tests] == ["yes"] * 3 + ["no"] * 3
    theirs = [number(line[1]) for line in weighted[1:] if "Valid" not in line[0]]
    assert [test.statistic for test in counted["two-weighted"].tests] == pytest.approx(theirs, abs=1e-11)


@WEIGHTED
def test_quartiles(counted, printed, place, suffix):
    quarters = ("lower-quartile", "median", "upper-quartile")
    (_, _, whole, *_), groups = printed["Percentiles"][2 * place : 2 * place + 2]
    said = {"total": whole[2:]} | {line[1]: line[3:] for line in groups if line[2] == "Weighted Average"}
    for group, theirs in said.items():
        cells = counted[f"{'all' if group == 'total' else 'groups'}{suffix}"].cells
        assert [cells[f"{group}.{one}"].value for one in quarters] == pytest.approx([number(one) for one in theirs], abs=1e-11)


@WEIGHTED
def test_means_and_spreads(counted, printed, place, suffix):
    named = {"Mean": "mean", "Std. Deviation": "sd", "Minimum": "minimum", "Maximum": "maximum"}
    cells, group = counted[f"groups{suffix}"].cells, ""
    compared = 0
    for line in printed["Descriptives"][2 * place + 1][1:]:
        group = line[1] or group
        if line[2] in named:
            assert cells[f"{group}.{named[line[2]]}"].value == pytest.approx(number(line[4]), abs=1e-11)
            compared += 1
    assert compared == 8
