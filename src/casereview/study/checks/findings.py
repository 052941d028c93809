"""findings/*.md: what a finding rests on, and what speaks against it, must be there."""

from collections.abc import Iterator

from casereview.study.checks.common import unknown
from casereview.study.checks.grounds import unfounded
from casereview.study.problems import Problem
from casereview.study.study import Study


def check(study: Study) -> Iterator[Problem]:
    """Findings in the heads of findings."""
    for finding in study.findings:
        file = finding.body.file
        for key in ("rests_on", "counter"):
            for number, ground in enumerate(getattr(finding.head, key)):
                yield from unfounded(study, study.places.of(file, key, number), ground)
        for audience in finding.head.audiences:
            yield from unknown(study.places.of(file, "audiences"), "audience", audience, study.about.audiences)
