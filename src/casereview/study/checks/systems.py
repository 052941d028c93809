"""systems.yaml: problems and conditions under names that cannot be taken for one another."""

from collections.abc import Iterator
from itertools import permutations

from casereview.study.checks.common import unknown
from casereview.study.checks.pathways import ambiguous, retired
from casereview.study.problems import Place, Problem
from casereview.study.study import Study
from casereview.study.systems import LEVELS, behind_row, leads_row, nothing_row

FILE = "systems.yaml"


def check(study: Study) -> Iterator[Problem]:
    """Findings in systems.yaml."""
    themes = {path[-1] for path, _ in study.themes.walk()}
    for slug, problem in study.systems.problems.items():
        if problem.theme is not None:
            yield from unknown(study.places.of(FILE, "problems", slug, "theme"), "code", problem.theme, themes)
        yield from retired(study, problem.retired, _at(study, "problems", slug), "problem", study.systems.problems)
    for slug, condition in study.systems.conditions.items():
        yield from retired(study, condition.retired, _at(study, "conditions", slug), "condition", study.systems.conditions)
    yield from ambiguous(study, study.places.of(FILE, "problems"), _rows(study), "problems and conditions")


def _at(study: Study, section: str, slug: str) -> Place:
    return study.places.of(FILE, section, slug, "retired")


def _rows(study: Study) -> Iterator[str]:
    problems, conditions = study.systems.problems, study.systems.conditions
    yield from (*problems, *conditions)
    for problem in problems:
        yield nothing_row(problem)
        yield from (behind_row(problem, one) for one in (*LEVELS, *conditions))
    yield from (leads_row(*pair) for pair in permutations(conditions, 2))
