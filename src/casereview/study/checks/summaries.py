"""plan.yaml, summaries: numbers that can be summed up, by groups that can be counted."""

from collections.abc import Iterator

from casereview.study.checks.common import At
from casereview.study.checks.dimensions import dimension, one_answer, typed
from casereview.study.plan import Summary
from casereview.study.problems import Problem
from casereview.study.study import Study


def check(study: Study, slug: str, summary: Summary, at: At) -> Iterator[Problem]:
    """Findings in one of them."""
    yield from typed(study, summary, summary.of, ("number",), at("of"))
    if summary.rows:
        yield from dimension(study, summary, summary.rows, at("rows"))
        yield from one_answer(study, summary.rows, "a record would stand in several groups", at("rows"))
    if summary.weight:
        yield from typed(study, summary, summary.weight, ("number",), at("weight"))
    if summary.tests and not summary.rows:
        remedy = "Add “rows:”, or take the tests out."
        yield Problem(at("tests"), "test-without-groups", "A test asks whether groups differ, and there are none.", remedy)
