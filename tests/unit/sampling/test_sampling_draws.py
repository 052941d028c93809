"""Draws: the same whatever the order of the frame; spread as asked; and what cannot be met is named."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.sampling import Frame, Unmet, compare, draw, with_substitutes
from casereview.sampling.drawing import proportional
from casereview.study.samples import Sample, Substitute

REGIONS, AGES = ("north", "south", "west"), ("infant", "child", "teenager")


def a_frame(answers, variables=("region", "age")) -> Frame:
    """Case → (region, age); None: not stated."""
    known = {one: {} for one in variables}
    absent = {one: {} for one in variables}
    for case, given_answers in answers.items():
        for one, answer in zip(variables, given_answers, strict=True):
            if answer is None:
                absent[one][case] = "not-stated"
            else:
                known[one][case] = answer if isinstance(answer, tuple) else (answer,)
    return Frame(frozenset(answers), known, absent, dict(zip(variables, (REGIONS, AGES), strict=True)))


def a_sample(method, size=None, **more) -> Sample:
    return Sample(label="S", method=method, size=size, **more)


BALANCED = {f"case {n}": (REGIONS[n % 3], AGES[n // 3 % 3]) for n in range(90)}
METHODS = {
    "all": a_sample("all"),
    "random": a_sample("random", 20, seed=7),
    "stratified": a_sample("stratified", 20, strata=["region", "age"], seed=7),
    "maximum-variation": a_sample("maximum-variation", 20, spread_over=["region", "age"], at_least=5, seed=7),
}


@pytest.mark.parametrize("method", METHODS)
def test_a_draw_depends_on_seed_and_frame_alone(method):
    drawn = draw(METHODS[method], a_frame(BALANCED))
    assert drawn.cases == draw(METHODS[method], a_frame(dict(reversed(BALANCED.items())))).cases
    assert len(set(drawn.cases)) == len(drawn.cases) == (90 if method == "all" else 20)
    if method != "all":
        others = {draw(METHODS[method].model_copy(update={"seed": seed}), a_frame(BALANCED)).cases for seed in range(5)}
        assert len(others) == 5


@pytest.mark.parametrize("method", METHODS)
def test_a_frame_too_small_is_drawn_whole(method):
    frame = a_frame(dict(list(BALANCED.items())[:7]))
    drawn = draw(METHODS[method], frame)
    assert frozenset(drawn.cases) == frame.cases
    assert drawn.short == (0 if method == "all" else 13)
    assert draw(METHODS[method], a_frame({})).cases == ()


def test_a_random_draw_is_fair():
    """Each of 10 cases is in about half of 2,000 samples of 5: within 5 standard errors (0.056)."""
    frame = a_frame({f"c{n}": ("north", "infant") for n in range(10)})
    seen = Counter(case for seed in range(2000) for case in draw(a_sample("random", 5, seed=seed), frame).cases)
    assert all(abs(count / 2000 - 0.5) < 0.056 for count in seen.values())


def test_strata_have_their_shares():
    answers = {f"n{n}": ("north", "child") for n in range(50)} | {f"s{n}": ("south", "child") for n in range(30)}
    frame = a_frame(answers | {f"u{n}": (None, "child") for n in range(20)})
    drawn = draw(a_sample("stratified", 10, strata=["region"], seed=1), frame)
    assert Counter(case[0] for case in drawn.cases) == {"n": 5, "s": 3, "u": 2}


@given(st.dictionaries(st.tuples(st.text("ab", min_size=1, max_size=3)), st.integers(1, 50), min_size=1), st.data())
def test_largest_remainders(sizes, data):
    whole = sum(sizes.values())
    seats = data.draw(st.integers(0, whole))
    shares = proportional(sizes, seats)
    assert sum(shares.values()) == seats
    for stratum, size in sizes.items():
        assert 0 <= shares[stratum] <= size
        assert abs(shares[stratum] - seats * size / whole) < 1


def test_a_textbook_apportionment():
    sizes = {("A",): 47, ("B",): 16, ("C",): 158, ("D",): 61, ("E",): 182}
    # quotas of 10 seats among 464: 1.01, 0.34, 3.41, 1.31, 3.92
    assert proportional(sizes, 10) == {("A",): 1, ("B",): 0, ("C",): 4, ("D",): 1, ("E",): 4}


answers = st.tuples(st.sampled_from([*REGIONS, None]), st.sampled_from([*AGES, None]))
frames = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=4), answers, min_size=1, max_size=40)


@given(frames, st.integers(1, 20), st.integers(1, 3), st.integers(0, 5))
def test_maximum_variation_meets_what_can_be_met(rows, size, at_least, seed):
    frame = a_frame(rows)
    sample = a_sample("maximum-variation", size, spread_over=["region", "age"], at_least=at_least, seed=seed)
    drawn = draw(sample, frame)
    assert len(drawn.cases) == min(size, len(rows))
    unmet = {(one.variable, one.category): one for one in drawn.unmet}
    for variable, categories in frame.categories.items():
        for category in categories:
            holders = frame.holders(variable, category)
            count = len(holders & set(drawn.cases))
            assert (count < at_least) == ((variable, category) in unmet)
            if size >= 6 * at_least and len(rows) >= size:  # room for every wish on its own
                assert count >= min(at_least, len(holders))


def test_what_cannot_be_met_is_named_with_how_many_there_were():
    frame = a_frame({"a": ("north", "infant"), "b": ("north", "infant"), "c": ("south", "child"), "d": ("north", None)})
    drawn = draw(a_sample("maximum-variation", 3, spread_over=["region", "age"], at_least=2), frame)
    assert {"a", "b", "c"} == set(drawn.cases)
    assert drawn.unmet == (
        Unmet("region", "south", 2, 1, 1), Unmet("region", "west", 2, 0, 0),
        Unmet("age", "child", 2, 1, 1), Unmet("age", "teenager", 2, 0, 0),
    )  # fmt: skip


def test_rare_categories_are_found_among_thousands():
    rows = {f"c{n}": ("north", "child") for n in range(5000)} | {"r1": ("west", "teenager"), "r2": ("south", "infant")}
    drawn = draw(a_sample("maximum-variation", 12, spread_over=["region", "age"], seed=3), a_frame(rows))
    assert {"r1", "r2"} <= set(drawn.cases)
    assert drawn.unmet == ()


def test_maximum_variation_is_random_among_what_fits():
    """Every case of the frame is drawn by some seed, and with no wish it is as fair as a random draw."""
    frame = a_frame({f"c{n}": (REGIONS[n % 3], AGES[n % 3]) for n in range(12)})
    seen = Counter(
        case
        for seed in range(150)
        for case in draw(a_sample("maximum-variation", 3, spread_over=["region"], seed=seed), frame).cases
    )
    assert all(abs(count / 150 - 0.25) < 0.177 for count in seen.values())  # 5 standard errors
    assert len(seen) == 12


def test_a_multiple_response_counts_in_each_of_its_categories():
    frame = a_frame({"a": (("north", "south"), "infant"), "b": ("west", "infant"), "c": ((), "infant")})
    drawn = draw(a_sample("maximum-variation", 2, spread_over=["region"]), frame)
    assert drawn.cases == ("a", "b")
    assert drawn.unmet == ()


def test_sample_and_frame_compared():
    frame = a_frame({"a": ("north", "infant"), "b": ("north", None), "c": ("south", "child"), "d": (None, "child")})
    region, age = compare(frame, ["a", "b"], ["region", "age", "region"])
    assert [(one, whole.count, whole.base, part.count, part.base) for one, whole, part in region.answers] == [
        ("north", 2, 3, 2, 2), ("south", 1, 3, 0, 2), ("west", 0, 3, 0, 2)
    ]  # fmt: skip
    assert region.absences == (("not-stated", 1, 0),)
    assert age.absences == (("not-stated", 1, 1),)
    assert age.answers[1][1].percent == pytest.approx(200 / 3)
    assert compare(a_frame({}), [], ["age"])[0].answers[0][1].percent is None


def a_substitute(case, by) -> Substitute:
    return Substitute(case=case, by=by, why="report withheld", who="The example team", when=date(2026, 1, 2))


def test_substitutes_are_on_record():
    members, unfit = with_substitutes(["a", "b"], "abcd", [a_substitute("a", "c"), a_substitute("c", "d")])
    assert [(one.case, one.status, one.other) for one in members] == [
        ("a", "replaced", "c"), ("b", "drawn", ""), ("c", "replaced", "d"), ("d", "substitute", "c")
    ]  # fmt: skip
    assert members[0].reason == "report withheld (The example team, 2026-01-02)"
    assert unfit == ()


@pytest.mark.parametrize("pair", ["xc", "ab", "ax", "ad"])
def test_substitutes_that_cannot_be(pair):
    members, unfit = with_substitutes(["a", "b"], "abc", [a_substitute("b", "c"), a_substitute(*pair)])
    assert len(unfit) == 1
    assert [one.case for one in members if one.status != "replaced"] == ["a", "c"]
