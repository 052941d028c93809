"""The whole analysis of a release: every table of the plan, and the way back from a cell."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from casereview.analysis import engines
from casereview.analysis.comparability import denied
from casereview.analysis.evidence import Members, Passage, Passages, Standing, supporters
from casereview.analysis.lock import Change, deviations, locked
from casereview.analysis.shape import addresses, shape, variables_of
from casereview.analysis.tables import CellTable
from casereview.analysis.tabulate import tabulate
from casereview.release import Release
from casereview.release.layout import DATA
from casereview.study.problems import AnalysisRefused, Problem
from casereview.study.study import Study

Progress = Callable[[str, int, int], None]
"""Called with a label, how many are done, and how many there are."""


@dataclass(frozen=True)
class Analysis:
    """The tables of a plan, counted on one release. `release` and `version` name it.

    registered: whether there is a plan.lock; deviations: what has changed since.
    """

    release: str
    version: str
    tables: dict[str, CellTable]
    registered: bool
    deviations: tuple[Change, ...]
    _records: "Records" = field(repr=False, compare=False)

    def members(self, table: str, address: str, limit: int = 2000) -> Members:
        """The cases of a cell. Raises KeyError for a table or an address that there is not."""
        return self.members_of(table, limit)[address]

    def members_of(self, table: str, limit: int = 2000) -> dict[str, Members]:
        """The cases of every cell of a table, in one query."""
        return self._records.standing(table).members(limit)

    def passages(self, table: str, address: str, limit: int = 200) -> list[Passage]:
        """The passages behind a cell: those of its cases that support what its row counts. Raises KeyError."""
        return self.passages_of(table, limit)[address]

    def passages_of(self, table: str, limit: int = 200) -> dict[str, list[Passage]]:
        """The passages behind every cell of a table."""
        return self._records.passages(table, limit)


class Records:
    """The records of a release, asked table by table; the last tables asked for are kept."""

    def __init__(self, study: Study, engine: engines.Engine, data: Path) -> None:
        self._study = study
        self._passages = Passages(data)
        self.standing = lru_cache(maxsize=4)(lambda slug: Standing(shape(study, study.plan.tables[slug]), engine))

    def passages(self, slug: str, limit: int) -> dict[str, list[Passage]]:
        """The passages behind every cell of a table."""
        study, table = self._study, self._study.plan.tables[slug]
        if not self._passages:
            return {address: [] for address in addresses(study, table)}
        rows = [line.heading.slug for line in shape(study, table).rows]
        supports = {row: [one for name in variables_of(study, table, row) for one in supporters(study, name)] for row in rows}
        return self._passages.of(self.standing(slug), supports, limit)


def uncomparable(study: Study) -> list[Problem]:
    """Every comparison of a plan, over time or of waves put together, that its crosswalk denies; no data needed."""
    return [problem for slug in study.plan.tables for problem in denied(study, slug)]


def analyse(study: Study, release: Release, engine: str = "duckdb", progress: Progress | None = None) -> Analysis:
    """Count every table of the plan on a release.

    Raises AnalysisRefused if a table compares what the crosswalk says cannot be compared.
    """
    if problems := uncomparable(study):
        raise AnalysisRefused(problems)
    data = release.folder / DATA
    opened = engines.opened(engine, data, tuple(study.about.absences))
    tables = {}
    for done, (slug, table) in enumerate(study.plan.tables.items(), start=1):
        made = shape(study, table)
        tables[slug] = tabulate(study, slug, made, opened.counts(made.query))
        if progress:
            progress("tables", done, len(study.plan.tables))
    lock = locked(study)
    return Analysis(
        release=release.name,
        version=release.version,
        tables=tables,
        registered=lock is not None,
        deviations=deviations(study, lock) if lock is not None else (),
        _records=Records(study, opened, data),
    )
