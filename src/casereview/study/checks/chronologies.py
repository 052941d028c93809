"""Chronologies in sources.yaml: what their columns mean has a name in practice.yaml."""

from collections.abc import Iterable, Iterator

from casereview.study.checks.common import At, unknown
from casereview.study.problems import Place, Problem
from casereview.study.sources import EventRecordsSource, EventsSource, Written
from casereview.study.study import Study


def check(study: Study, slug: str, source: EventsSource | EventRecordsSource) -> Iterator[Problem]:
    """Findings in one source. Without words there is one, and not one for each word that its columns would mean."""

    def at(*path: str | int) -> Place:
        return study.places.of("sources.yaml", "sources", slug, *path)

    if isinstance(source, EventsSource) and source.case_from is not None and "{case}" not in source.case_from:
        cause = f"“{source.case_from}” does not say which part of a file's name is the case."
        yield Problem(at("case_from"), "no-case-in-pattern", cause, "Write {case} where the case's identifier stands.")
    if not study.practice.kinds or not study.practice.agencies:
        cause = f"Source “{slug}” is a chronology, and practice.yaml does not say which agencies and kinds of event there are."
        remedy = "Write practice.yaml, or copy that of a new study: casereview new."
        yield Problem(at(), "no-words-of-events", cause, remedy)
        return
    yield from _words(study, source, at)
    for name, written in source.details.items():
        if name in study.practice.details:
            yield from _detail(study, at("details", name), name, written)


def _words(study: Study, source: EventsSource | EventRecordsSource, at: At) -> Iterator[Problem]:
    practice, other = study.practice, source.event.other
    yield from _known(at("agency"), "agency", [source.agency] if source.agency else [], practice.agencies)
    yield from _known(at("agency_column", "values"), "agency", _meant(source.agency_column), practice.agencies)
    yield from _known(at("event", "values"), "kind of event", source.event.values.values(), practice.kinds)
    yield from _known(at("event", "other"), "kind of event", [other] if other else [], practice.kinds)
    yield from _known(at("people", "values"), "role of people", _meant(source.people), practice.people)
    for name in source.details:
        yield from _known(at("details", name), "detail", [name], practice.details)


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
