"""Ending what sources said before and no longer say, so that a casebook says what one built anew would say."""

from collections.abc import Container

from casereview.casebook.acts.documents import withdraw_documents
from casereview.casebook.acts.events import KIND as EVENT
from casereview.casebook.acts.events import withdraw_events
from casereview.casebook.acts.maps import ROW, withdraw_maps
from casereview.casebook.acts.passages import withdraw_marks
from casereview.casebook.acts.records import withdraw_records
from casereview.casebook.intake.lost import lost_with
from casereview.casebook.intake.run import BATCH, Run
from casereview.casebook.models import SourceRow
from casereview.study.sources import CODED, DOUBLE_CODED, IMPORTED, RowsSource
from casereview.study.study import Study

KINDS = {"documents": "document", "texts": "document", "quotes": "quote", "events": EVENT, "links": ROW, "conditions": ROW}
"""Kind of source → what it holds, where these are no records."""


def withdraw_gone(run: Run, source: str, kind: str, accepted: Container[str]) -> int:
    """End what a source held of a kind before, and does not hold now. How many rows, documents or quotes that were."""
    held = SourceRow.objects.filter(source=source, kind=kind).values_list("key", flat=True)
    gone = sorted(key for key in held.iterator() if key not in accepted)
    for start in range(0, len(gone), BATCH):
        keys = gone[start : start + BATCH]
        if kind == "document":
            withdraw_documents(by=run.by, source=source, keys=keys)
        elif kind == "quote":
            withdraw_marks(by=run.by, source=source, keys=keys)
        elif kind == ROW:
            withdraw_maps(by=run.by, source=source, keys=keys)
        elif kind == EVENT:
            run.lost.extend(lost_with(source, keys))
            withdraw_events(by=run.by, source=source, keys=keys)
        else:
            withdraw_records(by=run.by, source=source, unit=kind, keys=keys)
    return len(gone)


def withdraw_strangers(run: Run) -> None:
    """End what came from sources that sources.yaml no longer has, or that are now of another kind; never what people recorded."""
    rows = SourceRow.objects.exclude(source__in=(CODED, DOUBLE_CODED, IMPORTED))
    for source, kind in sorted(set(rows.values_list("source", "kind").distinct())):
        if kind_of(run.study, source) != kind:
            withdraw_gone(run, source, kind, ())


def kind_of(study: Study, slug: str) -> str | None:
    """What the rows of a source are: a unit, `document`, `quote`, `event` or `map-part`; None for a source that there is not."""
    source = study.sources.sources.get(slug)
    if isinstance(source, RowsSource):
        return source.unit
    return KINDS[source.kind] if source else None
