"""Taking in everything that sources.yaml names."""

from concurrent.futures import Executor
from pathlib import Path

from casereview.casebook import store
from casereview.casebook.intake import documents, texts
from casereview.casebook.intake.conflicts import conflicts
from casereview.casebook.intake.events import EventsIntake
from casereview.casebook.intake.maps import MapsIntake
from casereview.casebook.intake.quotes import QuotesIntake
from casereview.casebook.intake.report import IntakeReport, SourceReport
from casereview.casebook.intake.rows import RowsIntake
from casereview.casebook.intake.run import Progress, Run
from casereview.casebook.intake.unsupported import unsupported
from casereview.casebook.intake.withdrawing import withdraw_strangers
from casereview.study.problems import Place, Problem, SourcesRefused
from casereview.study.sources import (
    ConditionsSource,
    DocumentsSource,
    EventsSource,
    InPlaceSource,
    LinksSource,
    QuotesSource,
    RowsSource,
    Source,
    TextsSource,
)
from casereview.study.study import Study

NOTHING = Problem(
    Place("sources.yaml"),
    "nothing-to-take-in",
    "Every source is to be counted in place; there is nothing to take in.",
    "Count one: casereview analyse STUDY --records NAME.",
)


def take_in(study: Study, data: Path, *, executor: Executor, progress: Progress, by: str = "intake") -> IntakeReport:
    """Take the files of sources.yaml into the open casebook, which then says what one built anew from them would say.

    Cases come first, then people, documents, then quotes, events, links and conditions, so that what a thing belongs to is there;
    within each, in the order of sources.yaml. What is as it was is passed over. A file that cannot be read stops nothing: what it
    said before stays. Records that are counted in place are left there. executor: reads documents, several at once. progress:
    label, done, total. Raises SourcesRefused if no file at all can be read; then nothing is changed.
    """
    run = Run(study, data, executor, progress, by)
    sources = {slug: one for slug, one in study.sources.sources.items() if not isinstance(one, InPlaceSource)}
    if not sources:
        raise SourcesRefused([NOTHING])
    store.tidy()
    reports = {slug: SourceReport(slug, source.kind) for slug, source in sources.items()}
    for slug, source in sorted(sources.items(), key=lambda one: _stage(one[1])):
        _take_in(run, slug, source, reports[slug])
    if not any(report.files for report in reports.values()):
        raise SourcesRefused(problem for report in reports.values() for problem in report.problems())
    withdraw_strangers(run)
    return IntakeReport(tuple(reports.values()), conflicts(study), unsupported(study), tuple(run.lost))


def _stage(source: Source) -> int:
    """What must be there before it: people belong to cases, documents to cases, quotes and links to documents and people."""
    match source:
        case RowsSource(unit="case"):
            return 0
        case RowsSource():
            return 1
        case DocumentsSource() | TextsSource():
            return 2
    return 3


def _take_in(run: Run, slug: str, source: Source, report: SourceReport) -> None:
    match source:
        case RowsSource():
            RowsIntake(run, slug, source, report).take_in()
        case DocumentsSource():
            documents.take_in(run, slug, source, report)
        case TextsSource():
            texts.take_in(run, slug, source, report)
        case QuotesSource():
            QuotesIntake(run, slug, source, report).take_in()
        case LinksSource() | ConditionsSource():
            MapsIntake(run, slug, source, report).take_in()
        case EventsSource():
            EventsIntake(run, slug, source, report).take_in()
