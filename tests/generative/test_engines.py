"""DuckDB and plain Python agree on every table: random fictional releases, random plans, byte for byte."""

import itertools
import os
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview.analysis import as_json
from casereview.analysis.analysis import Analysis, Records
from casereview.analysis.engines import Engine
from casereview.analysis.engines.duckdb import DuckDB
from casereview.analysis.engines.plain import Plain
from casereview.analysis.shape import shape
from casereview.analysis.tabulate import tabulate
from casereview.release.manifest import DATA
from tests.drawn_release import WAVES, release, study

ABSENCES = ("not-stated", "unclear", "not-applicable", "not-collected")
OLD = {"label": "Old", "retired": {"since": "2007-09", "why": "x"}}
VARIABLES = {
    "outcome": {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Harm"}},
    "plan": {"type": "ordered", "categories": {"now": "Now", "past": "Past", "never": "Never", "old": OLD}},
    "abuse": {"type": "yes-no"},
    "illness": {"type": "yes-no"},
    "factors": {"type": "multiple", "categories": {"drink": "Drink", "drugs": "Drugs", "debt": "Debt"}},
    "years": {"type": "number"},
    "sex": {"type": "nominal", "unit": "child", "categories": {"girl": "Girl", "boy": "Boy"}},
    "harms": {"type": "multiple", "unit": "child", "categories": {"bruise": "Bruise", "burn": "Burn"}},
    "seen": {"type": "yes-no", "unit": "child"},
}  # fmt: skip
ANSWERS = {slug: tuple(given.get("categories", ("yes", "no"))) for slug, given in VARIABLES.items() if given["type"] != "number"}
OF_CASE = [slug for slug, given in VARIABLES.items() if "unit" not in given]
OF_CHILD = [slug for slug, given in VARIABLES.items() if "unit" in given]


def answer(slug: str) -> st.SearchStrategy:
    match VARIABLES[slug]["type"]:
        case "number":
            known = st.floats(0, 17)
        case "multiple":
            known = st.lists(st.sampled_from(ANSWERS[slug]), unique=True)
        case _:
            known = st.sampled_from(ANSWERS[slug])
    return st.one_of(known, known, st.sampled_from(ABSENCES))


def row(slugs: list[str]) -> st.SearchStrategy:
    return st.fixed_dictionaries({slug: answer(slug) for slug in slugs})


cases = st.lists(st.tuples(st.sampled_from(list(WAVES)), row(OF_CASE), st.lists(row(OF_CHILD), max_size=3)), max_size=12)
status = st.sampled_from(["drawn", "replaced", "substitute"])


def conditions(slugs: list[str]) -> st.SearchStrategy:
    def about(slug: str) -> st.SearchStrategy:
        words = [st.booleans().map(lambda known: {slug: {"known": known}})]
        values = tuple(WAVES) if slug == "wave" else ("deep", "wide") if slug == "sample" else ANSWERS.get(slug)
        if values:
            words += [st.sampled_from(values).map(lambda one: {slug: {"is": one}})]
            words += [st.lists(st.sampled_from(values), min_size=1, unique=True).map(lambda some: {slug: {"in": some}})]
        return st.one_of(words)

    leaves = st.sampled_from([*slugs, "wave", "sample"]).flatmap(about)
    several = lambda below: st.lists(below, min_size=1, max_size=3)  # noqa: E731
    return st.recursive(
        leaves,
        lambda below: st.one_of(
            several(below).map(lambda parts: {"all": parts}),
            several(below).map(lambda parts: {"any": parts}),
            below.map(lambda part: {"not": part}),
        ),
        max_leaves=4,
    )


@st.composite
def tables(draw: st.DrawFn) -> dict:
    unit = draw(st.sampled_from(["case", "child"]))
    slugs = OF_CASE + (OF_CHILD if unit == "child" else [])
    coded = [slug for slug in slugs if slug in ANSWERS]
    single = [slug for slug in coded if VARIABLES[slug]["type"] != "multiple"] + ["wave"]
    yes_no = [slug for slug in coded if VARIABLES[slug]["type"] == "yes-no"]
    table = {
        "unit": unit,
        "base": draw(st.sampled_from(["known", "all"])),
        "missing": draw(st.sampled_from(["listed-below", "as-rows"])),
        "percent": draw(st.sampled_from(["row", "column", "total"])),
        "where": draw(st.one_of(st.just({}), conditions(slugs))),
        "weight": draw(st.sampled_from([None, None, "years"])),
        "intervals": draw(st.sampled_from(["wilson", "clopper-pearson"])),
    }
    match draw(st.sampled_from(["answers", "crosstab", "multiple", "several", "share"])):
        case "answers":
            table["rows"] = draw(st.sampled_from(coded))
            table["subtotals"] = {
                "some": {"label": "Some", "of": draw(st.lists(st.sampled_from(ANSWERS[table["rows"]]), min_size=1, unique=True))}
            }
        case "crosstab":
            table |= {"rows": draw(st.sampled_from(single)), "columns": draw(st.sampled_from(single))}
            table |= {"layers": draw(st.one_of(st.none(), st.sampled_from(single)))}
            table |= {"tests": ["chi-square", "mantel-haenszel"], "measures": ["odds-ratio", "cramers-v"]}
        case "multiple":
            table |= {"rows": draw(st.sampled_from([slug for slug in coded if slug not in single]))}
            table |= {"columns": draw(st.one_of(st.none(), st.sampled_from(single)))}
        case "several":
            table |= {"rows": draw(st.lists(st.sampled_from(yes_no), min_size=1, unique=True))}
            table |= {"columns": draw(st.one_of(st.none(), st.sampled_from(single)))}
        case "share":
            table |= {"rows": draw(st.sampled_from(single)), "share": {"label": "x", "holds": draw(conditions(slugs))}}
    if table.get("columns") == table["rows"]:
        table |= {"columns": None, "layers": None, "tests": [], "measures": []}
    return table  # fmt: skip


@pytest.fixture(scope="module")
def connection():
    """One for all examples: to open it costs more than an example."""
    return duckdb.connect(config={"threads": 1})


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    within = tmp_path_factory.mktemp("releases")
    return (within / str(number) for number in itertools.count())


def agree(folders, connection, drawn, plan, sampled) -> None:
    of = study(
        VARIABLES, {"t": plan}, samples={"deep": {"label": "Deep", "method": "all"}, "wide": {"label": "Wide", "method": "all"}}
    )
    rows = [{"case": f"c{number:02}", "wave": wave} | answers for number, (wave, answers, _) in enumerate(drawn)]
    children = [
        {"case": f"c{number:02}", "person": f"p{number:02}-{place}"} | answers
        for number, (_, _, several) in enumerate(drawn)
        for place, answers in enumerate(several)
    ]
    samples = [{"sample": sample, "case": f"c{case:02}", "status": kind} for (sample, case), kind in sampled.items()]
    frozen = release(next(folders), of, rows, {"child": children}, samples=samples)
    data = frozen.folder / DATA
    quick, plain = analysed(of, DuckDB(data, ABSENCES, connection), data), analysed(of, Plain(data, ABSENCES), data)
    assert as_json(quick) == as_json(plain)
    assert quick.members_of("t") == plain.members_of("t")
    sound(plain)


def analysed(of, engine: Engine, data: Path) -> Analysis:
    """The tables, and the way back to the cases; comparability is left aside."""
    made = shape(of, of.plan.tables["t"])
    tables = {"t": tabulate(of, "t", made, *engine.counts(made.queries))}
    return Analysis("1.0.0-0", "1.0.0", tables, False, (), Records(of, engine, data, tables))


def sound(analysis: Analysis) -> None:
    """What must hold of every table: nobody is lost, every base and percentage fits its count, every cell has its members."""
    table, members = analysis.tables["t"], analysis.members_of("t")
    assert table.records == table.base + sum(table.absences.values())
    for address, cell in table.cells.items():
        count, base = (cell.count, cell.base) if cell.weighted is None else (cell.weighted, cell.weighted_base)
        assert (cell.percent is None) or (0 <= cell.count <= cell.base and cell.percent == 100 * count / base)
        assert cell.interval is None or cell.interval.low <= cell.percent <= cell.interval.high
        assert members[address].total == cell.count if table.unit == "case" else members[address].total <= cell.count


sampled = st.dictionaries(st.tuples(st.sampled_from(["deep", "wide"]), st.integers(0, 11)), status, max_size=8)


@settings(max_examples=200)
@given(cases, tables(), sampled)
def test_the_two_engines_agree_on_every_table(folders, connection, drawn, plan, sampled):
    agree(folders, connection, drawn, plan, sampled)


@pytest.mark.long
@settings(max_examples=2000, derandomize="HYPOTHESIS_PROFILE" not in os.environ)
@given(cases, tables(), sampled)
def test_the_two_engines_agree_on_two_thousand_tables(folders, connection, drawn, plan, sampled):
    agree(folders, connection, drawn, plan, sampled)
