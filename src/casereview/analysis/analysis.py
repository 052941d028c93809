"""The whole analysis of a release, or of records in place: every table of the plan, and the way back from a cell."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from casereview.analysis import engines, event_records
from casereview.analysis.comparability import denied
from casereview.analysis.engines import CountQuery
from casereview.analysis.engines.refusals import refusals
from casereview.analysis.engines.sizes import sizes
from casereview.analysis.lock import Change, deviations, locked
from casereview.analysis.members import Members, Passage, Support
from casereview.analysis.questions import question
from casereview.analysis.tables import Answered
from casereview.release.relations import PATHWAY_ROWS, PRACTICE_ROWS, SYSTEM_ROWS
from casereview.study.problems import AnalysisRefused, Problem
from casereview.study.sources import EventRecordsSource, RecordsSource
from casereview.study.study import Study

if TYPE_CHECKING:
    from casereview.analysis.evidence import Passages, Standing
    from casereview.release import Release

Progress = Callable[[str, int, int], None]
"""Called with a label, how many are done, and how many there are."""


@dataclass(frozen=True)
class Analysis:
    """The tables of a plan, counted on one release. `release` and `version` name it.

    registered: whether there is a plan.lock; deviations: what has changed since. in_place: the source whose records were counted
    where they lie, and its file or table; then there is no release, nothing is frozen, and no cell leads back to its cases.
    """

    release: str
    version: str
    tables: dict[str, Answered]
    registered: bool
    deviations: tuple[Change, ...]
    _records: "Records" = field(repr=False, compare=False)
    in_place: tuple[str, str] | None = None

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
    """The records of a release, asked question by question; the last asked for are kept. What reads them is loaded when asked."""

    def __init__(self, study: Study, engine: engines.Engine, data: Path, tables: Mapping[str, Answered]) -> None:
        self._study = study
        self._tables = tables
        self._engine = engine
        self._data = data
        self.standing = lru_cache(maxsize=4)(self._standing)

    def passages(self, slug: str, limit: int) -> dict[str, Support]:
        """The passages behind every cell of a table."""
        return self._passages.of(self.standing(slug), limit)

    def _standing(self, slug: str) -> "Standing":
        from casereview.analysis.evidence import Standing

        return Standing(question(self._study, slug).backing, self._engine, self._tables[slug].rows)

    @cached_property
    def _passages(self) -> "Passages":
        from casereview.analysis.evidence import Passages

        return Passages(self._study, self._data)


def uncomparable(study: Study) -> list[Problem]:
    """Every comparison of a plan, over time or of waves put together, that its crosswalk denies; no data needed."""
    return [problem for slug in study.plan.asked for problem in denied(study, slug)]


def undrawn(study: Study, data: Path) -> Iterator[Problem]:
    """What the plan asks of pathways, systems and chronologies that a release does not hold: an older one, or without them."""
    import pyarrow.parquet

    asked = dict.fromkeys(study.plan.pathways, PATHWAY_ROWS) | dict.fromkeys(study.plan.conditions, SYSTEM_ROWS)
    asked |= dict.fromkeys(study.plan.chronologies, PRACTICE_ROWS)
    there = pyarrow.parquet.read_schema(data / "case.parquet").names if asked else []
    for slug, column in asked.items():
        if column not in there:
            cause = f"“{slug}” counts what was drawn or told of cases, of which this release holds nothing."
            place = study.places.of("plan.yaml", study.plan.section(slug), slug)
            yield Problem(place, "nothing-drawn", cause, "Make another release from the casebook: casereview release.")


def analyse(study: Study, release: "Release", engine: str = "duckdb", progress: Progress | None = None) -> Analysis:
    """Count everything that the plan asks on a release.

    Raises AnalysisRefused if a table compares what the crosswalk says cannot be compared.
    """
    from casereview.release.manifest import DATA

    data = release.folder / DATA
    if problems := [*uncomparable(study), *undrawn(study, data)]:
        raise AnalysisRefused(problems)
    opened = engines.opened(engine, data, tuple(study.about.absences), sizes(study))
    return replace(_analysed(study, opened, data, progress), release=release.name, version=release.version)


def analyse_in_place(study: Study, slug: str, data: Path, engine: str = "duckdb", progress: Progress | None = None) -> Analysis:
    """Count everything that the plan asks on a source of records (sources.yaml), where they lie below the folder `data`; of one
    of events, all that it asks of chronologies.

    Raises AnalysisRefused for what they cannot answer, SourcesRefused where they are not there, or hold a code that neither
    sources.yaml nor the codebook explains; KeyError for a source that there is not, or of another kind.
    """
    source = study.sources.sources[slug]
    if isinstance(source, EventRecordsSource):
        asked = event_records.asked_in_place(study, slug)
        events = event_records.opened(engine, study, slug, source, data, progress)
        return replace(_analysed(study, events, data, progress, asked), in_place=(slug, source.place))
    if not isinstance(source, RecordsSource):
        raise KeyError(slug)
    if problems := [*uncomparable(study), *refusals(study, slug, source)]:
        raise AnalysisRefused(problems)
    analysed = _analysed(study, engines.opened_in_place(engine, study, source, data), data, progress)
    return replace(analysed, in_place=(slug, source.place))


def _analysed(
    study: Study, engine: engines.Engine, data: Path, progress: Progress | None, asked: Study | None = None
) -> Analysis:
    """asked: the study with as much of its plan as is asked, if not all is."""
    lock, tables = locked(study), answered(asked or study, engine, progress)
    return Analysis(
        release="",
        version=study.about.version,
        tables=tables,
        registered=lock is not None,
        deviations=deviations(study, lock) if lock is not None else (),
        _records=Records(study, engine, data, tables),
    )


def answered(study: Study, engine: engines.Engine, progress: Progress | None = None) -> dict[str, Answered]:
    """Every answer by its name in the plan: all counts first, put to the engine together, then what is made of them."""
    from casereview.analysis.families import adjusted  # with scipy, which a check of the plan does without

    questions = {slug: question(study, slug) for slug in study.plan.asked}
    counted = iter(engine.counts([ask for one in questions.values() for ask in one.asks if isinstance(ask, CountQuery)]))
    tables: dict[str, Answered] = {}
    for done, (slug, one) in enumerate(questions.items(), start=1):
        tables[slug] = one.answer([next(counted) if isinstance(ask, CountQuery) else engine.ratings(ask) for ask in one.asks])
        if progress:
            progress("tables", done, len(questions))
    return adjusted(study.plan, tables)
