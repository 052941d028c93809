"""Numbers at the edges of how they are said: next to nothing, once in a thousand, beyond all measure."""

import numpy as np
import pytest

from casereview.analysis.statistics import results
from casereview.analysis.statistics.agreement import Rated, quadratic
from casereview.analysis.statistics.alpha import alpha
from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.kappa import kappa
from casereview.analysis.statistics.sentences import apa, often


def test_what_rounds_to_nothing_has_no_sign():
    assert apa(-0.0004) == ".000"
    assert apa(-0.0006) == "-.001"


@pytest.mark.parametrize(("p", "said"), [(0.0009, "less than once"), (0.0012, "about once"), (0.0016, "about 2 times")])
def test_once_in_a_thousand_is_said_as_once(p, said):
    assert often(p) == f"{said} in 1,000 times".replace("times in 1,000 times", "times in 1,000")


@pytest.mark.parametrize(("counts", "with_"), [(((9, 1), (1, 9)), "Yes"), (((1, 9), (9, 1)), "No")])
def test_phi_says_which_answers_go_together(counts, with_):
    table = Observed(counts, ("Yes", "No"), ("Yes", "No"), ("Abuse", "Drugs"))
    assert results.tested("phi", table).sentence.endswith(f"“Abuse: Yes” went more with “Drugs: {with_}”.")


def test_kappa_of_a_coder_who_never_varies_has_an_interval_of_no_width():
    codes = np.array([[0, 0], [1, 0], [2, 0]])
    found = kappa(rated := Rated(codes, np.array([13, 7, 11]), np.array([0.0, 0.3, 1.0]), "number"), quadratic(rated))
    assert found.value == pytest.approx(0)
    assert found.interval.high - found.interval.low < 1e-12


def test_alpha_of_vast_numbers_is_that_of_the_same_made_small():
    codes, n = np.array([[0, 0], [1, 1], [0, 2], [2, 2]]), np.array([3, 2, 1, 4])
    small, vast = (alpha(Rated(codes, n, np.array([-1.0, 0.0, 1.0]) * size, "number")) for size in (1, 1e300))
    assert vast.value == pytest.approx(small.value)


def test_a_table_without_a_row_is_refused_and_no_traceback():
    empty = Observed((), (), ("Yes", "No"))
    assert empty.column_sums == (0, 0)
    assert results.tested("chi-square", empty).p is None
