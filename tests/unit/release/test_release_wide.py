"""One row a case or person, one answer a variable; every absence has its reason."""

import duckdb
import pytest

from casereview.release.tables import write_tables
from tests.builders import a_study, absent, cases, content, known

YES_NO = {"type": "yes-no"}
AGENCIES = {"type": "multiple", "categories": {"health": "Health", "police": "Police", "school": "School"}}


def wide(study, tmp_path, unit="case", **tables):
    data, spill = tmp_path / "data", tmp_path / "spill"
    data.mkdir()
    spill.mkdir()
    write_tables(study, content(**tables), data, spill)
    columns = duckdb.sql(f"SELECT * FROM read_parquet('{data / unit}.parquet')")
    return [dict(zip(columns.columns, row, strict=True)) for row in columns.fetchall()]


def answers(rows, column, key="case"):
    return {row[key]: row[column] for row in rows}


def test_the_latest_source_with_a_known_answer_counts(tmp_path):
    study = a_study({"plan": YES_NO}, sources=("first", "second", "third"))
    rows = wide(
        study,
        tmp_path,
        cases=cases("a", "b", "c"),
        values=[
            known("a", "plan", "yes", source="first"),
            known("a", "plan", "no", source="second"),
            absent("a", "plan", "unclear", source="third"),
            absent("b", "plan", "unclear", source="first"),
            absent("b", "plan", "not-stated", source="third"),
            known("c", "plan", "no", source="a-coder"),
            known("c", "plan", "yes", source="third"),
        ],
    )
    assert answers(rows, "plan") == {"a": "no", "b": "not-stated", "c": "no"}


def test_what_people_record_comes_after_every_file_and_what_they_agreed_on_last(tmp_path):
    study = a_study({"plan": YES_NO}, sources=("main",))
    values = [known("a", "plan", "no", source="main"), known("a", "plan", "yes", source="coded", coder="kim")]
    values += [known("b", "plan", "yes", source="coded", coder="kim"), known("b", "plan", "no", source="agreed", coder="lou")]
    values += [known("c", "plan", "no", source="main"), known("c", "plan", "yes", source="double-coded", coder="lou")]
    values += [known("d", "plan", "no", source="main"), absent("d", "plan", "unclear", source="agreed", coder="lou")]
    rows = wide(study, tmp_path, cases=cases("a", "b", "c", "d"), values=values)
    assert answers(rows, "plan") == {"a": "yes", "b": "no", "c": "no", "d": "unclear"}


def test_a_double_coding_never_counts(tmp_path):
    study = a_study({"plan": YES_NO}, sources=("first", "again"), double_coding=("again",))
    values = [absent("a", "plan", "unclear", source="first"), known("a", "plan", "yes", source="again")]
    values += [known("b", "plan", "yes", source="again"), known("c", "plan", "no", source="a-coder")]
    rows = wide(study, tmp_path, cases=cases("a", "b", "c"), values=values)
    assert answers(rows, "plan") == {"a": "unclear", "b": "not-stated", "c": "no"}


def test_what_no_source_gave_has_a_reason(tmp_path):
    variables = {"fatal": YES_NO, "later": {"waves": {"first": "w2"}}, "inquest": {"asked_when": {"fatal": {"is": "yes"}}}}
    rows = wide(
        a_study(variables),
        tmp_path,
        cases=[*cases("a", "b", "c"), *cases("d", wave="w2")],
        values=[
            known("a", "fatal", "yes"),
            known("b", "fatal", "no"),
            absent("c", "fatal", "unclear"),
            known("c", "later", "yes"),
        ],
    )
    assert answers(rows, "later") == {"a": "not-collected", "b": "not-collected", "c": "yes", "d": "not-stated"}
    assert answers(rows, "inquest") == dict.fromkeys("acd", "not-stated") | {"b": "not-applicable"}


def test_a_given_answer_stands_even_where_the_question_does_not_apply(tmp_path):
    study = a_study({"fatal": YES_NO, "inquest": {"asked_when": {"fatal": {"is": "yes"}}}})
    given = [known("a", "fatal", "no"), known("a", "inquest", "yes")]
    assert answers(wide(study, tmp_path, cases=cases("a"), values=given), "inquest") == {"a": "yes"}


def test_asked_of_a_sample_only(tmp_path):
    study = a_study({"depth": {"asked_when": {"sample": {"is": "deep"}}}}, samples=("deep",))
    drawn = [
        {"sample": "deep", "case": case, "status": status}
        for case, status in zip("abc", ("drawn", "replaced", "substitute"), strict=True)
    ]
    rows = wide(study, tmp_path, cases=cases("a", "b", "c", "d"), samples=drawn)
    assert answers(rows, "depth") == {"a": "not-stated", "b": "not-applicable", "c": "not-stated", "d": "not-applicable"}


def test_a_person_is_asked_by_their_cases_answers(tmp_path):
    study = a_study({"fatal": YES_NO, "hurt": {"unit": "child", "asked_when": {"fatal": {"is": "no"}}}}, people=("child",))
    people = [{"person": f"{case}-1", "case": case, "role": "child"} for case in "ab"]
    values = [known("a", "fatal", "no"), known("b", "fatal", "yes")]
    rows = wide(study, tmp_path, "child", cases=cases("a", "b"), people=people, values=values)
    assert answers(rows, "hurt", "person") == {"a-1": "not-stated", "b-1": "not-applicable"}


def test_numbers_dates_and_texts_have_their_reason_beside_them(tmp_path):
    study = a_study({"age": {"type": "number"}, "when": {"type": "date"}, "note": {"type": "text"}})
    values = [known("a", "age", "2.5"), known("a", "when", "2018-09"), absent("a", "note", "unclear")]
    (row,) = wide(study, tmp_path, cases=cases("a"), values=values)
    assert (row["age"], row["age.absent"]) == (2.5, None)
    assert (row["when"], row["when.absent"]) == ("2018-09", None)
    assert (row["note"], row["note.absent"]) == (None, "unclear")


def test_a_multiple_response_is_in_the_codebooks_order_and_may_be_empty(tmp_path):
    values = [known("a", "agencies", '["school", "health"]'), known("b", "agencies", "[]"), absent("c", "agencies", "unclear")]
    rows = wide(a_study({"agencies": AGENCIES}), tmp_path, cases=cases("a", "b", "c"), values=values)
    assert answers(rows, "agencies") == {"a": ["health", "school"], "b": [], "c": ["unclear"]}


def test_bands(tmp_path):
    bands = {
        "type": "ordered",
        "categories": {"low": "Low", "mid": "Mid", "high": "High"},
        "derived": {"banded": "age", "cuts": [1, 6]},
    }
    ages = {"a": "0.99", "b": "1", "c": "5.99", "d": "6", "e": "-3"}
    study = a_study({"age": {"type": "number"}, "band": bands})
    values = [known(case, "age", age) for case, age in ages.items()] + [absent("f", "age", "unclear")]
    rows = wide(study, tmp_path, cases=cases(*"abcdef"), values=values)
    assert answers(rows, "band") == {"a": "low", "b": "mid", "c": "mid", "d": "high", "e": "low", "f": "unclear"}


def test_recoded(tmp_path):
    three = {"type": "nominal", "categories": {"never": "Never", "once": "Once", "often": "Often"}}
    ever = {"type": "yes-no", "derived": {"recoded": "times", "into": {"yes": ["once", "often"], "no": ["never"]}}}
    values = [known("a", "times", "often"), known("b", "times", "never"), absent("c", "times", "unclear")]
    rows = wide(a_study({"times": three, "ever": ever}), tmp_path, cases=cases("a", "b", "c"), values=values)
    assert answers(rows, "ever") == {"a": "yes", "b": "no", "c": "unclear"}


def test_recoded_from_several_answers_to_several(tmp_path):
    wider = {"type": "multiple", "categories": {"universal": "Universal", "justice": "Justice"}}
    derived = {"derived": {"recoded": "agencies", "into": {"justice": ["police"], "universal": ["health", "school"]}}}
    values = [known("a", "agencies", '["school", "police", "health"]'), known("b", "agencies", "[]")]
    rows = wide(a_study({"agencies": AGENCIES, "kinds": wider | derived}), tmp_path, cases=cases("a", "b", "c"), values=values)
    assert answers(rows, "kinds") == {"a": ["universal", "justice"], "b": [], "c": ["not-stated"]}


def test_yes_if_any_is_yes_and_no_only_if_all_are_no(tmp_path):
    study = a_study({"one": YES_NO, "two": YES_NO, "either": {"derived": {"any_of": ["one", "two"]}}})
    given = {"a": ("yes", "unclear"), "b": ("no", "no"), "c": ("no", "unclear"), "d": ("not-applicable", "unclear")}
    values = [
        known(case, slug, answer) if answer in ("yes", "no") else absent(case, slug, answer)
        for case, pair in given.items()
        for slug, answer in zip(("one", "two"), pair, strict=True)
    ]
    rows = wide(study, tmp_path, cases=cases(*given), values=values)
    assert answers(rows, "either") == {"a": "yes", "b": "no", "c": "unclear", "d": "unclear"}


PEOPLE = [
    {"person": f"{case}{number}", "case": case, "role": "child"} for case in "ab" for number in range(2 if case == "b" else 1)
]


def test_only_the_only_persons_answer_is_the_cases(tmp_path):
    study = a_study({"hurt": {"unit": "child"}, "child-hurt": {"derived": {"lifted": "hurt"}}}, people=("child",))
    values = [
        known("a0", "hurt", "no", unit="child"),
        known("b0", "hurt", "yes", unit="child"),
        known("b1", "hurt", "yes", unit="child"),
    ]
    rows = wide(study, tmp_path, cases=cases("a", "b", "c"), people=PEOPLE, values=values)
    assert answers(rows, "child-hurt") == {"a": "no", "b": "not-applicable", "c": "not-applicable"}


@pytest.mark.parametrize(
    ("first", "second", "lifted"),
    [("no", "yes", "yes"), ("no", "no", "no"), ("no", None, "not-stated"), (None, "yes", "yes"), (None, None, "not-stated")],
)
def test_yes_if_any_person_says_yes(tmp_path, first, second, lifted):
    study = a_study({"hurt": {"unit": "child"}, "any-hurt": {"derived": {"lifted": "hurt", "take": "any"}}}, people=("child",))
    given = [known(person, "hurt", answer, unit="child") for person, answer in (("b0", first), ("b1", second)) if answer]
    rows = wide(study, tmp_path, cases=cases("a", "b", "c"), people=PEOPLE, values=given)
    assert answers(rows, "any-hurt") == {"a": "not-stated", "b": lifted, "c": "not-applicable"}


@pytest.mark.parametrize(
    ("first", "second", "lifted"),
    [
        ('["school"]', '["health", "school"]', ["health", "school"]),
        ('["school"]', None, ["school"]),
        ("[]", "[]", []),
        ("[]", None, ["not-stated"]),
    ],
)
def test_all_persons_answers_together(tmp_path, first, second, lifted):
    study = a_study(
        {"seen": AGENCIES | {"unit": "child"}, "all-seen": AGENCIES | {"derived": {"lifted": "seen", "take": "any"}}},
        people=("child",),
    )
    given = [known(person, "seen", answer, unit="child") for person, answer in (("b0", first), ("b1", second)) if answer]
    rows = wide(study, tmp_path, cases=cases("b"), people=PEOPLE[1:], values=given)
    assert answers(rows, "all-seen") == {"b": lifted}


THEMES = {"practice": {"label": "Practice", "codes": {"listening": {"label": "Listening"}}}, "system": {"label": "System"}}
CODED = {
    "documents": [{"document": f"d-{case}", "case": case} for case in "abc"] + [{"document": "guidance"}],
    "passages": [{"passage": f"p-{case}", "document": f"d-{case}", "start": 0, "end": 1} for case in "abc"]
    + [{"passage": "p-guidance", "document": "guidance", "start": 0, "end": 1}],
    "codings": [
        {"passage": "p-a", "code": "listening"},
        {"passage": "p-b", "code": "system"},
        {"passage": "p-c", "code": "practice"},
        {"passage": "p-guidance", "code": "practice"},
    ],
}


def test_coded_of_the_cases_with_a_document(tmp_path):
    study = a_study({"practice-coded": {"derived": {"coded": "practice"}}}, themes=THEMES)
    rows = wide(study, tmp_path, cases=cases("a", "b", "c", "d"), **CODED)
    assert answers(rows, "practice-coded") == {"a": "yes", "b": "no", "c": "yes", "d": "not-collected"}


def test_coded_of_the_cases_read(tmp_path):
    study = a_study({"practice-coded": {"derived": {"coded": "practice", "read_in": "deep"}}}, themes=THEMES, samples=("deep",))
    drawn = [{"sample": "deep", "case": case, "status": "drawn"} for case in "abd"]
    rows = wide(study, tmp_path, cases=cases("a", "b", "c", "d"), samples=drawn, **CODED)
    assert answers(rows, "practice-coded") == {"a": "yes", "b": "no", "c": "not-collected", "d": "no"}


def test_a_derived_variable_keeps_to_its_waves_and_to_whom_it_is_asked_of(tmp_path):
    rules = {"waves": {"last": "w1"}, "asked_when": {"one": {"is": "yes"}}}
    study = a_study({"one": YES_NO, "two": YES_NO, "either": {"derived": {"any_of": ["one", "two"]}} | rules})
    values = [known(case, slug, "yes" if case != "b" else "no") for case in "abc" for slug in ("one", "two")]
    rows = wide(study, tmp_path, cases=[*cases("a", "b"), *cases("c", wave="w2")], values=values)
    assert answers(rows, "either") == {"a": "yes", "b": "not-applicable", "c": "not-collected"}


def test_names_with_quotation_marks_stay_names(tmp_path):
    study = a_study({"note": {"type": "text"}}, sources=("main",))
    rows = wide(
        study, tmp_path, cases=cases("a'; DROP TABLE cases; --"), values=[known("a'; DROP TABLE cases; --", "note", "it's")]
    )
    assert answers(rows, "note") == {"a'; DROP TABLE cases; --": "it's"}


def test_rows_are_in_order_whatever_order_they_came_in(tmp_path):
    rows = wide(a_study({"plan": YES_NO}), tmp_path, cases=cases("b", "a", "Z", "é"))
    assert [row["case"] for row in rows] == ["Z", "a", "b", "é"]
