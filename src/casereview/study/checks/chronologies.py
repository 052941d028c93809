"""Chronologies in sources.yaml: what their columns mean has a name in practice.yaml."""

from collections.abc import Iterable, Iterator

from casereview.study.checks.common import unknown
from casereview.study.problems import Place, Problem
from casereview.study.sources import EventsSource, Written
from casereview.study.study import Study


def check(study: Study, slug: str, source: EventsSource) -> Iterator[Problem]:
    """Findings in one source."""
    practice, place = study.practice, study.places.of("sources.yaml", "sources", slug)
    if source.case_from is not None and "{case}" not in source.case_from:
        cause = f"“{source.case_from}” does not say which part of a file's name is the case."
        yield Problem(place, "no-case-in-pattern", cause, "Write {case} where the case's identifier stands.")
    agencies = [*([source.agency] if source.agency else []), *_meant(source.agency_column)]
    kinds = [*source.event.values.values(), *([source.event.other] if source.event.other else [])]
    yield from _known(place, "agency", agencies, practice.agencies)
    yield from _known(place, "kind of event", kinds, practice.kinds)
    yield from _known(place, "role of people", _meant(source.people), practice.people)
    yield from _known(place, "detail", source.details, practice.details)
    for name, written in source.details.items():
        if name in practice.details:
            yield from _detail(study, study.places.of("sources.yaml", "sources", slug, "details", name), name, written)


def _meant(written: Written | None) -> list[str]:
    return list(written.values.values()) if written else []


def _known(place: Place, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    for name in dict.fromkeys(names):
        yield from unknown(place, what, name, tuple(known))


def _detail(study: Study, place: Place, name: str, written: Written) -> Iterator[Problem]:
    detail = study.practice.details[name]
    yield from _known(
        place, f"answer of “{name}” called", written.values.values() if detail.categories else (), detail.categories
    )
    if written.values and not detail.categories:
        cause = f"“{name}” is any text in practice.yaml: what the file writes is kept as it is."
        yield Problem(place, "no-categories", cause, "Give it “categories” there, or take “values” out.")
    if written.split is not None and not (detail.several and detail.categories):
        cause = f"“{name}” holds one answer only, so that nothing stands between several."
        yield Problem(place, "one-answer", cause, "Write “several: true” in practice.yaml, or take “split” out.")
