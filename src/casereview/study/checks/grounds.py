"""What findings and statuses rest on: names of what the plan asks, cells of it, themes."""

from collections.abc import Iterator

from casereview.study.checks.common import unknown
from casereview.study.findings import Ground
from casereview.study.problems import Place, Problem
from casereview.study.study import Study


def known(study: Study) -> set[str]:
    """Every name that something can rest on."""
    return {*study.plan.asked, *(path[-1] for path, _ in study.themes.walk())}


def unfounded(study: Study, place: Place, ground: Ground) -> Iterator[Problem]:
    """A finding if a ground names what is not there. Cells and passages are looked at when the prose is checked and published."""
    if ground.of is None:
        return
    table, _, cell = ground.of.partition(".")
    yield from unknown(place, "table" if cell else "table or theme", table, study.plan.asked if cell else known(study))
