"""Records in place: what is refused, all of it at once, before any figure is given. Every record is fictional."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from casereview.analysis import analyse_in_place, as_json
from casereview.study.plan import Plan
from casereview.study.problems import AnalysisRefused, SourcesRefused
from casereview.study.sources import Sources
from tests.builders import a_study

VARIABLES = {
    "sex": {"type": "nominal", "categories": {"girl": "Girl", "boy": "Boy"}},
    "abuse": {"type": "yes-no"},
    "age": {"type": "number"},
    "day": {"type": "date"},
    "listening": {"type": "yes-no", "derived": {"coded": "listening"}},
    "seen": {"type": "yes-no", "unit": "child"},
    "any-seen": {"type": "yes-no", "derived": {"lifted": "seen", "take": "any"}},
}
THEMES = {"practice": {"label": "Practice", "codes": {"listening": {"label": "Listening"}}}}
COLUMNS = {"SEX": {"variable": "sex", "absent": {"9": "not-stated"}}, "AB": "abuse", "AGE": "age"}


def analysed(folder: Path, rows: list[dict], asked: dict, columns: dict = COLUMNS, **source):
    of = a_study(VARIABLES, people=("child",), waves=("w1",), samples=("deep",), themes=THEMES)
    given = {"kind": "records", "file": "cases.parquet", "columns": columns} | source
    object.__setattr__(of, "sources", Sources.model_validate({"sources": {"linked": given}}))
    object.__setattr__(of, "plan", Plan.model_validate({"tables": {slug: {"title": slug} | one for slug, one in asked.items()}}))
    pq.write_table(pa.Table.from_pylist(rows), folder / "cases.parquet")
    return analyse_in_place(of, "linked", folder)


def refused(error, *args, **more):
    with pytest.raises(error) as refusal:
        analysed(*args, **more)
    return [(problem.code, problem.cause) for problem in refusal.value.problems]


def record(sex=1, ab=1, age=3.0, **more):
    return {"SEX": sex, "AB": ab, "AGE": age} | more


def test_tables_say_that_they_were_counted_in_place(tmp_path):
    made = analysed(tmp_path, [record(), record(sex=2), record(sex=9)], {"t": {"rows": "sex"}})
    assert {address: cell.count for address, cell in made.tables["t"].cells.items()} == {"girl": 1, "boy": 1, "total": 2}
    assert made.tables["t"].absences == {"not-stated": 1}
    said = json.loads(as_json(made))
    assert said["in_place"] == {"source": "linked", "records": "cases.parquet", "frozen": False}
    assert said["release"] == ""
    with pytest.raises(AnalysisRefused):
        made.members("t", "girl")


def test_every_code_that_nobody_explained_is_said_at_once(tmp_path):
    rows = [record(sex=3), record(sex=3), record(sex=4, ab=7), record(ab=None)]
    found = refused(
        SourcesRefused, tmp_path, rows, {"t": {"rows": "sex"}, "u": {"rows": "wave", "where": {"abuse": {"is": "yes"}}}}
    )
    assert found == [
        ("code-unknown", "column “AB” (abuse) holds “7”: which is no answer of the codebook (1 record)."),
        ("code-unknown", "column “SEX” (sex) holds “3”: which is no answer of the codebook (2 records)."),
        ("code-unknown", "column “SEX” (sex) holds “4”: which is no answer of the codebook (1 record)."),
    ]


def test_what_is_not_asked_after_may_hold_anything(tmp_path):
    assert analysed(tmp_path, [record(sex=77)], {"t": {"rows": "abuse"}}).tables["t"].base == 1


def test_many_unknown_codes_are_not_all_named(tmp_path):
    found = refused(SourcesRefused, tmp_path, [record(sex=code) for code in range(100, 140)], {"t": {"rows": "sex"}})
    assert len(found) == 21
    assert "column “SEX” (sex) holds 20 more codes that are not known." in [cause for _, cause in found]


def test_what_records_cannot_answer_is_refused_with_its_table(tmp_path):
    asked = {
        "a": {"rows": "listening"},
        "b": {"rows": "any-seen"},
        "c": {"rows": "sex", "where": {"sample": {"is": "deep"}}},
        "d": {"rows": "seen", "unit": "child"},
        "e": {"rows": "wave", "share": {"label": "x", "holds": {"day": {"known": True}}}},
    }
    found = refused(AnalysisRefused, tmp_path, [record()], asked)
    assert found == [
        ("not-in-place", "“a” rests on “listening”, which is made of coded passages."),
        ("not-in-place", "“b” rests on “any-seen”, which is made of several people’s answers."),
        ("not-in-place", "“c” asks for a sample, which is drawn in a casebook."),
        ("not-in-place", "“d” counts by the child, and “linked” has a record for each case."),
        ("not-in-place", "“e” rests on “day”, for which “linked” has no column."),
    ]


def test_columns_must_be_there_and_of_their_type(tmp_path):
    columns = COLUMNS | {"AGE": "age", "DAY": "day", "SEXX": "sex"}
    found = refused(SourcesRefused, tmp_path, [record(age="three", DAY="2014")], {"t": {"rows": "abuse"}}, columns)
    assert found == [
        ("column-missing", "the records have no column “SEXX”."),
        ("column-type", "column “AGE” holds texts; “age” is a number."),
        ("column-type", "column “DAY” holds texts; “day” is a date."),
    ]


def test_no_number_that_is_none_is_counted(tmp_path):
    rows = [record(age=float("nan")), record(age=float("inf")), record(age=1.0)]
    found = refused(SourcesRefused, tmp_path, rows, {"t": {"rows": "sex", "weight": "age"}})
    assert found == [("code-unknown", "“age” is in 2 records endless, or not a number (NaN).")]


def test_no_record_may_stand_twice_where_there_is_a_key(tmp_path):
    rows = [record(id="a"), record(id="a"), record(id=None)]
    found = refused(SourcesRefused, tmp_path, rows, {"t": {"rows": "sex"}}, key="id")
    assert found == [("key-twice", "Of 2 records the identifier “id” is missing, or that of another.")]


def test_records_that_are_not_there(tmp_path):
    found = refused(SourcesRefused, tmp_path, [record()], {"t": {"rows": "sex"}}, file="others/*.parquet")
    assert found == [("source-missing", "there are no records “others/*.parquet”.")]


def test_a_source_of_another_kind_is_a_key_error(tmp_path):
    of = a_study(VARIABLES, people=("child",), themes=THEMES)
    for slug in ("main", "nothing"):
        with pytest.raises(KeyError):
            analyse_in_place(of, slug, tmp_path)


def test_a_file_that_is_damaged_is_named(tmp_path):
    (tmp_path / "other.parquet").write_bytes(b"no Parquet")
    ((code, _),) = refused(SourcesRefused, tmp_path, [record()], {"t": {"rows": "sex"}}, file="other.parquet")
    assert code == "records-unreadable"
