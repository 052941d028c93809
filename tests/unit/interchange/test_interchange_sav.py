"""Codebook and cases in SPSS files."""

import pandas as pd
import pyarrow as pa
import pyreadstat
import pytest

from casereview.interchange import TableRefused, as_codebook_yaml, read_table, sav
from casereview.interchange.names import sav_name
from casereview.interchange.sav_codebook import read_codebook
from tests.builders import a_study

STUDY = a_study(
    {
        "plan": {"label": "Plan"},
        "age-band": {"type": "ordered", "categories": {"under-1": "Under 1", "over-1": {"label": "1 and over", "value": 7}}},
        "agencies": {"type": "multiple", "label": "Agencies", "categories": {"health": "Health", "social-care": "Social care"}},
        "age": {"type": "number"},
        "when": {"type": "date"},
    }
)
WIDE = pa.table(
    {
        "case": ["a", "b", "c"],
        "wave": ["w1", "w2", "w1"],
        "plan": ["yes", "no", "unclear"],
        "age-band": ["over-1", "not-stated", "under-1"],
        "agencies": pa.array([["health", "social-care"], [], ["not-collected"]]),
        "age": [3.5, None, -1.0],
        "age.absent": [None, "not-stated", None],
        "when": ["2018-09", None, "2018"],
        "when.absent": [None, "not-applicable", None],
    }
)


def cells(path):
    return [row.cells for row in read_table(path).rows]


def test_cases(tmp_path):
    sav.write_cases(STUDY, WIDE, tmp_path / "cases.sav")
    first, second, third = cells(tmp_path / "cases.sav")
    assert first == {
        "case": "a", "wave": "1", "plan": "1", "age_band": "7", "agencies__health": "1", "agencies__social_care": "1",
        "age": "3.5", "age__absent": "", "when": "2018-09", "when__absent": "",
    }  # fmt: skip
    assert (second["plan"], second["age_band"], second["agencies__health"], second["age"]) == ("0", "-1", "0", "")
    assert (second["age__absent"], second["when"], second["when__absent"]) == ("-1", "", "-3")
    assert (third["plan"], third["agencies__health"], third["agencies__social_care"], third["age"]) == ("-2", "-8", "-8", "-1")


def test_no_rows_at_all(tmp_path):
    sav.write_cases(STUDY, WIDE.slice(0, 0), tmp_path / "cases.sav")
    assert cells(tmp_path / "cases.sav") == []


def test_spss_treats_absences_as_missing(tmp_path):
    sav.write_cases(STUDY, WIDE, tmp_path / "cases.sav")
    frame, _ = pyreadstat.read_sav(tmp_path / "cases.sav")
    assert frame["plan"].isna().tolist() == [False, False, True]
    assert frame["agencies__health"].isna().tolist() == [False, False, True]


def test_three_absences_are_single_values_and_more_a_range(tmp_path):
    two = {"not-stated": {"label": "Not stated", "value": -1}, "lost": {"label": "Lost", "value": -9}}
    for absences, expected in ((two, [{"lo": -9, "hi": -9}, {"lo": -1, "hi": -1}]), (None, [{"lo": -8, "hi": -1}])):
        sav.write_codebook(a_study({"plan": {}}, **({"absences": absences} if absences else {})), tmp_path / "a.sav")
        _, meta = pyreadstat.read_sav(tmp_path / "a.sav", user_missing=True)
        assert meta.missing_ranges["plan"] == expected


def test_measures(tmp_path):
    sav.write_codebook(STUDY, tmp_path / "a.sav")
    _, meta = pyreadstat.read_sav(tmp_path / "a.sav")
    measures = {name: meta.variable_measure[name] for name in ("plan", "age_band", "age", "agencies__health")}
    assert measures == {"plan": "nominal", "age_band": "ordinal", "age": "scale", "agencies__health": "nominal"}


@pytest.mark.parametrize(
    ("slug", "part", "name"),
    [("age-band", None, "age_band"), ("all", None, "all_"), ("2nd-visit", None, "v_2nd_visit"), ("seen", "by-gp", "seen__by_gp")],
)
def test_names(slug, part, name):
    assert sav_name(slug, part) == name


def test_long_names_stay_apart():
    names = {sav_name("a" * 70), sav_name("a" * 71), sav_name("a" * 40, "b" * 40)}
    assert len(names) == 3
    assert max(map(len, names)) <= 64


def test_the_codebook_read_back(tmp_path):
    sav.write_codebook(STUDY, tmp_path / "a.sav")
    read = read_codebook(tmp_path / "a.sav")
    assert {slug: one.type for slug, one in read.codebook.variables.items()} == {
        "plan": "yes-no", "age-band": "ordered", "agencies": "multiple", "age": "number", "when": "text",
    }  # fmt: skip
    assert read.absences == dict(STUDY.about.absences)
    assert read.codebook.variables["age-band"].categories["1-and-over"].value == 7
    assert read.codebook.variables["agencies"].categories.keys() == {"health", "social-care"}
    assert read.problems == ()


def foreign(tmp_path, **more):
    frame = pd.DataFrame(
        {"Sex Of": [1.0, 2, 9], "scale": [1.0, 2, 3], "odd": [1.5, 2, 2], "when": pd.to_datetime(["2020-01-01"] * 3).date}
    )
    frame = frame.rename(columns={"Sex Of": "SexOf"})
    labels = {"SexOf": {1: "Male", 2: "Female", 9: "Not known"}, "scale": {1: "Low"}, "odd": {1.5: "Half", 2: "Two"}}
    measures = {"SexOf": "nominal", "scale": "scale", "odd": "nominal"}
    path = tmp_path / "foreign.sav"
    pyreadstat.write_sav(
        frame,
        path,
        column_labels={"SexOf": "Sex"},
        variable_value_labels=labels,
        missing_ranges={"SexOf": [9]},
        variable_measure=measures,
    )
    return path


def test_a_foreign_file(tmp_path):
    read = read_codebook(foreign(tmp_path))
    assert {slug: one.type for slug, one in read.codebook.variables.items()} == {
        "sexof": "nominal", "scale": "number", "odd": "nominal", "when": "date",
    }  # fmt: skip
    assert read.codebook.variables["sexof"].label == "Sex"
    assert {slug: (one.label, one.value) for slug, one in read.absences.items()} == {"not-known": ("Not known", -9)}
    assert [problem.place.file for problem in read.problems] == [
        "foreign.sav (SexOf)",
        "foreign.sav (scale)",
        "foreign.sav (odd)",
    ]
    assert "{'9': not-known}" in read.problems[0].cause


def test_the_text_of_a_codebook_is_a_codebook(tmp_path):
    from ruamel.yaml import YAML

    from casereview.study.codebook import Codebook

    read = read_codebook(foreign(tmp_path))
    text = as_codebook_yaml(read)
    assert Codebook.model_validate(YAML(typ="safe").load(text)) == read.codebook
    assert 'not-known: {label: "Not known", value: -9}' in text


def test_what_is_no_sav_file_is_refused(tmp_path):
    (tmp_path / "a.sav").write_bytes(b"%PDF")
    with pytest.raises(TableRefused):
        read_codebook(tmp_path / "a.sav")
    with pytest.raises(TableRefused):
        read_codebook(tmp_path / "nowhere.sav")
