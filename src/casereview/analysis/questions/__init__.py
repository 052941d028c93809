"""What the plan asks, section by section: what each needs counted, and what it makes of the counts.

Each section of plan.yaml has a module of its name here, with a function `question(study, slug)`.
"""

from importlib import import_module
from typing import cast

from casereview.analysis.questions.question import Ask, Backing, Found, Question
from casereview.study.study import Study

__all__ = ["Ask", "Backing", "Found", "Question", "question"]


def question(study: Study, slug: str) -> Question:
    """What the plan asks under a name. Raises KeyError. A section's module is loaded when something in it is asked."""
    section = import_module(f"{__name__}.{study.plan.section(slug)}")
    return cast(Question, section.question(study, slug))
