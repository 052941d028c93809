"""The whole analysis of a release: every table of the plan, and the way back from a cell."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from casereview.analysis import engines
from casereview.analysis.comparability import denied
from casereview.analysis.engines import CountQuery
from casereview.analysis.engines.sizes import sizes
from casereview.analysis.evidence import Members, Passage, Passages, Standing, Support
from casereview.analysis.families import adjusted
from casereview.analysis.lock import Change, deviations, locked
from casereview.analysis.questions import question
from casereview.analysis.tables import Answered
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
    tables: dict[str, Answered]
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
        return self.passages_of(table, limit)[address].passages

    def passages_of(self, table: str, limit: int = 200) -> dict[str, Support]:
        """The passages behind every cell of a table."""
        return self._records.passages(table, limit)


class Records:
    """The records of a release, asked question by question; the last asked for are kept."""

    def __init__(self, study: Study, engine: engines.Engine, data: Path) -> None:
        self._study = study
        self._passages = Passages(data)
        self.standing = lru_cache(maxsize=4)(lambda slug: Standing(question(study, slug).backing, engine))

    def passages(self, slug: str, limit: int) -> dict[str, Support]:
        """The passages behind every cell of a table."""
        return self._passages.of(self._study, self.standing(slug), limit)


def uncomparable(study: Study) -> list[Problem]:
    """Every comparison of a plan, over time or of waves put together, that its crosswalk denies; no data needed."""
    return [problem for slug in study.plan.asked for problem in denied(study, slug)]


def analyse(study: Study, release: Release, engine: str = "duckdb", progress: Progress | None = None) -> Analysis:
    """Count everything that the plan asks on a release.

    Raises AnalysisRefused if a table compares what the crosswalk says cannot be compared.
    """
    if problems := uncomparable(study):
        raise AnalysisRefused(problems)
    data = release.folder / DATA
    opened = engines.opened(engine, data, tuple(study.about.absences), sizes(study))
    lock = locked(study)
    return Analysis(
        release=release.name,
        version=release.version,
        tables=answered(study, opened, progress),
        registered=lock is not None,
        deviations=deviations(study, lock) if lock is not None else (),
        _records=Records(study, opened, data),
    )


def answered(study: Study, engine: engines.Engine, progress: Progress | None = None) -> dict[str, Answered]:
    """Every answer by its name in the plan: all counts first, put to the engine together, then what is made of them."""
    questions = {slug: question(study, slug) for slug in study.plan.asked}
    counted = iter(engine.counts([ask for one in questions.values() for ask in one.asks if isinstance(ask, CountQuery)]))
    tables: dict[str, Answered] = {}
    for done, (slug, one) in enumerate(questions.items(), start=1):
        tables[slug] = one.answer([next(counted) if isinstance(ask, CountQuery) else engine.ratings(ask) for ask in one.asks])
        if progress:
            progress("tables", done, len(questions))
    return adjusted(study.plan, tables)
