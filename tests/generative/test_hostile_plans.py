"""However odd a plan and its records are: a right answer, or a refusal that says what to do; never NaN. All fictional."""

import json
import random
from io import StringIO
from typing import Any

import pytest
from ruamel.yaml import YAML

from casereview import study
from casereview.analysis.analysis import analyse
from casereview.analysis.as_json import as_json
from tests.drawn_release import ABOUT, release

YES_NO = {"type": "yes-no"}
STAGES = {"type": "ordered", "categories": {"s1": "One", "s2": "Two", "s3": "Three"}}
VARIABLES: dict[str, dict[str, Any]] = {
    "outcome": {
        "type": "nominal",
        "categories": {"fatal": "Fatal", "harm": "Harm", "old": {"label": "Old", "retired": {"since": "2005-07", "why": "x"}}},
    },
    "kind": {"type": "nominal", "categories": {"a": "A", "b": "B", "c": "C"}},
    "only": {"type": "nominal", "categories": {"a": "A"}},
    "many": {"type": "nominal", "categories": {f"k{number}": f"K{number}" for number in range(30)}},
    "abuse": YES_NO, "drugs": YES_NO, "alcohol": YES_NO,
    "misuse": YES_NO | {"derived": {"any_of": ["drugs", "alcohol"]}},
    "again": YES_NO | {"asked_when": {"outcome": {"is": "harm"}}},
    "stage": STAGES, "stage2": STAGES,
    "agencies": {"type": "multiple", "categories": {"gp": "GP", "police": "Police", "school": "School"}},
    "age": {"type": "number"}, "weight": {"type": "number"}, "died": {"type": "date"},
}  # fmt: skip
SAME = {"2003-05..2005-07": {"comparability": "same"}}
EVERY_TEST = ["chi-square", "chi-square-yates", "likelihood-ratio", "fisher", "linear-by-linear", "cochran-armitage", "mcnemar",
              "mann-whitney", "kruskal-wallis", "mantel-haenszel", "breslow-day"]  # fmt: skip
EVERY_MEASURE = ["odds-ratio", "odds-ratio-exact", "risk-ratio", "risk-difference", "mantel-haenszel-odds-ratio", "phi",
                 "cramers-v", "gamma", "tau-b", "somers-d"]  # fmt: skip
OF_CODERS = ["percent", "kappa", "kappa-linear", "kappa-quadratic", "pabak", "scott-pi", "fleiss-kappa", "gwet-ac1", "gwet-ac2",
             "krippendorff-alpha"]  # fmt: skip
DIED = {"outcome": {"outcome": {"is": "fatal"}}, "outcome_label": "Died"}
POPULATION = {
    "label": "Children", "source": "Made up", "by": ["wave", "kind"],
    "rows": [{"wave": wave, "kind": kind, "people": 1000} for wave in ABOUT["waves"] for kind in "abc"],
}  # fmt: skip
EVERYTHING = {
    "tables": {
        "frequency": {"rows": "kind", "missing": "as-rows", "subtotals": {"ab": {"label": "A or B", "of": ["a", "b"]},
                      "bc": {"label": "B or C", "of": ["b", "c"]}}, "show": ["count", "cumulative-percent", "records-percent"]},
        "crossed": {"rows": "stage", "columns": "stage2", "tests": EVERY_TEST[2:5], "measures": EVERY_MEASURE[6:],
                    "show": ["count", "expected", "residual", "adjusted-residual"]},
        "layered": {"rows": "abuse", "columns": "drugs", "layers": "kind", "tests": EVERY_TEST, "measures": EVERY_MEASURE},
        "of-all": {"rows": "abuse", "columns": "drugs", "base": "all", "tests": ["chi-square"]},
        "weighted": {"rows": "abuse", "columns": "drugs", "weight": "weight", "tests": EVERY_TEST[:9], "measures": ["phi"]},
        "multiple": {"rows": "agencies", "columns": "abuse", "show": ["count", "responding-percent", "responses-percent"]},
        "several": {"rows": ["abuse", "drugs"]},
        "share": {"rows": "wave", "share": {"label": "Abuse", "holds": {"abuse": {"is": "yes"}}}},
    },
    "summaries": {
        "by-kind": {"of": "age", "rows": "kind", "tests": ["kruskal-wallis"]},
        "by-abuse": {"of": "age", "rows": "abuse", "tests": ["mann-whitney"], "quartiles": "tukey-hinges"},
        "by-weight": {"of": "age", "weight": "weight", "quartiles": "linear"},
    },
    "rates": {"rate": {"rows": "wave", "population": "children", "reference": "2003-05", "events": {"abuse": {"is": "yes"}},
                       "standardise": {"by": ["kind"], "to": "children"}}},
    "trends": {
        "stepped": {"dated": "died", "by": "quarter", "reforms": ["act"]},
        "bending": {"dated": "died", "by": "month", "changes": 1, "season": True},
        "wide": {"dated": "died", "by": "quarter", "model": "negative-binomial"},
    },
    "models": {
        "mixed": DIED | {"predictors": ["abuse", "kind", "age", "misuse", "drugs", "alcohol"]},
        "rare": {"outcome": {"abuse": {"is": "yes"}}, "outcome_label": "Abuse", "predictors": ["many"], "intervals": "wald"},
        "certain": {"outcome": {"any": [{"abuse": {"is": "yes"}}, {"abuse": {"is": "no"}}]}, "outcome_label": "x",
                    "predictors": [{"variable": "age", "per": 1e300}]},
    },
    "agreements": {"of-stages": {"raters": ["stage", "stage2"], "measures": OF_CODERS},
                   "of-numbers": {"raters": ["age", "weight"], "measures": ["percent", "kappa-quadratic", "krippendorff-alpha"]},
                   "of-nobody": {"of": ["abuse"], "coders": ["x", "y"]}},
    "combinations": {"together": {"of": ["abuse", "drugs", "misuse"], "most": 1},
                     "together-by-kind": {"of": ["abuse", "drugs"], "by": "outcome"}},
    "together": {"pairs": {"of": ["abuse", "drugs", "misuse", "again", "agencies"]},
                 "pairs-by-outcome": {"of": ["abuse", "drugs"], "by": "outcome", "adjust": "benjamini-hochberg"}},
    "burdens": {"burden": {"of": ["abuse", "misuse", "again"]},
                "burden-by-kind": {"of": ["abuse", "drugs", "alcohol"], "by": "outcome", "most": 2,
                                   "tests": ["kruskal-wallis", "chi-square"]}},
    "classes": {"kinds": {"of": ["abuse", "misuse", "kind", "stage"], "most": 3},
                "two-kinds": {"of": ["abuse", "drugs", "only", "stage2"], "classes": 2, "most": 1}},
    "families": {"family": {"method": "holm", "tables": ["layered", "by-kind", "mixed"]}},
}  # fmt: skip
SECTIONS = [section for section in EVERYTHING if section != "families"]
PLAN = EVERYTHING | {
    section: {slug: {"title": slug.capitalize()} | one for slug, one in EVERYTHING[section].items()} for section in SECTIONS
}


def records(count: int, missing: float = 0.2, **fixed: Any) -> list[dict[str, Any]]:
    """So many records drawn at random; `fixed`: a variable's one answer, or a list to choose among."""
    rng = random.Random(count)
    return [
        {"case": f"c{number:04}", "wave": rng.choice(list(ABOUT["waves"]))} | _answers(rng, missing, fixed)
        for number in range(count)
    ]


def _answers(rng: random.Random, missing: float, fixed: dict[str, Any]) -> dict[str, Any]:
    drawn = {name: "not-stated" if rng.random() < missing else _answer(rng, one) for name, one in VARIABLES.items()}
    return drawn | {name: rng.choice(one) if isinstance(one, list) else one for name, one in fixed.items()}


def _answer(rng: random.Random, variable: dict[str, Any]) -> Any:
    match variable["type"]:
        case "yes-no":
            return rng.choice(["yes", "no"])
        case "multiple":
            return [name for name in variable["categories"] if rng.random() < 0.5]
        case "number":
            return float(rng.randrange(40))
        case "date":
            return f"{rng.randrange(2003, 2009)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
    return rng.choice(list(variable["categories"]))


def written(folder, plan: Any, population: Any = POPULATION):
    """A study folder with this plan; `plan` may be text."""
    about = ABOUT | {"reforms": {"act": {"label": "The Act", "date": "2005-07-01"}}}
    common = {"definition": "As it says.", "domain": "child", "evidence": "none"}
    variables = {slug: {"label": slug.capitalize()} | common | one for slug, one in VARIABLES.items()}
    files = {
        "study.yaml": about,
        "codebook.yaml": {"variables": variables},
        "crosswalk.yaml": {"variables": {slug: SAME for slug, one in VARIABLES.items() if "derived" not in one}},
        "sources.yaml": {"sources": {"cases": {"kind": "rows", "file": "cases.csv", "key": "id", "wave_column": "wave"}}},
        "populations.yaml": {"populations": {"children": population}},
        "plan.yaml": plan,
    }
    for name, content in files.items():
        (folder / name).write_text(content if isinstance(content, str) else _yaml(content))
    return folder


def _yaml(content: Any) -> str:
    stream = StringIO()
    YAML(typ="safe").dump(json.loads(json.dumps(content)), stream)
    return stream.getvalue()


RECORDS = {
    "none": [],
    "one": records(1, missing=0),
    "two": records(2, missing=0),
    "nothing-known": records(20, missing=1),
    "one-category": records(40, outcome="fatal", kind="a", abuse="yes", drugs="yes", stage="s1", stage2="s1", many="k0"),
    "separated": records(40, missing=0, outcome="fatal", abuse="yes", drugs="no"),
    "no-weight": records(40, weight=[0.0, -1.0, "not-stated"]),
    "light": records(40, weight=[1e-9, 1e8, 0.5]),
    "one-number": records(40, age=5.0, weight=5.0),
    "vast-numbers": records(40, age=[1e300, -1e300, 0.0, 1e-300]),
    "one-quarter": records(60, died="2004-05-05"),
    "partial-dates": records(60, died=["2004", "2004-05", "2004-05-05"]),
    "retired": records(60, outcome=["old", "harm"]),
}


@pytest.mark.parametrize("name", RECORDS)
def test_any_records_are_answered_in_full_with_no_number_that_is_none(tmp_path, name):
    of = study.read(written(tmp_path, PLAN))
    whole = json.loads(as_json(analyse(of, release(tmp_path / "release", of, RECORDS[name]))))  # as_json refuses NaN
    for table in whole["tables"].values():
        if table["kind"] != "agreement":
            assert table["base"] + sum(table["absences"].values()) == table["records"]
        for cell in table["cells"].values():
            _sound(cell)
        for test in table["tests"]:
            assert test["p"] is None or 0 <= test["p"] <= 1
            assert not {"nan", "inf", "-.000", "None"} & set(test["sentence"].replace(",", " ").replace("]", " ").split())


def _sound(cell: dict[str, Any]) -> None:
    value = cell["percent"] if "percent" in cell else cell["value"]
    if "percent" in cell and "weighted" not in cell:
        assert value is None or value == pytest.approx(100 * cell["count"] / cell["base"])
    elif "value" in cell:
        assert value is not None or (cell["symbol"] and cell["why"])
    if value is not None and cell["interval"]:
        low, high = cell["interval"]
        assert low <= value * (1 + 1e-12) + 1e-12
        assert value <= high * (1 + 1e-12) + 1e-12


def a_table(**table: Any) -> dict[str, Any]:
    return {"tables": {"t": {"title": "T"} | table}}


def a_model(**model: Any) -> dict[str, Any]:
    return {"models": {"t": {"title": "T"} | DIED | model}}


def a_trend(**trend: Any) -> dict[str, Any]:
    return {"trends": {"t": {"title": "T", "dated": "died", "by": "quarter"} | trend}}


REFUSED = [
    (a_table(rows=[]), "bad-value"),
    (a_table(rows=["abuse", "abuse"]), "duplicate-key"),
    (a_table(rows="abuse", columns="abuse"), "duplicate-key"),
    (a_table(rows="wave", columns="wave"), "duplicate-key"),
    (a_table(rows="abuse", columns="drugs", layers="abuse"), "duplicate-key"),
    (a_table(rows="kind", subtotals={"total": {"label": "x", "of": ["a"]}}), "duplicate-key"),
    (a_table(rows="kind", subtotals={"not-stated": {"label": "x", "of": ["a"]}}), "duplicate-key"),
    (a_table(rows="kind", subtotals={"x": {"label": "x", "of": ["not-stated"]}}), "absence-as-answer"),
    (a_table(rows="kind", columns="agencies"), "multiple-response"),
    (a_table(rows="agencies", columns="abuse", tests=["chi-square"]), "multiple-response"),
    (a_table(rows="kind", columns="many", tests=["cochran-armitage"]), "test-without-order"),
    (a_table(rows="abuse", columns="drugs", tests=["breslow-day"]), "test-without-layers"),
    (a_table(rows="kind", weight="abuse"), "wrong-type"),
    (a_table(rows="stage", columns="abuse", show=["cumulative-percent"]), "show-unfit"),
    (
        a_table(rows="wave", share={"label": "x", "holds": {"again": {"is": "yes"}}}, where={"outcome": {"is": "fatal"}}),
        "empty-base",
    ),
    ({"summaries": {"t": {"title": "T", "of": "age", "rows": "agencies"}}}, "multiple-response"),
    ({"summaries": {"t": {"title": "T", "of": "kind"}}}, "wrong-type"),
    ({"rates": {"t": {"title": "T", "rows": "abuse", "population": "children"}}}, "population-mismatch"),
    ({"rates": {"t": {"title": "T", "rows": "agencies", "population": "children"}}}, "multiple-response"),
    (a_trend(reforms=["act", "act"]), "trend-terms"),
    (a_trend(start="2004-01-15", end="2004-03-15"), "trend-times"),
    (a_trend(season=True, by="year"), "trend-terms"),
    (a_trend(population="children"), "population-mismatch"),
    (a_model(predictors=["outcome"]), "outcome-as-predictor"),
    (a_model(predictors=["abuse", "abuse"]), "duplicate-key"),
    (a_model(predictors=[{"variable": "age", "per": float("inf")}]), "bad-value"),
    (a_model(predictors=[{"variable": "kind", "per": 2}]), "wrong-type"),
    ({"agreements": {"t": {"title": "T", "raters": ["abuse", "kind"]}}}, "raters-unlike"),
    ({"agreements": {"t": {"title": "T", "of": ["misuse"]}}}, "coded-by-nobody"),
    ({"combinations": {"t": {"title": "T", "of": ["abuse", "kind"]}}}, "wrong-type"),
    ({"combinations": {"t": {"title": "T", "of": ["abuse", "drugs"], "by": "agencies"}}}, "multiple-response"),
    ({"together": {"t": {"title": "T", "of": ["abuse", "kind"]}}}, "wrong-type"),
    ({"together": {"t": {"title": "T", "of": ["abuse"]}}}, "too-many-factors"),
    ({"together": {"t": {"title": "T", "of": ["drugs", "misuse"]}}}, "factors-overlap"),
    ({"burdens": {"t": {"title": "T", "of": ["drugs", "misuse"]}}}, "factors-overlap"),
    ({"burdens": {"t": {"title": "T", "of": ["drugs", "abuse"], "tests": ["chi-square"]}}}, "test-without-groups"),
    (
        {"burdens": {"t": {"title": "T", "of": ["drugs", "abuse"], "by": "kind", "tests": ["mann-whitney"]}}},
        "more-than-two-answers",
    ),
    ({"classes": {"t": {"title": "T", "of": ["abuse", "drugs", "alcohol"], "classes": 3}}}, "too-many-classes"),
    ({"classes": {"t": {"title": "T", "of": ["abuse", "drugs", "agencies"]}}}, "wrong-type"),
    ({"families": {"f": {"method": "holm", "tables": ["nowhere"]}}}, "unknown-name"),
]


@pytest.mark.parametrize(("plan", "code"), REFUSED, ids=str)
def test_what_cannot_be_answered_is_refused_before_anything_is_counted(tmp_path, plan, code):
    found = study.check(written(tmp_path, plan))
    assert code in {one.code for one in found}
    assert all(one.place.file and one.cause and one.remedy for one in found)


MALFORMED = [
    "[]", "5", "tables", "tables: null", "tables: []", "tables: {t: null}",
    "tables: {t: {title: 5, rows: kind}}", "tables: {t: {title: x, rows: 5}}", "tables: {t: {title: x, rows: {a: b}}}",
    "tables: {t: {title: x, rows: kind, subtotals: null}}", "tables: {t: {title: x, rows: kind, where: {abuse: yes}}}",
    "tables: {t: {title: x, rows: kind, where: {all: null}}}", "tables: {t: {title: x, rows: kind, where: {age: {above: .nan}}}}",
    "tables: {t: {title: x, rows: kind, rows: abuse}}", "tables: {? [a, b] : c}", "summaries: {t: {title: x, of: [age]}}",
    "rates: {t: {title: x, rows: [kind], population: 3, per: 1.5}}",
    "trends: {t: {title: x, dated: died, by: week, changes: -1}}",
    "models: {t: {title: x, outcome: fatal, outcome_label: 5, predictors: {abuse: 1}}}", "agreements: {t: {title: x, of: abuse}}",
    "combinations: {t: {title: x, of: abuse, most: many}}",
    "together: {t: {title: x, of: [], adjust: never}}",
    "burdens: {t: {title: x, of: [abuse, 5], most: 0}}", "classes: {t: {title: x, of: [abuse], classes: two}}",
    "families: {f: null}", "charts: {c: 5}", "deviations: {a: b}",
    "a: &a [*a]", "tables: {t: &a {title: x, rows: kind, where: {all: [*a]}}}", "tables: !!python/object/apply:os.system [ls]",
]  # fmt: skip


@pytest.mark.parametrize("text", MALFORMED)
def test_a_plan_that_is_none_is_refused_with_what_to_do(tmp_path, text):
    found = study.check(written(tmp_path, text + "\n"))
    assert found
    assert all(one.place.file and one.cause and one.remedy for one in found)
