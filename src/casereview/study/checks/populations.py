"""populations.yaml: numbers that can be read, each of an answer that there is, and none of them twice."""

from collections.abc import Collection, Iterator
from itertools import islice

from casereview.study import populations
from casereview.study.checks.common import unknown
from casereview.study.denominators import length
from casereview.study.mistakes import nearest
from casereview.study.populations import PEOPLE, PERIOD, Population, PopulationUnreadable
from casereview.study.problems import Place, Problem
from casereview.study.study import Study
from casereview.study.times import FORMS

FILE = "populations.yaml"

Rows = list[tuple[Place, dict[str, str]]]


def check(study: Study) -> Iterator[Problem]:
    """Findings in populations.yaml, and in the files that it names."""
    for slug, population in study.populations.populations.items():
        yield from _by(study, population, study.places.of(FILE, "populations", slug, "by"))
        try:
            rows = placed(study, slug)
        except PopulationUnreadable as error:
            place = study.places.of(FILE, "populations", slug, "file")
            remedy = "Save it as CSV in UTF-8, beside populations.yaml, with the names of “by” and “people” in its first line."
            yield Problem(place, "population-unreadable", f"“{population.file}” cannot be read: {error}.", remedy)
            continue
        yield from _columns(population, rows)
        for name in population.by:
            yield from _answers(study, name, rows)
        yield from _numbers(rows)
        yield from _twice(population, rows)


def placed(study: Study, slug: str) -> Rows:
    """A population's rows with the place at which each is written. Raises PopulationUnreadable."""
    population = study.populations.populations[slug]
    read = populations.rows(study.folder, population)
    if population.file:
        return [(Place(population.file, line), row) for line, row in read]
    return [(study.places.of(FILE, "populations", slug, "rows", place), row) for place, row in read]


def _by(study: Study, population: Population, place: Place) -> Iterator[Problem]:
    for name in population.by:
        if name in ("wave", PERIOD):
            continue
        yield from unknown(place, "variable", name, study.codebook.variables)
        variable = study.codebook.variables.get(name)
        if variable and (not variable.coded or variable.type == "multiple"):
            cause = f"“{name}” is a {variable.type}: nobody can be told by it to be in one cell only."
            yield Problem(place, "not-countable", cause, "Name variables with one answer each, `wave`, or `period`.")
    if len(set(population.by)) < len(population.by) or {"wave", PERIOD} <= set(population.by):
        cause = "A population is given by each thing once, and by wave or by period, not by both."
        yield Problem(place, "population-cell", cause, "Take one of them out.")


def _columns(population: Population, rows: Rows) -> Iterator[Problem]:
    """Of rows in populations.yaml: a file has been refused for its first line already."""
    wanted = {*population.by, PEOPLE}
    for place, row in rows:
        if set(row) != wanted:
            cause = f"A row of this population has {', '.join(population.by)} and {PEOPLE}; this one has {', '.join(row)}."
            yield Problem(place, "population-cell", cause, "Write just these.")


def _answers(study: Study, name: str, rows: Rows) -> Iterator[Problem]:
    written = {row[name]: place for place, row in reversed(rows) if name in row}
    if name == PERIOD:
        if written and length(written) is None:
            forms = ", ".join(f"{form} ({one})" for one, form in FORMS.items())
            cause = f"These are not times of one length: {_some(sorted(written))}."
            yield Problem(rows[0][0], "bad-period", cause, f"Write all of them in one of these ways: {forms}.")
        return
    known: Collection[str] = study.waves if name == "wave" else _categories(study, name)
    wrong = [one for one in written if one not in known]
    if known and wrong:
        what = "wave" if name == "wave" else f"answer of “{name}” called"
        remedy = nearest(wrong[0], tuple(known)) if len(wrong) == 1 else f"Write one of {_some(list(known))}."
        yield Problem(written[wrong[0]], "unknown-name", f"There is no {what} “{'”, “'.join(islice(wrong, 8))}”.", remedy)


def _categories(study: Study, name: str) -> Collection[str]:
    return study.categories(name) if name in study.codebook.variables else ()


def _numbers(rows: Rows) -> Iterator[Problem]:
    wrong = [(place, row[PEOPLE]) for place, row in rows if PEOPLE in row and populations.number(row[PEOPLE]) is None]
    if wrong:
        said = _some([f"“{written}”{_line(place)}" for place, written in wrong])
        remedy = "Write 0 or more, in digits, with a point before decimals and nothing between thousands."
        yield Problem(wrong[0][0], "bad-value", f"These are not numbers of people: {said}.", remedy)


def _twice(population: Population, rows: Rows) -> Iterator[Problem]:
    first: dict[tuple[str, ...], Place] = {}
    again = []
    for place, row in rows:
        key = tuple(row.get(name, "") for name in population.by)
        if first.setdefault(key, place) is not place:
            again.append((place, key))
    if again:
        said = _some([f"{', '.join(key)}{_line(place)}" for place, key in again])
        remedy = "Keep one row of each; or add what tells them apart to “by”."
        yield Problem(again[0][0], "duplicate-key", f"These cells stand here a second time: {said}.", remedy)


def _line(place: Place) -> str:
    return f" (line {place.line})" if place.line else ""


def _some(words: list[str]) -> str:
    """The first few, and how many more there are."""
    return ", ".join(words[:8]) + (f" and {len(words) - 8:,} more" if len(words) > 8 else "")
