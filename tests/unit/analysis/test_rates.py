"""Rates as the plan asks them, from counts: events, people, intervals, what is left out. Every number is made up."""

import pytest

from casereview.analysis.engines import Counts
from casereview.analysis.questions import question
from casereview.analysis.statistics.poisson import garwood
from casereview.analysis.tables import EstimateTable
from tests.drawn_release import WAVES, study

OLD = {"label": "Of school age", "retired": {"since": "2005-07", "why": "Split in two"}}
VARIABLES = {
    "outcome": {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Harm"}},
    "age": {"type": "ordered", "categories": {"baby": "Under 1", "child": "1 to 15", "older": "16 and 17", "school": OLD}},
    "plan": {"type": "yes-no", "waves": {"first": "2005-07"}},
}
AGES = {"baby": 10_000, "child": 150_000, "older": 20_000}


def people(label: str = "Children", **by_wave: float) -> dict:
    rows = [{"wave": wave, "age": age, "people": n * times} for wave, times in by_wave.items() for age, n in AGES.items()]
    return {"label": label, "source": "Made up", "measure": "person-years", "by": ["wave", "age"], "rows": rows}


POPULATIONS = {
    "children": people(**dict(zip(WAVES, (1, 2, 3), strict=True))),
    "by-age": {"label": "x", "source": "y", "by": ["age"], "rows": [{"age": age, "people": n} for age, n in AGES.items()]},
    "by-year": {
        "label": "Children",
        "source": "Made up",
        "by": ["period"],
        "rows": [{"period": f"{year}-{(year + 1) % 100:02}", "people": 1000 * (year - 2002)} for year in range(2000, 2010)],
    },
    "empty-babies": {"label": "x", "source": "y", "by": ["age"], "rows": [{"age": one, "people": one != "baby"} for one in AGES]},
}  # fmt: skip


def table(plan: dict, counts: dict) -> EstimateTable:
    of = study(VARIABLES, {}, plan={"rates": {"r": {"title": "R"} | plan}}, populations=POPULATIONS)
    asked = question(of, "r")
    made = asked.answer([Counts(counts)])
    assert isinstance(made, EstimateTable)
    assert list(asked.addresses) == list(made.cells)
    assert set(asked.backing.cells) == set(made.cells) == set(asked.backing.supports)
    assert made.records == made.base + sum(made.absences.values())
    return made


def events(**by_age: int) -> dict:
    return {(age, "events"): count for age, count in by_age.items()}


BY_AGE = {"rows": "age", "population": "children"}


def test_events_over_the_people_of_every_wave():
    made = table(BY_AGE, events(baby=30, child=9, older=0))
    assert made.cells["baby.population"].value == 60_000
    assert made.cells["baby.rate"].value == pytest.approx(50)
    interval = garwood(30, 100_000 / 60_000)
    assert (made.cells["baby.rate"].interval.low, made.cells["baby.rate"].interval.high) == (interval.low, interval.high)
    assert (made.cells["older.rate"].value, made.cells["older.rate"].interval.low) == (0, 0)
    assert made.cells["total.events"].value == 39
    assert made.cells["total.population"].value == 1_080_000
    assert [row.slug for row in made.rows] == ["baby", "child", "older", "total"]


def test_a_filter_on_waves_narrows_the_people_too():
    made = table(BY_AGE | {"where": {"wave": {"is": "2007-09"}}}, events(baby=3))
    assert made.cells["baby.population"].value == 30_000


def test_waves_in_which_the_events_were_not_collected_have_no_people():
    made = table(BY_AGE | {"events": {"plan": {"is": "yes"}}}, events(baby=3))
    assert made.cells["baby.population"].value == 50_000


def test_a_wave_in_which_it_was_not_collected_has_no_rate_of_nought():
    plan = {"rows": "wave", "population": "children", "events": {"plan": {"is": "yes"}}}
    made = table(plan, {("2003-05", "absent plan not-collected"): 9, ("2005-07", "events"): 4})
    for measure in ("events", "rate"):
        cell = made.cells[f"2003-05.{measure}"]
        assert (cell.value, cell.symbol, cell.why) == (None, "x", "it was not collected then")
    assert made.cells["total.population"].value == 180_000 * 5
    assert made.absences == {"not-collected": 9}


def test_an_answer_no_longer_used_is_shown_only_where_somebody_gave_it_and_has_no_rate():
    assert "school" not in [row.slug for row in table(BY_AGE, events(baby=3)).rows]
    made = table(BY_AGE, events(baby=3, school=2))
    assert next(row.label for row in made.rows if row.slug == "school") == "Of school age (no longer used)"
    assert (made.cells["school.events"].value, made.cells["school.rate"].symbol) == (2, "x")
    assert made.cells["total.events"].value == 5


def test_events_of_an_unknown_row_are_in_no_rate_and_it_is_said():
    made = table(BY_AGE, events(baby=3) | {("not-stated", "events"): 2, ("unclear", "events"): 1})
    assert made.base == 3
    assert made.absences == {"not-stated": 2, "unclear": 1}
    assert "Of 3 events it is not known in which row" in " ".join(made.notes)


def test_records_that_may_be_events_are_counted_apart():
    plan = BY_AGE | {"events": {"outcome": {"is": "fatal"}}}
    counts = events(baby=3) | {("baby", "absent outcome unclear"): 2, ("not-stated", "absent outcome unclear"): 1}
    made = table(plan, counts)
    assert made.absences == {"unclear": 3}
    assert "Of 3 records it is not known whether they are events" in " ".join(made.notes)


def test_a_ratio_to_the_reference():
    made = table(BY_AGE | {"reference": "child"}, events(baby=30, child=45, older=0))
    assert made.cells["baby.ratio"].value == pytest.approx((30 / 60_000) / (45 / 900_000))
    assert made.cells["baby.ratio"].interval.low > 1
    assert (made.cells["older.ratio"].value, made.cells["older.ratio"].interval.low) == (0, 0)
    assert [made.cells[f"{row}.ratio"].symbol for row in ("child", "total")] == ["z", "z"]
    assert made.columns[-1].label == "Rate ratio to 1 to 15"


def test_nothing_is_compared_with_a_reference_without_events():
    made = table(BY_AGE | {"reference": "child"}, events(baby=30))
    assert made.cells["baby.ratio"].symbol == "x"
    assert "no events" in made.cells["baby.ratio"].why


def test_rates_standardised_to_another_make_up():
    plan = {"rows": "wave", "population": "children", "standardise": {"by": ["age"], "to": "by-age"}}
    counts = {("2003-05", "baby", "events"): 20, ("2003-05", "child", "events"): 30, ("2005-07", "not-stated", "events"): 7}
    made = table(plan, counts)
    # The make-up is the same in every wave: the crude rate is the standardised one, but for events without an age.
    assert made.cells["2003-05.standardised"].value == pytest.approx(made.cells["2003-05.rate"].value)
    assert made.cells["2005-07.standardised"].value == 0
    assert made.cells["2005-07.rate"].value > 0
    assert "Of 7 events “Age” is not known: no standardised rate" in " ".join(made.notes)


def test_a_group_of_the_standard_with_nobody_in_it_here_leaves_no_standardised_rate():
    plan = {"rows": "outcome", "population": "empty-babies", "standardise": {"by": ["age"], "to": "by-age"}}
    empty = {"by": ["outcome", "age"], "label": "x", "source": "y"}
    rows = [{"outcome": one, "age": age, "people": 5 * (age != "baby")} for one in ("fatal", "harm") for age in AGES]
    of = study(
        VARIABLES,
        {},
        plan={"rates": {"r": {"title": "R"} | plan}},
        populations=POPULATIONS | {"empty-babies": empty | {"rows": rows}},
    )
    made = question(of, "r").answer([Counts({("fatal", "child", "events"): 2})])
    assert (made.cells["fatal.standardised"].symbol, made.cells["fatal.rate"].symbol) == ("x", "")
    assert "nobody" in made.cells["fatal.standardised"].why


def test_nobody_has_no_rate():
    made = table({"rows": "age", "population": "empty-babies"}, events(child=1))
    assert (made.cells["baby.rate"].symbol, made.cells["baby.rate"].why) == ("x", "its population is 0")


def test_the_people_of_years_make_up_those_of_waves():
    made = table({"rows": "wave", "population": "by-year"}, {("2005-07", "events"): 7})
    assert made.cells["2005-07.population"].value == 3000 + 4000
    assert made.columns[1].label == "Person-years"
    assert made.cells["2005-07.rate"].value == pytest.approx(100)


def test_whether_one_rate_would_do_for_all():
    (test,) = table(BY_AGE, events(baby=30, child=9, older=2)).tests
    assert test.p < 0.001
    assert test.df == 2
    assert test.sentence.startswith("χ²(2, N = 41) = ")
    (none,) = table(BY_AGE, {}).tests
    assert none.statistic is None
    assert "there are no events" in none.sentence
    (small,) = table(BY_AGE, events(baby=2)).tests
    assert "fewer than 5 events" in small.cautions[0]


def test_no_events_at_all_are_rates_of_nought_with_intervals():
    made = table(BY_AGE | {"reference": "baby", "standardise": None}, {})
    assert made.base == made.records == 0
    assert made.cells["total.rate"].value == 0
    assert made.cells["total.rate"].interval.high > 0


def test_waves_of_unequal_length_with_people_counted_once_are_pointed_out():
    by_wave = {"label": "x", "source": "y", "by": ["wave"], "rows": [{"wave": wave, "people": 100} for wave in WAVES]}
    about = {"waves": {wave: dict(span) for wave, span in WAVES.items()}}
    about["waves"]["2007-09"]["end"] = "2008-03-31"
    for measure, said in (("people", True), ("person-years", False)):
        populations = {"p": by_wave | {"measure": measure}}
        plan = {"rates": {"r": {"title": "R", "rows": "wave", "population": "p"}}}
        made = question(study(VARIABLES, {}, about=about, plan=plan, populations=populations), "r").answer([Counts({})])
        assert any("not equally long" in note for note in made.notes) is said
