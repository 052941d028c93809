"""Trends as the plan asks them, from counts: times, the line, reforms, changes found, and why there is no line."""

from datetime import date

import numpy as np
import pytest

from casereview.analysis.analysis import uncomparable
from casereview.analysis.engines import UNDATED, Counts
from casereview.analysis.questions import question
from casereview.analysis.tables import EstimateTable
from casereview.study import times
from casereview.study.plan import Trend
from casereview.study.study import Study
from tests.drawn_release import study

VARIABLES = {"died": {"type": "date"}, "outcome": {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Harm"}}}
ABOUT = {
    "reforms": {
        "act": {"label": "The Act", "date": "2006-05-15"},
        "guidance": {"label": "New guidance", "date": "2008-01-01"},
        "later": {"label": "After it all", "date": "2015-01-01"},
    }
}
MONTHLY = {"dated": "died", "by": "month"}


def people(length: str, number: float = 100_000) -> dict:
    names = [time.name for time in times.within(date(2003, 1, 1), date(2010, 12, 31), length)]
    return {
        "label": "Children",
        "source": "Made up",
        "by": ["period"],
        "rows": [{"period": one, "people": number} for one in names],
    }


POPULATIONS = {length: people(length) for length in ("month", "quarter", "year", "financial-year")}


def asked(plan: dict, **about: object) -> Study:
    trends = {"t": {"title": "T"} | plan}
    return study(VARIABLES, {}, about=ABOUT | about, plan={"trends": trends}, populations=POPULATIONS)


def table(plan: dict, counts: dict) -> EstimateTable:
    one = question(asked(plan), "t")
    made = one.answer([Counts(counts)])
    assert isinstance(made, EstimateTable)
    assert set(one.addresses) == set(made.cells) == set(one.backing.cells)
    assert made.records == made.base + sum(made.absences.values())
    assert made.base == sum(point.count for point in made.points)
    return made


def months(plan: dict, mean) -> dict:
    """Counts of the times of a plan, `mean` of each place."""
    those = times.of(asked(plan), Trend.model_validate({"title": "T"} | plan))
    return {(time.name, "events"): mean(place) for place, time in enumerate(those)}


def said(made: EstimateTable) -> str:
    return " ".join(made.notes)


def test_every_time_between_the_first_wave_and_the_last_is_there_with_or_without_events():
    made = table(MONTHLY, {("2003-04", "events"): 2, ("2009-03", "events"): 1})
    assert len(made.points) == 72
    assert (made.points[0].label, made.points[0].start, made.points[0].count) == ("April 2003", date(2003, 4, 1), 2)
    assert [point.count for point in made.points[1:-1]] == [0] * 70
    assert made.points[1].interval.low == 0


def test_a_planted_slope_is_found():
    made = table(MONTHLY, months(MONTHLY, lambda at: round(200 * 1.1 ** (at / 12))))
    assert made.cells["slope.ratio"].value == pytest.approx(1.1, abs=0.002)
    assert made.cells["slope.p"].value < 1e-6
    assert [row.slug for row in made.rows] == ["slope"]


def test_a_rate_takes_the_people_into_account():
    plan = MONTHLY | {"population": "month", "per": 1000}
    made = table(plan, months(plan, lambda at: 50))
    assert made.points[0].observed == pytest.approx(0.5)
    assert made.points[0].fitted == pytest.approx(0.5)
    assert made.points[0].population == 100_000
    assert made.columns[0].label == "Rate ratio"


def test_a_planted_step_and_bend_at_a_reform_are_found():
    """The Act came on 15 May 2006: June 2006, the 39th month, is its first whole one."""
    plan = MONTHLY | {"reforms": ["act"]}
    made = table(
        plan, months(plan, lambda at: round(500 * 1.05 ** (at / 12) * (0.7 * 0.9 ** ((at - 38) / 12) if at >= 38 else 1)))
    )
    values = {row: made.cells[f"{row}.ratio"].value for row in ("before", "step-act", "bend-act", "after-act")}
    assert values == pytest.approx({"before": 1.05, "step-act": 0.7, "bend-act": 0.9, "after-act": 1.05 * 0.9}, abs=0.01)
    assert "counts from June 2006, the first whole time after it" in said(made)
    assert made.tests[0].name == "step-or-bend"
    assert made.tests[0].p < 0.001


def test_every_reform_in_the_time_is_marked_whether_or_not_it_is_in_the_model():
    made = table(MONTHLY | {"reforms": ["act"]}, months(MONTHLY, lambda at: 20 + at % 3))
    assert made.marked == ((date(2006, 5, 15), "The Act"), (date(2008, 1, 1), "New guidance"))
    assert "not in the model: New guidance (1 January 2008)" in said(made)
    assert "After it all" not in said(made)


def test_reforms_are_in_the_order_of_their_days():
    made = table(MONTHLY | {"reforms": ["guidance", "act"]}, months(MONTHLY, lambda at: 20 + at % 3))
    assert [row.slug for row in made.rows] == [
        "before", "step-act", "bend-act", "after-act", "step-guidance", "bend-guidance", "after-guidance",
    ]  # fmt: skip
    assert made.rows[0].label == "Change per year before “The Act”"


def test_a_change_that_the_counts_show_is_found_with_its_place():
    plan = {"dated": "died", "by": "quarter", "changes": 2}
    made = table(plan, months(plan, lambda at: round(400 * 1.3 ** (min(at, 12) / 4))))
    assert [row.slug for row in made.rows] == ["slope-1", "change-1", "slope-2"]
    assert made.rows[1].label == "Change of slope at April to June 2006"
    assert made.cells["slope-1.ratio"].value == pytest.approx(1.3, abs=0.02)
    assert made.cells["slope-2.ratio"].value == pytest.approx(1.0, abs=0.02)
    assert (made.cells["change-2.ratio"].symbol, made.cells["change-2.ratio"].why) == ("z", "no such change was found")
    assert "Change 1 stands at April to June 2006 (95% interval from" in said(made)
    assert (date(2006, 4, 1), "Change of slope, found in the counts") in made.marked


def test_where_no_change_is_found_it_is_said():
    plan = {"dated": "died", "by": "quarter", "changes": 1}
    made = table(plan, months(plan, lambda at: 30 + (at * 7) % 5))
    assert [row.slug for row in made.rows] == ["slope-1"]
    assert "No change of slope was found" in said(made)


def test_seasons_are_not_taken_for_changes():
    plan = MONTHLY | {"season": True}
    made = table(plan, months(plan, lambda at: 200 if at % 12 == 8 else 100))
    assert made.cells["slope.ratio"].value == pytest.approx(1, abs=1e-6)
    assert [round(point.fitted) for point in made.points[8:10]] == [200, 100]


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ({}, "there are no events in it"),
        ({("2003-04", "events"): 5}, "a part of it has too few events: a ratio would be infinite"),
        ({(f"2008-{month:02}", "events"): 3 for month in range(1, 13)}, "a ratio would be infinite"),
    ],
)
def test_where_no_line_can_be_drawn_the_times_are_there_and_the_reason(counts, why):
    made = table(MONTHLY | {"reforms": ["act"]}, counts)
    assert len(made.points) == 72
    assert all(point.fitted is None for point in made.points)
    assert {cell.symbol for cell in made.cells.values()} == {"x"}
    assert why in made.cells["before.ratio"].why
    assert why in made.tests[0].sentence


def test_too_few_times_for_the_terms():
    plan = {"dated": "died", "by": "year", "reforms": ["act"]}
    made = table(plan, months(plan, lambda at: 10))
    assert len(made.points) == 5
    assert made.cells["before.ratio"].why == "it has 5 times, and a line of so many terms needs 7"


def test_a_stretch_with_few_times_is_pointed_out():
    plan = {"dated": "died", "by": "quarter", "reforms": ["guidance"]}
    made = table(plan, months(plan, lambda at: 20 + at % 4))
    assert "A stretch of the line has 5 times" in made.tests[0].cautions[0]


def test_a_ratio_that_could_be_anything_is_not_given():
    plan = MONTHLY | {"reforms": ["act"], "start": "2006-02-01", "end": "2007-12-31"}
    made = table(plan, months(plan, lambda at: (1, 40, 2, 9, 33)[at % 5]))
    assert (made.cells["before.ratio"].symbol, made.cells["before.p"].symbol) == ("x", "")
    assert "anything" in made.cells["before.ratio"].why
    assert made.cells["after-act.ratio"].value is not None


def test_only_whole_times_are_counted_and_what_lies_outside_is_said():
    plan = MONTHLY | {"start": "2005-01-15", "end": "2006-12-10"}
    counts = months(plan, lambda at: 10) | {("2005-01", "events"): 3, ("2009-01", "events"): 4}
    made = table(plan, counts)
    assert (made.points[0].label, made.points[-1].label) == ("February 2005", "November 2006")
    assert "Only whole times are counted: 1 February 2005 to 30 November 2006." in said(made)
    assert "7 events of other times are not counted." in said(made)
    assert made.base == made.records == 220


def test_events_without_a_time_are_listed():
    counts = months(MONTHLY, lambda at: 10) | {(UNDATED, "events"): 3, ("not-stated", "events"): 2}
    made = table(MONTHLY, counts)
    assert made.absences == {"not-stated": 2, UNDATED: 3}
    assert "Of 5 events the date is not known well enough" in said(made)


def test_records_that_may_be_events_are_listed_if_they_may_be_of_these_times():
    plan = MONTHLY | {"events": {"outcome": {"is": "fatal"}}, "start": "2005-01-01", "end": "2006-12-31"}
    mark = "absent outcome unclear"
    counts = months(plan, lambda at: 10) | {("2005-02", mark): 1, (UNDATED, mark): 1, ("2009-01", mark): 1}
    made = table(plan, counts)
    assert made.absences == {"unclear": 2}


def test_counts_that_vary_widely_widen_the_intervals_and_say_so():
    wild = np.random.default_rng(5).negative_binomial(2, 2 / (2 + 30), 72)
    made = table(MONTHLY, months(MONTHLY, lambda at: int(wild[at])))
    dispersion = next(test for test in made.tests if test.name == "dispersion")
    assert dispersion.cautions
    suited = table(MONTHLY | {"model": "negative-binomial"}, months(MONTHLY, lambda at: int(wild[at])))
    assert "θ = " in next(test for test in suited.tests if test.name == "dispersion").sentence


def test_times_that_are_alike_are_said_to_be():
    made = table(MONTHLY, months(MONTHLY, lambda at: 100 + round(60 * np.sin(at / 4))))
    related, neighbours = made.tests[-2:]
    assert related.sentence.endswith("is shown.")
    assert neighbours.statistic < 1
    assert "The intervals allow for a correlation of 0.9" in neighbours.sentence
    assert "too narrow" in neighbours.cautions[0]


def test_counts_as_even_as_can_be_leave_nothing_to_test():
    made = table(MONTHLY, months(MONTHLY, lambda at: 10))
    assert [test.statistic for test in made.tests][1:] == [None, None]


FATAL = MONTHLY | {"events": {"outcome": {"is": "fatal"}}}


@pytest.mark.parametrize(
    ("crosswalk", "needs", "refused"), [("broken", None, True), ("broken", "broken", False), ("close", None, False)]
)
def test_a_trend_across_answers_that_cannot_be_compared_is_refused_and_any_break_is_marked(crosswalk, needs, refused):
    plan = FATAL | ({"across": {"needs": needs}} if needs else {})
    crossed = {"outcome": {"2003-05": {"comparability": crosswalk, "note": "Asked otherwise"}}}
    of = study(VARIABLES, {}, crosswalk=crossed, plan={"trends": {"t": {"title": "T"} | plan}})
    assert [(problem.code, problem.place.file) for problem in uncomparable(of)] == [("broken-trend", "plan.yaml")] * refused
    made = question(of, "t").answer([Counts({})])
    assert [one.wave for one in made.breaks] == ["2005-07"]


def test_nothing_is_left_to_chance():
    plan = {"dated": "died", "by": "month", "changes": 2}
    counts = months(plan, lambda at: 20 + (at * at) % 11)
    assert table(plan, counts) == table(plan, counts)


@pytest.mark.parametrize("by", ["month", "quarter", "year", "financial-year"])
def test_times_are_named_as_the_engines_name_them(by):
    plan = {"dated": "died", "by": by, "population": by}
    assert table(plan, months(plan, lambda at: 10 + at)).base > 0
