"""plan.yaml, combinations: yes-no answers, under names that cannot be taken for one another."""

from collections.abc import Iterator

from casereview.study.checks.common import At
from casereview.study.checks.dimensions import typed
from casereview.study.checks.together import groups
from casereview.study.plan import Combination
from casereview.study.plan.combinations import OTHER
from casereview.study.problems import Problem
from casereview.study.study import Study


def check(study: Study, slug: str, combination: Combination, at: At) -> Iterator[Problem]:
    """Findings in one of them."""
    yield from groups(study, combination, combination.by, at("by"))
    for name in dict.fromkeys(combination.of):
        yield from typed(study, combination, name, ("yes-no",), at("of"))
        if combination.of.count(name) > 1:
            yield Problem(at("of"), "duplicate-key", f"“{name}” is named twice.", "Take one of them out.")
    if len(set(combination.of)) == len(combination.of):
        yield from _ambiguous(combination, at)


def _ambiguous(combination: Combination, at: At) -> Iterator[Problem]:
    """A finding for each row whose name another row has; a-and-b can be two variables, or one."""
    taken = {OTHER, "total", *combination.of}
    for name, _ in combination.rows:
        if name in taken:
            cause = f"Two rows would be cited as “{name}”, as the names of the variables are put together."
            yield Problem(at("of"), "duplicate-key", cause, "Leave one of the variables out, or derive it under another name.")
        taken.add(name)
