"""Which yes-no answers were yes together. Every case is fictional."""

import random
from itertools import combinations, product

import pytest

from casereview.analysis import analyse, as_json
from casereview.analysis.questions import question
from casereview.study.checks import plan as plan_check
from tests.drawn_release import release, study

NAMES = ("abuse", "illness", "drink")
VARIABLES = {name: {"type": "yes-no"} for name in NAMES}
FOUND = [
    *[("yes", "yes", "no")] * 4,
    *[("yes", "no", "no")] * 2,
    *[("no", "no", "no")] * 3,
    *[("no", "no", "yes")] * 2,
    ("yes", "yes", "yes"),
    ("yes", "not-stated", "yes"),
    ("unclear", "not-stated", "no"),
    ("yes", "yes", "not-stated"),
]
WAVES = ("2003-05", "2005-07", "2007-09")


def made(tmp_path, found=FOUND, names=NAMES, engine="duckdb", **asked):
    plan = {"combinations": {"together": {"title": "Together", "of": list(names)} | asked}}
    of = study({name: {"type": "yes-no"} for name in names}, {}, plan=plan)
    cases = [
        {"case": f"c{place:05}", "wave": WAVES[place % 3]} | dict(zip(names, answers, strict=True))
        for place, answers in enumerate(found)
    ]
    return analyse(of, release(tmp_path, of, cases), engine=engine)


def shown(table):
    return [(row.slug, table.cells[row.slug].count) for row in table.rows if row.kind == "answer"]


def test_combinations_that_occur_stand_the_most_frequent_first(tmp_path):
    table = made(tmp_path).tables["together"]
    # Of equals, the one with the first variable first.
    expected = [("abuse-and-illness", 4), ("none", 3), ("abuse-only", 2), ("drink-only", 2), ("abuse-and-illness-and-drink", 1)]
    assert shown(table) == expected
    assert [row.label for row in table.rows if row.kind == "answer"] == [
        "Abuse and illness",
        "None of these",
        "Abuse only",
        "Drink only",
        "Abuse, illness and drink",
    ]


def test_the_unknown_is_never_a_no(tmp_path):
    table = made(tmp_path).tables["together"]
    assert (table.base, table.records) == (12, 15)
    # By the first of the variables that is absent: the record that lacks two counts once.
    assert table.absences == {"not-stated": 2, "unclear": 1}
    assert sum(table.absences.values()) + table.base == table.records
    left_out = "1 (Abuse: Unclear), 1 (Drink: Not stated) and 1 (Illness: Not stated)"
    assert any(left_out in note for note in table.notes)


def test_each_answer_is_counted_alone_or_with_others(tmp_path):
    table = made(tmp_path).tables["together"]
    assert [(row.slug, table.cells[row.slug].count) for row in table.rows if row.kind == "subtotal"] == [
        ("abuse", 7),
        ("illness", 5),
        ("drink", 3),
    ]
    assert table.cells["abuse"].percent == pytest.approx(100 * 7 / 12)
    assert table.cells["abuse"].interval.low < 100 * 7 / 12 < table.cells["abuse"].interval.high
    assert (table.cells["total"].count, table.cells["total"].percent, table.cells["total"].interval) == (12, 100, None)


def test_beyond_the_most_the_rest_are_counted_together(tmp_path):
    table = made(tmp_path, most=2).tables["together"]
    assert shown(table) == [("abuse-and-illness", 4), ("none", 3), ("other-combinations", 5)]
    assert next(row.label for row in table.rows if row.slug == "other-combinations") == "Other combinations (3)"
    assert table.cells["drink-only"].count == 2  # prose can still cite it


@pytest.mark.parametrize("engine", ["duckdb", "plain"])
def test_the_rest_lead_to_their_cases_too(tmp_path, engine):
    analysis = made(tmp_path, engine=engine, most=2)
    # Those of drink alone, of abuse alone and of all three; none of which an answer is not known.
    others = [f"c{place:05}" for place in (4, 5, 9, 10, 11)]
    assert analysis.members("together", "other-combinations").cases == others
    assert analysis.members("together", "total").total == 12
    assert made(tmp_path / "all", engine=engine).members("together", "other-combinations").total == 0


def test_a_combination_that_does_not_occur_can_be_cited(tmp_path):
    of = study(VARIABLES, {}, plan={"combinations": {"together": {"title": "T", "of": list(NAMES)}}})
    addresses = question(of, "together").addresses
    table = made(tmp_path).tables["together"]
    assert set(addresses) == set(table.cells)
    assert table.cells["illness-and-drink"].count == 0
    assert len(addresses) == len(set(addresses)) == 2**3 + 3 + 2


@pytest.mark.parametrize("found", [[], [("not-stated",) * 3] * 2], ids=["nobody", "nothing known"])
def test_an_empty_base_is_said(tmp_path, found):
    table = made(tmp_path, found).tables["together"]
    assert table.base == 0
    assert shown(table) == []
    assert all(cell.percent is None and cell.interval is None for cell in table.cells.values())
    assert "The base is empty: there is nothing to take a percentage of." in table.notes


def test_behind_each_cell_stand_its_records(tmp_path):
    analysis = made(tmp_path)
    members, table = analysis.members_of("together"), analysis.tables["together"]
    for address, cell in table.cells.items():
        if address != "other-combinations":  # which they are, only the data know
            assert members[address].total == cell.count, address
    assert members["abuse-and-illness"].cases == ["c00000", "c00001", "c00002", "c00003"]


def test_a_filter_counts_and_is_said(tmp_path):
    table = made(tmp_path, where={"wave": {"is": "2003-05"}}).tables["together"]
    assert table.records == 5
    assert table.where == "period: 2003 to 2005"
    assert table.waves == ("2003-05",)


def test_twelve_variables_agree_with_a_count_by_hand(tmp_path):
    drawn = random.Random(7)
    names = tuple(f"v{number}" for number in range(12))
    found = [tuple(drawn.choices(("yes", "no", "unclear"), (3, 9, 0.3), k=12)) for _ in range(400)]
    table = made(tmp_path, found, names, most=200).tables["together"]
    known = [one for one in found if "unclear" not in one]
    assert table.base == len(known)
    for yes in [*combinations(names, 2), (names[4],)]:
        wanted = tuple("yes" if name in yes else "no" for name in names)
        address = "-and-".join(yes) if len(yes) > 1 else f"{yes[0]}-only"
        assert (table.cells[address].count if address in table.cells else 0) == known.count(wanted)
    for place, name in enumerate(names):
        assert table.cells[name].count == sum(one[place] == "yes" for one in known)


def test_engines_agree(tmp_path):
    found = list(product(("yes", "no", "not-stated"), repeat=3))
    duck, plain = (made(tmp_path / engine, found, engine=engine) for engine in ("duckdb", "plain"))
    assert as_json(duck) == as_json(plain)


def _problems(names, of):
    whole = study({name: {"type": "yes-no"} for name in names}, {}, plan={"combinations": {"t": {"title": "T", "of": of}}})
    return [(one.code, one.cause) for one in plan_check.check(whole)]


def test_names_that_could_be_taken_for_one_another_are_refused():
    assert _problems(("a", "b"), ["a", "b"]) == []
    assert _problems(("a", "b", "a-and-b"), ["a", "b", "a-and-b"])[0][0] == "duplicate-key"
    assert _problems(("none", "b"), ["none", "b"])[0][1].startswith("Two rows would be cited as “none”")
    assert _problems(("a", "b"), ["a", "a", "b"]) == [("duplicate-key", "“a” is named twice.")]


def test_an_answer_that_is_easily_yes_is_said_to_be(tmp_path):
    either = {"type": "yes-no", "derived": {"any_of": ["abuse", "illness"]}}
    plan = {"combinations": {"together": {"title": "Together", "of": ["either", "drink"]}}}
    of = study(VARIABLES | {"either": either}, {}, plan=plan)
    cases = [{"case": "c1", "wave": "2003-05", "abuse": "yes", "illness": "no", "either": "yes", "drink": "no"}]
    table = analyse(of, release(tmp_path, of, cases)).tables["together"]
    assert any(note.startswith("“Either” is yes as soon as one of the parts is") for note in table.notes)
