"""Pathways of many cases as one graph: weights, degrees and strengths as igraph of R has them. Every case is made up."""

import csv
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from casereview import release
from casereview.analysis import analyse
from casereview.analysis.tables import CellTable
from casereview.study.pathways import Pathways
from casereview.study.plan import Plan
from tests.builders import a_study, cases, content

HERE = Path(__file__).parent
SAID = json.loads((HERE / "graph.json").read_text(encoding="utf-8"))
HARMS = ("death", "harm")


def drawn() -> list[dict[str, str]]:
    """The links; a case may have drawn one twice, by two readers."""
    with (HERE / "graph.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row | {"part": str(number), "source": "coded", "coder": f"r{number}"} for number, row in enumerate(rows)]


@pytest.fixture(scope="module")
def table(tmp_path_factory) -> CellTable:
    names = sorted({row[end] for row in drawn() for end in ("start", "end")})
    factors = {name: {"label": name, "side": "harm" if name in HARMS else "risk"} for name in names}
    plan = Plan.model_validate({"pathways": {"paths": {"title": "Paths"}}})
    study = replace(a_study({"plan": {}}), pathways=Pathways.model_validate({"factors": factors}), plan=plan)
    made = content(cases=cases(*(f"c{number:02}" for number in range(1, 81))), links=drawn())
    found: Any = analyse(study, release.opened(release.freeze(study, made, tmp_path_factory.mktemp("releases")))).tables["paths"]
    return found


def weights(table: CellTable) -> dict[tuple[str, str], int]:
    return {
        (start, end): table.cells[f"{start}-to-{end}"].count
        for start in SAID["cases"]
        for end in SAID["cases"]
        if f"{start}-to-{end}" in table.cells
    }


def test_links_have_the_weights_of_igraph(table):
    assert weights(table) == {(start, end): weight for start, end, weight in SAID["links"]}


def test_factors_stand_in_as_many_cases(table):
    assert {name: table.cells[name].count for name in SAID["cases"]} == SAID["cases"]


def test_degrees_and_strengths_are_those_of_igraph(table):
    found = weights(table)
    assert Counter(end for _, end in found) == Counter(SAID["degree_in"])
    assert Counter(start for start, _ in found) == +Counter(SAID["degree_out"])
    strength = Counter[str]()
    for pair, weight in found.items():
        for name in pair:
            strength[name] += weight
    assert strength == Counter(SAID["strength"])
