"""codebook.yaml: categories with codes of their own, known names, derivations that can be made."""

from collections.abc import Iterator

from casereview.study.checks.common import unknown, unsound
from casereview.study.checks.derivations import check_derivation
from casereview.study.codebook import Category, Variable
from casereview.study.conditions import RESERVED
from casereview.study.places import Path
from casereview.study.problems import Problem
from casereview.study.study import Study

FILE = "codebook.yaml"


def check(study: Study) -> Iterator[Problem]:
    """Findings in codebook.yaml."""
    for slug, listed in study.codebook.lists.items():
        yield from _categories(study, ("lists", slug, "categories"), listed.categories)
    for slug, variable in study.codebook.variables.items():
        yield from _names(study, slug, variable)
        yield from _answers(study, slug, variable)
        yield from _waves(study, slug, variable)
        yield from check_derivation(study, slug, variable)
    for slug, one in study.codebook.checks.items():
        yield from unknown(study.places.of(FILE, "checks", slug, "unit"), "unit", one.unit, study.units)
        yield from unsound(study, study.places.of(FILE, "checks", slug, "when"), one.when, {"case", one.unit})


def _names(study: Study, slug: str, variable: Variable) -> Iterator[Problem]:
    def place(key: str) -> Path:
        return ("variables", slug, key)

    if slug in RESERVED or slug in study.units:
        cause = f"No variable can be called “{slug}”: the word has a meaning of its own in conditions and tables."
        yield Problem(study.places.of(FILE, "variables", slug), "reserved-name", cause, "Give it another name.")
    yield from unknown(study.places.of(FILE, *place("unit")), "unit", variable.unit, study.units)
    yield from unknown(study.places.of(FILE, *place("domain")), "domain", variable.domain, study.about.domains)
    for absence in variable.absences or ():
        yield from unknown(study.places.of(FILE, *place("absences")), "absence", absence, study.about.absences)
    if variable.list:
        yield from unknown(study.places.of(FILE, *place("list")), "list", variable.list, study.codebook.lists)
    if variable.asked_when is not None:
        yield from unsound(study, study.places.of(FILE, *place("asked_when")), variable.asked_when, {"case", variable.unit})


def _answers(study: Study, slug: str, variable: Variable) -> Iterator[Problem]:
    place = study.places.of(FILE, "variables", slug)
    if variable.coded and not (variable.categories or variable.list):
        yield Problem(
            place, "no-categories", f"“{slug}” is {variable.type} but has no categories.", "Add “categories:” or “list:”."
        )
    if not variable.coded and (variable.categories or variable.list):
        remedy = "Make it nominal, ordered or multiple, or take the categories out."
        yield Problem(place, "no-categories", f"“{slug}” is a {variable.type} but has categories.", remedy)
    if variable.type == "yes-no" and variable.categories and set(variable.categories) != {"yes", "no"}:
        cause = f"“{slug}” is yes-no, so its categories are yes and no; only their labels can be your own."
        yield Problem(place, "not-yes-no", cause, "Rename its categories, or make it nominal.")
    yield from _categories(study, ("variables", slug, "categories"), variable.categories)


def _categories(study: Study, path: Path, categories: dict[str, Category]) -> Iterator[Problem]:
    seen: dict[int, str] = {}
    for slug, category in categories.items():
        place = study.places.of(FILE, *path, slug)
        if category.value in seen:
            cause = f"“{slug}” and “{seen[category.value]}” have the same code {category.value}."
            yield Problem(place, "duplicate-value", cause, "Give one of them a code of its own.")
        if slug in study.about.absences or slug == "total":
            cause = f"“{slug}” cannot be a category: it is the name of an absence, or of the total."
            yield Problem(place, "reserved-name", cause, "Leave it out, since every variable has the absences; or rename it.")
        seen.setdefault(category.value, slug)
        yield from _retired(study, path, slug, category, categories)


def _retired(study: Study, path: Path, slug: str, category: Category, among: dict[str, Category]) -> Iterator[Problem]:
    if category.retired is None:
        return
    place = study.places.of(FILE, *path, slug, "retired")
    yield from unknown(place, "wave", category.retired.since, study.waves)
    if category.retired.use:
        yield from unknown(place, "category", category.retired.use, among)


def _waves(study: Study, slug: str, variable: Variable) -> Iterator[Problem]:
    place = study.places.of(FILE, "variables", slug, "waves")
    ends = [end for end in (variable.waves.first, variable.waves.last) if end is not None]
    for end in ends:
        yield from unknown(place, "wave", end, study.waves)
    if len(ends) == 2 and all(end in study.waves for end in ends) and study.waves.index(ends[0]) > study.waves.index(ends[1]):
        yield Problem(place, "wave-dates", f"“{slug}” is last collected before it is first collected.", "Swap first and last.")
