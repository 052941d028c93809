"""How long tables of what was drawn or told are laid out: short rows under what they are of, rather than long labels."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations

from casereview.analysis.words import within
from casereview.study import practice, systems
from casereview.study.pathways import chance_row, link_row, place_row
from casereview.study.plan import Asked, Behind, Chronicled, Pathway
from casereview.study.study import Study

ARROW = " → "


@dataclass(frozen=True)
class Place:
    """Under which heading a row stands, what it is called there, and how far it is indented."""

    under: str
    label: str
    depth: int = 0


def arranged(study: Study, asked: Asked) -> Mapping[str, Place]:
    """Row → its place; nothing of a table whose rows keep their labels."""
    match asked:
        case Chronicled():
            return dict(_questions(study))
        case Behind():
            return dict(_problems(study))
        case Pathway():
            return dict(_pathways(study))
    return {}


def _questions(study: Study) -> Iterator[tuple[str, Place]]:
    for slug, question in study.practice.questions.items():
        yield slug, Place(question.label, "Asked")
        yield practice.cannot_row(slug), Place(question.label, "Cannot be said")
        for want, words in practice.WANTS.items():
            yield practice.want_row(slug, want), Place(question.label, f"for want of {words}", 1)
        yield practice.nothing_row(slug), Place(question.label, "Nothing asks it")


def _problems(study: Study) -> Iterator[tuple[str, Place]]:
    conditions = study.systems.conditions
    for slug, problem in study.systems.problems.items():
        yield slug, Place(problem.label, "The problem itself")
        for level in systems.LEVELS:
            yield systems.behind_row(slug, level), Place(problem.label, f"Behind it: {within(study.systems.level(level))}")
        for name, one in conditions.items():
            yield systems.behind_row(slug, name), Place(problem.label, within(one.label), 1)
        yield systems.nothing_row(slug), Place(problem.label, "Nothing recorded behind it")
    for slug, one in conditions.items():
        yield slug, Place("Conditions, behind whatever problem", one.label)
    for start, end in permutations(conditions, 2):
        label = f"{conditions[start].label}{ARROW}{within(conditions[end].label)}"
        yield systems.leads_row(start, end), Place("Conditions that led to others", label)


def _pathways(study: Study) -> Iterator[tuple[str, Place]]:
    factors = {slug: one.label for slug, one in study.pathways.factors.items()}
    for start, end in study.pathways.links:
        one, other = factors[start], within(factors[end])
        yield link_row(start, end), Place("Links", f"{one}{ARROW}{other}")
        yield place_row(start, end), Place("Where protection was possible", f"Between {within(one)} and {other}")
    for slug, label in factors.items():
        yield slug, Place("Factors in a pathway", label)
        yield chance_row(slug), Place("What could have protected", label)
        yield place_row(slug, ""), Place("Where protection was possible", f"At {within(label)}")
