"""Weights, numbers, times, codings: what the engines count, on small fictional releases."""

import duckdb
import pytest

from casereview.analysis.engines import EVERY, CountQuery, Mark, Period, RatingQuery
from casereview.analysis.engines import totals as engine_totals
from casereview.analysis.engines.duckdb import DuckDB
from casereview.analysis.engines.plain import Plain
from casereview.release.manifest import DATA
from casereview.study.conditions import In, Known
from casereview.study.problems import AnalysisRefused
from tests.drawn_release import release, study

ABSENCES = ("not-stated", "unclear", "not-applicable", "not-collected")
VARIABLES = {
    "outcome": {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Harm"}},
    "abuse": {"type": "yes-no"},
    "age": {"type": "number"},
    "weight": {"type": "number"},
    "happened": {"type": "date"},
    "agencies": {"type": "multiple", "categories": {"gp": "GP", "police": "Police"}},
    "sex": {"type": "nominal", "unit": "child", "categories": {"girl": "Girl", "boy": "Boy"}},
}
CASES = [
    {"outcome": "fatal", "abuse": "yes", "age": 1.5, "weight": 0.1, "happened": "2014-04-01"},
    {"outcome": "fatal", "abuse": "no", "age": 1.5, "weight": 0.2, "happened": "2014-03-31"},
    {"outcome": "harm", "abuse": "yes", "age": 0.0, "weight": 0.0, "happened": "2014-12"},
    {"outcome": "harm", "age": -0.0, "weight": 3, "happened": "2014"},
    {"outcome": "unclear", "abuse": "yes", "weight": -1, "happened": "unclear"},
    {"outcome": "fatal", "abuse": "yes", "age": "unclear", "happened": "1999-12-31"},
]
CASES = [{"case": f"c{place}", "wave": "2003-05"} | one for place, one in enumerate(CASES)]
ALL = {"records": EVERY}


@pytest.fixture(params=["duckdb", "plain"])
def engine(request, tmp_path):
    of = study(VARIABLES, {})
    values = [
        {"value_id": "1", "unit": "case", "record": "c0", "variable": "abuse", "value": "yes", "source": "main", "coder": "Bo"},
        {"value_id": "2", "unit": "case", "record": "c0", "variable": "abuse", "value": "no", "source": "main", "coder": "Al"},
        {"value_id": "3", "unit": "case", "record": "c1", "variable": "abuse", "value": "no", "source": "main", "coder": "Al"},
        {"value_id": "4", "unit": "case", "record": "c1", "variable": "abuse", "value": "yes", "source": "main", "coder": "Bo"},
        {"value_id": "5", "unit": "case", "record": "c2", "variable": "abuse", "absent": "unclear", "source": "main"},
        {"value_id": "6", "unit": "case", "record": "c2", "variable": "outcome", "value": "harm", "source": "main"},
        {"value_id": "7", "unit": "child", "record": "p0", "variable": "sex", "value": "girl", "source": "main"},
    ]
    children = [{"case": "c0", "person": "p0", "sex": "girl"}, {"case": "c0", "person": "p1", "sex": "boy"}]
    data = release(tmp_path, of, CASES, {"child": children}, values=values).folder / DATA
    return DuckDB(data, ABSENCES) if request.param == "duckdb" else Plain(data, ABSENCES)


def counted(engine, query: CountQuery):
    (found,) = engine.counts([query])
    return found


def test_weights_leave_out_records_without_one(engine):
    found = counted(engine, CountQuery("case", ALL, ("outcome",), weight="weight"))
    assert found.n == {("fatal", "records"): 2, ("harm", "records"): 1}
    assert found.weights == {("fatal", "records"): 0.3, ("harm", "records"): 3.0}  # not 0.30000000000000004


def test_a_mark_has_weights_of_its_own(engine):
    marks = {"records": EVERY, "abuse": Mark(true=(In("abuse", ("yes",)),))}
    found = counted(engine, CountQuery("case", marks, weight="weight"))
    assert found.n == {("records",): 3, ("abuse",): 1}
    assert found.weights == {("records",): 3.3, ("abuse",): 0.1}


def test_a_weight_of_the_case_counts_for_its_people(engine):
    found = counted(engine, CountQuery("child", ALL, ("sex",), weight="weight"))
    assert found.weights == {("boy", "records"): 0.1, ("girl", "records"): 0.1}


def test_no_record_is_no_weight(engine):
    found = counted(engine, CountQuery("case", ALL, where=In("outcome", ("nobody",)), weight="weight"))
    assert (found.n, found.weights) == ({("records",): 0}, {("records",): 0.0})


def test_numbers_are_floats_and_nought_is_one_number(engine):
    found = counted(engine, CountQuery("case", ALL, ("age",))).n
    assert found == {(0.0, "records"): 2, (1.5, "records"): 2, ("not-stated", "records"): 1, ("unclear", "records"): 1}
    assert [type(answer) for answer, _ in found] == [float, float, str, str]


@pytest.mark.parametrize(
    ("length", "times"),
    [
        ("month", {"1999-12": 1, "2014-03": 1, "2014-04": 1, "2014-12": 1, "undated": 1, "unclear": 1}),
        ("quarter", {"1999-Q4": 1, "2014-Q1": 1, "2014-Q2": 1, "2014-Q4": 1, "undated": 1, "unclear": 1}),
        ("year", {"1999": 1, "2014": 4, "unclear": 1}),
        ("financial-year", {"1999-00": 1, "2013-14": 1, "2014-15": 2, "undated": 1, "unclear": 1}),
    ],
)
def test_dates_fall_into_times(engine, length, times):
    found = counted(engine, CountQuery("case", ALL, (Period("happened", length),)))
    assert found.n == {(time, "records"): count for time, count in times.items()}


def test_times_of_the_case_are_known_of_its_people(engine):
    found = counted(engine, CountQuery("child", ALL, ("sex", Period("happened", "year")), where=Known("sex", True)))
    assert found.n == {("boy", "2014", "records"): 1, ("girl", "2014", "records"): 1}


def test_an_answer_of_a_multiple_response_is_counted_by_as_yes_no_or_unknown(tmp_path):
    of = study(VARIABLES, {})
    told = [{"agencies": ["gp"], "abuse": "yes"}, {"agencies": ["gp", "police"], "abuse": "no"}, {"agencies": []}, {}]
    data = release(tmp_path, of, [{"case": f"c{place}", "wave": "2003-05"} | one for place, one in enumerate(told)]).folder / DATA
    by = In("agencies", ("gp",)), In("agencies", ("police",))
    for engine in (DuckDB(data, ABSENCES), Plain(data, ABSENCES)):
        alone, among_others = engine.counts([CountQuery("case", ALL, by), CountQuery("case", ALL, ("abuse", by[0]))])
        assert alone.n == {
            ("no", "no", "records"): 1,
            ("unknown", "unknown", "records"): 1,
            ("yes", "no", "records"): 1,
            ("yes", "yes", "records"): 1,
        }
        assert among_others.n == {
            ("no", "yes", "records"): 1,
            ("not-stated", "no", "records"): 1,
            ("not-stated", "unknown", "records"): 1,
            ("yes", "yes", "records"): 1,
        }


def test_codings_of_one_record_by_several_coders(engine):
    found = engine.ratings(RatingQuery("case", "abuse"))
    assert found == {(("Al", "no"), ("Bo", "yes")): 2, (("main", "unclear"),): 1}
    assert engine.ratings(RatingQuery("case", "abuse", In("outcome", ("harm",)))) == {(("main", "unclear"),): 1}
    assert engine.ratings(RatingQuery("child", "sex", In("outcome", ("fatal",)))) == {(("main", "girl"),): 1}


def test_no_query_is_no_answer(engine):
    assert engine.counts([]) == []


def test_a_number_with_too_many_answers_is_refused(engine, monkeypatch):
    monkeypatch.setattr(engine_totals, "MOST", 1)
    with pytest.raises(AnalysisRefused) as refused:
        engine.counts([CountQuery("case", ALL, ("age",))])
    assert [problem.code for problem in refused.value.problems] == ["too-many-answers"]


def test_a_weight_beyond_reason_is_refused(engine, monkeypatch):
    monkeypatch.setattr(engine_totals, "HEAVIEST", 2)
    with pytest.raises(AnalysisRefused) as refused:
        engine.counts([CountQuery("case", ALL, ("outcome",), weight="weight")])
    assert [problem.code for problem in refused.value.problems] == ["weight-too-large"]


def test_queries_put_together_are_as_if_put_alone(engine):
    queries = [CountQuery("case", ALL, by) for by in ((), ("outcome",), ("abuse", "outcome"), ("wave", "abuse"), ("abuse",))]
    queries += [CountQuery("case", {"some": EVERY}, ("outcome", "outcome")), CountQuery("case", ALL, ("abuse",), weight="weight")]
    assert engine.counts(queries) == [counted(engine, query) for query in queries]


def test_many_variables_are_counted_in_several_passes(tmp_path):
    of = study({f"v{place}": {"type": "yes-no"} for place in range(130)}, {})
    data = release(tmp_path, of, [{"case": "a", "wave": "2003-05", "v129": "yes"}]).folder / DATA
    queries = [CountQuery("case", ALL, (f"v{place}",)) for place in range(130)]
    found = DuckDB(data, ABSENCES, duckdb.connect()).counts(queries)
    assert [one.n for one in found] == [{("not-stated", "records"): 1}] * 129 + [{("yes", "records"): 1}]
