"""The closed vocabulary of shares in words."""

import pytest

from casereview.publish.phrases import PHRASES, near, phrase, true_of


@pytest.mark.parametrize(
    ("words", "true_of", "untrue_of"),
    [
        ("more than half", (51, 100), (50, 100)),
        ("Most", (51, 100), (50, 100)),
        ("just over half", (55, 100), (56, 100)),
        ("almost two thirds", (62, 100), (61, 100)),
        ("almost two thirds", (64, 100), (67, 100)),
        ("about a third", (36, 100), (37, 100)),
        ("a quarter", (26, 100), (27, 100)),
        ("fewer than half", (49, 100), (50, 100)),
        ("nearly all", (99, 100), (100, 100)),
        ("one in five", (20, 100), (22, 100)),
        ("all but two", (15, 17), (14, 17)),
        ("All but three", (14, 17), (15, 17)),
        ("none", (0, 9), (1, 9)),
        ("all", (9, 9), (8, 9)),
        ("both", (2, 2), (3, 3)),
    ],
)
def test_a_phrase_holds_exactly_where_its_meaning_says(words: str, true_of: tuple[int, int], untrue_of: tuple[int, int]) -> None:
    found = phrase(words)
    assert found is not None
    assert found.true(*true_of)
    assert not found.true(*untrue_of)


@pytest.mark.parametrize("words", ["many", "half of them", "all but", "all but many", "all but zero", ""])
def test_what_is_not_in_the_vocabulary_has_no_meaning(words: str) -> None:
    assert phrase(words) is None


def test_nothing_is_said_of_an_empty_base() -> None:
    assert not any(one.true(0, 0) for one in PHRASES.values())


def test_opposites_never_hold_together() -> None:
    for count in range(101):
        for name in ("half", "a third", "two thirds", "a quarter"):
            held = [PHRASES[f"{word} {name}"].true(count, 100) for word in ("more than", "less than")]
            assert not all(held)
            assert PHRASES[f"almost {name}"].true(count, 100) <= PHRASES[f"less than {name}"].true(count, 100)
            assert PHRASES[f"just over {name}"].true(count, 100) <= PHRASES[f"more than {name}"].true(count, 100)


def test_what_is_true_of_a_cell_is_offered_with_what_says_most_first() -> None:
    assert true_of(96, 175)[:2] == ("just over half", "most")
    assert true_of(15, 17)[0] == "all but two"
    assert true_of(0, 5)[0] == "none"
    for count in range(21):
        offered = [phrase(words) for words in true_of(count, 20)]
        assert offered
        assert all(one is not None and one.true(count, 20) for one in offered)


def test_words_that_are_no_phrase_are_answered_with_the_nearest() -> None:
    assert "“nearly two thirds”" in near("Nearly two third")
    assert near("loads") == "Use another: docs/prose.md lists every phrase with its meaning."


def test_a_minority_is_somebody() -> None:
    minority = phrase("a minority")
    assert minority is not None
    assert not minority.true(0, 10)
    assert minority.true(1, 10)
    assert not minority.true(5, 10)
