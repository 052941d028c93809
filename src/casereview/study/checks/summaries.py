"""plan.yaml, summaries: numbers that can be summed up, by groups that can be counted."""

from collections.abc import Iterator

from casereview.study.checks.common import At
from casereview.study.checks.dimensions import dimension, one_answer, typed
from casereview.study.checks.reach import answers_left
from casereview.study.plan import Summary
from casereview.study.problems import Place, Problem
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
    yield from _more_than_two(study, summary, at("tests"))


def _more_than_two(study: Study, summary: Summary, place: Place) -> Iterator[Problem]:
    if "mann-whitney" not in summary.tests or summary.rows not in ("wave", *study.codebook.variables):
        return
    groups = answers_left(study, summary, summary.rows)
    if len(groups) > 2:
        cause = f"“mann-whitney” compares two groups, and “{summary.rows}” makes {len(groups)} here."
        yield Problem(place, "more-than-two-answers", cause, "Ask kruskal-wallis, or leave two groups by “where:”.")
