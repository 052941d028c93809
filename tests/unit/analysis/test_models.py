"""Models of the plan: whom they are of, what stands in each cell, and what is said where there is nothing. All fictional."""

from typing import Any

import numpy as np
import pytest

from casereview.analysis.engines import CountQuery
from casereview.analysis.engines.duckdb import DuckDB
from casereview.analysis.engines.plain import Plain
from casereview.analysis.models import complete
from casereview.analysis.questions import question
from casereview.analysis.tables import EstimateTable
from casereview.release.manifest import DATA
from casereview.study.problems import AnalysisRefused
from tests.drawn_release import release, study

VARIABLES = {
    "outcome": {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Harm"}},
    "plan": {"type": "ordered", "categories": {"never": "Never", "past": "Past", "now": "Now"}},
    "abuse": {"type": "yes-no"},
    "age": {"type": "number"},
}
RETIRED = VARIABLES["plan"] | {
    "categories": VARIABLES["plan"]["categories"] | {"old": {"label": "Old", "retired": {"since": "2007-09", "why": "x"}}}
}
MODEL = {"title": "Deaths", "outcome": {"outcome": {"is": "fatal"}}, "outcome_label": "The child died"}


def the_study(model: Any, variables: Any = VARIABLES):
    return study(variables, {}, plan={"models": {"m": MODEL | model}})


def cases(*kinds: tuple[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """So many records of each kind."""
    rows = [answers for many, answers in kinds for _ in range(many)]
    return [{"case": f"c{number:04}", "wave": "2003-05"} | row for number, row in enumerate(rows)]


def asked(tmp_path, model, rows, variables=VARIABLES, engine=Plain):
    of = the_study(model, variables)
    frozen = release(tmp_path, of, rows)
    found = engine(frozen.folder / DATA, tuple(of.about.absences))
    one = question(of, "m")
    return one, one.answer(found.counts(list(one.asks))), found


def answered(tmp_path, model, rows, variables=VARIABLES) -> EstimateTable:
    return asked(tmp_path, model, rows, variables)[1]


def kind(outcome: str, abuse: str, **more: Any) -> dict[str, Any]:
    return {"outcome": outcome, "abuse": abuse} | more


TWO_BY_TWO = cases(
    (12, kind("fatal", "yes")), (8, kind("harm", "yes")), (10, kind("fatal", "no")), (30, kind("harm", "no")),
    (5, kind("not-stated", "yes")), (3, kind("unclear", "unclear")), (2, kind("fatal", "not-stated")),
)  # fmt: skip


def test_of_two_answers_it_is_the_odds_ratio_of_the_table(tmp_path):
    table = answered(tmp_path, {"predictors": ["abuse"], "intervals": "wald"}, TWO_BY_TWO)
    ratio = table.cells["abuse-yes.odds-ratio"]
    assert ratio.value == pytest.approx(12 * 30 / (8 * 10), rel=1e-12)
    reach = 1.959963984540054 * (1 / 12 + 1 / 8 + 1 / 10 + 1 / 30) ** 0.5
    assert np.log([ratio.interval.low, ratio.interval.high]) == pytest.approx(np.log(4.5) + np.array([-reach, reach]), rel=1e-12)
    assert ratio.interval.method == "wald-95"
    assert [column.slug for column in table.columns] == ["n", "events", "odds-ratio", "p"]


def test_who_is_in_it_and_who_is_left_out(tmp_path):
    table = answered(tmp_path, {"predictors": ["abuse"]}, TWO_BY_TWO)
    assert (table.base, table.records, table.absences) == (60, 70, {"not-stated": 7, "unclear": 3})
    assert table.notes[-1].endswith("Left out: 5 (Outcome: Not stated), 3 (Outcome: Unclear) and 2 (Abuse: Not stated).")
    assert (table.cells["abuse-yes.n"].value, table.cells["abuse-yes.events"].value) == (20, 12)


def test_the_reference_is_one(tmp_path):
    table = answered(tmp_path, {"predictors": ["abuse"]}, TWO_BY_TWO)
    assert [row.label for row in table.rows] == ["Abuse: Yes", "Abuse: No (reference)"]
    assert (table.cells["abuse-no.odds-ratio"].value, table.cells["abuse-no.odds-ratio"].interval) == (1.0, None)
    assert (table.cells["abuse-no.p"].value, table.cells["abuse-no.p"].symbol) == (None, "z")


def test_another_reference_turns_the_ratio_round(tmp_path):
    one = answered(tmp_path / "a", {"predictors": ["abuse"]}, TWO_BY_TWO).cells["abuse-yes.odds-ratio"]
    predictor = {"variable": "abuse", "reference": "yes"}
    other = answered(tmp_path / "b", {"predictors": [predictor]}, TWO_BY_TWO).cells["abuse-no.odds-ratio"]
    assert one.value == pytest.approx(1 / other.value, rel=1e-12)
    assert one.interval.low == pytest.approx(1 / other.interval.high, rel=1e-9)


def drawn() -> list[dict[str, Any]]:
    """Records in which the outcome goes with each of the answers, and these with one another."""
    random, rows = np.random.default_rng(11), []
    for _ in range(90):
        abuse, age = random.choice(["yes", "no"]), float(random.integers(0, 9))
        plan = random.choice(["never", "past", "now"], p=[0.6, 0.2, 0.2] if abuse == "no" else [0.2, 0.3, 0.5])
        died = random.random() < 0.3 + 0.2 * (abuse == "yes") + 0.03 * age
        rows.append((1, {"outcome": "fatal" if died else "harm", "abuse": str(abuse), "age": age, "plan": str(plan)}))
    return cases(*rows)


BY_AGE = drawn()


def test_the_step_of_a_number(tmp_path):
    one = answered(tmp_path / "a", {"predictors": ["age"]}, BY_AGE)
    five = answered(tmp_path / "b", {"predictors": [{"variable": "age", "per": 5}]}, BY_AGE)
    assert five.rows[0].label == "Age, each 5 more"
    assert five.cells["age.odds-ratio"].value == pytest.approx(one.cells["age.odds-ratio"].value ** 5, rel=1e-10)
    assert five.cells["age.p"].value == pytest.approx(one.cells["age.p"].value, rel=1e-10)
    assert five.cells["age.n"].value == five.base


def test_adjusted_and_alone(tmp_path):
    both = answered(tmp_path / "a", {"predictors": ["abuse", "plan"]}, BY_AGE)
    alone = answered(tmp_path / "b", {"predictors": ["abuse"]}, BY_AGE)
    assert both.cells["abuse-yes.crude-odds-ratio"].value == pytest.approx(alone.cells["abuse-yes.odds-ratio"].value, rel=1e-12)
    assert both.cells["abuse-yes.odds-ratio"].value != pytest.approx(alone.cells["abuse-yes.odds-ratio"].value, rel=1e-6)


def test_several_answers_are_tested_together(tmp_path):
    table = answered(tmp_path, {"predictors": ["plan", "abuse"]}, BY_AGE)
    whole, plan = table.tests
    assert (whole.df, plan.df) == (3, 2)
    assert whole.sentence.startswith(f"Of the {table.base} records studied, ")
    assert "χ²(3, N = " in whole.sentence
    assert plan.sentence.startswith("Plan, all its answers together: ")
    assert whole.cautions == ()


def test_few_records_for_each_ratio_are_a_caution(tmp_path):
    table = answered(tmp_path, {"predictors": ["plan", "abuse"]}, BY_AGE[:40])
    assert "below 10 such ratios tend to come out too far from 1 (Peduzzi et al. 1996)" in table.tests[0].cautions[0]


def test_it_says_that_it_predicts_nothing(tmp_path):
    table = answered(tmp_path, {"predictors": ["abuse"], "note": "A note of the plan."}, TWO_BY_TWO)
    assert table.notes[0] == "A note of the plan."
    assert "predicts nothing of any case" in table.notes[1]


SEPARATED = cases(
    (6, kind("fatal", "yes", plan="now")), (4, kind("fatal", "no", plan="never")), (9, kind("harm", "no", plan="never"))
)


def test_separated_records_have_firths_penalty_and_a_caution(tmp_path):
    table = answered(tmp_path, {"predictors": ["abuse"]}, SEPARATED)
    ratio = table.cells["abuse-yes.odds-ratio"]
    # Of two by two, Firth's penalty adds half a record to each cell (Firth 1993, section 3.3).
    assert ratio.value == pytest.approx(6.5 * 9.5 / (0.5 * 4.5), rel=1e-10)
    assert ratio.interval.method == "firth-profile-95"
    assert "separated by “Abuse: Yes”" in table.tests[0].cautions[0]
    assert "Penalised likelihood ratio" in table.tests[0].sentence


def test_separated_records_without_a_penalty_have_no_ratio(tmp_path):
    table = answered(tmp_path, {"predictors": ["abuse"], "penalty": "never"}, SEPARATED)
    for address in ("abuse-yes.odds-ratio", "abuse-no.odds-ratio", "abuse-yes.p"):
        cell = table.cells[address]
        assert (cell.value, cell.symbol, cell.interval) == (None, "x", None)
        assert "separated by “Abuse: Yes”" in cell.why
    assert table.tests[0].p is None
    assert "was not computed: the outcome is separated" in table.tests[0].sentence


def test_predictors_that_say_the_same_are_named(tmp_path):
    table = answered(tmp_path, {"predictors": ["abuse", "plan"]}, SEPARATED)
    assert "“Plan: Now” follows from the rows before it" in table.cells["plan-now.odds-ratio"].why
    assert table.cells["plan-now.crude-odds-ratio"].value is not None


def test_an_answer_that_nobody_gave(tmp_path):
    rows = [row | {"plan": "now" if row["abuse"] == "yes" else "never"} for row in TWO_BY_TWO]
    table = answered(tmp_path, {"predictors": ["plan"]}, rows, VARIABLES | {"plan": RETIRED})
    assert [row.slug for row in table.rows] == ["plan-never", "plan-past", "plan-now"]
    past = table.cells["plan-past.odds-ratio"]
    assert (table.cells["plan-past.n"].value, past.value, past.symbol) == (0, None, "z")
    assert "plan-old.odds-ratio" in table.cells  # a retired answer is shown only where somebody gave it


NOBODY = cases((4, kind("not-stated", "yes", plan="now")))
ALL_DIED = cases((4, kind("fatal", "yes", plan="now")), (3, kind("fatal", "no", plan="past")))


@pytest.mark.parametrize(
    ("rows", "predictors", "why"),
    [
        ([], ["abuse"], "There is no record of which"),
        (NOBODY, ["abuse", "plan", "age", "wave"], "There is no record of which"),
        (cases((1, kind("fatal", "yes", age=3.0))), ["age"], "“Age” is the same in every record"),
        (cases((1, kind("fatal", "no"))), ["abuse"], "No two records of the analysis differ"),
        (ALL_DIED, ["abuse"], "Every record of the analysis has the same outcome."),
        (ALL_DIED, ["plan"], "has the reference of “Plan”"),
        (TWO_BY_TWO, ["wave"], "No two records of the analysis differ"),
    ],
)
@pytest.mark.parametrize("penalty", ["when-separated", "always", "never"])
def test_where_there_is_nothing_to_describe(tmp_path, rows, predictors, why, penalty):
    table = answered(tmp_path, {"predictors": predictors, "penalty": penalty}, rows)
    for row in table.rows:
        assert table.cells[f"{row.slug}.odds-ratio"].value is None
        assert table.cells[f"{row.slug}.odds-ratio"].symbol == "x"
        assert why in table.cells[f"{row.slug}.odds-ratio"].why
        assert table.cells[f"{row.slug}.n"].value is not None
    assert table.tests[0].statistic is None


def test_too_many_kinds_of_record_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(complete, "MOST", 3)
    with pytest.raises(AnalysisRefused, match="too-many-patterns"):
        answered(tmp_path, {"predictors": ["age"]}, BY_AGE)


def test_waves_can_be_predictors(tmp_path):
    rows = [row | {"wave": "2003-05" if place % 2 else "2005-07"} for place, row in enumerate(TWO_BY_TWO)]
    table = answered(tmp_path, {"predictors": ["wave"], "where": {"wave": {"in": ["2003-05", "2005-07"]}}}, rows)
    assert [row.label for row in table.rows] == ["Period: 2003 to 2005 (reference)", "Period: 2005 to 2007"]
    assert table.cells["wave-2005-07.odds-ratio"].value is not None


def test_the_engines_agree_to_the_last_digit(tmp_path):
    model = {"predictors": ["plan", "abuse", "age"], "outcome": {"any": [{"outcome": {"is": "fatal"}}, {"plan": {"is": "now"}}]}}
    rows = BY_AGE + TWO_BY_TWO_MORE
    tables = [asked(tmp_path / one.__name__, model, rows, engine=one)[1] for one in (Plain, DuckDB)]
    assert tables[0] == tables[1]


@pytest.mark.parametrize("predictors", [["abuse"], ["plan", "abuse", "age", "wave"]])
def test_behind_each_cell_stand_the_records_that_it_counts(tmp_path, predictors):
    one, table, engine = asked(tmp_path, {"predictors": predictors}, BY_AGE + TWO_BY_TWO_MORE)
    backing = one.backing
    marked = engine.marked(CountQuery(backing.unit, dict(backing.marks), where=backing.where))
    assert tuple(backing.cells) == one.addresses == tuple(table.cells)
    for address, names in backing.cells.items():
        behind = int(np.logical_and.reduce([marked.marks[name] for name in names]).sum())
        row, _, column = address.partition(".")
        counted = "events" if column == "events" else "n"
        assert behind == table.cells[f"{row}.{counted}"].value
        assert backing.supports[address] == tuple(
            sorted({row.split("-")[0]} - {"wave"} | ({"outcome"} if column == "events" else set()))
        )


TWO_BY_TWO_MORE = [row | {"case": f"d{place}"} for place, row in enumerate(TWO_BY_TWO)]
