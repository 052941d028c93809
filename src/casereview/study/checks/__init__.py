"""What must be true across a study's files. Each check yields findings; none of them stops another."""

from collections.abc import Callable, Iterator

from casereview.study.checks import (
    codebook,
    crosswalk,
    findings,
    pathways,
    plan,
    populations,
    practice,
    recommendations,
    samples,
    sources,
    systems,
    themes,
    waves,
)
from casereview.study.problems import Problem
from casereview.study.study import Study

CHECKS: tuple[Callable[[Study], Iterator[Problem]], ...] = (
    waves.check,
    codebook.check,
    themes.check,
    crosswalk.check,
    sources.check,
    samples.check,
    populations.check,
    practice.check,
    pathways.check,
    systems.check,
    plan.check,
    findings.check,
    recommendations.check,
)


def checked(study: Study) -> list[Problem]:
    """Every finding across the files of a study, in the order of files and lines."""
    return sorted({problem for check in CHECKS for problem in check(study)})
