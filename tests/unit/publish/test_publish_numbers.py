"""Numbers as they are printed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.publish.numbers import capital, from_words, in_words, percent, percent_in_words, rounded


@pytest.mark.parametrize(
    ("count", "base", "places", "said"),
    [
        (112, 175, 0, "64%"),
        (112, 175, 1, "64.0%"),
        (1, 8, 0, "13%"),  # 12.5: halves go up
        (1, 40, 0, "3%"),  # 2.5: up, too, not to the even
        (0, 7, 0, "0%"),
        (7, 7, 1, "100.0%"),
        (1, 1000, 0, "less than 1%"),
        (999, 1000, 0, "more than 99%"),
        (1, 10000, 1, "less than 0.1%"),
        (9999, 10000, 1, "more than 99.9%"),
    ],
)
def test_a_percentage_is_rounded_half_up_from_its_counts(count: int, base: int, places: int, said: str) -> None:
    assert percent(count, base, places) == said


@given(base=st.integers(1, 10**6), data=st.data(), places=st.integers(0, 2))
def test_some_is_never_none_and_not_all_is_never_all(base: int, data: st.DataObject, places: int) -> None:
    count = data.draw(st.integers(0, base))
    said = percent(count, base, places)
    assert (float(said.rstrip("%").split()[-1]) == 0) <= (count == 0)
    assert (said.startswith("100")) == (count == base)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_rounding_is_off_by_half_a_step_at_most(count: int, base: int, places: int) -> None:
    value = Fraction(count, base)
    assert abs(Fraction(rounded(value, places)) - value) <= Fraction(1, 2 * 10**places)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (17, "seventeen"),
        (21, "twenty-one"),
        (40, "forty"),
        (112, "one hundred and twelve"),
        (1100, "one thousand one hundred"),
        (1099, "one thousand and ninety-nine"),
        (1_000_000, "1,000,000"),
    ],
)
def test_a_number_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


@given(st.integers(0, 99))
def test_words_and_back(number: int) -> None:
    assert from_words(capital(in_words(number))) == number


def test_a_percentage_in_words() -> None:
    assert percent_in_words(Fraction(100 * 21, 175)) == "twelve per cent"
    assert percent_in_words(Fraction(1, 10)) == "less than one per cent"
    assert percent_in_words(Fraction(999, 10)) == "more than ninety-nine per cent"
