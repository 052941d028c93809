"""Latent classes: fitted to what is known, held against published figures, and telling no case its class. All are fictional."""

import random
from itertools import product

import numpy as np
import pytest

from casereview.analysis import analyse, as_json
from casereview.analysis.questions import question
from casereview.analysis.statistics.latent import Patterns, Solution, fitted, within
from casereview.analysis.statistics.one_fewer import OneFewer, one_fewer
from casereview.analysis.statistics.one_fewer import drawn as draw
from casereview.analysis.statistics.stability import adjusted_rand, stability
from casereview.study.checks import plan as plan_check
from casereview.study.checks.together import identified
from casereview.study.problems import AnalysisRefused
from tests.drawn_release import release, study

NAMES = ("abuse", "illness", "drink", "debt", "moves")
WAVES = ("2003-05", "2005-07", "2007-09")
CODEBOOK = {name: {"type": "yes-no"} for name in NAMES} | {
    "plan": {"type": "ordered", "categories": {"now": "Now", "past": "Past", "never": "Never"}},
    "agencies": {"type": "multiple", "categories": {"gp": "GP"}},
}
SHARE, YES = 0.4, (0.8, 0.15)
"""Of the first of two kinds of case; of a yes in the one and in the other."""


def drawn(seed, count=400, missing=0.1):
    random_ = random.Random(seed)
    for _ in range(count):
        chance = YES[random_.random() >= SHARE]
        said = {name: "yes" if random_.random() < chance else "no" for name in NAMES}
        plans = random_.choices(("now", "past", "never"), (6, 2, 2) if chance == YES[0] else (1, 2, 7))
        yield {name: one for name, one in (said | {"plan": plans[0]}).items() if random_.random() >= missing}


def made(tmp_path, cases, engine="duckdb", **asked):
    of = study(CODEBOOK, {}, plan={"classes": {"kinds": {"title": "Kinds", "of": list(NAMES), "draws": 0} | asked}})
    whole = [{"case": f"c{place:04}", "wave": WAVES[place % 3]} | case for place, case in enumerate(cases)]
    return analyse(of, release(tmp_path, of, whole), engine=engine)


def test_the_kinds_that_were_drawn_come_out(tmp_path):
    table = made(tmp_path, drawn(1, 300), of=[*NAMES, "plan"], most=3).tables["kinds"]
    assert [column.slug for column in table.columns] == ["class-1", "class-2"]
    assert table.cells["share.class-2"].value == pytest.approx(100 * SHARE, abs=7)
    for name in NAMES:
        assert table.cells[f"{name}.class-2"].value == pytest.approx(100 * YES[0], abs=15)
        assert table.cells[f"{name}.class-1"].value == pytest.approx(100 * YES[1], abs=15)
    assert table.cells["plan-never.class-1"].value == pytest.approx(70, abs=15)
    assert [row.label for row in table.tried] == ["1 class", "2 classes (taken)", "3 classes"]
    bic = [table.cells[f"{row.slug}.bic"].value for row in table.tried]
    assert min(bic) == bic[1]


def test_the_plan_may_say_how_many(tmp_path):
    table = made(tmp_path, drawn(2, 100), classes=1, most=2).tables["kinds"]
    assert [column.slug for column in table.columns] == ["class-1"]
    assert table.tests == ()
    assert any(note.startswith("The plan says how many classes there are: 1.") for note in table.notes)


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    return made(tmp_path_factory.mktemp("kinds"), drawn(3, 120), classes=2).tables["kinds"]


def test_every_figure_has_its_interval_and_the_division_its_stability(table):
    for row in table.rows:
        for column in table.columns:
            cell = table.cells[f"{row.slug}.{column.slug}"]
            assert cell.interval.low <= cell.value <= cell.interval.high
    (test,) = table.tests
    assert test.name == "adjusted-rand"
    assert test.interval.low <= test.statistic <= test.interval.high <= 1


def test_no_case_is_told_its_class(tmp_path):
    analysis = made(tmp_path, drawn(4, 120), classes=2)
    members = analysis.members_of("kinds")
    for address, those in members.items():
        row, _, column = address.partition(".")
        # Whatever the class, the same cases: all with the answer.
        assert those == members[f"{row}.{'bic' if row.startswith('of-') else 'class-1'}"], column
    assert not any(case in as_json(analysis) for case in members["share.class-1"].cases)
    assert any("No record is put into one" in note for note in analysis.tables["kinds"].notes)
    assert any("predicts nothing of any case" in note for note in analysis.tables["kinds"].notes)


def test_engines_agree(tmp_path):
    duck, plain = (made(tmp_path / engine, drawn(5, 100), engine, most=2) for engine in ("duckdb", "plain"))
    assert as_json(duck) == as_json(plain)


def test_the_addresses_are_known_without_data(tmp_path):
    of = study(CODEBOOK, {}, plan={"classes": {"kinds": {"title": "T", "of": list(NAMES), "classes": 2, "most": 2}}})
    found = made(tmp_path, drawn(6, 80), classes=2, most=2).tables["kinds"].cells
    assert set(question(of, "kinds").addresses) == set(found)


def test_of_nobody_nothing_is_said(tmp_path):
    table = made(tmp_path, [{}] * 3).tables["kinds"]
    assert (table.base, table.absences) == (0, {"not-stated": 3})
    assert all(cell.value is None and cell.why for cell in table.cells.values())


def test_too_many_patterns_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("casereview.analysis.classes.seen.MOST", 10)
    with pytest.raises(AnalysisRefused):
        made(tmp_path, drawn(7, 60))


# One class fewer


def test_each_number_is_held_against_one_fewer(tmp_path):
    analysis = made(tmp_path, drawn(1, 150), most=3, draws=19)
    table = analysis.tables["kinds"]
    cells = table.cells
    assert (cells["of-2.p"].value, cells["of-2.draws"].value) == (0.05, 19)
    assert cells["of-3.p"].value > 0.05
    assert 10 <= cells["of-3.draws"].value <= 19
    assert (cells["of-1.p"].value, cells["of-1.p"].why) == (None, "There is no number of classes below one.")
    assert any("at most 19 samples, no more once 10 have gained as much; p is not adjusted" in note for note in table.notes)
    assert not any("do not agree" in note for note in table.notes)


def test_where_bic_and_the_samples_part_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("casereview.analysis.classes.fits.one_fewer", lambda *_: OneFewer(1.0, 0.6, 16))
    table = made(tmp_path, drawn(1, 150), most=3, draws=19).tables["kinds"]
    assert any(note.startswith("BIC and the samples do not agree: BIC takes 2, the samples 1.") for note in table.notes)
    monkeypatch.setattr("casereview.analysis.classes.fits.one_fewer", lambda *_: OneFewer(90.0, 0.01, 99))
    table = made(tmp_path / "again", drawn(1, 150), most=3, draws=19).tables["kinds"]
    assert any("each number that was tried fits better than one fewer" in note for note in table.notes)


def test_without_samples_there_is_no_p(tmp_path):
    table = made(tmp_path, drawn(2, 60), most=2).tables["kinds"]
    assert (table.cells["of-2.p"].value, table.cells["of-2.p"].why) == (None, "The plan asks for no samples.")
    assert not any("held against one fewer" in note for note in table.notes)


def test_of_very_many_patterns_fewer_samples_are_drawn(tmp_path, monkeypatch):
    monkeypatch.setattr("casereview.analysis.classes.fits.one_fewer", lambda *given: OneFewer(90.0, 0.05, given[-1]))
    assert made(tmp_path, drawn(2, 60), most=2, draws=None).tables["kinds"].cells["of-2.draws"].value == 99
    monkeypatch.setattr("casereview.analysis.classes.fits.MANY", 20)
    assert made(tmp_path / "again", drawn(2, 60), most=2, draws=None).tables["kinds"].cells["of-2.draws"].value == 19


def test_what_is_drawn_is_unknown_where_it_was_and_falls_as_it_was_fitted():
    """Of complete records by all of their patterns, of the others one by one: as often as by the definition."""
    whole = np.array([[one, 1 - one, two, 1 - two, three, 1 - three] for one, two, three in product((1.0, 0.0), repeat=3)])
    without = whole[[0, 1]] * [1, 1, 0, 0, 1, 1]
    patterns = Patterns(np.array([4000.0] * 8 + [3, 2]), np.concatenate([whole, without]), (2, 2, 2))
    fit = Solution(np.array([0.7, 0.3]), np.array([[0.9, 0.1, 0.2, 0.8, 0.5, 0.5], [0.3, 0.7, 0.6, 0.4, 0.1, 0.9]]), 0.0)
    found = draw(patterns, fit, np.random.default_rng(1))
    complete = found.given.sum(axis=1) == 3
    assert (found.n[complete].sum(), found.n[~complete].sum()) == (32_000, 5)
    assert not found.given[~complete][:, 2:4].any()
    for given, n in zip(found.given[complete], found.n[complete], strict=True):
        chance = sum(share * np.prod(chances[given > 0]) for share, chances in zip(fit.shares, fit.chances, strict=True))
        assert n == pytest.approx(32_000 * chance, abs=5 * (32_000 * chance) ** 0.5)
    few = [draw(Patterns(np.array([3.0]), whole[:1], (2, 2, 2)), fit, np.random.default_rng(seed)) for seed in range(700)]
    yes = [sum(float(one.n @ one.given[:, answer]) for one in few) / 2100 for answer in (0, 2, 4)]
    assert yes == pytest.approx([0.7 * 0.9 + 0.3 * 0.3, 0.7 * 0.2 + 0.3 * 0.6, 0.7 * 0.5 + 0.3 * 0.1], abs=0.05)


WORLDS = range(4)


def world(seed, kinds):
    """The patterns of 150 records with six answers of two kinds or one, a tenth unknown."""
    random_ = random.Random(f"{kinds} kinds, {seed}")
    records = []
    for _ in range(150):
        chance = YES[random_.random() >= SHARE] if kinds == 2 else 0.4
        records.append(tuple(None if random_.random() < 0.1 else int(random_.random() < chance) for _ in range(6)))
    seen = sorted(set(records), key=str)
    given = np.array([[float(one == two) for one in pattern for two in (0, 1)] for pattern in seen])
    return Patterns(np.array([float(records.count(one)) for one in seen]), given, (2,) * 6)


def p_of(seed, kinds, classes, draws=19):
    patterns = world(seed, kinds)
    fewer, more = (fitted(patterns, number).solution for number in (classes - 1, classes))
    return one_fewer(patterns, fewer, more, draws).p


def test_two_kinds_are_told_from_one_and_not_from_three():
    assert [p_of(seed, 2, 2) for seed in WORLDS] == [0.05] * len(WORLDS)
    assert sum(p_of(seed, 2, 3) > 0.05 for seed in WORLDS) >= len(WORLDS) - 1
    assert sum(p_of(seed, 1, 2) > 0.05 for seed in WORLDS) >= len(WORLDS) - 1


@pytest.mark.long
@pytest.mark.parametrize(("kinds", "classes"), [(1, 2), (2, 3)])
def test_no_more_kinds_are_found_than_there_are_oftener_than_the_test_says(kinds, classes):
    """Of 200 worlds about 10 are to be rejected at 0.05; 20 or more would be so once in 500 times."""
    assert sum(p_of(seed, kinds, classes, 99) <= 0.05 for seed in range(200)) < 20


# Against figures of others


GOODMAN = {
    "1111": 42, "1112": 23, "1121": 6, "1122": 25, "1211": 6, "1212": 24, "1221": 7, "1222": 38,
    "2111": 1, "2112": 4, "2121": 1, "2122": 6, "2211": 2, "2212": 9, "2221": 2, "2222": 20,
}  # fmt: skip
"""Four questions of 216 students: S. A. Stouffer and J. Toby (1951), as in Goodman (1974)."""


def four_questions():
    given = np.array([[float(one == two) for one in pattern for two in "12"] for pattern in GOODMAN])
    return Patterns(np.array(list(GOODMAN.values()), dtype=float), given, (2, 2, 2, 2))


def test_goodmans_two_classes():
    """His table of estimates, to the three places printed; G² is 2.72 on 6 degrees of freedom."""
    found = fitted(four_questions(), 2)
    assert found.solution.shares.round(3).tolist() == [0.721, 0.279]
    assert found.solution.chances[:, 0::2].round(3).tolist() == [[0.714, 0.330, 0.354, 0.132], [0.993, 0.940, 0.927, 0.769]]
    n = four_questions().n
    assert 2 * (float((n * np.log(n / n.sum())).sum()) - found.solution.height) == pytest.approx(2.72, abs=0.005)
    assert (found.parameters, found.reached) == (9, 50)


def test_goodmans_questions_need_two_classes_and_no_third():
    """As StepMix 3.0.0 finds: in 30 samples, none gained as much as two classes did, and 24 as much as three."""
    fits = [fitted(four_questions(), classes).solution for classes in (1, 2, 3)]
    two, three = (one_fewer(four_questions(), fits[place], fits[place + 1], 99) for place in (0, 1))
    assert (two.p, two.draws) == (0.01, 99)
    assert three.p == pytest.approx(0.8, abs=0.2)


def test_a_slow_climb_by_hand_reaches_the_same_height():
    """One record at a time, in plain Python, from the definition: with answers unknown, too."""
    random_ = random.Random(9)
    records = [tuple(random_.choice((0, 1, 1, None)) for _ in range(4)) for _ in range(40)]
    patterns = sorted(set(records), key=str)
    given = np.array([[float(one == two) for one in pattern for two in (0, 1)] for pattern in patterns])
    found = fitted(Patterns(np.array([float(records.count(one)) for one in patterns]), given, (2, 2, 2, 2)), 2)
    heights = [slowly(records, random.Random(seed)) for seed in range(4)]
    assert found.solution.height == pytest.approx(max(heights), abs=0.05)
    assert found.solution.height >= max(heights) - 1e-6


def slowly(records, random_):
    import math

    share, yes = [0.5, 0.5], [[random_.random() for _ in range(4)] for _ in range(2)]
    height = 0.0
    for _ in range(500):
        falls, height = [], 0.0
        for record in records:
            joint = [share[k] * math.prod(_chance(yes[k][j], one) for j, one in enumerate(record)) for k in range(2)]
            falls.append([one / sum(joint) for one in joint])
            height += math.log(sum(joint))
        share = [sum(one[k] for one in falls) / len(records) for k in range(2)]
        for k, j in product(range(2), range(4)):
            known = [(one[k], record[j]) for one, record in zip(falls, records, strict=True) if record[j] is not None]
            yes[k][j] = sum(one * answer for one, answer in known) / sum(one for one, _ in known)
    return height


def _chance(yes, one):
    return 1.0 if one is None else yes if one else 1 - yes


def test_the_chances_of_classes_add_up():
    found = fitted(four_questions(), 2).solution
    chance, _ = within(four_questions(), four_questions().n[None], found.shares[None], found.chances[None])
    assert chance[0].sum(axis=1) == pytest.approx(1)


def test_the_adjusted_rand_index():
    assert adjusted_rand(np.array([[10.0, 0], [0, 5]])) == 1
    # Pairs by hand: 21 together in both, 36 in each, of 78.
    assert adjusted_rand(np.array([[5.0, 1], [2, 5]])) == pytest.approx((21 - 36 * 36 / 78) / (36 - 36 * 36 / 78))
    independent = adjusted_rand(np.array([[25.0, 25], [25, 25]]))
    assert abs(independent) < 0.03


def test_stability_is_the_same_each_time_and_knows_a_class_by_what_it_holds():
    found = fitted(four_questions(), 2).solution
    one, other = stability(four_questions(), found), stability(four_questions(), found)
    assert one.shares.tolist() == other.shares.tolist()
    turned = Solution(found.shares[::-1].copy(), found.chances[::-1].copy(), found.height)
    assert stability(four_questions(), turned).shares[::-1] == pytest.approx(one.shares, abs=0.03)


def problems(codebook=CODEBOOK, **asked):
    of = study(codebook, {}, plan={"classes": {"t": {"title": "T", "of": list(NAMES)} | asked}})
    return [one.code for one in plan_check.check(of)]


def test_what_cannot_be_told_apart_is_refused():
    assert problems(classes=3) == []
    assert problems(of=["abuse", "drink", "debt"], classes=3) == ["too-many-classes"]
    assert problems(of=["abuse", "drink", "agencies"]) == ["wrong-type"]
    either = {"either": {"type": "yes-no", "derived": {"any_of": ["abuse", "drink"]}}}
    assert problems(CODEBOOK | either, of=["abuse", "either", "debt"]) == ["factors-overlap"]
    assert problems(CODEBOOK | {"share": {"type": "yes-no"}}, of=["share", "abuse", "debt"]) == ["duplicate-key"]
    # Four yes-no answers make 16 patterns, and three classes of them have 14 figures.
    assert [identified([2] * number) for number in (3, 4, 5)] == [2, 3, 5]
