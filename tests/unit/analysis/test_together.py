"""How often two of several factors came together. Every case is fictional."""

import random
from collections import Counter
from itertools import combinations, permutations, product

import pytest

from casereview.analysis import analyse, as_json
from casereview.analysis.questions import question
from casereview.analysis.statistics.adjustment import benjamini_hochberg, holm
from casereview.analysis.statistics.exact import _chances, _possible, conditional_odds_ratio
from casereview.analysis.statistics.lift import Pair, lifted
from casereview.analysis.statistics.statistic import Undefined
from casereview.study.checks import plan as plan_check
from tests.drawn_release import release, study

NAMES = ("abuse", "illness", "drink")
WAVES = ("2003-05", "2005-07", "2007-09")
CODEBOOK = {
    **{name: {"type": "yes-no"} for name in (*NAMES, "drugs")},
    "misuse": {"type": "yes-no", "derived": {"any_of": ["drink", "drugs"]}},
    "outcome": {"type": "nominal", "categories": {"fatal": "Death", "harm": "Harm"}},
    "agencies": {"type": "multiple", "categories": {"gp": "GP", "police": "Police"}},
}


def made(tmp_path, cases, engine="duckdb", **asked):
    of = study(CODEBOOK, {}, plan={"together": {"pairs": {"title": "Together", "of": list(NAMES)} | asked}})
    whole = [{"case": f"c{place:04}", "wave": WAVES[place % 3]} | case for place, case in enumerate(cases)]
    return analyse(of, release(tmp_path, of, whole), engine=engine)


def drawn(seed, count=200):
    random_ = random.Random(seed)
    for _ in range(count):
        abuse = random_.random() < 0.5
        answers = {"abuse": abuse, "illness": random_.random() < 0.2 + 0.4 * abuse, "drink": random_.random() < 0.3}
        said = {name: "yes" if yes else "no" for name, yes in answers.items() if random_.random() > 0.15}
        yield said | {"outcome": random_.choice(["fatal", "harm", "not-stated"])}


def by_hand(cases, one, other):
    known = [case for case in cases if {case.get(one), case.get(other)} <= {"yes", "no"}]
    first, second = (sum(case[name] == "yes" for case in known) for name in (one, other))
    return sum(case[one] == case[other] == "yes" for case in known), first, second, len(known)


def counts(table, row):
    return tuple(table.cells[f"{row}.{name}"].value for name in ("both", "first", "second", "base"))


@pytest.mark.parametrize("engine", ["duckdb", "plain"])
def test_each_pair_is_of_the_records_of_which_both_are_known(tmp_path, engine):
    cases = list(drawn(1))
    table = made(tmp_path, cases, engine).tables["pairs"]
    for one, other in combinations(NAMES, 2):
        assert counts(table, f"{one}-with-{other}") == by_hand(cases, one, other)
    both, first, second, n = by_hand(cases, "abuse", "illness")
    lift = table.cells["abuse-with-illness.lift"]
    assert lift.value == pytest.approx(both * n / (first * second))
    assert lift.interval.low < lift.value < lift.interval.high


def test_groups_are_counted_beside_all(tmp_path):
    cases = list(drawn(2))
    table = made(tmp_path, cases, by="outcome").tables["pairs"]
    assert [row.slug for row in table.rows][:3] == [
        "abuse-with-illness",
        "abuse-with-illness-in-fatal",
        "abuse-with-illness-in-harm",
    ]
    for outcome in ("fatal", "harm"):
        those = [case for case in cases if case["outcome"] == outcome]
        assert counts(table, f"abuse-with-drink-in-{outcome}") == by_hand(those, "abuse", "drink")
    assert table.base + sum(table.absences.values()) == table.records == 200
    assert table.absences["not-stated"] >= sum(case["outcome"] == "not-stated" for case in cases)


@pytest.mark.parametrize(("name", "method"), [("holm", holm), ("benjamini-hochberg", benjamini_hochberg)])
def test_p_is_adjusted_for_every_row(tmp_path, name, method):
    table = made(tmp_path, list(drawn(3)), adjust=name, by="outcome").tables["pairs"]
    rows = [row.slug for row in table.rows]
    ps = [table.cells[f"{row}.p"].value for row in rows]
    assert [table.cells[f"{row}.adjusted-p"].value for row in rows] == pytest.approx(method(ps))
    assert any("for the 9 tests" in note for note in table.notes)


def test_answers_of_a_multiple_response_are_factors(tmp_path):
    cases = [{"abuse": "yes", "agencies": ["gp"]}, {"abuse": "no", "agencies": ["gp", "police"]}, {"abuse": "yes"}]
    table = made(tmp_path, cases, of=["abuse", "agencies"]).tables["pairs"]
    assert [row.slug for row in table.rows] == [
        "abuse-with-agencies-gp",
        "abuse-with-agencies-police",
        "agencies-gp-with-agencies-police",
    ]
    assert counts(table, "abuse-with-agencies-gp") == (1, 1, 2, 2)


def test_what_is_made_of_the_same_answers_is_no_pair_and_is_said(tmp_path):
    table = made(tmp_path, list(drawn(4)), of=["abuse", "drink", "misuse"]).tables["pairs"]
    assert [row.slug for row in table.rows] == ["abuse-with-drink", "abuse-with-misuse"]
    assert any("“Drink with misuse”" in note for note in table.notes)


def test_behind_each_count_stand_its_records(tmp_path):
    analysis = made(tmp_path, list(drawn(5)), by="outcome")
    members, table = analysis.members_of("pairs"), analysis.tables["pairs"]
    for address, cell in table.cells.items():
        measure = address.partition(".")[2]
        if cell.form == "count":
            assert members[address].total == cell.value, address
        else:
            assert members[address] == members[address.replace(measure, "both")]


def test_the_addresses_are_known_without_data(tmp_path):
    of = study(CODEBOOK, {}, plan={"together": {"pairs": {"title": "T", "of": list(NAMES), "by": "outcome"}}})
    assert set(question(of, "pairs").addresses) == set(made(tmp_path, list(drawn(6)), by="outcome").tables["pairs"].cells)


def test_engines_agree(tmp_path):
    answers = list(product(("yes", "no", "not-stated"), repeat=3))
    cases = [dict(zip(NAMES, one, strict=True)) | {"outcome": "harm"} for one in answers]
    for place, case in enumerate(cases):
        case["agencies"] = (["gp"], ["gp", "police"], [], ["police"], ["not-stated"])[place % 5]
    of = [*NAMES, "agencies"]
    duck, plain = (made(tmp_path / engine, cases, engine, of=of, by="outcome") for engine in ("duckdb", "plain"))
    assert as_json(duck) == as_json(plain)
    records = Counter(known for case in cases for known in answered(case))
    for pair, (both, first, second, base) in (
        (row.slug, counts(duck.tables["pairs"], row.slug)) for row in duck.tables["pairs"].rows
    ):
        if "-in-" not in pair:
            one, other = pair.split("-with-")
            assert base == records[one, None, other, None], pair
            assert (both, first, second) == (
                records[one, True, other, True],
                records[one, True, other, None],
                records[one, None, other, True],
            ), pair


def answered(case):
    """Every pair of known answers of a case, one at a time: (one, whether, other, whether), None for whichever it is."""
    said = {name: case[name] == "yes" for name in NAMES if case[name] != "not-stated"}
    if case["agencies"] != ["not-stated"]:
        said |= {f"agencies-{one}": one in case["agencies"] for one in ("gp", "police")}
    for one, other in permutations(said, 2):
        yield from product([one], [said[one], None], [other], [said[other], None])


def test_a_pair_that_says_nothing_says_why(tmp_path):
    table = made(tmp_path, [{"abuse": "yes", "illness": "no", "drink": "not-stated"}] * 3).tables["pairs"]
    said = {row: table.cells[f"{row}.lift"].why for row in ("abuse-with-illness", "abuse-with-drink")}
    assert said == {
        "abuse-with-illness": "There is none, as one of the two was never there.",
        "abuse-with-drink": "There is none, as no record is known of both.",
    }


def test_the_caution_is_printed(tmp_path):
    notes = made(tmp_path, list(drawn(7))).tables["pairs"].notes
    assert any("predicts nothing of any case" in note for note in notes)


# The interval of lift


def test_lift_and_odds_ratio_leave_out_1_together():
    random_ = random.Random(8)
    for _ in range(300):
        n = random_.randrange(4, 60)
        first, second = random_.randrange(1, n), random_.randrange(1, n)
        both = random_.randrange(max(0, first + second - n), min(first, second) + 1)
        found = lifted(Pair(both, first, second, n))
        assert found.within.low <= found.lift * (1 + 1e-9)
        assert found.lift <= found.within.high * (1 + 1e-9)
        assert (found.within.low > 1 + 1e-9) == (found.ratio_low > 1 + 1e-9)
        assert (found.within.high < 1 - 1e-9) == (found.ratio_high < 1 - 1e-9)


@pytest.mark.parametrize("margins", [(5, 9, 20), (12, 12, 40), (3, 30, 60), (40, 50, 80)])
@pytest.mark.parametrize("ratio", [0.2, 1.0, 2.5, 8.0])
def test_the_interval_holds_lift_at_least_as_often_as_it_says(margins, ratio):
    """Every table with the margins, each as likely as it is where this is the odds ratio: no drawing, and no luck."""
    import numpy as np

    first, second, n = margins
    least = max(0, first + second - n)
    tables = [Pair(both, first, second, n) for both in range(least, min(first, second) + 1)]
    cells, weights = _possible(tables[0].observed)
    chances = _chances(weights + np.log(ratio) * (cells - cells[0]))
    true = float(chances @ cells) * n / (first * second)
    held = [found.within.low <= true <= found.within.high for found in map(lifted, tables)]
    assert float(chances[np.array(held)].sum()) >= 0.95


def test_the_exact_odds_ratio_is_that_of_the_tables():
    pair = Pair(12, 20, 25, 60)
    assert conditional_odds_ratio(pair.observed) == (lifted(pair).ratio, lifted(pair).ratio_low, lifted(pair).ratio_high)


@pytest.mark.parametrize("pair", [Pair(0, 0, 0, 0), Pair(0, 0, 2, 4), Pair(2, 4, 2, 4), Pair(1, 2, 2, 2 * 10**9)])
def test_what_cannot_be_reckoned_says_why(pair):
    with pytest.raises(Undefined):
        lifted(pair)


def problems(codebook=CODEBOOK, **asked):
    of = study(codebook, {}, plan={"together": {"t": {"title": "T"} | asked}})
    return [one.code for one in plan_check.check(of)]


def test_what_makes_no_pairs_is_refused():
    assert problems(of=list(NAMES), by="outcome") == []
    assert problems(of=["abuse"]) == ["too-many-factors"]
    assert problems(of=["abuse", "abuse", "drink"]) == ["duplicate-key"]
    assert problems(of=["abuse", "outcome"]) == ["wrong-type"]
    assert problems(of=list(NAMES), by="agencies") == ["multiple-response"]
    names = {name: {"type": "yes-no"} for name in ("a", "b", "a-with-b")}
    assert problems(names, of=["a", "a-with-b", "b"]) == []
    assert problems(names | {"b-with-b": {"type": "yes-no"}}, of=["a-with-b", "a", "b-with-b", "b"]) == ["duplicate-key"]
