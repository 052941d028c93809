"""What a plan asks that coded records in place cannot answer: all of it, with its place, before anything is counted."""

from collections.abc import Iterator

from casereview.analysis.engines import CountQuery
from casereview.analysis.engines.worked_out import touched
from casereview.analysis.questions import Ask, question
from casereview.release.relations import PATHWAY_ROWS, PRACTICE_ROWS, SYSTEM_ROWS
from casereview.study.codebook import Coded, Lifted
from casereview.study.problems import Place, Problem
from casereview.study.sources import RecordsSource
from casereview.study.study import Study

REMEDY = "Ask it of a release; or leave it out of the plan that is counted here."


def refusals(study: Study, slug: str, source: RecordsSource) -> list[Problem]:
    """Of everything in the plan that the records of a source cannot answer: why."""
    found: dict[tuple[Place, str], None] = {}
    for name in study.plan.asked:
        place = study.places.of("plan.yaml", study.plan.section(name), name)
        for ask in question(study, name).asks:
            found |= dict.fromkeys((place, f"“{name}” {cause}") for cause in _causes(study, slug, source, ask))
    return [Problem(place, "not-in-place", f"{cause}.", REMEDY) for place, cause in found]


def _causes(study: Study, slug: str, source: RecordsSource, ask: Ask) -> Iterator[str]:
    if not isinstance(ask, CountQuery):
        yield f"compares codings, and “{slug}” has one of each record"
        return
    if ask.unit != source.unit:
        yield f"counts by the {ask.unit}, and “{slug}” has a record for each {source.unit}"
        return
    if "sample" in ask.variables:
        yield "asks for a sample, which is drawn in a casebook"
    if not ask.variables.isdisjoint((PATHWAY_ROWS, SYSTEM_ROWS, PRACTICE_ROWS)):
        yield "counts what was drawn or told of cases, which is in a casebook"
    for name in sorted(touched(study, {name.removesuffix(".absent") for name in ask.variables})):
        yield from _unanswered(study, slug, source, name)


def _unanswered(study: Study, slug: str, source: RecordsSource, name: str) -> Iterator[str]:
    match study.variable(name).derived:
        case Lifted():
            yield f"rests on “{name}”, which is made of several people’s answers"
        case Coded():
            yield f"rests on “{name}”, which is made of coded passages"
        case None if name not in {column.variable for column in source.columns.values()}:
            yield f"rests on “{name}”, for which “{slug}” has no column"
