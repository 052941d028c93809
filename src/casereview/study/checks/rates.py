"""plan.yaml, rates: events by answers by which their population is known, too."""

from collections.abc import Iterator

from casereview.study.checks.common import At
from casereview.study.checks.dimensions import dimension
from casereview.study.plan import Rate
from casereview.study.problems import Problem
from casereview.study.study import Study


def check(study: Study, slug: str, rate: Rate, at: At) -> Iterator[Problem]:
    """Findings in one of them."""
    yield from dimension(study, rate, rate.rows, at("rows"))
