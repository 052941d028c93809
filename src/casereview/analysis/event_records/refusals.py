"""What keeps events from being asked where they lie: a plan without such a question, another engine, columns that do not fit."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from casereview.analysis.engines.fitting import WORDS, missing
from casereview.analysis.engines.recorded import Kind
from casereview.analysis.engines.sql import Run
from casereview.study.plan import Plan
from casereview.study.problems import AnalysisRefused, Place, Problem, SourcesRefused
from casereview.study.sources import EventRecordsSource, Sources
from casereview.study.study import Study

CODED: frozenset[Kind] = frozenset({"text", "number", "boolean"})
DATES: frozenset[Kind] = frozenset({"text", "date"})


def asked_in_place(study: Study, slug: str) -> Study:
    """The study with no other source, and no more in its plan than what events alone can answer, all of `chronologies`.

    Raises AnalysisRefused if there is nothing of the kind, or if it narrows or groups by what is recorded of cases.
    """
    place = study.places.of("plan.yaml", "chronologies")
    if not study.plan.chronologies:
        cause = f"The plan asks nothing of chronologies, and “{slug}” holds nothing else."
        raise AnalysisRefused([Problem(place, "not-in-place", cause, "Add “chronologies:” to plan.yaml.")])
    if problems := list(_of_cases(study, slug)):
        raise AnalysisRefused(problems)
    plan = Plan(questions=study.plan.questions, chronologies=study.plan.chronologies)
    return replace(study, plan=plan, sources=Sources(sources={slug: study.sources.sources[slug]}))


def _of_cases(study: Study, slug: str) -> Iterator[Problem]:
    for name, asked in study.plan.chronologies.items():
        if asked.by or asked.where:
            cause = f"“{name}” asks what is recorded of the cases, and “{slug}” holds their events alone."
            remedy = "Ask it of a release; or add a table without “by:” and “where:” to a plan that is counted here."
            yield Problem(study.places.of("plan.yaml", "chronologies", name), "not-in-place", cause, remedy)


def refuse_engine(engine: str) -> None:
    """Raise AnalysisRefused: only DuckDB and Spark ask events in place."""
    cause = f"{engine} does not ask chronologies where they lie."
    raise AnalysisRefused([Problem(Place(f"--engine {engine}"), "not-in-place", cause, "Use --engine duckdb, or spark.")])


def refuse_unfit(source: EventRecordsSource, kinds: Mapping[str, Kind]) -> None:
    """Raise SourcesRefused for every column that is not there, or of a type that cannot be read as what it is to be."""
    if problems := [*missing(source.place, source.columns, kinds), *_unfit(source, kinds)]:
        raise SourcesRefused(problems)


def _unfit(source: EventRecordsSource, kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    for column, (what, fits) in _needed(source).items():
        if column in kinds and kinds[column] not in fits:
            cause = f"column “{column}” holds {WORDS[kinds[column]]}; it is to be {what}."
            remedy = f"Give it a type of {' or '.join(sorted(fits))}, where the file is made."
            yield Problem(Place(source.place), "column-type", cause, remedy)


def _needed(source: EventRecordsSource) -> dict[str, tuple[str, frozenset[Kind]]]:
    """Column → what it is to be, and the types that will do."""
    written = [one.column for one in (source.agency_column, source.people, *source.details.values()) if one]
    needed = {one: ("a word of practice.yaml", CODED) for one in (*written, source.event.column) if one}
    needed |= {one: ("a date", DATES) for one in (source.date, source.until) if one}
    needed |= {source.born: ("a day of birth", frozenset({"date"}))} if source.born else {}
    needed |= {source.what: ("what happened", frozenset({"text"}))} if source.what else {}
    return needed | {source.case: ("the identifier of a case", CODED)}


def refuse_unsound(source: EventRecordsSource, run: Run, today: date) -> None:
    """Raise SourcesRefused for events of `told` without a case or a day, that end before they begin, or have not come yet."""
    future = f"f_day > {today:%Y%m%d} OR l_day > {today.year}1231"
    tests = ("c = ''", "f IS NULL", "l < f", future)
    counts = ", ".join(f"coalesce(sum(CASE WHEN {test} THEN 1 ELSE 0 END), 0)" for test in tests)
    ((*found,),) = run(f"SELECT {counts} FROM told")
    if problems := [_unsound(source, number, *said) for number, said in zip(found, _faults(source), strict=True) if number]:
        raise SourcesRefused(problems)


def _unsound(source: EventRecordsSource, number: int, code: str, cause: str, remedy: str) -> Problem:
    return Problem(Place(source.place), code, f"{number:,} event{'s' if number > 1 else ''}: {cause}.", remedy)


def _faults(source: EventRecordsSource) -> Iterator[tuple[str, str, str]]:
    cause = f"column “{source.case}” says no case"
    yield "event-no-case", cause, "Leave them out where the file is made, or say whose they are."
    cause = f"column “{source.date}” is empty, and an event without a date has no place in a chronology"
    yield "event-no-date", cause, "Leave them out where the file is made; or write when it was, if only the year."
    cause = f"they end (column “{source.until}”) before they begin (column “{source.date}”)"
    yield "event-ends-before", cause, "Correct the dates where the file is made."
    yield "event-in-future", "their date has not come yet", "Correct the dates; day and month may have changed places."
