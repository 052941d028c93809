"""What a publication draws on: the study, its computed tables and its release; and what is made of them once for all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from casereview.analysis.evidence import Members, Passage
from casereview.analysis.lock import Change
from casereview.analysis.tables import Answered, CellTable
from casereview.publish.charts import Picture, drawn
from casereview.publish.printed import PrintedTable, printed
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
    def passages_of(self, table: str, limit: int = ...) -> Mapping[str, list[Passage]]: ...  # noqa: D102


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
    def tables(self) -> Mapping[str, CellTable]:
        """The computed tables."""
        return {slug: table for slug, table in self.analysis.tables.items() if isinstance(table, CellTable)}

    def printed(self, slug: str) -> PrintedTable:
        """A table as it is printed."""
        if slug not in self._printed:
            self._printed[slug] = printed(self.study, self.tables[slug])
        return self._printed[slug]

    def picture(self, slug: str) -> Picture:
        """A chart, drawn once for all publications."""
        if slug not in self._pictures:
            chart = self.study.plan.charts[slug]
            self._pictures[slug] = drawn(slug, chart, self.tables[chart.table])
        return self._pictures[slug]
