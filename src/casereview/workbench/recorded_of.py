"""What the codebook and the codes say of the factors of a pathway, in one case: shown to whoever draws it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casereview.casebook import tree, tree_versions
from casereview.casebook.models import Case
from casereview.study.conditions import Test, holds, parse, variables
from casereview.study.pathways import Factor
from casereview.study.study import Study
from casereview.workbench.counted import Counted
from casereview.workbench.visibility import Sight

SAID = {True: "recorded", False: "recorded as not so", None: "not known"}


@dataclass(frozen=True)
class Recorded:
    """A factor with what is recorded. passages: how many have its theme; None: it has none."""

    factor: Factor
    said: str
    passages: int | None


def recorded(study: Study, seen: Sight, case: Case) -> list[Recorded]:
    """The factors of which the study says what of the codebook, or of the codes, speaks of them."""
    tests = {slug: parse(one.when) for slug, one in study.pathways.factors.items() if one.when}
    answers = _answers(study, seen, case, tests.values())
    return [
        Recorded(
            one,
            SAID[holds(tests[slug], answers)] if slug in tests else "",
            _passages(study, seen, case, one.theme) if one.theme else None,
        )
        for slug, one in study.pathways.factors.items()
        if one.retired is None and (slug in tests or one.theme)
    ]


def _answers(study: Study, seen: Sight, case: Case, tests: Iterable[Test]) -> dict[str, str | list[str] | None]:
    """The answers that a release would take, as far as they may be seen; of a sample nothing is asked here."""
    named = sorted(set().union(*map(variables, tests)) & study.codebook.variables.keys())
    counted = Counted(study, seen, "case")
    asked = {f"said{place}": counted.of(name).value for place, name in enumerate(named)}
    found: dict[str, Any] = dict(Case.objects.filter(pk=case.pk).values(**asked).get()) if asked else {}
    answers: dict[str, str | list[str] | None] = {"wave": case.wave}
    for place, name in enumerate(named):
        value = found[f"said{place}"]
        several = value is not None and study.variable(name).type == "multiple"
        answers[name] = json.loads(value) if several else value
    return answers


def _passages(study: Study, seen: Sight, case: Case, theme: str) -> int:
    below = tree.below(tree_versions.current(study), theme)
    codings = seen.codings().filter(code__in=below, passage__text__document__case=case, passage__text__document__current=True)
    return codings.values("passage").distinct().count()
