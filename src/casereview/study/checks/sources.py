"""sources.yaml: every column leads to a variable that can take it."""

from collections.abc import Iterator

from casereview.study.checks import chronologies
from casereview.study.checks.common import unknown
from casereview.study.problems import Place, Problem
from casereview.study.sources import (
    AGREED,
    CODED,
    DOUBLE_CODED,
    ENTERED,
    IMPORTED,
    Column,
    ConditionsSource,
    DocumentsSource,
    EventRecordsSource,
    EventsSource,
    LinksSource,
    QuotesSource,
    RecordsSource,
    RowsSource,
)
from casereview.study.study import Study

FILE = "sources.yaml"


def check(study: Study) -> Iterator[Problem]:
    """Findings in sources.yaml."""
    for slug, source in study.sources.sources.items():
        place = study.places.of(FILE, "sources", slug)
        if slug in (CODED, DOUBLE_CODED, AGREED, IMPORTED, ENTERED):
            cause = f"“{slug}” is what people record in the casebook itself or in other programs, so no file can have this name."
            yield Problem(place, "reserved-name", cause, "Name it after the file.")
        match source:
            case RowsSource():
                yield from _rows(study, slug, source, place)
            case RecordsSource():
                yield from _records(study, slug, source, place)
            case QuotesSource():
                yield from _quotes(study, source, place)
            case EventsSource() | EventRecordsSource():
                yield from chronologies.check(study, slug, source)
            case LinksSource() if not study.pathways.factors:
                yield _nothing_to_draw(place, slug, "links", "pathways.yaml lists no factors")
            case ConditionsSource() if not study.systems.problems:
                yield _nothing_to_draw(place, slug, "conditions", "systems.yaml lists no practice problems")
            case DocumentsSource(case=pattern) if pattern is not None and "{case}" not in pattern:
                cause = f"“{pattern}” does not say which part of a file's name is the case."
                yield Problem(place, "no-case-in-pattern", cause, "Write {case} where the case's identifier stands.")
            case _:
                pass


def _nothing_to_draw(place: Place, slug: str, what: str, lack: str) -> Problem:
    cause = f"Source “{slug}” is a table of {what}, and {lack}."
    return Problem(place, "nothing-drawn", cause, "List them there, or begin with the file of a new study: casereview new.")


def _rows(study: Study, slug: str, source: RowsSource, place: Place) -> Iterator[Problem]:
    yield from unknown(place, "unit", source.unit, study.units)
    if source.unit != "case" and source.case is None:
        remedy = "Add “case:” with the column that holds the case's identifier."
        yield Problem(place, "no-case-column", f"Source “{slug}” holds people, but does not say whose.", remedy)
    yield from _wave(study, slug, source, place)
    for name, column in source.columns.items():
        yield from _column(study, source, column, study.places.of(FILE, "sources", slug, "columns", name))


def _records(study: Study, slug: str, source: RecordsSource, place: Place) -> Iterator[Problem]:
    """Every record has its wave, also of people: their case is not at hand. One column says all of one variable."""
    yield from unknown(place, "unit", source.unit, study.units)
    if (source.wave is None) == (source.wave_column is None) and (source.wave or len(study.waves) > 1):
        cause = f"Source “{slug}” says the wave of its records {'in more than one way' if source.wave else 'nowhere'}."
        yield Problem(place, "no-wave", cause, "Give one of wave, wave_column.")
    if source.wave is not None:
        yield from unknown(place, "wave", source.wave, study.waves)
    taken: set[str] = set()
    for name, column in source.columns.items():
        at = study.places.of(FILE, "sources", slug, "columns", name)
        yield from _column(study, source, column, at)
        if column.split or (column.variable in taken and not column.category):
            cause = f"“{column.variable}” stands in one cell with others, or in several columns: that is not read in place."
            yield Problem(
                at, "not-in-place", cause, "Give each variable one column, and a multiple response one for each answer."
            )
        taken.add(column.variable)


def _wave(study: Study, slug: str, source: RowsSource, place: Place) -> Iterator[Problem]:
    given = [one for one in (source.wave, source.wave_column, source.wave_date) if one is not None]
    if source.unit == "case" and (len(given) > 1 or (not given and len(study.waves) > 1)):
        cause = f"Source “{slug}” says the wave of its cases {'in more than one way' if given else 'nowhere'}."
        yield Problem(place, "no-wave", cause, "Give one of wave, wave_column, wave_date.")
    if source.wave is not None:
        yield from unknown(place, "wave", source.wave, study.waves)


def _column(study: Study, source: RowsSource | RecordsSource, column: Column, place: Place) -> Iterator[Problem]:
    yield from unknown(place, "variable", column.variable, study.codebook.variables)
    if column.variable not in study.codebook.variables:
        return
    variable = study.variable(column.variable)
    if variable.unit != source.unit:
        cause = f"“{column.variable}” is recorded of the {variable.unit}; this file has a row for each {source.unit}."
        yield Problem(
            place, "mixed-units", cause, f"Put it under a source of the {variable.unit}, or change the variable's unit."
        )
    if variable.derived is not None:
        cause = f"“{column.variable}” is derived; it is never read from a file."
        yield Problem(place, "derived-from-file", cause, "Record it in a variable of its own, or drop “derived:”.")
    yield from _mapped(study, column, place)


def _mapped(study: Study, column: Column, place: Place) -> Iterator[Problem]:
    categories = study.categories(column.variable)
    for target in (*column.values.values(), *((column.category,) if column.category else ())):
        yield from unknown(place, f"category of “{column.variable}” called", target, categories)
    for target in column.absent.values():
        yield from unknown(place, f"absence of “{column.variable}” called", target, study.absences_of(column.variable))
    multiple = study.variable(column.variable).type == "multiple"
    if multiple is not (column.category is not None or column.split is not None):
        cause = "A multiple response needs “category” (a column for each) or “split” (all in one); no other variable takes them."
        yield Problem(place, "multiple-response", cause, "Add the one that fits the file, or take it out.")
    if column.none and (not multiple or column.split is None):
        cause = "“none” is for a multiple response with all answers in one column (“split”); nothing else takes it."
        yield Problem(place, "multiple-response", cause, "Add “split”, or take “none” out.")


def _quotes(study: Study, source: QuotesSource, place: Place) -> Iterator[Problem]:
    if source.theme is not None:
        yield from unknown(place, "theme", source.theme, {path[-1] for path, _ in study.themes.walk()})
    if source.supports is not None:
        yield from unknown(place, "variable", source.supports, study.codebook.variables)
