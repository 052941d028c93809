"""Reading the frames of samples: the wide table of cases, as a release would have it now."""

from collections.abc import Sequence
from types import TracebackType

import duckdb
import pyarrow as pa

from casereview.casebook.long_tables import content
from casereview.release import wide
from casereview.release.conditions_sql import truth
from casereview.release.layout import CONTENT
from casereview.release.sql import name
from casereview.sampling import Frame, Member
from casereview.study.base import Condition
from casereview.study.codebook import Coded
from casereview.study.conditions import parse
from casereview.study.study import Study


class Frames:
    """The casebook's content as wide tables, kept while samples are drawn one after another."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.duck = duckdb.connect(":memory:")
        self.stale = True

    def __enter__(self) -> "Frames":
        for table, batches in content(self.study).items():
            rows = pa.RecordBatchReader.from_batches(CONTENT[table], batches)  # noqa: F841  # read by its name
            self.duck.execute(f"CREATE TABLE {name(table)} AS SELECT * FROM rows")  # noqa: S608  # a name of ours
        self.duck.execute("DELETE FROM samples WHERE NOT list_contains(?, sample)", [list(self.study.samples.samples)])
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.duck.close()

    def frame(self, condition: Condition, variables: Sequence[str]) -> Frame:
        """The cases of which a condition is true, with their answers to some variables of the case."""
        self._build()
        where = truth(parse(condition), lambda slug: f"t.{name(slug)}", self._is_multiple)
        columns = ", ".join(map(name, ["case", *(column for one in variables for column in (one, f"{one}.absent"))]))
        rows = self.duck.execute(f'SELECT {columns} FROM "case" AS t WHERE {where}').fetchall()  # noqa: S608  # quoted by `name`
        known: dict[str, dict[str, tuple[str, ...]]] = {one: {} for one in variables}
        absent: dict[str, dict[str, str]] = {one: {} for one in variables}
        for case, *cells in rows:
            for one, answer, reason in zip(variables, cells[::2], cells[1::2], strict=True):
                if answer is None:
                    absent[one][case] = reason
                else:
                    known[one][case] = (answer,) if isinstance(answer, str) else tuple(answer)
        categories = {one: tuple(self.study.categories(one)) for one in variables}
        return Frame(frozenset(row[0] for row in rows), known, absent, categories)

    def settled(self, sample: str, members: Sequence[Member]) -> None:
        """Note who is in a sample, for those that are drawn from it."""
        self.duck.execute("DELETE FROM samples WHERE sample = ?", [sample])
        columns = [
            [sample] * len(members),
            *zip(*((one.case, one.status, one.other or None, one.reason) for one in members), strict=True),
        ]
        rows = pa.table(columns if members else [[]] * 5, schema=CONTENT["samples"])  # noqa: F841  # read by its name
        self.duck.execute("INSERT INTO samples SELECT * FROM rows")
        self.stale = any(isinstance(one.derived, Coded) for one in self.study.codebook.variables.values())

    def _build(self) -> None:
        """Make the wide tables, and again once a sample is settled on which a derived variable may rest."""
        if self.stale:
            for unit in self.study.units:
                self.duck.execute(f"DROP TABLE IF EXISTS {name(unit)}")
            wide.build(self.study, self.duck)
            self.stale = False

    def _is_multiple(self, slug: str) -> bool:
        return slug != "wave" and self.study.variable(slug).type == "multiple"
