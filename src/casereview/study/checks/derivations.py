"""codebook.yaml: what a derived variable rests on must be there, be of the right kind, and not rest on itself."""

from collections.abc import Iterator

from casereview.study import conditions
from casereview.study.checks.common import unknown
from casereview.study.codebook import AnyOf, Banded, Coded, Lifted, Recoded, Variable
from casereview.study.problems import Place, Problem
from casereview.study.study import Study

FILE = "codebook.yaml"


def check_derivation(study: Study, slug: str, variable: Variable) -> Iterator[Problem]:
    """Findings about how one variable is derived, or asked only when another says so."""
    if slug in _everything_below(study, slug):
        place = study.places.of(FILE, "variables", slug, "derived" if variable.derived else "asked_when")
        yield Problem(place, "derived-circle", f"“{slug}” rests on itself.", "Derive it from recorded variables.")
    if variable.derived is None:
        return
    place = study.places.of(FILE, "variables", slug, "derived")
    below = rests_on(variable)
    for name in below:
        yield from unknown(place, "variable", name, study.codebook.variables)
    if all(name in study.codebook.variables for name in below) and slug not in _everything_below(study, slug):
        yield from _kind(study, place, slug, variable)


def rests_on(variable: Variable) -> tuple[str, ...]:
    """The variables that a derived variable names."""
    match variable.derived:
        case Banded(banded=name) | Lifted(lifted=name) | Recoded(recoded=name):
            return (name,)
        case AnyOf(any_of=names):
            return names
        case _:
            return ()


def _everything_below(study: Study, slug: str) -> set[str]:
    found: set[str] = set()
    waiting = _needed(study.variable(slug))
    while waiting:
        name = waiting.pop()
        if name not in found and name in study.codebook.variables:
            found.add(name)
            waiting.extend(_needed(study.variable(name)))
    return found


def _needed(variable: Variable) -> list[str]:
    """The variables that must be answered first."""
    try:
        asked = conditions.variables(conditions.parse(variable.asked_when or {}))
    except conditions.Malformed:
        asked = frozenset()
    return [*rests_on(variable), *asked]


def _kind(study: Study, place: Place, slug: str, variable: Variable) -> Iterator[Problem]:
    match variable.derived:
        case Banded(banded=name, cuts=cuts):
            yield from _typed(study, place, name, {"number"})
            yield from _cuts(study, place, slug, cuts)
        case Lifted(lifted=name):
            yield from _lifted(study, place, slug, variable, name)
        case AnyOf(any_of=names):
            yield from _made_yes_no(place, slug, variable)
            for name in names:
                yield from _typed(study, place, name, {"yes-no"})
        case Recoded(recoded=name, into=into):
            yield from _recoded(study, place, slug, name, into)
            yield from _recoded_kind(study, place, slug, name)
        case Coded(coded=theme, read_in=sample):
            yield from _made_yes_no(place, slug, variable)
            yield from unknown(place, "theme", theme, {path[-1] for path, _ in study.themes.walk()})
            if sample is not None:
                yield from unknown(place, "sample", sample, study.samples.samples)
    if not isinstance(variable.derived, Lifted):
        yield from _same_unit(study, place, slug, variable)


def _made_yes_no(place: Place, slug: str, variable: Variable) -> Iterator[Problem]:
    if variable.type != "yes-no":
        yield Problem(place, "derived-type", f"“{slug}” is {variable.type}; derived so, it is yes or no.", "Make it yes-no.")
    if isinstance(variable.derived, Coded) and variable.unit != "case":
        yield Problem(place, "mixed-units", f"“{slug}” is of the {variable.unit}; passages are of a case.", "Make it the case's.")


def _typed(study: Study, place: Place, name: str, types: set[str]) -> Iterator[Problem]:
    given = study.variable(name).type
    if given not in types:
        cause = f"“{name}” is {given}; this derivation needs {' or '.join(sorted(types))}."
        yield Problem(place, "derived-type", cause, "Name another variable, or derive it another way.")


def _cuts(study: Study, place: Place, slug: str, cuts: tuple[float, ...]) -> Iterator[Problem]:
    bands = len(study.categories(slug))
    if bands != len(cuts) + 1:
        cause = f"{len(cuts)} cuts make {len(cuts) + 1} bands, but “{slug}” has {bands} categories."
        yield Problem(place, "derived-type", cause, "Give it one category a band, from the lowest.")
    if list(cuts) != sorted(set(cuts)):
        yield Problem(place, "derived-type", "The cuts do not rise.", "Write them from the lowest to the highest.")


def _lifted(study: Study, place: Place, slug: str, variable: Variable, name: str) -> Iterator[Problem]:
    if variable.unit != "case" or study.variable(name).unit == "case":
        cause = f"“{slug}” lifts “{name}”: from a person's variable to the case's."
        yield Problem(place, "mixed-units", cause, "Let the lifted variable be a person's and this one the case's.")
    if isinstance(variable.derived, Lifted) and variable.derived.take == "any" and variable.type not in ("yes-no", "multiple"):
        cause = f"“{slug}” is {variable.type}: the answers of several people cannot be put together."
        yield Problem(place, "derived-type", cause, "Say take: only, or lift a yes-no or multiple response.")
    if study.variable(name).type != variable.type or set(study.categories(name)) != set(study.categories(slug)):
        cause = f"“{slug}” and “{name}” differ in type or categories."
        yield Problem(place, "derived-type", cause, "Give both the same type and categories; a shared list does that.")


def _recoded_kind(study: Study, place: Place, slug: str, name: str) -> Iterator[Problem]:
    if (study.variable(name).type == "multiple") is not (study.variable(slug).type == "multiple"):
        cause = f"Of “{slug}” and “{name}”, only one is a multiple response."
        yield Problem(place, "derived-type", cause, "Make both multiple, or neither.")


def _recoded(study: Study, place: Place, slug: str, name: str, into: dict[str, tuple[str, ...]]) -> Iterator[Problem]:
    used: set[str] = set()
    for target, parts in into.items():
        yield from unknown(place, f"category of “{slug}” called", target, study.categories(slug))
        for part in parts:
            yield from unknown(place, f"category of “{name}” called", part, study.categories(name))
            if part in used:
                yield Problem(place, "derived-type", f"“{part}” goes into two categories.", "Let each go into one.")
            used.add(part)
    left = [one for one in study.categories(name) if one not in used]
    if left:
        yield Problem(
            place, "derived-type", f"Nothing is said of {', '.join(left)}.", f"Put every category of “{name}” somewhere."
        )


def _same_unit(study: Study, place: Place, slug: str, variable: Variable) -> Iterator[Problem]:
    for name in rests_on(variable):
        if study.variable(name).unit != variable.unit:
            cause = f"“{slug}” is of the {variable.unit}, “{name}” of the {study.variable(name).unit}."
            yield Problem(place, "mixed-units", cause, "Lift it to the case first (lifted).")
