"""Long tables in short rows: none is lost, each says under its heading what its own label said."""

from collections import Counter
from pathlib import Path

import pytest

from casereview.analysis.questions import question
from casereview.analysis.tables import Cell, CellTable, Heading
from casereview.publish.arranged import arranged
from casereview.publish.counted import counted
from casereview.publish.printed import PrintedTable
from casereview.study import read
from casereview.study.study import Study

STUDY = Path(__file__).parents[3] / "examples" / "pathways-to-harm"
SAID = {"asked": "chronologies", "behind-practice": "conditions", "pathways": "pathways"}
TOTAL = Heading("total", "All cases", "total")


@pytest.fixture(scope="module")
def study() -> Study:
    return read(STUDY)


def printed(study: Study, slug: str) -> PrintedTable:
    rows = [*(row.heading for row in question(study, slug).lines), TOTAL]  # type: ignore[union-attr]
    cells = {row.slug: Cell(row.slug, 1, 2, 50.0, None, {"column": 50.0}, {"column": 2}) for row in rows}
    return counted(study, CellTable(slug, "T", SAID[slug], "case", tuple(rows), (), cells, 2, 2, {}, (), ""))  # type: ignore[arg-type]


@pytest.mark.parametrize("slug", SAID)
def test_every_row_has_a_place_that_says_what_its_label_said(study: Study, slug: str) -> None:
    places = arranged(study, study.plan.asked[slug])
    for row in question(study, slug).lines:  # type: ignore[union-attr]
        last = places[row.heading.slug].label.lower().split()[-1]
        assert last in row.heading.label.lower() or places[row.heading.slug].label == "The problem itself"
    assert max(Counter((one.under, one.label) for one in places.values()).values()) == 1


@pytest.mark.parametrize("slug", SAID)
def test_each_heading_stands_once_and_all_cases_come_first(study: Study, slug: str) -> None:
    table = printed(study, slug)
    heads = [line.label for line in table.lines if line.kind == "group"]
    assert len(heads) == len(set(heads)) > 1
    assert table.lines[0].label == "All cases"
    assert len(table.lines) == len(question(study, slug).lines) + 1 + len(heads)  # type: ignore[union-attr]
    assert table.layered


def test_what_is_lacking_is_indented_under_what_cannot_be_said(study: Study) -> None:
    lines = printed(study, "asked").lines
    first = [(line.label, line.depth) for line in lines[1:6]]
    assert first[1:4] == [("Asked", 0), ("Cannot be said", 0), ("for want of a date exact enough", 1)]
    assert lines[1].kind == "group"
