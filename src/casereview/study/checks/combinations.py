"""plan.yaml, combinations: yes-no answers."""

from collections.abc import Iterator

from casereview.study.checks.common import At
from casereview.study.checks.dimensions import typed
from casereview.study.plan import Combination
from casereview.study.problems import Problem
from casereview.study.study import Study


def check(study: Study, slug: str, combination: Combination, at: At) -> Iterator[Problem]:
    """Findings in one of them."""
    for name in combination.of:
        yield from typed(study, combination, name, ("yes-no",), at("of"))
