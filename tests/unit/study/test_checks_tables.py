"""What cannot be asked of a table or a summary is found at its line, with its code."""

import pytest

from casereview import study

MISTAKES = [
    # written instead of `rows: outcome` in the plan, the finding's code, a word of its remedy
    ("rows: outcome\n    layers: plan", "layers-without-columns", "columns"),
    ("rows: outcome\n    columns: plan\n    layers: plann", "unknown-name", "“plan”"),
    ("rows: outcome\n    weight: plan", "wrong-type", "derive"),
    ("rows: outcome\n    weight: age", "mixed-units", "lift"),
    ("rows: outcome\n    show: [count, expected]", "show-unfit", "cumulative-percent"),
    ("rows: outcome\n    show: [responses-percent]", "show-unfit", "records-percent"),
    ("rows: outcome\n    columns: plan\n    show: [cumulative-percent]", "show-unfit", "adjusted-residual"),
    ("rows: [plan]\n    show: [row-percent]", "show-unfit", "responses-percent"),
    ("rows: wave\n    share: {label: x, holds: {plan: {is: 'yes'}}}\n    show: [column-percent]", "show-unfit", "row-percent"),
    ("rows: outcome\n    weight: size\n    show: [count, interval]", "show-unfit", "interval"),
    ("rows: outcome\n    columns: plan\n    tests: [mantel-haenszel]", "test-without-layers", "layers"),
    ("rows: grade\n    columns: plan\n    tests: [cochran-armitage]", "test-without-order", "ordered"),
    ("rows: grade\n    columns: plan\n    tests: [mann-whitney]", "test-without-order", "ordered"),
    ("rows: many\n    columns: many", "too-many-cells", "recoded"),
    ("rows: grade\n    columns: plan\n    measures: [phi]", "more-than-two-answers", "recoded"),
    ("rows: plan\n    columns: grade\n    tests: [mann-whitney]", "more-than-two-answers", "where"),
    ("rows: grade\n    columns: many\n    tests: [cochran-armitage]", "more-than-two-answers", "recoded"),
    ("rows: outcome\n    columns: plan\n    tests: [chi-square, fisher, chi-square]", "duplicate-key", "out"),
    ("rows: outcome\n    show: [count, count]", "duplicate-key", "out"),
]
CODEBOOK = """\
  size:
    label: Size
    definition: How many it stands for.
    domain: child
    type: number
  grade:
    label: Grade
    definition: A grade.
    domain: child
    type: nominal
    categories: {a: A, b: B, c: C}
  many:
    label: Many
    definition: Many answers.
    domain: child
    type: nominal
    categories: {MANY}
""".replace("MANY", ", ".join(f"a{number}: A{number}" for number in range(150)))


@pytest.fixture
def larger(spoilt):
    crosswalk = "".join(f"  {name}:\n    2005-07: {{comparability: same}}\n" for name in ("size", "grade", "many"))
    spoilt.replace("crosswalk.yaml", "variables:\n", f"variables:\n{crosswalk}")
    return spoilt.replace("codebook.yaml", "  plan:\n", f"{CODEBOOK}  plan:\n")


def found(folder, code):
    return [one for one in study.check(folder) if one.code == code]


@pytest.mark.parametrize(("written", "code", "remedy"), MISTAKES)
def test_a_mistake_in_a_table(larger, written, code, remedy):
    larger.replace("plan.yaml", "rows: outcome", written)
    assert [one.place.file for one in found(larger.folder, code) if remedy in one.remedy] == ["plan.yaml"]


@pytest.mark.parametrize(
    "written",
    [
        "rows: outcome\n    columns: plan\n    layers: grade\n    tests: [breslow-day, linear-by-linear]\n    show: [residual]",
        "rows: outcome\n    weight: size\n    show: [count, records-percent]",
        "rows: plan\n    columns: grade\n    tests: [kruskal-wallis]",
        "rows: outcome\n    columns: plan\n    measures: [phi, odds-ratio]",
    ],
)
def test_what_can_be_asked(larger, written):
    # The chart of the sound study draws rows alone.
    larger.replace("plan.yaml", "kind: bar", "kind: grouped-bar" if "columns" in written else "kind: bar")
    assert study.check(larger.replace("plan.yaml", "rows: outcome", written).folder) == []


@pytest.mark.parametrize("left", ["grade: {in: [a, b]}", "not: {grade: {is: c}}", "any: [{grade: {is: a}}, {grade: {is: b}}]"])
def test_two_answers_can_be_left_by_the_filter(larger, left):
    crossed = "rows: grade\n    columns: plan\n    measures: [phi]"
    larger.replace("plan.yaml", "kind: bar", "kind: grouped-bar").replace("plan.yaml", "rows: outcome", crossed)
    assert study.check(larger.replace("plan.yaml", "where: {wave", f"where: {{{left}, wave").folder) == []


def test_a_rank_test_of_two_groups_has_no_more(larger):
    larger.replace("codebook.yaml", "    label: Size\n", "    label: Size\n    unit: child\n")
    asked = "summaries:\n  s: {title: S, unit: child, of: age, rows: grade, tests: [mann-whitney]}\ncharts:"
    larger.replace("plan.yaml", "charts:", asked)
    assert ["kruskal" in one.remedy for one in found(larger.folder, "more-than-two-answers")] == [True]


@pytest.mark.parametrize(("tests", "problems"), [("", 1), ("tests: [fisher], ", 0), ("measures: [gamma], ", 0)])
def test_a_family_names_what_is_tested(spoilt, tests, problems):
    table = f"  crossed: {{title: C, rows: outcome, columns: plan, {tests}where: {{wave: {{is: 2007-09}}}}}}\n"
    spoilt.replace("plan.yaml", "charts:", f"{table}families:\n  all: {{method: holm, tables: [crossed]}}\ncharts:")
    assert [one.place.file for one in found(spoilt.folder, "family-without-tests")] == ["plan.yaml"] * problems


def test_a_test_of_ranks_needs_groups(spoilt):
    summary = "summaries:\n  ages:\n    title: Ages\n    unit: child\n    of: age\n    tests: [mann-whitney]\ncharts:"
    assert len(found(spoilt.replace("plan.yaml", "charts:", summary).folder, "test-without-groups")) == 1
