"""Latent classes against R, which climbs the likelihood by another way, and against StepMix; both on answers with gaps."""

import json

import numpy as np
import pytest

from casereview.analysis.statistics.latent import Fitted, Patterns, fitted
from tests.references.drawn_reviews import reviews
from tests.references.run import HERE

SAID = json.loads((HERE / "classes.json").read_text(encoding="utf-8"))
STEPMIX = json.loads((HERE / "classes_stepmix.json").read_text(encoding="utf-8"))
RATERS, ANSWERS = ("first-rater", "second-rater", "third-rater"), ("none", "some", "much", "all")
GOODMAN = (42, 23, 6, 25, 6, 24, 7, 38, 1, 4, 1, 6, 2, 9, 2, 20)


@pytest.fixture(scope="module")
def raters() -> Patterns:
    given = [[float(one.get(name) == answer) for name in RATERS for answer in ANSWERS] for one in reviews()]
    patterns, n = np.unique(np.array([one for one in given if any(one)]), axis=0, return_counts=True)
    return Patterns(n.astype(float), patterns, (4, 4, 4))


def compare(found: Fitted, name: str, sizes: tuple[int, ...]) -> None:
    height, parameters, bic, entropy = SAID[name]
    assert found.parameters == parameters
    assert (found.solution.height, found.bic) == pytest.approx((height, bic), rel=1e-9)
    assert found.entropy == pytest.approx(entropy, abs=1e-4)
    assert found.solution.shares == pytest.approx(SAID[f"{name}-shares"], abs=1e-4)
    for number, chances in enumerate(np.split(found.solution.chances, np.cumsum(sizes)[:-1], axis=1), start=1):
        assert chances.ravel() == pytest.approx(SAID[f"{name}-chances-{number}"], abs=1e-4)


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_three_raters(raters: Patterns, classes: int) -> None:
    found = fitted(raters, classes)
    compare(found, f"raters-{classes}", (4, 4, 4))
    height, *shares = STEPMIX[f"raters-{classes}"]
    assert found.solution.height == pytest.approx(height, abs=1e-4)
    assert found.solution.shares == pytest.approx(shares, abs=1e-3)


def test_goodmans_four_questions() -> None:
    given = [[float(answer == (place >> shift) % 2) for shift in (3, 2, 1, 0) for answer in (0, 1)] for place in range(16)]
    compare(fitted(Patterns(np.array(GOODMAN, dtype=float), np.array(given), (2, 2, 2, 2)), 2), "goodman", (2, 2, 2, 2))
