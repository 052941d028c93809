"""REDCap's data dictionary."""

import csv

import pytest

from casereview.interchange import TableRefused, redcap
from casereview.interchange.redcap_codebook import read
from casereview.interchange.redcap_logic import Field, Inexpressible, branching, condition
from tests.builders import a_study

STUDY = a_study(
    {
        "plan": {"label": "=Plan", "definition": "@A plan in force.", "hint": "Look first."},
        "sure": {"absences": []},
        "age-band": {
            "type": "ordered",
            "categories": {"under-1": "Under 1", "over-1": "1 | over"},
            "asked_when": {"plan": {"is": "yes"}},
        },
        "agencies": {"type": "multiple", "categories": {"health": "Health", "police": "Police"}},
        "age": {"type": "number", "unit": "child"},
        "when": {"type": "date", "unit": "child", "asked_when": {"agencies": {"in": ["health", "police"]}}},
        "late": {"asked_when": {"wave": {"is": "w2"}}},
        "either": {"derived": {"any_of": ["plan", "sure"]}},
    },
    people=("child",),
)


@pytest.fixture
def written(tmp_path):
    return tmp_path / "dictionary.csv", redcap.write(STUDY, tmp_path / "dictionary.csv")


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return {row[redcap.NAME]: row for row in csv.DictReader(file)}


def test_the_eighteen_columns(written):
    path, _ = written
    assert path.read_text(encoding="utf-8").splitlines()[0].count(",") >= 17
    with path.open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == redcap.COLUMNS
    assert len(redcap.COLUMNS) == 18


def test_fields(written):
    fields = rows(written[0])
    assert list(fields) == ["record_id", "plan", "sure", "age_band", "agencies", "late", "age", "when"]
    assert {name: field[redcap.TYPE] for name, field in fields.items()} == {
        "record_id": "text", "plan": "radio", "sure": "yesno", "age_band": "radio", "agencies": "checkbox",
        "age": "text", "when": "text", "late": "radio",
    }  # fmt: skip
    assert fields["plan"][redcap.CHOICES].startswith("1, Yes | 0, No | -1, Not stated | ")
    assert fields["age_band"][redcap.CHOICES].startswith("1, Under 1 | 2, 1 / over | ")
    assert (fields["age"][redcap.VALIDATION], fields["when"][redcap.VALIDATION]) == ("number", "date_ymd")
    assert fields["age_band"][redcap.BRANCHING] == "[plan] = '1'"
    assert (fields["age"][redcap.FORM], fields["plan"][redcap.FORM]) == ("child", "case")


def test_no_cell_is_a_formula(written):
    for row in rows(written[0]).values():
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@")), cell
    assert rows(written[0])["plan"][redcap.LABEL] == "'=Plan"


def test_what_it_cannot_hold_is_reported(written):
    said = [(str(problem.place), problem.cause) for problem in written[1]]
    assert any("either" in place and "derived" in cause for place, cause in said)
    assert any("late" in place and "the wave" in cause for place, cause in said)
    assert any("age" in place and "absent" in cause for place, cause in said)


def test_read_back(written):
    imported = read(written[0])
    variables = imported.codebook.variables
    assert {slug: one.type for slug, one in variables.items()} == {
        "plan": "yes-no", "sure": "yes-no", "age-band": "ordered", "agencies": "multiple",
        "late": "yes-no", "age": "number", "when": "date",
    }  # fmt: skip
    assert (variables["plan"].label, variables["plan"].definition, variables["plan"].hint) == (
        "=Plan",
        "@A plan in force.",
        "Look first.",
    )
    assert variables["age-band"].asked_when == {"plan": {"is": "yes"}}
    assert variables["when"].asked_when == {"any": [{"agencies": {"is": "health"}}, {"agencies": {"is": "police"}}]}
    assert imported.absences == dict(STUDY.about.absences)
    assert imported.columns["age_band"] == "age-band"


FOREIGN = '''\
study_id,demographics,,text,,,,,
sex,demographics,About you,dropdown,,"M, Male | F, Female",,,
bmi,demographics,,calc,,[weight]/[height],,,
weight,body,,text,,,,integer,"datediff([a],[b]) > 2"
born,body,,text,,,,date_dmy,"[sex]='M' or [sex] = ""F"""
smokes,body,,truefalse,Smokes?,,,,
years,body,,slider,,,,,[smokes] = 1
'''
GIVEN = (*redcap.COLUMNS[:8], redcap.BRANCHING)


def foreign(tmp_path):
    path = tmp_path / "foreign.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, redcap.COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(csv.DictReader(FOREIGN.splitlines(), GIVEN))
    return path


def test_a_foreign_dictionary(tmp_path):
    imported = read(foreign(tmp_path))
    variables = imported.codebook.variables
    assert {slug: one.type for slug, one in variables.items()} == {
        "sex": "nominal", "weight": "number", "born": "date", "smokes": "yes-no", "years": "number",
    }  # fmt: skip
    assert (variables["sex"].domain, variables["weight"].domain) == ("about-you", "body")
    assert {slug: one.value for slug, one in variables["sex"].categories.items()} == {"male": 1, "female": 2}
    assert variables["years"].asked_when == {"smokes": {"is": "yes"}}
    assert variables["weight"].asked_when is None
    assert sorted(problem.place.line for problem in imported.problems) == [3, 3, 4, 5, 6]


def test_what_is_no_dictionary_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("id,x\n1,2\n")
    with pytest.raises(TableRefused, match="no REDCap data dictionary"):
        read(tmp_path / "a.csv")


FIELDS = {
    "plan": Field("plan", "yes-no", {"1": "yes", "0": "no"}, frozenset({"-1"})),
    "seen": Field("seen", "multiple", {"2": "gp"}),
}


YES, NO, GP = {"plan": {"is": "yes"}}, {"plan": {"is": "no"}}, {"seen": {"is": "gp"}}


@pytest.mark.parametrize(
    ("logic", "means"),
    [
        ("[plan] = '1'", YES),
        ("[plan]<>''", {"plan": {"known": True}}),
        ("[plan] = ''", {"plan": {"known": False}}),
        ("[plan] <> '' and [plan] <> '-1'", {"plan": {"known": True}}),
        ("[plan] != '1'", {"not": YES}),
        ("[seen(2)] = '1'", GP),
        ("[plan] = '1' AND ([seen(2)] = 1 or [plan]='0')", {"all": [YES, {"any": [GP, NO]}]}),
        ("[plan] = '1' or [plan] = '0' and [seen(2)] = '1'", {"any": [YES, {"all": [NO, GP]}]}),
    ],
)
def test_logic_read(logic, means):
    assert condition(logic, FIELDS) == means


@pytest.mark.parametrize(
    "logic",
    ["", "[plan]", "[plan] > '1'", "[other] = '1'", "[plan] = '7'", "([plan] = '1'", "[plan] = '1')", "[plan] = '1' [plan] = '1'",
     "[event][plan] = '1'", "[seen(2)] = '0'", "sum([plan], 2) = 3", "(" * 100_000, "'" * 7],
)  # fmt: skip
def test_logic_that_the_grammar_cannot_say(logic):
    with pytest.raises(Inexpressible):
        condition(logic, FIELDS)


@pytest.mark.parametrize(
    "asked",
    [
        {"not": {"agencies": {"is": "health"}}},
        {"agencies": {"known": True}},
        {"sample": {"is": "deep"}},
        {"either": {"is": "yes"}},
        {},
    ],
)
def test_conditions_that_redcap_cannot_say(asked):
    with pytest.raises(Inexpressible):
        branching(STUDY, asked)
