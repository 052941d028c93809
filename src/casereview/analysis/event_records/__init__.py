"""Chronologies that are asked where they lie: what plan.yaml asks of them, counted in SQL, with no casebook and no release.

`held` reads the file or table, by DuckDB or Spark; `meant` says what each entry that occurs means, by the words of sources.yaml;
`telling` writes them as the table of which questions are asked (`practice.sql`); `asking` counts the cases by question.
"""

from pathlib import Path

from casereview.analysis.event_records.asking import EventsInPlace, Progress
from casereview.analysis.event_records.held import by_duckdb, by_spark
from casereview.analysis.event_records.refusals import asked_in_place, refuse_engine
from casereview.study.sources import EventRecordsSource
from casereview.study.study import Study

__all__ = ["EventsInPlace", "asked_in_place", "opened"]


def opened(
    engine: str, study: Study, slug: str, source: EventRecordsSource, data: Path, progress: Progress | None = None
) -> EventsInPlace:
    """What counts the events of a source, below the folder `data` or in a table. engine: `duckdb`, `spark:MASTER`.

    Raises AnalysisRefused for another engine; SourcesRefused where the events are not there, lack a column, or hold what neither
    sources.yaml nor practice.yaml explains; EngineRefused.
    """
    kind, _, master = engine.partition(":")
    if kind not in ("duckdb", "spark"):
        refuse_engine(kind)
    held = by_duckdb(source, data) if kind == "duckdb" else by_spark(source, data, master)
    return EventsInPlace(study, slug, source, held, progress)
