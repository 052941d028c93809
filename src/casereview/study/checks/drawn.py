"""plan.yaml, pathways and conditions: of the case, by what cases can be compared by, of a study that draws them."""

from collections.abc import Iterator

from casereview.study.checks.common import At, unknown
from casereview.study.checks.pathways import group_unfit
from casereview.study.plan import Behind, Chronicled, Drawn, Pathway
from casereview.study.problems import Problem
from casereview.study.study import Study


def check(study: Study, slug: str, drawn: Drawn, at: At) -> Iterator[Problem]:
    """Findings in one of them."""
    if drawn.unit != "case":
        cause = "Chronologies, pathways and systems are of cases, not of people."
        yield Problem(at("unit"), "mixed-units", cause, "Take “unit:” out.")
    if drawn.by:
        yield from group_unfit(study, at("by"), drawn.by)
    if isinstance(drawn, Pathway) and not study.pathways.factors:
        yield Problem(at(), "nothing-drawn", "pathways.yaml lists no factors.", "List them there, or take this out of the plan.")
    if isinstance(drawn, Behind) and not study.systems.problems:
        yield Problem(at(), "nothing-drawn", "systems.yaml lists no problems.", "List them there, or take this out of the plan.")
    if isinstance(drawn, Chronicled):
        if not study.practice.questions:
            cause = "practice.yaml asks nothing of chronologies."
            yield Problem(at(), "nothing-drawn", cause, "Write questions there, or take this out of the plan.")
        for name in drawn.questions:
            yield from unknown(at("questions"), "question", name, study.practice.questions)
