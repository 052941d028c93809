"""Layers, weights and percentages of responses, on two engines. Every case is fictional."""

import json

import pytest

from casereview.analysis import analyse, as_json
from tests.drawn_release import release, study

VARIABLES = {
    "outcome": {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Harm", "near": "Near miss"}},
    "abuse": {"type": "yes-no"},
    "plan": {
        "type": "nominal",
        "categories": {"now": "Now", "never": "Never", "old": {"label": "Old", "retired": {"since": "2007-09", "why": "x"}}},
    },
    "factors": {"type": "multiple", "categories": {"drink": "Drink", "drugs": "Drugs"}},
    "size": {"type": "number"},
}
CASES = [
    {"outcome": "fatal", "abuse": "yes", "plan": "now", "factors": ["drink", "drugs"], "size": 2.0},
    {"outcome": "fatal", "abuse": "no", "plan": "now", "factors": ["drink"], "size": 0.25},
    {"outcome": "harm", "abuse": "yes", "plan": "never", "factors": [], "size": 1.0},
    {"outcome": "harm", "abuse": "no", "plan": "unclear", "factors": "unclear", "size": -1.0},
    {"outcome": "unclear", "abuse": "unclear", "plan": "unclear", "factors": ["drugs"], "size": "unclear"},
]


@pytest.fixture(params=["duckdb", "plain"])
def table(request, tmp_path):
    def count(**given):
        of = study(VARIABLES, {"t": given})
        cases = [{"case": f"c{number}", "wave": "2007-09"} | row for number, row in enumerate(CASES)]
        analysis = analyse(of, release(tmp_path, of, cases), request.param)
        made = analysis.tables["t"]
        members = {address: one.total for address, one in analysis.members_of("t").items()}
        assert {address: members[address] for address in made.cells} == {one.address: one.count for one in made.cells.values()}
        assert made.records == made.base + sum(made.absences.values())
        json.loads(as_json(analysis))
        return made

    return count


def test_layers_of_all_records_have_the_absences_among_them(table):
    made = table(rows="outcome", columns="abuse", layers="plan", base="all")
    assert [heading.slug for heading in made.layers] == ["now", "never", "unclear", "total"]
    assert (made.base, made.absences) == (5, {})
    assert made.cells["harm.no.unclear"].count == 1
    assert made.cells["harm.no.unclear"].expected is None
    assert made.cells["unclear.unclear"].count == 1
    assert made.cells["unclear.unclear"].expected is None
    assert made.cells["fatal.yes.now"].expected == 1.0


def test_an_absent_layer_is_left_out_after_rows_and_columns(table):
    made = table(rows="outcome", columns="abuse", layers="plan")
    assert made.absences == {"unclear": 2}
    assert made.notes[0] == "Left out of the base: 1 (Outcome: Unclear) and 1 (Plan: Unclear)."


def test_tests_are_made_in_the_layers_that_are_answers(table):
    made = table(rows="outcome", columns="abuse", layers="plan", base="all", tests=["chi-square", "mantel-haenszel"])
    assert [(test.name, test.layer) for test in made.tests] == [
        ("chi-square", "Now"), ("chi-square", "Never"), ("mantel-haenszel", "")
    ]  # fmt: skip


def test_what_takes_layers_together_says_that_there_are_none(table):
    (test,) = table(rows="outcome", columns="abuse", tests=["mantel-haenszel"]).tests
    assert test.statistic is None


def test_a_multiple_response_in_layers_has_no_test(table):
    made = table(rows="factors", columns="abuse", layers="outcome", measures=["phi"])
    assert made.cells["drink.yes.fatal"].percents["responses"] == 50.0
    assert made.cells["drugs.yes.fatal"].bases["responses"] == 2
    assert made.cells["drink.no"].percents == {
        "column": 100.0,
        "row": 50.0,
        "total": 100 / 3,
        "responding": 100.0,
        "responses": 100.0,
    }
    assert [test.statistic for test in made.tests] == [None]


def test_no_percentage_of_responses_where_there_is_none(table):
    cell = table(rows="factors", where={"abuse": {"is": "yes"}, "outcome": {"is": "harm"}}).cells["drink"]
    assert (cell.count, cell.percents["column"], cell.percents["responses"], cell.percents["responding"]) == (0, 0.0, None, None)


def test_a_nought_in_a_crosstab_has_an_adjusted_residual_and_an_empty_row_none(table):
    made = table(rows="outcome", columns="abuse", where={"plan": {"is": "now"}})
    assert (made.cells["harm.yes"].expected, made.cells["harm.yes"].residual, made.cells["harm.yes"].adjusted) == (
        0.0,
        None,
        None,
    )
    assert made.cells["fatal.yes"].adjusted is None


def test_weights_are_summed_beside_the_counts(table):
    made = table(rows="outcome", columns="abuse", weight="size", percent="row")
    cell = made.cells["fatal.yes"]
    assert (cell.count, cell.base, cell.weighted, cell.weighted_base, cell.percent) == (1, 2, 2.0, 2.25, 100 * 2 / 2.25)
    assert (made.records, made.base) == (3, 3)
    assert cell.interval is None
    assert "no weight above 0: 2" in made.notes[0]


def test_weights_of_layers_and_of_a_multiple_response(table):
    assert table(rows="outcome", columns="abuse", layers="plan", weight="size").cells["fatal.total.now"].weighted == 2.25
    made = table(rows="factors", weight="size")
    assert made.cells["drugs"].percents == {
        "column": 100 * 2 / 3.25, "responding": 100 * 2 / 2.25, "responses": 100 * 2 / 4.25
    }  # fmt: skip
    assert made.cells["drugs"].bases == {"column": 3, "responding": 2, "responses": 3}


def test_a_weighted_share(table):
    made = table(rows="plan", share={"label": "x", "holds": {"abuse": {"is": "yes"}}}, weight="size")
    assert (made.cells["now"].percent, made.cells["now"].interval) == (100 * 2 / 2.25, None)


def test_exact_intervals(table):
    made = table(rows="outcome", intervals="clopper-pearson")
    interval = made.cells["near"].interval
    assert (interval.low, interval.method) == (0.0, "clopper-pearson-95")
    assert interval.high == pytest.approx(100 * (1 - 0.025**0.25), rel=1e-12)


def test_the_cumulative_percentage_counts_what_is_not_shown(table):
    made = table(rows="plan", base="all")
    assert made.cells["old"].percents["cumulative"] == 60.0
    assert made.cells["unclear"].percents["cumulative"] == 100.0
    assert "cumulative" not in made.cells["total"].percents
