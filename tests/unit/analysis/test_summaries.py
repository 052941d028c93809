"""Numbers summed up on two engines, and at their edges. Every case is fictional."""

import json

import pytest

from casereview.analysis import analyse, as_json
from casereview.analysis.questions import question
from tests.drawn_release import release, study

VARIABLES = {
    "group": {
        "type": "nominal",
        "categories": {"a": "A", "b": "B", "c": "C", "old": {"label": "Old", "retired": {"since": "2007-09", "why": "x"}}},
    },
    "days": {"type": "number"},
    "size": {"type": "number"},
}
EVERY = ["n", "mean", "sd", "median", "lower-quartile", "upper-quartile", "minimum", "maximum", "range", "sum"]
TEN = [
    {"group": "a", "days": 1.5, "size": 2.0},
    {"group": "a", "days": 3.0, "size": 1.0},
    {"group": "a", "days": 9.25, "size": 0.0},
    {"group": "b", "days": 4.0, "size": 0.5},
    {"group": "b", "days": "unclear", "size": 1.0},
    {"group": "unclear", "days": 7.0, "size": 1.0},
    {"group": "not-stated", "days": "unclear", "size": "unclear"},
]


@pytest.fixture(params=["duckdb", "plain"])
def summary(request, tmp_path):
    def sum_up(records=TEN, **given):
        of = study(VARIABLES, {}, plan={"summaries": {"s": {"title": "S", "of": "days", "show": EVERY} | given}})
        cases = [{"case": f"c{number:02}", "wave": "2007-09"} | row for number, row in enumerate(records)]
        analysis = analyse(of, release(tmp_path, of, cases), request.param)
        made = analysis.tables["s"]
        assert tuple(made.cells) == question(of, "s").addresses
        members = {address: one.total for address, one in analysis.members_of("s").items()}
        assert members == {address: made.cells[f"{address.partition('.')[0]}.n"].value for address in made.cells}
        assert made.records == made.base + sum(made.absences.values())
        json.loads(as_json(analysis))
        return made

    return sum_up


def values(made, group):
    return {address.partition(".")[2]: cell.value for address, cell in made.cells.items() if address.startswith(f"{group}.")}


def test_a_group_and_all_of_them(summary):
    made = summary(rows="group")
    assert values(made, "a") == {
        "n": 3, "mean": 13.75 / 3, "sd": pytest.approx(4.110454151712841, rel=1e-14), "median": 3.0, "lower-quartile": 1.5,
        "upper-quartile": 9.25, "minimum": 1.5, "maximum": 9.25, "range": 7.75, "sum": 13.75,
    }  # fmt: skip
    assert values(made, "total")["sum"] == 17.75
    assert (made.base, made.records, made.absences) == (4, 7, {"not-stated": 1, "unclear": 2})
    assert [heading.slug for heading in made.rows] == ["a", "b", "c", "total"]


def test_as_many_decimals_as_the_data_have_and_one_more_of_a_mean(summary):
    cells = summary(rows="group").cells
    assert [cells[f"b.{one}"].places for one in ("n", "minimum", "sum", "mean", "median")] == [0, 2, 2, 3, 3]


def test_what_cannot_be_given_says_why(summary):
    cells = summary(rows="group").cells
    assert (cells["b.sd"].symbol, cells["b.sd"].why) == ("z", "A spread needs more than one record.")
    assert (cells["c.n"].value, cells["c.mean"].symbol) == (0, "x")
    assert cells["c.mean"].why


def test_nothing_to_sum_up(summary):
    made = summary(records=[{"days": "unclear"}])
    assert (made.base, made.records) == (0, 1)
    assert "The base is empty: there is nothing to sum up." in made.notes
    assert summary(records=[], rows="group", tests=["kruskal-wallis"]).tests[0].p is None


def test_numbers_too_large_are_not_infinite(summary):
    made = summary(records=[{"days": 1e308}, {"days": 1.7e308}, {"days": -1.7e308}])
    assert {cell.symbol for cell in made.cells.values() if cell.value is None} == {"x"}
    assert values(made, "total")["maximum"] == 1.7e308


def test_weights(summary):
    made = summary(rows="group", weight="size", show=["n", "mean", "sum", "sd"])
    assert values(made, "a") == {"n": 2, "weighted-n": 3.0, "mean": 2.0, "sum": 6.0, "sd": pytest.approx(0.75**0.5)}
    assert values(made, "b") == {"n": 1, "weighted-n": 0.5, "mean": 4.0, "sum": 2.0, "sd": None}
    assert values(made, "c")["weighted-n"] == 0.0
    assert "no weight above 0: 2" in " ".join(made.notes)


def test_no_weight_at_all(summary):
    made = summary(records=[{"group": "a", "days": 1.0, "size": 0.0}], rows="group", weight="size", tests=["mann-whitney"])
    assert (made.base, made.records) == (0, 0)
    assert made.tests[0].p is None


def test_ranks_agree_with_scipy(summary):
    from scipy.stats import kruskal, mannwhitneyu

    records = [{"group": "ab"[number % 2], "days": float(number * 7 % 11)} for number in range(24)]
    first, second = ([row["days"] for row in records if row["group"] == group] for group in "ab")
    whitney, wallis = summary(records=records, rows="group", tests=["mann-whitney", "kruskal-wallis"]).tests
    theirs = mannwhitneyu(first, second, use_continuity=False, method="asymptotic")
    assert (whitney.statistic, whitney.p) == (pytest.approx(theirs.statistic), pytest.approx(theirs.pvalue, rel=1e-9))
    theirs = kruskal(first, second)
    assert (wallis.statistic, wallis.p) == (pytest.approx(theirs.statistic, rel=1e-9), pytest.approx(theirs.pvalue, rel=1e-9))


def test_weighted_ranks_are_those_of_so_many_records(summary):
    records = [{"group": "ab"[number % 2], "days": float(number % 5), "size": float(number % 3 + 1)} for number in range(12)]
    repeated = [row | {"size": 1.0} for row in records for _ in range(int(row["size"]))]
    weighted = summary(records=records, rows="group", weight="size", tests=["kruskal-wallis"])
    once = summary(records=repeated, rows="group", tests=["kruskal-wallis"])
    assert weighted.tests[0].statistic == pytest.approx(once.tests[0].statistic, rel=1e-12)
    assert {name: value for name, value in values(weighted, "a").items() if name not in ("n", "weighted-n")} == {
        name: pytest.approx(value, rel=1e-12) for name, value in values(once, "a").items() if name != "n"
    }


def test_waves_are_groups(summary):
    made = summary(rows="wave")
    assert (values(made, "2007-09")["n"], values(made, "2003-05")["n"]) == (5, 0)
