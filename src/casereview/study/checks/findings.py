"""findings/*.md: what a finding rests on must be there."""

from collections.abc import Iterator

from casereview.study.checks.common import unknown
from casereview.study.problems import Problem
from casereview.study.study import Study


def check(study: Study) -> Iterator[Problem]:
    """Findings in the heads of findings."""
    known = {*study.plan.asked, *(path[-1] for path, _ in study.themes.walk())}
    for finding in study.findings:
        for name in finding.head.rests_on:
            yield from unknown(study.places.of(finding.body.file, "rests_on"), "table or theme", name, known)
