"""sources.yaml: which files hold what, and which column is which variable."""

from casereview.study.sources.drawn import ConditionsSource, LinksSource
from casereview.study.sources.events import EventRecordsSource, EventsSource
from casereview.study.sources.files import Column
from casereview.study.sources.in_place import InPlaceSource, RecordsSource
from casereview.study.sources.sources import AGREED, CODED, DOUBLE_CODED, ENTERED, IMPORTED, Source, Sources
from casereview.study.sources.taken_in import DocumentsSource, QuotesSource, RowsSource, TextsSource
from casereview.study.sources.told import DAYS, EventKinds, Interval, Written

__all__ = [
    "AGREED", "CODED", "DAYS", "DOUBLE_CODED", "ENTERED", "IMPORTED", "Column", "ConditionsSource", "DocumentsSource",
    "EventKinds", "EventRecordsSource", "EventsSource", "InPlaceSource", "Interval", "LinksSource", "QuotesSource",
    "RecordsSource", "RowsSource", "Source", "Sources", "TextsSource", "Written",
]  # fmt: skip
