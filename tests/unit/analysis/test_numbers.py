"""The middle and the spread of numbers, against R, against records written out one by one, and at their edges."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.analysis.statistics.numbers import Distribution

REFERENCE = json.loads((Path(__file__).parents[2] / "references" / "quartiles.json").read_text(encoding="utf-8"))
CONVENTIONS = ("weighted-average", "linear", "tukey-hinges")


def of(values) -> Distribution:
    return Distribution.of({float(value): n for value, n in Counter(values).items()})


@pytest.mark.parametrize("said", REFERENCE["sets"], ids=lambda said: str(len(said["values"])))
def test_as_r_has_it(said):
    found = of(said["values"])
    assert found.mean == pytest.approx(said["mean"][0], rel=1e-14)
    assert [found.sd] == (pytest.approx(said["sd"], rel=1e-14) if said["sd"] else [None])
    for convention in CONVENTIONS:
        ours = [found.quartile(quarter, convention) for quarter in (1, 2, 3)]
        assert ours == pytest.approx(said[convention], rel=1e-13, abs=1e-13)


weights = st.dictionaries(st.integers(-20, 20).map(float), st.integers(1, 4), min_size=1, max_size=8)


@given(weights, st.sampled_from(CONVENTIONS))
def test_a_whole_weight_is_so_many_records(weighted, convention):
    once = of([value for value, n in weighted.items() for _ in range(n)])
    assert Distribution.of(weighted).quartile(1, convention) == once.quartile(1, convention)
    assert Distribution.of({value: float(n) for value, n in weighted.items()}).sd == once.sd


@given(st.dictionaries(st.floats(-1e6, 1e6), st.floats(0.001, 50), min_size=1, max_size=8), st.sampled_from(CONVENTIONS))
def test_quartiles_lie_within_the_numbers_and_in_order(weighted, convention):
    found = Distribution.of(weighted)
    low, middle, high = (found.quartile(quarter, convention) for quarter in (1, 2, 3))
    slack = 1e-9 * max(1.0, abs(found.values[0]), abs(found.values[-1]))
    assert found.values[0] - slack <= low <= middle + slack <= high + 2 * slack <= found.values[-1] + 3 * slack


def test_what_weighs_nothing_is_not_there():
    assert Distribution.of({1.0: 0, 2.0: 3}).values == (2.0,)


def test_weights_of_no_more_than_one_record_have_no_spread():
    assert Distribution.of({1.0: 0.5, 2.0: 0.5}).sd is None


def test_numbers_beyond_what_can_be_held_are_an_error():
    with pytest.raises(OverflowError):
        _ = Distribution.of({1e308: 1, -1e308: 1}).sd
