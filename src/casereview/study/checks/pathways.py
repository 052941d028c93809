"""pathways.yaml: factors that lead to what there is, under names that cannot be taken for one another."""

from collections.abc import Collection, Iterable, Iterator

from casereview.study.checks.common import unknown, unsound
from casereview.study.codebook import Retired
from casereview.study.pathways import Factor, chance_row, link_row, place_row
from casereview.study.problems import Place, Problem
from casereview.study.study import Study

FILE = "pathways.yaml"


def check(study: Study) -> Iterator[Problem]:
    """Findings in pathways.yaml."""
    for slug, factor in study.pathways.factors.items():
        yield from _factor(study, slug, factor)
    for name in study.pathways.groups:
        yield from group_unfit(study, study.places.of(FILE, "groups"), name)
    yield from ambiguous(study, study.places.of(FILE, "factors"), _rows(study), "factors")


def _factor(study: Study, slug: str, factor: Factor) -> Iterator[Problem]:
    places = {key: study.places.of(FILE, "factors", slug, key) for key in ("when", "theme", "retired")}
    if factor.when is not None:
        yield from unsound(study, places["when"], factor.when, {"case"})
    if factor.theme is not None:
        yield from unknown(places["theme"], "code", factor.theme, {path[-1] for path, _ in study.themes.walk()})
    yield from retired(study, factor.retired, places["retired"], "factor", study.pathways.factors)


def retired(study: Study, one: Retired | None, place: Place, what: str, known: Collection[str]) -> Iterator[Problem]:
    """A finding where what is no longer used names a wave, or what takes its place, that there is not."""
    if one:
        yield from unknown(place, "wave", one.since, study.waves)
    if one and one.use:
        yield from unknown(place, what, one.use, known)


def group_unfit(study: Study, place: Place, name: str) -> Iterator[Problem]:
    """A finding if cases cannot be put side by side by a variable."""
    if name == "wave":
        return
    yield from unknown(place, "variable", name, study.codebook.variables)
    variable = study.codebook.variables.get(name)
    if variable and (variable.unit != "case" or not variable.coded or variable.type == "multiple"):
        cause = f"Cases are compared by a variable of the case with one answer each; “{name}” is not one."
        yield Problem(place, "not-countable", cause, "Name a coded variable of the case, or `wave`.")


def _rows(study: Study) -> Iterator[str]:
    pathways = study.pathways
    yield from pathways.factors
    for start, end in pathways.links:
        yield from (link_row(start, end), place_row(start, end))
    yield from (place_row(slug, "") for slug in pathways.factors)
    yield from (chance_row(slug) for slug in pathways.protective)


def ambiguous(study: Study, place: Place, rows: Iterable[str], what: str) -> Iterator[Problem]:
    """A finding for each name that two rows of a table would have; a-to-b can be a link, or a factor."""
    seen = {"total", *study.about.absences}
    for row in rows:
        if row in seen:
            cause = f"Two rows would be cited as “{row}”, as the names of {what} are put together."
            yield Problem(place, "duplicate-key", cause, "Give one of them another name.")
        seen.add(row)
