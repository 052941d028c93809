"""What a publication draws on: the study, its computed tables and its release; and what is made of them once for all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from casereview.analysis.lock import Change
from casereview.analysis.members import Members, Support
from casereview.analysis.tables import Answered, CellTable, EstimateTable
from casereview.publish.charts import Picture, drawn
from casereview.publish.counted import counted
from casereview.publish.estimated import estimated, times, tried
from casereview.publish.printed import PrintedTable
from casereview.study.study import Study


class Analysed(Protocol):
    """What is asked of an analysis: its tables, its standing towards the plan, and the way back from each cell."""

    @property
    def tables(self) -> Mapping[str, Answered]: ...  # noqa: D102
    @property
    def registered(self) -> bool: ...  # noqa: D102
    @property
    def deviations(self) -> Iterable[Change]: ...  # noqa: D102
    def members_of(self, table: str, limit: int = ...) -> Mapping[str, Members]: ...  # noqa: D102
    def passages_of(self, table: str, limit: int = ...) -> Mapping[str, Support]: ...  # noqa: D102


class Frozen(Protocol):
    """What is asked of a release: its name, and where its tables lie."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def folder(self) -> Path: ...  # noqa: D102
    def table(self, name: str) -> Path: ...  # noqa: D102


@dataclass(frozen=True)
class Library:
    """Everything that a publication can draw on. `intake`: as intake.json holds it, if it is at hand."""

    study: Study
    release: Frozen
    analysis: Analysed
    intake: Mapping[str, Any] | None = None
    _printed: dict[str, PrintedTable] = field(default_factory=dict)
    _pictures: dict[str, Picture] = field(default_factory=dict)

    @property
    def tables(self) -> Mapping[str, Answered]:
        """The computed tables, section by section."""
        return self.analysis.tables

    def printed(self, slug: str) -> PrintedTable:
        """A table as it is printed."""
        if slug not in self._printed:
            self._printed[slug] = _printed(self.study, self.tables[slug])
        return self._printed[slug]

    def times(self, slug: str) -> PrintedTable | None:
        """The times of a trend, as they are printed; None of what is no trend."""
        table = self.tables[slug]
        return times(table) if isinstance(table, EstimateTable) and table.points else None

    def beside(self, slug: str) -> PrintedTable | None:
        """The second table of what needs two: the times of a trend, or the numbers of classes that were tried."""
        table = self.tables[slug]
        return tried(table) if isinstance(table, EstimateTable) and table.tried else self.times(slug)

    def drawn_from(self, chart: str) -> PrintedTable:
        """The table of what a chart draws: of a series, the times of its trend."""
        drawn = self.study.plan.charts[chart]
        times = self.times(drawn.table) if drawn.kind == "series" else None
        return times or self.printed(drawn.table)

    def picture(self, slug: str) -> Picture:
        """A chart, drawn once for all publications."""
        if slug not in self._pictures:
            chart = self.study.plan.charts[slug]
            self._pictures[slug] = drawn(slug, chart, self.tables[chart.table])
        return self._pictures[slug]


def _printed(study: Study, table: Answered) -> PrintedTable:
    return counted(study, table) if isinstance(table, CellTable) else estimated(study, table)
