"""Maximum variation: a sample that reflects the spectrum, as a small integer programme.

Patton, Qualitative Research and Evaluation Methods (4th ed. 2015), ch. 5, on maximum variation sampling. Each case is in or out;
the size is fixed; every known category of the variables has so many cases, as far as the frame has them; and of the samples that
do so, one is drawn by a random number for each case, the sum of which is to be smallest.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, identity, vstack

from casereview.sampling.frame import Frame, Unmet, in_random_order, permanent

Wish = tuple[str, str]
"""A variable and one of its categories."""


def maximum_variation(
    frame: Frame, variables: Sequence[str], at_least: int, size: int, seed: int
) -> tuple[list[str], tuple[Unmet, ...]]:
    """The cases drawn, and the categories with fewer than `at_least`: the frame lacks them, or the size has no room for them.

    As many of the wishes as can be are met. Every size from 0 to the frame's is possible.
    """
    wishes = [(variable, category) for variable in variables for category in frame.categories[variable]]
    holders = {wish: frame.holders(*wish) for wish in wishes}
    cases = _candidates(frame, holders, size, seed)
    drawn = _solved(cases, [holders[wish] for wish in wishes], at_least, size, seed) if size else []
    return drawn, tuple(_unmet(holders, at_least, frozenset(drawn)))


def _candidates(frame: Frame, holders: dict[Wish, frozenset[str]], size: int, seed: int) -> list[str]:
    """Of cases that meet the same wishes, only those with the smallest random numbers can be drawn: `size` of them will do."""
    meets: dict[str, list[Wish]] = defaultdict(list)
    for wish, cases in holders.items():
        for case in cases:
            meets[case].append(wish)
    alike: dict[tuple[Wish, ...], list[str]] = defaultdict(list)
    for case in in_random_order(seed, frame.cases):
        alike[tuple(meets[case])].append(case)
    return sorted(case for cases in alike.values() for case in cases[:size])


def _solved(cases: list[str], holders: list[frozenset[str]], at_least: int, size: int, seed: int) -> list[str]:
    """Choose `size` cases. Beside the cases stands a shortfall for each wish, dearer than all random numbers together."""
    wanted = np.array([min(at_least, len(cases_with)) for cases_with in holders], dtype=float)
    meets = csr_array(
        [[case in cases_with for case in cases] for cases_with in holders], shape=(len(holders), len(cases)), dtype=float
    )
    whole = csr_array(np.ones((1, len(cases))))
    rows = vstack([hstack([meets, identity(len(holders))]), hstack([whole, csr_array((1, len(holders)))])])
    cost = np.concatenate([[permanent(seed, case) for case in cases], np.full(len(holders), size + 1.0)])
    found = milp(
        cost,
        integrality=np.concatenate([np.ones(len(cases)), np.zeros(len(holders))]),
        bounds=Bounds(0, np.concatenate([np.ones(len(cases)), wanted])),
        constraints=LinearConstraint(rows, np.append(wanted, size), np.append(np.full(len(holders), np.inf), size)),
        options={"mip_rel_gap": 0},
    )
    if not found.success:  # shortfalls make every size that the frame has possible
        raise RuntimeError(f"the integer programme was not solved: {found.message}")
    return [case for case, chosen in zip(cases, found.x, strict=False) if chosen > 0.5]


def _unmet(holders: dict[Wish, frozenset[str]], at_least: int, drawn: frozenset[str]) -> list[Unmet]:
    counted = (Unmet(*wish, at_least, len(cases), len(cases & drawn)) for wish, cases in holders.items())
    return [one for one in counted if one.drawn < at_least]
