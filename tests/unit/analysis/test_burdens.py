"""How many of several factors were recorded. Every case is fictional."""

import json
import random
from itertools import product

import pytest

from casereview.analysis import analyse, as_json
from casereview.analysis.questions import question
from casereview.analysis.statistics.intervals import wilson
from casereview.study.checks import plan as plan_check
from tests.drawn_release import release, study

NAMES = ("abuse", "illness", "drink", "debt")
WAVES = ("2003-05", "2005-07", "2007-09")
CODEBOOK = {name: {"type": "yes-no"} for name in NAMES} | {
    "outcome": {"type": "nominal", "categories": {"fatal": "Death", "harm": "Harm"}},
}


def made(tmp_path, cases, engine="duckdb", **asked):
    of = study(CODEBOOK, {}, plan={"burdens": {"burden": {"title": "How many", "of": list(NAMES)} | asked}})
    whole = [{"case": f"c{place:04}", "wave": WAVES[place % 3]} | case for place, case in enumerate(cases)]
    return analyse(of, release(tmp_path, of, whole), engine=engine)


def drawn(seed, count=150):
    random_ = random.Random(seed)
    for _ in range(count):
        answers = random_.choices(("yes", "no", "not-stated"), (3, 4, 1), k=len(NAMES))
        yield dict(zip(NAMES, answers, strict=True)) | {"outcome": random_.choice(["fatal", "harm", "unclear"])}


def by_hand(cases, least, most):
    """Of the cases of which all is known, those with so many."""
    known = [case for case in cases if all(case[name] in ("yes", "no") for name in NAMES)]
    return sum(least <= [case[name] for name in NAMES].count("yes") <= most for case in known), len(known)


@pytest.mark.parametrize("engine", ["duckdb", "plain"])
def test_records_are_counted_by_how_many_are_recorded(tmp_path, engine):
    cases = list(drawn(1))
    table = made(tmp_path, cases, engine).tables["burden"]
    for number in range(5):
        assert (table.cells[f"exactly-{number}"].count, table.cells["total"].count) == by_hand(cases, number, number)
    for number in range(1, 4):
        assert table.cells[f"at-least-{number}"].count == by_hand(cases, number, 4)[0]
    assert table.cells["at-least-2"].interval == wilson(*by_hand(cases, 2, 4))
    assert table.base + sum(table.absences.values()) == table.records == 150


def test_what_the_unknown_answers_leave_open_is_said(tmp_path):
    cases = list(drawn(2))
    table = made(tmp_path, cases).tables["burden"]
    for number in range(1, 5):
        yes, no = ([[case[name] for name in NAMES].count(answer) for case in cases] for answer in ("yes", "no"))
        certain, possible = table.cells[f"at-least-{number}-certain"], table.cells[f"at-least-{number}-possible"]
        assert (certain.count, certain.base) == (sum(one >= number for one in yes), 150)
        assert (possible.count, possible.base) == (sum(4 - one >= number for one in no), 150)
        assert certain.count <= possible.count


def test_more_than_the_most_are_counted_together(tmp_path):
    cases = list(drawn(3))
    table = made(tmp_path, cases, most=2).tables["burden"]
    assert [row.label for row in table.rows if row.kind == "answer"] == ["None of these", "1", "2 or more"]
    assert table.cells["at-least-2"].count == by_hand(cases, 2, 4)[0]
    assert "at-least-3-certain" not in table.cells


def test_groups_stand_side_by_side(tmp_path):
    cases = list(drawn(4))
    table = made(tmp_path, cases, by="outcome", tests=["mann-whitney"]).tables["burden"]
    assert [column.slug for column in table.columns] == ["fatal", "harm", "total"]
    for outcome in ("fatal", "harm"):
        those = [case for case in cases if case["outcome"] == outcome]
        assert table.cells[f"exactly-2.{outcome}"].count == by_hand(those, 2, 2)[0]
    assert table.tests[0].p is not None
    assert table.base + sum(table.absences.values()) == table.records


@pytest.mark.parametrize("asked", [{}, {"by": "outcome"}, {"most": 2, "by": "outcome"}], ids=str)
def test_behind_each_cell_stand_its_records(tmp_path, asked):
    analysis = made(tmp_path, list(drawn(5)), **asked)
    table, members = analysis.tables["burden"], analysis.members_of("burden")
    assert {address: members[address].total for address in table.cells} == {
        address: cell.count for address, cell in table.cells.items()
    }


def test_the_cases_of_a_cell_stand_in_the_order_of_cases_and_without_a_number(tmp_path):
    analysis = made(tmp_path, list(drawn(6)))
    cases = analysis.members("burden", "at-least-1").cases
    assert cases == sorted(cases)
    assert not any(case in as_json(analysis) for case in cases)
    assert set(json.loads(as_json(analysis))["tables"]["burden"]["cells"]) == set(analysis.tables["burden"].cells)


def test_the_addresses_are_known_without_data(tmp_path):
    of = study(CODEBOOK, {}, plan={"burdens": {"burden": {"title": "T", "of": list(NAMES), "by": "outcome"}}})
    assert set(question(of, "burden").addresses) == set(made(tmp_path, list(drawn(7)), by="outcome").tables["burden"].cells)


def test_engines_agree(tmp_path):
    cases = [dict(zip(NAMES, one, strict=True)) for one in product(("yes", "no", "not-stated"), repeat=4)]
    duck, plain = (made(tmp_path / engine, cases, engine, by="outcome") for engine in ("duckdb", "plain"))
    assert as_json(duck) == as_json(plain)


def test_nothing_known_is_said(tmp_path):
    table = made(tmp_path, [dict.fromkeys(NAMES, "unclear")] * 3).tables["burden"]
    assert (table.base, table.cells["exactly-0"].percent, table.cells["at-least-1-possible"].percent) == (0, None, 100)
    assert "The base is empty: there is nothing to take a percentage of." in table.notes


def test_the_caution_is_printed(tmp_path):
    notes = " ".join(made(tmp_path, list(drawn(8))).tables["burden"].notes)
    assert "predicts nothing of any case" in notes
    assert "is no measure of any of the cases, and is kept of none" in notes


def problems(codebook=CODEBOOK, **asked):
    of = study(codebook, {}, plan={"burdens": {"t": {"title": "T", "of": list(NAMES)} | asked}})
    return [one.code for one in plan_check.check(of)]


def test_what_cannot_be_counted_is_refused():
    assert problems(by="outcome", tests=["mann-whitney", "chi-square"]) == []
    assert problems(of=["abuse", "abuse"]) == ["duplicate-key"]
    assert problems(of=["abuse", "outcome"]) == ["wrong-type"]
    either = {"either": {"type": "yes-no", "derived": {"any_of": ["abuse", "drink"]}}}
    assert problems(CODEBOOK | either, of=["abuse", "either"]) == ["factors-overlap"]
    assert problems(CODEBOOK | {"exactly-1": {"type": "yes-no"}}, of=["exactly-1", "abuse"]) == ["duplicate-key"]
    ordered = {"stage": {"type": "nominal", "categories": {"a": "A", "b": "B", "c": "C"}}}
    assert problems(CODEBOOK | ordered, by="stage", tests=["mann-whitney"]) == ["more-than-two-answers"]
    assert problems(CODEBOOK | ordered, by="stage", tests=["linear-by-linear"]) == ["test-without-order"]
