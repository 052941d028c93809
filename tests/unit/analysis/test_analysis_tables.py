"""Tables as counted on both engines. Every case is fictional."""

import json
from pathlib import Path

import pytest

from casereview.analysis import analyse, as_json
from casereview.analysis.shape import addresses
from casereview.study.problems import AnalysisRefused
from tests.drawn_release import release, study

OUTCOME = {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Serious harm"}}
PLAN = {
    "type": "nominal",
    "categories": {
        "now": "Current",
        "past": "Previous",
        "never": "Never",
        "old": {"label": "Register", "retired": {"since": "2007-09", "why": "x"}},
    },
}
VARIABLES = {
    "outcome": OUTCOME,
    "plan": PLAN,
    "factors": {"type": "multiple", "categories": {"drink": "Drink", "drugs": "Drugs", "debt": "Debt"}},
    "abuse": {"type": "yes-no"},
    "illness": {"type": "yes-no"},
    "either": {"type": "yes-no", "derived": {"any_of": ["abuse", "illness"]}},
    "age": {"type": "number", "unit": "child"},
    "sex": {"type": "nominal", "unit": "child", "categories": {"girl": "Girl", "boy": "Boy"}},
}
CASES = [
    {
        "case": "c1",
        "wave": "2003-05",
        "outcome": "fatal",
        "plan": "now",
        "factors": ["drink", "drugs"],
        "abuse": "yes",
        "illness": "no",
    },
    {"case": "c2", "wave": "2005-07", "outcome": "fatal", "plan": "never", "factors": [], "abuse": "no", "illness": "unclear"},
    {
        "case": "c3",
        "wave": "2005-07",
        "outcome": "harm",
        "plan": "past",
        "factors": "not-stated",
        "abuse": "not-stated",
        "illness": "unclear",
    },
    {
        "case": "c4",
        "wave": "2007-09",
        "outcome": "harm",
        "plan": "unclear",
        "factors": ["drink"],
        "abuse": "yes",
        "illness": "yes",
    },
    {"case": "c5", "wave": "2007-09", "plan": "now", "factors": ["debt"], "abuse": "yes", "illness": "yes"},
]
CHILDREN = [
    {"person": "p1", "case": "c1", "age": 1.0, "sex": "girl"},
    {"person": "p2", "case": "c1", "age": 3.0, "sex": "boy"},
    {"person": "p3", "case": "c4", "age": "unclear", "sex": "boy"},
]
SAMPLES = [
    {"sample": "deep", "case": "c1", "status": "drawn"},
    {"sample": "deep", "case": "c2", "status": "replaced", "other": "c4", "reason": "No report"},
    {"sample": "deep", "case": "c4", "status": "substitute", "other": "c2"},
]


@pytest.fixture(params=["duckdb", "plain"])
def table(request, tmp_path: Path):
    def count(**given):
        of = study(VARIABLES, {"t": given}, samples={"deep": {"label": "Read in depth", "method": "all"}})
        frozen = release(tmp_path, of, CASES, {"child": CHILDREN}, samples=SAMPLES)
        counted = analyse(of, frozen, request.param).tables["t"]
        assert counted.records == counted.base + sum(counted.absences.values())
        assert tuple(counted.cells) == addresses(of, of.plan.tables["t"])
        json.loads(as_json(analyse(of, frozen, request.param)))
        return counted

    return count


def counts(of):
    return {address: (cell.count, cell.base) for address, cell in of.cells.items()}


def test_a_frequency_table_leaves_the_absences_out_of_its_base(table):
    made = table(rows="plan", subtotals={"ever": {"label": "Ever", "of": ["now", "past"]}})
    assert [heading.slug for heading in made.rows] == ["now", "past", "never", "ever", "total"]
    assert counts(made) == {"now": (2, 4), "past": (1, 4), "never": (1, 4), "old": (0, 4), "ever": (3, 4), "total": (4, 4)}
    assert made.absences == {"unclear": 1}
    assert made.cells["now"].percent == 50.0
    assert made.cells["now"].percents["records"] == 40.0
    assert made.cells["total"].interval is None
    assert made.cells["ever"].interval is not None


def test_a_base_of_all_shows_the_absences_as_rows(table):
    made = table(rows="plan", base="all")
    assert (made.base, made.absences) == (5, {})
    assert made.cells["unclear"].percent == 20.0
    assert [heading.slug for heading in made.rows if heading.kind == "absence"] == ["unclear"]


def test_absences_as_rows_have_no_percentage(table):
    made = table(rows="plan", missing="as-rows")
    assert made.cells["unclear"].count == 1
    assert made.cells["unclear"].percent is None
    assert (made.base, made.absences) == (4, {"unclear": 1})


def test_a_retired_answer_is_shown_where_somebody_gave_it(tmp_path):
    of = study({"plan": PLAN}, {"t": {"rows": "plan"}})
    made = analyse(of, release(tmp_path, of, [{"case": "c", "wave": "2003-05", "plan": "old"}])).tables["t"]
    assert [heading.label for heading in made.rows] == ["Current", "Previous", "Never", "Register (no longer used)", "Total"]


def test_a_crosstab_knows_all_three_percentages(table):
    made = table(rows="plan", columns="outcome", percent="row")
    cell = made.cells["never.fatal"]
    assert (cell.count, cell.percents, cell.bases) == (
        1, {"column": 50.0, "row": 100.0, "total": pytest.approx(100 / 3)}, {"column": 2, "row": 1, "total": 3}
    )  # fmt: skip
    assert (cell.percent, cell.base) == (100.0, 1)
    assert made.cells["total.total"].count == 3
    assert made.absences == {"not-stated": 1, "unclear": 1}
    assert made.notes == ("Left out of the base: 1 (Outcome: Not stated) and 1 (Plan: Unclear).",)


def test_a_crosstab_of_all_has_absences_on_both_sides(table):
    made = table(rows="plan", columns="outcome", base="all")
    assert made.cells["unclear.harm"].count == 1
    assert made.cells["now.not-stated"].count == 1
    assert made.cells["total.total"].count == 5


def test_a_multiple_response_counts_those_who_chose_nothing(table):
    made = table(rows="factors", subtotals={"substances": {"label": "Drink or drugs", "of": ["drink", "drugs"]}})
    assert counts(made) == {"drink": (2, 4), "drugs": (1, 4), "debt": (1, 4), "substances": (2, 4), "total": (4, 4)}
    assert made.absences == {"not-stated": 1}
    assert made.cells["drink"].percents["responding"] == pytest.approx(200 / 3)


def test_a_multiple_response_by_columns(table):
    made = table(rows="factors", columns="outcome", missing="as-rows")
    assert counts(made)["drink.fatal"] == (1, 2)
    assert counts(made)["not-stated.harm"] == (1, 1)
    assert made.cells["not-stated.harm"].percent is None
    assert made.base == 3
    assert made.absences == {"not-stated": 2}


def test_several_yes_no_variables_have_a_base_each(table):
    made = table(rows=["abuse", "illness"])
    assert counts(made) == {"abuse": (3, 4), "illness": (2, 3), "total": (4, 4)}
    assert made.absences == {"not-stated": 1}


def test_a_share_is_of_those_of_whom_it_is_known(table):
    made = table(rows="wave", share={"label": "Ever", "holds": {"plan": {"in": ["now", "past"]}}})
    assert counts(made) == {"2003-05": (1, 1), "2005-07": (1, 2), "2007-09": (1, 1), "total": (3, 4)}
    assert made.absences == {"unclear": 1}


def test_a_share_of_two_conditions_is_unknown_only_where_it_cannot_be_told(table):
    made = table(rows="outcome", share={"label": "x", "holds": {"any": [{"abuse": {"is": "yes"}}, {"illness": {"is": "yes"}}]}})
    assert counts(made) == {"fatal": (1, 1), "harm": (1, 1), "total": (2, 2)}
    assert made.absences == {"not-stated": 2, "unclear": 1}


def test_a_filter_keeps_what_is_true_and_is_told_in_words(table):
    made = table(rows="outcome", where={"wave": {"in": ["2003-05", "2005-07"]}, "not": {"plan": {"is": "now"}}})
    assert made.records == 2
    assert made.where == "period: 2003 to 2005 or 2005 to 2007; plan: not Current"
    assert made.waves == ("2003-05", "2005-07")


def test_persons_inherit_the_answers_of_their_case(table):
    made = table(unit="child", rows="sex", columns="outcome", where={"sample": {"is": "deep"}, "age": {"known": True}})
    assert counts(made)["boy.fatal"] == (1, 2)
    assert made.records == 2


def test_a_sample_holds_substitutes_and_not_those_they_replaced(table):
    assert table(rows="outcome", where={"sample": {"is": "deep"}}).records == 2
    assert table(rows="outcome", where={"not": {"sample": {"is": "deep"}}}).records == 3


def test_an_empty_base_has_no_percentage(table):
    made = table(rows="plan", columns="outcome", where={"plan": {"known": False}}, tests=["chi-square"], measures=["odds-ratio"])
    assert {cell.percent for cell in made.cells.values()} == {None}
    assert "The base is empty: there is nothing to take a percentage of." in made.notes
    assert [test.statistic for test in made.tests] == [None, None]


CROSSWALK = {"plan": {"2003-05": {"comparability": "broken", "note": "Fatal cases only."}, "2005-07": {"comparability": "close"}}}


def analysed(tmp_path, about=None, **table):
    of = study(VARIABLES, {"t": table}, crosswalk=CROSSWALK, about=about)
    return analyse(of, release(tmp_path, of, CASES, {"child": CHILDREN}), "plain").tables["t"]


@pytest.mark.parametrize(
    "given",
    [
        {"rows": "wave", "share": {"label": "x", "holds": {"plan": {"is": "now"}}}},
        {"rows": "outcome", "columns": "wave", "where": {"plan": {"is": "now"}}},
        {"rows": "plan"},
        {"rows": "plan", "where": {"not": {"wave": {"is": "2003-05"}}}, "across": {"needs": "same"}},
    ],
)
def test_waves_that_cannot_be_compared_are_refused(tmp_path, given):
    with pytest.raises(AnalysisRefused) as refused:
        analysed(tmp_path, **given)
    assert {problem.code for problem in refused.value.problems} == {"broken-trend"}


def test_one_wave_compares_nothing(tmp_path):
    assert analysed(tmp_path, rows="plan", where={"wave": {"is": "2003-05"}}).breaks == ()


def test_a_break_that_the_plan_admits_is_printed(tmp_path):
    reforms = {
        "plans": {"label": "Plans replace the register", "date": "2008-04-01", "breaks": ["plan"]},
        "guidance": {"label": "New guidance", "date": "2006-04-01"},
    }
    share = {"label": "x", "holds": {"plan": {"is": "now"}}}
    made = analysed(tmp_path, rows="wave", share=share, across={"needs": "broken"}, about={"reforms": reforms})
    assert [(one.wave, one.label, one.reason) for one in made.breaks] == [
        ("2005-07", "Plan (not comparable)", "2003 to 2005: Fatal cases only."),
        ("2007-09", "Plan (comparable with care)", ""),
        ("2007-09", "Plans replace the register (April 2008)", ""),
    ]
    assert made.notes == ("In this time, with no change to what is counted here: New guidance (April 2006).",)


def test_a_share_of_an_answer_that_one_yes_makes_yes_says_that_it_is_too_high(table):
    assert any("higher than if all were known" in note for note in table(rows="either").notes)
    assert not any("higher than if all were known" in note for note in table(rows="either", base="all").notes)
    assert not any("higher than if all were known" in note for note in table(rows="abuse").notes)
