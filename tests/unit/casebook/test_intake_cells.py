"""What a cell means: mappings of sources.yaml first, then the wave's crosswalk, then the codebook; else the row is refused."""

from dataclasses import replace

import pytest

from casereview.casebook.intake.answers import RowReader
from casereview.casebook.intake.waves import wave_of
from casereview.study.cells import Said, Sense, Unreadable, partial_date
from casereview.study.checks.sources import check
from casereview.study.sources import Column, RowsSource, Sources
from tests.builders import a_study

VARIABLES = {
    "plan": {
        "type": "nominal",
        "categories": {"current": {"label": "Yes, current", "value": 1}, "never": {"label": "Never", "value": 2}},
    },
    "strict": {"absences": ["not-stated"]},
    "age": {"type": "number"},
    "day": {"type": "date"},
    "words": {"type": "text"},
    "factors": {"type": "multiple", "categories": {"alcohol": "Alcohol", "debt": "Debt"}},
}
STUDY = a_study(VARIABLES, crosswalk={"plan": {"w1": {"comparability": "close", "map": {"registered": "current", "2": "never"}}}})


def read(text, variable="plan", wave="w2", labels=None, **column):
    sense = Sense(STUDY, "Column", Column(variable=variable, **column), wave, labels or {})
    said = sense.read(text)
    return "unreadable" if isinstance(said, Unreadable) else said.value or said.absent


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("current", "current"), ("YES, CURRENT", "current"), (" never ", "never"), ("1", "current"), ("2", "never"),
        ("not stated", "not-stated"), ("unclear", "unclear"), ("-8", "not-collected"), ("", None), ("  ", None),
        ("perhaps", "unreadable"), ("3", "unreadable"), ("curr\x00ent", "unreadable"),
    ],
)  # fmt: skip
def test_a_category_is_known_by_slug_label_or_code(text, answer):
    assert read(text) == answer


def test_the_source_has_the_first_word():
    assert read("1", values={"1": "never"}) == "never"
    assert read("never", absent={"never": "unclear"}) == "unclear"
    assert read("", absent={"": "not-applicable"}) == "not-applicable"


def test_an_earlier_waves_answers_are_those_of_its_crosswalk():
    assert read("registered", wave="w1") == "current"
    assert read("registered", wave="w2") == "unreadable"
    assert read("2", wave="w1") == "never"
    assert read("1", wave="w1") == "unreadable"  # that wave's 1 need not be today's
    assert read("Never", wave="w1") == "never"


def test_a_files_labels_say_what_its_codes_mean():
    labels = {"1": "Never", "2": "registered", "7": "No longer in use", "-1": "Not stated"}
    assert read("1", labels=labels) == "never"
    assert read("2", labels=labels, wave="w1") == "never"  # the crosswalk's own code before the label
    assert read("7", labels=labels) == "unreadable"
    assert read("2", labels=labels) == "unreadable"  # today's 2 is something else than what the file calls 2
    assert read("-1", labels=labels) == "not-stated"
    assert read("5", "age", labels=labels) == "5"


def test_an_absence_must_be_one_that_the_variable_admits():
    assert read("not stated", "strict") == "not-stated"
    assert read("unclear", "strict") == "unreadable"


@pytest.mark.parametrize(
    ("text", "answer"),
    [("3", "3"), ("3.0", "3"), ("1.50", "1.5"), ("1e3", "1000"), ("-1", "not-stated"), ("-7", "-7"), ("nan", "unreadable"),
     ("inf", "unreadable"), ("three", "unreadable"), ("1,5", "unreadable"), ("Unclear", "unclear")],
)  # fmt: skip
def test_numbers(text, answer):
    assert read(text, "age") == answer


@pytest.mark.parametrize(
    ("text", "date"),
    [("03/02/2001", "2001-02-03"), ("September 2018", "2018-09"), ("2020", "2020"), ("2018-09-01", "2018-09-01"),
     ("2018-09-01T00:00:00", "2018-09-01"), ("31/02/2001", None), ("18", None), ("sometime", None)],
)  # fmt: skip
def test_dates_are_as_precise_as_they_were_written(text, date):
    assert partial_date(text, ("%d/%m/%Y", "%B %Y", "%Y")) == date


def test_text_is_kept_as_it_is_but_for_its_edges():
    assert read("  =SUM(A1)  ", "words") == "=SUM(A1)"


def rows(columns, *cells, labels=None):
    source = RowsSource(kind="rows", file="f.csv", key="id", columns=columns)
    answers, unreadable = RowReader.of(STUDY, source, labels or {}, "w2")(dict(zip(columns, cells, strict=True)))
    return [one.code for one in unreadable] or {answer[0]: answer[1] or answer[2] for answer in answers}


TICKS = {
    "A": {"variable": "factors", "category": "alcohol"},
    "D": {"variable": "factors", "category": "debt", "absent": {"?": "unclear"}},
}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("1", "0"), {"factors": '["alcohol"]'}),
        (("Yes", "TRUE"), {"factors": '["alcohol", "debt"]'}),
        (("0", "no"), {"factors": "[]"}),
        (("", ""), {}),
        (("0", ""), {}),
        (("", "1"), {"factors": '["debt"]'}),
        (("1", "?"), {"factors": '["alcohol"]'}),
        (("0", "?"), {"factors": "unclear"}),
        (("Not stated", ""), {"factors": "not-stated"}),
        (("maybe", "0"), ["cell-unreadable"]),
        (("2", "0"), ["cell-unreadable"]),
    ],
)
def test_a_multiple_response_with_a_column_a_category(cells, said):
    assert rows(TICKS, *cells) == said


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Debt; Alcohol", {"factors": '["alcohol", "debt"]'}),
        ("alcohol;", {"factors": '["alcohol"]'}),
        ("none of them", {"factors": "not-applicable"}),
        ("unclear", {"factors": "unclear"}),
        ("", {}),
        (" ; ", {}),
        ("debt; unclear", ["cell-unreadable"]),
        ("debt; drink", ["cell-unreadable"]),
    ],
)
def test_a_multiple_response_in_one_column(cell, said):
    column = {"variable": "factors", "split": ";", "absent": {"none of them": "not-applicable"}}
    assert rows({"Factors": column}, cell) == said


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("None", {"factors": "[]"}),
        (" none of these; ", {"factors": "[]"}),
        ("n;a", {"factors": "[]"}),
        ("None; debt", ["cell-unreadable"]),
        ("nothing", ["cell-unreadable"]),
        ("debt", {"factors": '["debt"]'}),
        ("", {"factors": "not-applicable"}),
        (" ; ;", {"factors": "not-applicable"}),
    ],
)
def test_none_of_the_answers_is_an_answer(cell, said):
    none, absent = ["None", "none of these", "n;a"], {"": "not-applicable"}
    assert rows({"Factors": {"variable": "factors", "split": ";", "none": none, "absent": absent}}, cell) == said


def test_none_is_only_for_a_column_that_is_split():
    columns = {"F": {"variable": "factors", "split": ";", "none": ["-"]}, "P": {"variable": "plan", "none": ["-"]}}
    source = {"kind": "rows", "file": "f.csv", "key": "id", "wave": "w1", "columns": columns}
    study = replace(STUDY, sources=Sources.model_validate({"sources": {"s": source}}))
    assert [problem.code for problem in check(study)] == ["multiple-response"]


def test_what_to_do_with_none_is_said():
    sense = Sense(STUDY, "F", Column(variable="factors", split=";"), "w2", {})
    assert "“none:”" in sense.read("nothing").remedy
    assert "“none:”" not in Sense(STUDY, "P", Column(variable="plan"), "w2", {}).read("nothing").remedy


def test_two_columns_for_one_answer_must_agree():
    columns = {"One": {"variable": "plan"}, "Two": {"variable": "plan"}}
    assert rows(columns, "current", "") == {"plan": "current"}
    assert rows(columns, "unclear", "current") == {"plan": "current"}
    assert rows(columns, "current", "never") == ["columns-disagree"]


def test_every_fault_of_a_row_is_named():
    assert len(rows({"P": {"variable": "plan"}, "A": {"variable": "age"}}, "x", "y")) == 2


def wave(**source):
    given = {"kind": "rows", "file": "f.csv", "key": "id"} | {name: value for name, value in source.items() if name != "cells"}
    found = wave_of(STUDY, RowsSource(**given), source.get("cells", {}), {})
    return found if isinstance(found, str) else found.code


def test_the_wave_is_that_of_the_source_a_column_or_a_date():
    assert wave(wave="w1") == "w1"
    assert wave(wave_column="W", cells={"W": "W2"}) == "w2"
    assert wave(wave_column="W", cells={"W": "w9"}) == "wave-unclear"
    assert wave(wave_date="D", cells={"D": "2001-12-31"}) == "w1"
    assert wave(wave_date="D", cells={"D": "2002-02"}) == "w2"
    assert wave(wave_date="D", cells={"D": "2002"}) == "w2"
    assert wave(wave_date="D", cells={"D": "1999"}) == "wave-unclear"
    assert wave(wave_date="D", cells={"D": ""}) == "wave-unclear"


def test_the_forms_of_the_waves_date():
    forms = {"wave_date": "D", "wave_dates": ["%d/%m/%Y"], "cells": {"D": "31/12/2001"}}
    assert wave(**forms) == "w1"
    assert wave(**forms, columns={"D": "words"}) == "w1"
    assert wave(**forms, columns={"D": "day"}) == "wave-unclear"
    assert wave(**forms | {"wave_dates": []}, columns={"D": {"variable": "day", "dates": ["%d/%m/%Y"]}}) == "w1"
    unclear = wave_of(STUDY, RowsSource(kind="rows", file="f.csv", key="id", wave_date="D"), {"D": "31/12/2001"}, {})
    assert unclear.cause == "column “D” holds “31/12/2001”, which is in no wave of the study"
    assert "“wave_dates:”" in unclear.remedy


def test_a_month_that_two_waves_share_is_unclear():
    waves = {
        "w1": {"label": "W1", "start": "2001-01-01", "end": "2001-06-15"},
        "w2": {"label": "W2", "start": "2001-06-16", "end": "2002-02-28"},
    }
    about = type(STUDY.about).model_validate(STUDY.about.model_dump() | {"waves": waves})
    study = replace(STUDY, about=about)
    source = RowsSource(kind="rows", file="f.csv", key="id", wave_date="D")
    assert isinstance(wave_of(study, source, {"D": "2001-06"}, {}), Unreadable)
    assert wave_of(study, source, {"D": "2002-02"}, {}) == "w2"


@pytest.mark.parametrize(("text", "missing"), [("99", [(99, 99)]), ("-7", [(-9, -5)]), ("X", [("X", "X")])])
def test_what_an_spss_file_declares_missing_is_no_answer_until_it_is_said_why(text, missing):
    variable = "words" if text == "X" else "age"
    sense = Sense(STUDY, "Column", Column(variable=variable), "w2", {}, missing)
    found = sense.read(text)
    assert isinstance(found, Unreadable)
    assert "declares missing" in found.cause
    said = Sense(STUDY, "Column", Column(variable=variable, absent={text: "not-stated"}), "w2", {}, missing)
    assert said.read(text) == Said(absent="not-stated")
    assert sense.read("5") == Said(value="5")  # which no range holds
