"""The way back from a cell to its cases and passages. Every case and word is fictional."""

import pytest

from casereview.analysis import Members, analyse, as_json
from tests.drawn_release import release, study

VARIABLES = {
    "abuse": {"type": "yes-no"},
    "illness": {"type": "yes-no"},
    "any-risk": {"type": "yes-no", "derived": {"any_of": ["abuse", "illness"]}},
    "unseen": {"type": "yes-no", "derived": {"coded": "practice"}},
    "sex": {"type": "nominal", "unit": "child", "categories": {"girl": "Girl", "boy": "Boy"}},
}
THEMES = {"practice": {"label": "Practice", "codes": {"not-heard": {"label": "Not heard"}}}, "other": {"label": "Other"}}
TABLES = {
    "abuse": {"rows": "abuse", "columns": "wave"},
    "risk": {"rows": "any-risk"},
    "both": {"rows": ["abuse", "illness"]},
    "unseen": {"rows": "unseen"},
    "share": {"rows": "wave", "share": {"label": "x", "holds": {"illness": {"is": "yes"}}}},
    "children": {"rows": "sex", "unit": "child"},
    "abused": {"rows": "wave", "share": {"label": "x", "holds": {"abuse": {"is": "yes"}}}},
}
CASES = [
    {"case": "c1", "wave": "2003-05", "abuse": "yes", "illness": "no", "any-risk": "yes", "unseen": "yes"},
    {"case": "c2", "wave": "2005-07", "abuse": "no", "illness": "no", "any-risk": "no", "unseen": "no"},
    {"case": "c3", "wave": "2005-07", "abuse": "yes", "illness": "yes", "any-risk": "yes", "unseen": "yes"},
    {"case": "c4", "wave": "2005-07", "illness": "yes", "any-risk": "yes"},
]
CHILDREN = [
    {"person": f"p{n}", "case": case, "sex": sex} for n, (case, sex) in enumerate([("c1", "boy"), ("c1", "boy"), ("c3", "girl")])
]
PASSAGES = {"c1": ("a", "b"), "c3": ("c", "d"), "c2": ("e",)}
DOCUMENTS = [{"document": f"d-{case}", "case": case, "title": f"Review {case}"} for case in PASSAGES] + [{"document": "loose"}]
LAID = [
    {
        "passage": name,
        "document": f"d-{case}",
        "exact": f"“{name}”",
        "prefix": "",
        "suffix": "",
        "start": start,
        "end": 9,
        "page": 1,
    }
    for case, names in PASSAGES.items()
    for start, name in enumerate(names)
]
EVIDENCE = {"a": "case/c1/abuse/s", "c": "case/c3/illness/s", "d": "case/c3/abuse/s", "e": "case/c2/abuse/s"}
CODINGS = [("a", "not-heard"), ("b", "not-heard"), ("c", "practice"), ("e", "other")]


@pytest.fixture
def analysis(tmp_path):
    of = study(VARIABLES, TABLES, themes=THEMES)
    frozen = release(
        tmp_path,
        of,
        CASES,
        {"child": CHILDREN},
        documents=DOCUMENTS,
        passages=[*LAID, {"passage": "z", "document": "loose", "start": 0, "end": 1}],
        values=[{"value_id": value, "unit": "case", "variable": value.split("/")[2]} for value in EVIDENCE.values()],
        evidence=[{"passage": passage, "value_id": value} for passage, value in EVIDENCE.items()],
        codings=[{"passage": passage, "code": code, "coder": coder} for passage, code in CODINGS for coder in ("x", "y")],
    )
    return analyse(of, frozen)


def behind(analysis, table, address):
    return [passage.passage for passage in analysis.passages(table, address)]


def test_the_members_of_a_cell_are_its_cases(analysis):
    assert analysis.members("abuse", "yes.total") == Members(["c1", "c3"], 2)
    assert analysis.members("abuse", "yes.2005-07") == Members(["c3"], 1)
    assert analysis.members("abuse", "total.total", limit=1) == Members(["c1"], 3)
    assert analysis.members("share", "2005-07") == Members(["c3", "c4"], 2)


def test_those_of_whom_the_answer_is_absent_are_members_of_the_reason(analysis):
    assert analysis.members("risk", "not-stated") == Members([], 0)
    assert analysis.members("both", "not-stated") == Members([], 0)
    assert analysis.members("unseen", "not-stated") == Members(["c4"], 1)
    assert analysis.members("abused", "not-stated") == Members(["c4"], 1)
    with pytest.raises(KeyError):
        analysis.members("abuse", "not-stated")


def test_the_members_of_a_table_of_persons_are_their_cases(analysis):
    assert analysis.members("children", "boy") == Members(["c1"], 1)
    assert analysis.tables["children"].cells["boy"].count == 2


def test_the_passages_behind_a_cell_support_its_row_in_its_cases(analysis):
    assert behind(analysis, "abuse", "yes.total") == ["a", "d"]
    assert behind(analysis, "abuse", "yes.2005-07") == ["d"]
    assert behind(analysis, "abuse", "total.total") == ["a", "e", "d"]


def test_a_derived_variable_rests_on_the_passages_of_its_roots(analysis):
    assert behind(analysis, "risk", "yes") == ["a", "c", "d"]


def test_each_of_several_variables_has_its_own_passages(analysis):
    assert behind(analysis, "both", "illness") == ["c"]
    assert behind(analysis, "both", "total") == ["a", "e", "c", "d"]


def test_a_share_rests_on_the_variables_of_its_condition(analysis):
    assert behind(analysis, "share", "total") == ["c"]


def test_a_coded_variable_rests_on_the_passages_given_its_theme_or_one_below(analysis):
    assert behind(analysis, "unseen", "yes") == ["a", "b", "c"]
    assert behind(analysis, "unseen", "no") == []


def test_of_more_than_are_asked_for_each_case_has_one_before_any_has_two(analysis):
    found = analysis.passages_of("unseen", 2)["yes"]
    assert ([one.passage for one in found.passages], found.total) == (["a", "c"], 3)


def test_a_passage_says_where_it_stands(analysis):
    [first, *_] = analysis.passages("abuse", "yes.total", limit=1)
    assert (first.case, first.supports, first.document, first.title, first.page, first.exact) == (
        "c1", "abuse", "d-c1", "Review c1", 1, "“a”"
    )  # fmt: skip
    assert len(analysis.passages("abuse", "yes.total", limit=1)) == 1


def test_no_such_cell_is_a_key_error(analysis):
    with pytest.raises(KeyError):
        analysis.members("abuse", "maybe.total")


def test_a_release_without_passages_has_none(tmp_path):
    of = study(VARIABLES, TABLES, themes=THEMES)
    assert analyse(of, release(tmp_path, of, CASES)).passages("abuse", "yes.total") == []


def test_two_analyses_are_the_same_bytes(analysis, tmp_path):
    of = study(VARIABLES, TABLES, themes=THEMES)
    texts = {
        as_json(analyse(of, release(tmp_path / "again", of, reversed(CASES), {"child": CHILDREN}), name))
        for name in ("duckdb", "plain")
    }
    assert texts == {as_json(analysis)}
