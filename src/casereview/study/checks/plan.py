"""plan.yaml: what can be asked of the variables that there are, in titles that say what the filters do."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from casereview.study.checks import (
    agreements,
    charts,
    combinations,
    drawn,
    models,
    rates,
    summaries,
    tables,
    together,
    trends,
)
from casereview.study.checks.common import At, unknown, unsound
from casereview.study.checks.periods import denied_title
from casereview.study.checks.reach import empty_base, variables_counted, weak_comparison
from casereview.study.plan import SECTIONS, Asked
from casereview.study.problems import Place, Problem
from casereview.study.study import Study

FILE = "plan.yaml"

CHECKS: dict[str, Callable[[Study, str, Any, At], Iterator[Problem]]] = {
    "tables": tables.check,
    "summaries": summaries.check,
    "rates": rates.check,
    "trends": trends.check,
    "models": models.check,
    "agreements": agreements.check,
    "combinations": combinations.check,
    "pathways": drawn.check,
    "conditions": drawn.check,
    "together": together.check_together,
    "burdens": together.check_burden,
    "classes": together.check_classes,
    "chronologies": drawn.check,
}
"""The findings in what one section asks."""


def check(study: Study) -> Iterator[Problem]:
    """Findings in plan.yaml."""
    for section in SECTIONS:
        for slug, asked in getattr(study.plan, section).items():
            yield from _asked(study, section, slug, asked)
    yield from _named_twice(study)
    for slug, chart in study.plan.charts.items():
        yield from charts.check(study, chart, study.places.of(FILE, "charts", slug, "table"))
    yield from _families(study)


def _asked(study: Study, section: str, slug: str, asked: Asked) -> Iterator[Problem]:
    def at(*path: str | int) -> Place:
        return study.places.of(FILE, section, slug, *path)

    if asked.answers is not None:
        yield from unknown(at("answers"), "question", asked.answers, study.plan.questions)
    yield from unknown(at("unit"), "unit", asked.unit, study.units)
    yield from unsound(study, at("where"), asked.where, {"case", asked.unit})
    for held in asked.held:
        yield from unsound(study, at(), held, {"case", asked.unit})
    yield from CHECKS[section](study, slug, asked, at)
    yield from _listed_twice(asked, at)
    if set(variables_counted(asked)) <= set(study.codebook.variables):
        yield from empty_base(study, asked, at("where"))
        yield from weak_comparison(study, asked, at("rows"))
    yield from denied_title(study, asked, at("title"))


def _listed_twice(asked: Asked, at: At) -> Iterator[Problem]:
    """A finding for each test, measure or figure that would be printed twice."""
    for key in ("tests", "measures", "show"):
        for name, times in Counter(getattr(asked, key, None) or ()).items():
            if times > 1:
                yield Problem(at(key), "duplicate-key", f"“{name}” stands twice under “{key}”.", "Take one of them out.")


def _families(study: Study) -> Iterator[Problem]:
    """A p is adjusted once: what a family names is there, and stands in no other."""
    first: dict[str, str] = {}
    for slug, family in study.plan.families.items():
        place = study.places.of(FILE, "families", slug, "tables")
        for name in family.tables:
            yield from unknown(place, "table", name, study.plan.asked)
            if name in study.plan.asked and not study.plan.asked[name].tested:
                cause = f"“{name}” has no test, so that the family “{slug}” has no p of it to adjust."
                yield Problem(place, "family-without-tests", cause, f"Give “{name}” a test, or take it out of the family.")
            if (other := first.setdefault(name, slug)) != slug:
                cause = f"“{name}” stands in the families “{other}” and “{slug}”, and its p can be adjusted for one of them."
                yield Problem(place, "duplicate-key", cause, "Leave it in the family for which it is read.")


def _named_twice(study: Study) -> Iterator[Problem]:
    """Prose cites by name alone, so no two sections may share one."""
    first: dict[str, str] = {}
    for section in SECTIONS:
        for slug in getattr(study.plan, section):
            if (other := first.setdefault(slug, section)) != section:
                cause = f"“{slug}” stands under “{other}” and under “{section}”, and prose could not say which it means."
                yield Problem(study.places.of(FILE, section, slug), "duplicate-key", cause, "Give one of them another name.")
