"""sources.yaml as a whole, and the sources of what people record in the casebook itself."""

from typing import Annotated

from pydantic import Field

from casereview.study.base import Record, Slug
from casereview.study.sources.drawn import ConditionsSource, LinksSource
from casereview.study.sources.events import EventRecordsSource, EventsSource
from casereview.study.sources.in_place import RecordsSource
from casereview.study.sources.taken_in import DocumentsSource, QuotesSource, RowsSource, TextsSource

Source = Annotated[
    RowsSource
    | DocumentsSource
    | TextsSource
    | QuotesSource
    | EventsSource
    | LinksSource
    | ConditionsSource
    | RecordsSource
    | EventRecordsSource,
    Field(discriminator="kind"),
]


CODED, DOUBLE_CODED, AGREED = "coded", "double-coded", "agreed"
"""The sources of what people record in the casebook itself: a case's coder; a second, blind one; both, settled between them."""

IMPORTED = "imported"
"""The source of what was recorded in another program, and taken in from a project of it."""


ENTERED = "entered"
"""The source of events that people record of a case's chronology, or mend."""


class Sources(Record):
    """sources.yaml, in the order in which they are taken in."""

    sources: dict[Slug, Source] = Field(
        min_length=1, description="Where two of them differ on an answer, the later one is taken and the difference counted."
    )
