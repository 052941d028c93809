"""Agreement of the plan: who counts as a coder, what an absence is, and which records stand behind it. All fictional."""

from typing import Any

import pytest

from casereview.analysis.engines import CountQuery, RatingQuery
from casereview.analysis.engines.duckdb import DuckDB
from casereview.analysis.engines.plain import Plain
from casereview.analysis.questions import question
from casereview.analysis.tables import EstimateTable
from casereview.release.manifest import DATA
from tests.drawn_release import release, study

VARIABLES = {
    "abuse": {"type": "yes-no"},
    "abuse-again": {"type": "yes-no", "label": "Abuse, by the panel"},
    "plan": {"type": "ordered", "categories": {"never": "Never", "past": "Past", "now": "Now"}},
    "visits": {"type": "number"},
}
ALL = ("percent", "kappa", "kappa-linear", "kappa-quadratic", "pabak", "scott-pi", "fleiss-kappa", "gwet-ac1", "gwet-ac2")
SAID = {
    "c1": {"ann": "yes", "ben": "yes"}, "c2": {"ann": "yes", "ben": "no"}, "c3": {"ann": "no", "ben": "no"},
    "c4": {"ann": "no", "ben": "no", "cat": "yes"}, "c5": {"ann": "unclear", "ben": "unclear"}, "c6": {"ann": "yes"},
}  # fmt: skip


def values(variable: str, said: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    absences = ("not-stated", "unclear", "not-applicable", "not-collected")
    return [
        {"value_id": f"{record}/{variable}/{coder}", "unit": "case", "record": record, "variable": variable, "coder": coder}
        | ({"absent": answer} if answer in absences else {"value": answer})
        | {"recorded": answer, "source": "main"}
        for record, codings in said.items()
        for coder, answer in codings.items()
    ]


def asked(tmp_path, agreement, said=(), cases=(), engine=Plain):
    of = study(VARIABLES, {}, plan={"agreements": {"a": {"title": "Agreement"} | agreement}})
    rows = cases or [{"case": f"c{number}", "wave": "2003-05", "abuse": "yes"} for number in range(1, 8)]
    frozen = release(tmp_path, of, rows, values=list(said))
    found = engine(frozen.folder / DATA, tuple(of.about.absences))
    one = question(of, "a")
    return one, one.answer([_put(found, ask) for ask in one.asks]), found


def _put(engine, ask):
    return engine.ratings(ask) if isinstance(ask, RatingQuery) else engine.counts([ask])[0]


def answered(*args, **kwargs) -> EstimateTable:
    return asked(*args, **kwargs)[1]


def number(table: EstimateTable, address: str) -> Any:
    return table.cells[address].value


def test_who_coded_what(tmp_path):
    table = answered(tmp_path, {"of": ["abuse"]}, values("abuse", SAID))
    assert (table.base, table.records, table.absences) == (7, 7, {})
    assert (number(table, "abuse.n"), number(table, "abuse.coders")) == (5, 3)
    # c1, c3 and c5 agree wholly, c2 not at all, c4 in one of its three pairs.
    assert number(table, "abuse.percent") == pytest.approx(100 * (3 + 1 / 3) / 5)


def test_only_some_of_the_coders(tmp_path):
    table = answered(tmp_path, {"of": ["abuse"], "coders": ["ann", "ben"]}, values("abuse", SAID))
    assert (number(table, "abuse.n"), number(table, "abuse.coders")) == (5, 2)
    assert number(table, "abuse.percent") == pytest.approx(100 * 4 / 5)
    assert table.cells["abuse.percent"].interval.method == "wilson-95"


def test_coders_that_there_are_not(tmp_path):
    table = answered(tmp_path, {"of": ["abuse"], "coders": ["dan", "eve"]}, values("abuse", SAID))
    assert (number(table, "abuse.n"), number(table, "abuse.coders")) == (0, 0)
    assert table.cells["abuse.krippendorff-alpha"].why == "There are fewer than two coders."


def test_an_absence_is_an_answer_where_answers_have_no_order(tmp_path):
    table = answered(tmp_path, {"of": ["abuse"], "measures": ["pabak"]}, values("abuse", {"c1": SAID["c1"], "c5": SAID["c5"]}))
    assert (number(table, "abuse.n"), number(table, "abuse.pabak")) == (2, 1.0)
    assert any("an absence that a coder recorded is an answer like any other" in note for note in table.notes)


@pytest.mark.parametrize(("variable", "answer"), [("plan", "now"), ("visits", "3.5")])
def test_an_absence_is_no_answer_where_they_have_one(tmp_path, variable, answer):
    said = {
        "c1": {"ann": answer, "ben": answer},
        "c2": {"ann": "unclear", "ben": "unclear"},
        "c3": {"ann": "unclear", "ben": answer},
    }
    table = answered(tmp_path, {"of": [variable]}, values(variable, said))
    assert number(table, f"{variable}.n") == 1


def test_a_coder_who_recorded_two_answers_says_nothing(tmp_path):
    twice = values("abuse", {"c1": {"ann": "no"}})
    twice[0] |= {"value_id": "another", "source": "later"}
    table = answered(tmp_path, {"of": ["abuse"]}, [*values("abuse", SAID), *twice])
    assert number(table, "abuse.n") == 4


def test_several_variables_each_have_a_base(tmp_path):
    said = [*values("abuse", SAID), *values("plan", {"c1": {"ann": "now", "ben": "past"}})]
    table = answered(tmp_path, {"of": ["abuse", "plan"], "measures": ["percent", "kappa-linear"]}, said)
    assert (number(table, "abuse.n"), number(table, "plan.n")) == (5, 1)
    assert (table.cells["abuse.kappa-linear"].symbol, table.cells["abuse.kappa-linear"].why) == (
        "z",
        "It needs answers in an order.",
    )
    assert number(table, "plan.kappa-linear") == 0
    assert table.notes[0].startswith("Each row has a base of its own")


def test_one_answer_throughout_has_no_alpha(tmp_path):
    table = answered(tmp_path, {"of": ["abuse"]}, values("abuse", {"c1": SAID["c1"], "c7": {"ann": "yes", "ben": "yes"}}))
    assert number(table, "abuse.percent") == 100
    alpha = table.cells["abuse.krippendorff-alpha"]
    assert (alpha.value, alpha.symbol) == (None, "z")
    assert "no disagreement was to be expected" in alpha.why
    assert table.tests == ()


def test_nobody_coded_anything(tmp_path):
    table = answered(tmp_path, {"of": ["abuse", "visits"], "measures": [*ALL, "krippendorff-alpha"]})
    assert [number(table, f"{row}.n") for row in ("abuse", "visits")] == [0, 0]
    assert {cell.symbol for address, cell in table.cells.items() if cell.value is None} == {"x"}


def test_two_coders_with_no_record_in_common(tmp_path):
    table = answered(tmp_path, {"of": ["abuse"]}, values("abuse", {"c1": {"ann": "yes"}, "c2": {"ben": "yes"}}))
    assert table.cells["abuse.percent"].why == "No record was coded by two."


def test_the_sentence(tmp_path):
    agreement = {"of": ["abuse"], "coders": ["ann", "ben"], "measures": ["percent", "kappa", "fleiss-kappa"]}
    table = answered(tmp_path, agreement, values("abuse", SAID))
    kappa, fleiss = table.tests
    assert kappa.sentence.startswith("Abuse: Cohen’s κ = .688, 95% CI [.156, 1.000], N = 5")
    assert kappa.sentence.endswith("2 coders. Of the disagreement that chance would have brought, 69% did not come about.")
    assert ", z = " in fleiss.sentence
    assert fleiss.p is not None


RATED = [
    {"case": f"c{place}", "wave": "2003-05", "abuse": one, "abuse-again": other}
    for place, (one, other) in enumerate(
        [("yes", "yes")] * 4 + [("no", "no")] * 3 + [("yes", "no"), ("not-stated", "not-stated")]
    )
]


def test_variables_that_are_raters(tmp_path):
    one, table, engine = asked(tmp_path, {"raters": ["abuse", "abuse-again"], "measures": ["percent", "kappa"]}, cases=RATED)
    assert [(row.slug, row.label) for row in table.rows] == [("raters", "Abuse and abuse, by the panel")]
    # What a release fills in where nothing was recorded looks like an absence that was: neither is a rating.
    assert (table.records, number(table, "raters.n")) == (9, 8)
    assert number(table, "raters.percent") == pytest.approx(100 * 7 / 8)
    assert number(table, "raters.kappa") == pytest.approx((7 / 8 - 0.5) / 0.5)
    backing = one.backing
    marked = engine.marked(CountQuery("case", dict(backing.marks), where=backing.where))
    assert marked.marks["raters"].sum() == 8
    assert backing.supports["raters.kappa"] == ("abuse", "abuse-again")


def test_behind_a_variable_stand_the_records_of_which_it_is_known(tmp_path):
    one, table, engine = asked(tmp_path, {"of": ["abuse"]}, values("abuse", SAID))
    assert tuple(one.backing.cells) == one.addresses == tuple(table.cells)
    marked = engine.marked(CountQuery("case", dict(one.backing.marks)))
    assert marked.marks["abuse"].sum() == 7


def test_the_engines_agree(tmp_path):
    agreement = {"of": ["abuse", "visits"], "measures": [*ALL, "krippendorff-alpha"], "where": {"wave": {"is": "2003-05"}}}
    said = [*values("abuse", SAID), *values("visits", {"c1": {"ann": "3", "ben": "4.25"}, "c2": {"ann": "3.0", "ben": "3"}})]
    tables = [answered(tmp_path / one.__name__, agreement, said, engine=one) for one in (Plain, DuckDB)]
    assert tables[0] == tables[1]
    assert number(tables[0], "visits.percent") == 50
