"""The wide tables against a slow and obvious second implementation, on random small studies."""

import json
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from casereview.release.tables import write_tables
from casereview.study import applying
from casereview.study.checks.derivations import rests_on
from casereview.study.codebook import AnyOf, Banded, Coded, Lifted, Recoded
from casereview.study.conditions import asking, holds, parse, variables
from tests.builders import a_study, content

WAVES, SOURCES = ("w1", "w2", "w3"), ("first", "second")
ABSENCES = ("not-stated", "unclear", "not-applicable", "not-collected")
THEMES = {"practice": {"label": "P", "codes": {"listening": {"label": "L"}}}, "system": {"label": "S"}}


# The oracle: one record and one variable at a time. A known answer is a str, float or tuple; an absence is an Absent.


class Absent(str):
    """The reason why there is no answer."""

    __slots__ = ()


class Oracle:
    """Answers one variable of one record after another, by the words of the docstrings."""

    def __init__(self, study, rows):
        self.study, self.rows = study, rows
        self.waves = {row["case"]: row["wave"] for row in rows["cases"]}
        self.case_of = {(row["role"], row["person"]): row["case"] for row in rows["people"]}

    def table(self, unit):
        records = (
            sorted(self.waves) if unit == "case" else sorted((c, p) for (role, p), c in self.case_of.items() if role == unit)
        )
        return [self.row(unit, record if unit == "case" else record[1]) for record in records]

    def row(self, unit, record):
        case = record if unit == "case" else self.case_of[unit, record]
        row = ({} if unit == "case" else {"person": record}) | {"case": case, "wave": self.waves[case]}
        for slug, variable in self.study.variables_of(unit).items():
            answer = self.answer(unit, record, slug)
            gone = isinstance(answer, Absent)
            if variable.coded:
                row[slug] = (
                    [str(answer)]
                    if gone and variable.type == "multiple"
                    else list(answer)
                    if variable.type == "multiple"
                    else str(answer)
                )
            else:
                row |= {slug: None if gone else answer, f"{slug}.absent": str(answer) if gone else None}
        return row

    def answer(self, unit, record, slug):
        if self.study.variable(slug).unit != unit:
            unit, record = "case", self.case_of[unit, record]
        variable = self.study.variable(slug)
        case = record if unit == "case" else self.case_of[unit, record]
        given = self.given(unit, record, slug)
        if given is not None:
            return given
        if self.waves[case] not in self.study.waves_of(slug):
            return Absent("not-collected")
        asked = holds(asking(variable.asked_when or {}), Answers(self, unit, record))
        if asked is not True:
            return Absent("not-stated" if asked is None else "not-applicable")
        return self.derived(unit, record, slug) if variable.derived else Absent("not-stated")

    def given(self, unit, record, slug):
        rows = [row for row in self.rows["values"] if (row["unit"], row["record"], row["variable"]) == (unit, record, slug)]
        rows.sort(key=lambda row: (row.get("value") is not None, SOURCES.index(row["source"])))
        if not rows:
            return None
        if rows[-1].get("value") is None:
            return Absent(rows[-1]["absent"])
        kind, value = self.study.variable(slug).type, rows[-1]["value"]
        return self.ordered(slug, json.loads(value)) if kind == "multiple" else float(value) if kind == "number" else value

    def ordered(self, slug, answers):
        return tuple(one for one in self.study.categories(slug) if one in answers)

    def derived(self, unit, record, slug):
        match self.study.variable(slug).derived:
            case Banded(banded=below, cuts=cuts):
                number = self.answer(unit, record, below)
                return (
                    number
                    if isinstance(number, Absent)
                    else list(self.study.categories(slug))[sum(number >= cut for cut in cuts)]
                )
            case Recoded(recoded=below, into=into):
                old = self.answer(unit, record, below)
                if isinstance(old, Absent):
                    return old
                if isinstance(old, tuple):
                    return self.ordered(slug, {new for new, parts in into.items() if set(parts) & set(old)})
                return next(new for new, parts in into.items() if old in parts)
            case AnyOf(any_of=several):
                return self.any_yes([self.answer(unit, record, one) for one in several])
            case Lifted(lifted=below, take=take):
                return self.lifted(record, slug, below, take)
            case Coded() as rule:
                return self.coded(record, rule)

    def any_yes(self, answers):
        if "yes" in [one for one in answers if not isinstance(one, Absent)]:
            return "yes"
        return self.reason(answers) or "no"

    def reason(self, answers):
        return next((Absent(one) for one in ABSENCES if one in [each for each in answers if isinstance(each, Absent)]), None)

    def lifted(self, case, slug, below, take):
        role = self.study.variable(below).unit
        people = [person for (one, person), home in self.case_of.items() if one == role and home == case]
        answers = [self.answer(role, person, below) for person in people]
        if not answers or (take == "only" and len(answers) > 1):
            return Absent("not-applicable")
        if take == "only":
            return answers[0]
        if self.study.variable(slug).type == "yes-no":
            return self.any_yes(answers)
        together = {one for answer in answers if not isinstance(answer, Absent) for one in answer}
        return self.ordered(slug, together) if together else self.reason(answers) or ()

    def coded(self, case, rule):
        mine = {row["document"] for row in self.rows["documents"] if row.get("case") == case}
        read = self.samples(case) & {rule.read_in} if rule.read_in else mine
        passages = {row["passage"] for row in self.rows["passages"] if row["document"] in mine}
        below = {path[-1] for path, _ in self.study.themes.walk() if rule.coded in path}
        found = any(row["passage"] in passages and row["code"] in below for row in self.rows["codings"])
        return Absent("not-collected") if not read else "yes" if found else "no"

    def samples(self, case):
        return {row["sample"] for row in self.rows["samples"] if row["case"] == case and row["status"] != "replaced"}


class Answers(dict):
    """What `holds` asks of."""

    def __init__(self, oracle, unit, record):
        self.oracle, self.unit, self.record = oracle, unit, record

    def get(self, slug, default=None):
        case = self.record if self.unit == "case" else self.oracle.case_of[self.unit, self.record]
        if slug in ("wave", "sample"):
            return self.oracle.waves[case] if slug == "wave" else self.oracle.samples(case)
        answer = self.oracle.answer(self.unit, self.record, slug.removesuffix(".absent"))
        if slug.endswith(".absent"):
            return str(answer) if isinstance(answer, Absent) else None
        return None if isinstance(answer, Absent) else answer


# Random studies and content.

CATEGORIES = {"a": "A", "b": "B", "c": "C"}
KINDS = st.sampled_from(["yes-no", "multiple", "number", "nominal", "yes-no", "multiple", "number", "date", "text"])


@st.composite
def studies(draw):
    variables = {}
    for place in range(draw(st.integers(1, 4))):
        variables[f"r{place}"] = draw(recorded(variables))
    for place in range(draw(st.integers(1, 5))):
        derived = draw(derivations(variables))
        if derived:
            variables[f"d{place}"] = derived | draw(circumstances(variables, derived["unit"]))
    order = draw(st.permutations(list(variables)))
    return a_study(
        {slug: variables[slug] for slug in order},
        people=("child", "adult"),
        waves=WAVES,
        sources=SOURCES,
        samples=("deep",),
        themes=THEMES,
    )


@st.composite
def recorded(draw, variables):
    unit, kind = draw(st.sampled_from(["case", "case", "child", "adult"])), draw(KINDS)
    categories = {"categories": CATEGORIES} if kind in ("nominal", "multiple") else {}
    return {"type": kind, "unit": unit} | categories | draw(circumstances(variables, unit))


@st.composite
def circumstances(draw, variables, unit):
    askable = {
        slug: one
        for slug, one in variables.items()
        if one["unit"] in ("case", unit) and one["type"] in ("nominal", "yes-no", "multiple")
    }
    asked = draw(st.none() | st.none() | conditions(askable))
    first, last = sorted((draw(st.integers(0, 2)), draw(st.integers(0, 2))))
    waves = {"first": WAVES[first], "last": WAVES[last]} if draw(st.booleans()) else {}
    return {"waves": waves} | ({"asked_when": asked} if asked else {})


def conditions(askable):
    known = st.sampled_from([*askable, "wave", "sample"]).flatmap(
        lambda slug: st.fixed_dictionaries({slug: questions(askable.get(slug), slug)})
    )
    return st.recursive(
        known,
        lambda inner: (
            st.fixed_dictionaries({"not": inner})
            | st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=2)})
            | st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=2)})
        ),
        max_leaves=4,
    )


def questions(variable, slug):
    answers = (
        WAVES
        if slug == "wave"
        else ("deep",)
        if slug == "sample"
        else ("yes", "no")
        if variable["type"] == "yes-no"
        else tuple(CATEGORIES)
    )
    one = st.sampled_from(answers)
    known = st.fixed_dictionaries({"known": st.booleans()})
    return known | st.fixed_dictionaries({"is": one}) | st.fixed_dictionaries({"in": st.lists(one, min_size=1, max_size=2)})


@st.composite
def derivations(draw, variables):
    made = [made for slug, variable in variables.items() for made in derived_from(slug, variable)]
    yes_no = {
        unit: [s for s, one in variables.items() if one["type"] == "yes-no" and one["unit"] == unit] for unit in ("case", "child")
    }
    made += [
        {"type": "yes-no", "unit": unit, "derived": {"any_of": slugs[-3:]}} for unit, slugs in yes_no.items() if len(slugs) > 1
    ]
    made += [{"type": "yes-no", "unit": "case", "derived": {"coded": "practice"} | more} for more in ({}, {"read_in": "deep"})]
    return draw(st.sampled_from(made))


def derived_from(slug, variable):
    kind, unit = variable["type"], variable["unit"]
    same = {"type": kind, "unit": "case"} | {key: variable[key] for key in ("categories",) if key in variable}
    if kind == "number":
        yield {"type": "ordered", "unit": unit, "categories": CATEGORIES, "derived": {"banded": slug, "cuts": [0, 2.5]}}
    if kind in ("nominal", "multiple") and set(variable["categories"]) == set(CATEGORIES):
        into = {"y": ["b", "c"], "x": ["a"]}
        yield (
            {"type": kind, "unit": unit, "categories": {"x": "X", "y": "Y"}, "derived": {"recoded": slug, "into": into}}
            if kind == "multiple"
            else {"type": "yes-no", "unit": unit, "derived": {"recoded": slug, "into": {"yes": ["a"], "no": ["b", "c"]}}}
        )
    if unit != "case":
        yield same | {"derived": {"lifted": slug}}
        if kind in ("yes-no", "multiple"):
            yield same | {"derived": {"lifted": slug, "take": "any"}}


@st.composite
def contents(draw, study):
    cases = [{"case": f"c{n}", "wave": draw(st.sampled_from(WAVES))} for n in range(draw(st.integers(0, 4)))]
    people = [
        {"person": f"{case['case']}.{n}", "case": case["case"], "role": role}
        for case in cases
        for role in ("child", "adult")
        for n in range(draw(st.integers(0, 2)))
    ]
    records = [("case", case["case"]) for case in cases] + [(one["role"], one["person"]) for one in people]
    values = [
        {"unit": unit, "record": record, "variable": slug, "source": source} | draw(recorded_values(study, slug))
        for unit, record in records
        for slug, variable in study.variables_of(unit).items()
        if variable.derived is None
        for source in SOURCES
        if draw(st.booleans())
    ]
    read = [case["case"] for case in cases if draw(st.booleans())]
    documents = [{"document": f"d-{case}", "case": case} for case in read] + [{"document": "guidance"}]
    passages = [{"passage": f"p-{one['document']}", "document": one["document"], "start": 0, "end": 1} for one in documents]
    codings = [
        {"passage": one["passage"], "code": draw(st.sampled_from(["practice", "listening", "system"]))} for one in passages
    ]
    statuses = st.sampled_from([None, "drawn", "replaced", "substitute"])
    samples = [{"sample": "deep", "case": case["case"], "status": status} for case in cases if (status := draw(statuses))]
    return {
        "cases": cases,
        "people": people,
        "values": values,
        "documents": documents,
        "passages": passages,
        "codings": codings,
        "samples": samples,
    }


def recorded_values(study, slug):
    kind = study.variable(slug).type
    coded = st.sampled_from(sorted(study.categories(slug)) or ["none"])
    known = {
        "multiple": st.lists(st.sampled_from(sorted(CATEGORIES)), unique=True).map(json.dumps),
        "number": st.sampled_from(["-1", "0", "2", "2.5", "3.75"]),
        "date": st.sampled_from(["2018", "2018-09", "2018-09-01"]),
        "text": st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=5),
    }.get(kind, coded)
    return st.fixed_dictionaries({"value": known}) | st.fixed_dictionaries({"absent": st.sampled_from(ABSENCES)})


@given(st.data())
def test_the_wide_tables_are_those_of_the_oracle(data):
    study = data.draw(studies())
    rows = data.draw(contents(study))
    with tempfile.TemporaryDirectory() as folder:
        spill = Path(folder) / "spill"
        spill.mkdir()
        write_tables(study, content(**rows), Path(folder), spill)
        for unit in study.units:
            expected = Oracle(study, rows).table(unit)
            assert pq.read_table(Path(folder) / f"{unit}.parquet").to_pylist() == expected


@given(st.data())
def test_a_form_knows_what_a_release_would_say(data):
    """From the answers given so far: what else is answered, why not, and what applies; but for what hangs on coded themes."""
    study = data.draw(studies())
    rows = data.draw(contents(study))
    oracle = Oracle(study, rows)
    for case, wave in oracle.waves.items():
        people = {
            role: [one for (of, one), home in oracle.case_of.items() if (of, home) == (role, case)] for role in ("child", "adult")
        }
        own = {(role, one): held(oracle, role, one) for role, several in people.items() for one in several}
        form = applying.Answers(
            study,
            wave,
            tuple(oracle.samples(case)),
            held(oracle, "case", case),
            {role: [own[role, one] for one in several] for role, several in people.items()},
        )
        for unit, record in [("case", case), *own]:
            for slug in set(study.variables_of(unit)) - hanging_on_themes(study):
                said = form.answer(slug, own.get((unit, record), form.case))
                there = oracle.answer(unit, record, slug)
                assert isinstance(said, applying.Absent) is isinstance(there, Absent), slug
                assert (tuple(said) if isinstance(said, list | tuple) else said) == there, slug


def held(oracle, unit, record):
    given = {slug: oracle.given(unit, record, slug) for slug in oracle.study.variables_of(unit)}
    return {slug: applying.Absent(one) if isinstance(one, Absent) else one for slug, one in given.items()}


def hanging_on_themes(study):
    found = {slug for slug, one in study.codebook.variables.items() if isinstance(one.derived, Coded)}
    while more := {slug for slug, one in study.codebook.variables.items() if needed(one) & found} - found:
        found |= more
    return found


def needed(variable):
    return {*rests_on(variable), *variables(parse(variable.asked_when or {}))}
