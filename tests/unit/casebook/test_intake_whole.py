"""Every kind of source taken in: what the casebook then holds, and what the report says."""

import json
from dataclasses import replace

import pytest

from casereview.casebook.intake import quotes
from casereview.casebook.models import Value
from casereview.casebook.opening import opened
from casereview.study.problems import SourcesRefused
from casereview.study.sources import Sources
from tests.casebooks import (
    CASES,
    CHILDREN,
    QUOTES,
    REVIEWS,
    SOURCES,
    events,
    fingerprint,
    table,
    take,
    the_study,
    values,
    write_all,
    write_review,
    write_table,
)

pytestmark = pytest.mark.usefixtures("book")


def test_rows_become_values(data):
    study = the_study()
    take(study, write_all(data))
    assert table(study, "cases") == [
        {"case": case, "wave": wave} for case, wave in (("A", "w1"), ("B", "w1"), ("C", "w2"), ("D", "w2"))
    ]
    assert values(study, "A") == {
        "outcome": "fatal",
        "plan": "yes",
        "factors": '["alcohol", "debt"]',
        "agencies": '["health"]',
        "day": "2001-02-03",
        "visits": "3",
        "note": "first seen in spring",
    }
    assert values(study, "B") == {"outcome": "harm", "plan": "no", "agencies": "[]", "day": "2001-03", "visits": "1.5"}
    assert values(study, "C") == {
        "outcome": "fatal", "plan": "unclear", "factors": '["violence"]', "day": "2002", "visits": "not-stated", "note": "=1+1"
    }  # fmt: skip
    assert values(study, "D")["factors"] == "not-stated"
    assert values(study, "D")["note"] == "naïve café 😢"
    assert values(study, "B2") == {"sex": "unclear"}


def test_a_value_keeps_what_the_source_wrote(data):
    study = the_study()
    take(study, write_all(data))
    rows = {row["value_id"]: row for row in table(study, "values")}
    assert rows["case/A/outcome/cases"]["recorded"] == "The child died"
    assert rows["case/A/agencies/cases"]["recorded"] == '{"Health": "1", "Police": "0"}'
    assert rows["child/B2/sex/children"] == {
        "value_id": "child/B2/sex/children", "unit": "child", "record": "B2", "variable": "sex",
        "value": None, "absent": "unclear", "recorded": "Unclear", "coder": "", "source": "children",
    }  # fmt: skip


def test_documents_passages_codings_and_evidence(data):
    study = the_study()
    take(study, write_all(data))
    documents = {row["document"]: row for row in table(study, "documents")}
    assert list(documents) == ["L1", "L2", "review-A", "review-D"]
    assert documents["review-D"]["case"] == "D"
    assert documents["review-D"]["characters"] == len(REVIEWS["D"])
    assert documents["L2"]["kind"] == "table"
    passages = {row["passage"]: row for row in table(study, "passages")}
    for row in passages.values():
        if row["document"] in ("review-A", "review-D"):
            assert REVIEWS[row["document"][-1]][row["start"] : row["end"]] == row["exact"]
    codings = table(study, "codings")
    assert [
        (passages[row["passage"]]["exact"], row["code"], row["coder"]) for row in codings if "review-A" in row["passage"]
    ] == [
        ("Nobody asked the older child", "listening", "kim"),
        ("The file was closed", "listening", "kim"),
    ]
    # D1's sex was left empty: there is no value that could rest on the passage marked for it.
    assert {row["value_id"] for row in table(study, "evidence")} == {"case/D/plan/cases", "case/B/outcome/cases"}


def test_the_totals_add_up_and_refusals_have_reasons(data):
    report = take(the_study(), write_all(data)).as_json()
    assert report["totals"] == {"there": 18, "read": 17, "unchanged": 0, "refused": 1, "withdrawn": 0}
    assert [(one["source"], one["row"], one["code"]) for one in report["refusals"]] == [("quotes", 5, "quote-not-found")]
    for source in report["sources"]:
        assert source["there"] == source["read"] + source["unchanged"] + source["refused"]
        assert all(len(file["sha256"]) == 64 for file in source["files"])


def test_the_report_has_no_words_of_documents(data):
    text = json.dumps(take(the_study(), write_all(data)).as_json())
    for words in ("Nobody", "older child", "health visitor", "seen at home", "not there"):
        assert words not in text


def test_a_second_time_changes_nothing(data):
    study = the_study()
    take(study, write_all(data))
    before, written = fingerprint(study), events()
    report = take(study, data)
    assert report.totals() == {"there": 18, "read": 0, "unchanged": 17, "refused": 1, "withdrawn": 0}
    assert fingerprint(study) == before
    assert events() == written


def test_sources_in_any_order_give_the_same(data):
    backwards = replace(the_study(), sources=Sources.model_validate({"sources": dict(reversed(SOURCES.items()))}))
    report = take(backwards, write_all(data))
    assert [one.source for one in report.sources] == list(backwards.sources.sources)
    assert report.totals()["refused"] == 1


def test_what_changes_is_superseded(data):
    study = the_study()
    take(study, write_all(data))
    rows = [[*CASES[0][:2], "harm", *CASES[0][3:]], *CASES[1:]]
    write_table(data, "cases.csv", rows)
    report = take(study, data)
    assert report.sources[0].read == 1
    assert values(study, "A")["outcome"] == "harm"
    kept = Value.objects.filter(case__key="A", variable="outcome").order_by("id").values_list("value", "current")
    assert list(kept) == [("fatal", False), ("harm", True)]
    assert Value.objects.filter(case__key="A", variable="plan").count() == 1


def as_new(study, data, tmp_path_factory, django_db_blocker):
    """The content of a casebook built anew from the same files."""
    place = tmp_path_factory.mktemp("anew") / "casebook.db"
    with django_db_blocker.unblock(), opened(place):
        take(study, data)
        return fingerprint(study)


SAME = ["listening", "plan", "lou"]

CHANGES = {
    "a case gone": lambda data: write_table(data, "cases.csv", CASES[:3]),
    "a case moved to another wave": lambda data: write_table(data, "cases.csv", [*CASES[:3], ["D", "w1", *CASES[3][2:]]]),
    "a child moved to another case": lambda data: write_table(data, "children.csv", [["A1", "C", "Girl"], *CHILDREN[1:]]),
    "a child gone": lambda data: write_table(data, "children.csv", CHILDREN[:-1]),
    "an answer taken back": lambda data: write_table(data, "cases.csv", [[*CASES[0][:9], ""], *CASES[1:]]),
    "a row spoilt": lambda data: write_table(data, "cases.csv", [["A", "w1", "what?", *CASES[0][3:]], *CASES[1:]]),
    "a review written anew": lambda data: write_review(data, "review-A.txt", "Before all: " + REVIEWS["A"]),
    "a review gone": lambda data: (data / "reviews" / "review-D.txt").unlink(),
    "a quote gone": lambda data: write_table(data, "quotes.csv", QUOTES[1:]),
    "a quote with another theme": lambda data: write_table(
        data, "quotes.csv", [[*QUOTES[0][:2], "practice", "", "kim"], *QUOTES[1:]]
    ),
    "a quote's case corrected": lambda data: write_table(
        data, "quotes.csv", [["review-A", "nobody asked the older child | The file was closed", *QUOTES[0][2:]], *QUOTES[1:]]
    ),
    "a quote that is evidence too": lambda data: write_table(
        data, "quotes.csv", [["review-D", QUOTES[4][1], *SAME], *QUOTES[:4]]
    ),
    "a letter gone": lambda data: write_table(data, "letters.csv", [["L2", "C", "", "Records were lost."]]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_casebook_says_what_a_new_one_would(data, change, tmp_path_factory, django_db_blocker):
    study = the_study()
    take(study, write_all(data))
    CHANGES[change](data)
    take(study, data)
    changed = fingerprint(study)
    take(study, data)
    assert fingerprint(study) == changed
    assert changed == as_new(study, data, tmp_path_factory, django_db_blocker)


def test_a_corrected_quote_takes_the_place_of_what_it_was(data):
    study = the_study()
    take(study, write_all(data))
    write_table(data, "quotes.csv", [["review-A", "nobody asked the older child", *QUOTES[0][2:]]] * 2)
    report = take(study, data)
    counts = {"there": 2, "read": 1, "unchanged": 0, "refused": 1, "withdrawn": 5}
    assert report.sources[4].counts() == counts
    assert [row["exact"] for row in table(study, "passages")] == ["Nobody asked the older child"]
    assert take(study, data).sources[4].counts() == counts | {"read": 0, "unchanged": 1, "withdrawn": 0}


def test_a_quote_corrected_in_a_run_that_broke_off(data, monkeypatch, tmp_path_factory, django_db_blocker):
    study = the_study()
    take(study, write_all(data))
    CHANGES["a quote that is evidence too"](data)
    with monkeypatch.context() as broken:
        broken.setattr(quotes, "withdraw_gone", None)
        with pytest.raises(TypeError):
            take(study, data)
    take(study, data)
    assert fingerprint(study) == as_new(study, data, tmp_path_factory, django_db_blocker)


def test_everything_is_sorted_by_code_point(data):
    study, keys = (
        the_study({"cases": SOURCES["cases"], "letters": SOURCES["letters"]}),
        ["b", "é", "B", "a", "Z", "-", "😢", "a b", "ab"],
    )
    write_table(data, "cases.csv", [[key, *CASES[0][1:]] for key in keys])
    write_table(data, "letters.csv", [[key, "a", "Words.", ""] for key in keys])
    take(study, data)
    assert [row["case"] for row in table(study, "cases")] == sorted(keys)
    assert [row["document"] for row in table(study, "documents")] == sorted(keys)
    rows = [(row["record"], row["variable"]) for row in table(study, "values")]
    assert rows == sorted(rows)


def test_a_source_no_longer_named_is_withdrawn(data):
    study = the_study()
    take(study, write_all(data))
    fewer = {slug: source for slug, source in SOURCES.items() if slug not in ("quotes", "letters")}
    take(the_study(fewer), data)
    assert [row["document"] for row in table(study, "documents")] == ["review-A", "review-D"]
    assert table(study, "passages") == table(study, "codings") == table(study, "evidence") == []


def test_a_missing_file_stops_no_other_and_ends_nothing(data):
    study = the_study()
    take(study, write_all(data))
    before = fingerprint(study)
    (data / "letters.csv").unlink()
    report = take(study, data)
    assert ("source-missing", "letters.csv") in [(problem.code, problem.place.file) for _, problem in report.refusals()]
    assert fingerprint(study) == before


def test_nothing_to_read_is_refused_with_every_problem(data):
    data.mkdir()
    with pytest.raises(SourcesRefused) as refused:
        take(the_study(), data)
    assert {problem.place.file for problem in refused.value.problems} == {source["file"] for source in SOURCES.values()}
    assert events() == 0
