"""plan.yaml, conditions: practice problems, and what lay behind them at the time, on each level."""

from collections.abc import Iterator
from itertools import permutations

from casereview.analysis.questions.drawn import DrawnQuestion, Row
from casereview.analysis.tables import Heading
from casereview.analysis.words import within
from casereview.release.relations import SYSTEM_ROWS
from casereview.study.study import Study
from casereview.study.systems import LEVELS, behind_row, leads_row, nothing_row


def question(study: Study, slug: str) -> DrawnQuestion:
    """Conditions of the plan."""
    said = (
        "A problem is a share of the cases of which somebody looked at the system; what lies behind it, of the cases with that "
        "problem. Where nothing is recorded behind a problem, it was not asked or not found why the practice made sense at the "
        "time: that is a question for the review, and no finding about a person.",
    )
    return DrawnQuestion(study, slug, study.plan.conditions[slug], "conditions", SYSTEM_ROWS, tuple(_rows(study)), said)


def _rows(study: Study) -> Iterator[Row]:
    conditions = {slug: one.label for slug, one in study.systems.conditions.items()}
    for slug, problem in study.systems.problems.items():
        yield Row(Heading(slug, problem.label, "subtotal"))
        for level in LEVELS:
            of_level = [one for one, condition in study.systems.conditions.items() if condition.level == level]
            if of_level:
                label = f"{problem.label}, anything on the level: {within(study.systems.level(level))}"
                yield Row(Heading(behind_row(slug, level), label, "subtotal"), slug)
            for one in of_level:
                label = f"{problem.label}, behind it: {within(conditions[one])}"
                yield Row(Heading(behind_row(slug, one), label), slug)
        yield Row(Heading(nothing_row(slug), f"{problem.label}, nothing recorded behind it"), slug)
    for slug, label in conditions.items():
        yield Row(Heading(slug, f"Anywhere: {within(label)}", "subtotal"))
    for start, end in permutations(conditions, 2):
        yield Row(Heading(leads_row(start, end), f"{conditions[start]} led to: {within(conditions[end])}", "subtotal"))
