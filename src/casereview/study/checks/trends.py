"""plan.yaml, trends: dates by which records fall into times, and reforms that there are."""

from collections.abc import Iterator

from casereview.study.checks.common import At
from casereview.study.checks.dimensions import typed
from casereview.study.plan import Trend
from casereview.study.problems import Problem
from casereview.study.study import Study


def check(study: Study, slug: str, trend: Trend, at: At) -> Iterator[Problem]:
    """Findings in one of them."""
    yield from typed(study, trend, trend.dated, ("date",), at("dated"))
