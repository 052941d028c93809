"""From a cell to the records that it counts, and to the passages that they rest on."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from casereview.analysis.drawn_evidence import CHRONOLOGIES, CONDITIONS, PATHWAYS, supported, supports_of_parts
from casereview.analysis.engines import CountQuery, Engine, Marked
from casereview.analysis.members import Members, Passage, Support
from casereview.analysis.questions import Backing
from casereview.analysis.tables import Heading
from casereview.analysis.told_evidence import passages_of_events
from casereview.study.codebook import AnyOf, Banded, Coded, Lifted, Recoded
from casereview.study.study import Study

Bools = NDArray[np.bool_]


MARKS = 500
"""How many marks are asked for in one query: PostgreSQL returns 1,664 columns at most."""


class Standing:
    """Where each record behind a question stands: one query, then every cell. shown: the rows of its table."""

    def __init__(self, backing: Backing, engine: Engine, shown: Iterable[Heading] = ()) -> None:
        self.backing = backing
        self._shown = [row.slug for row in shown if row.kind == "answer" and row.slug != backing.rest]
        self._marked = _marked(backing, engine)
        # Sorted, as the engine gives them: persons of one case follow one another.
        self.cases, self._case_of = np.unique(np.array(self._marked.cases, dtype=object), return_inverse=True)

    def cells(self) -> Iterator[tuple[str, Bools]]:
        """Address, and which of `cases` have a record there."""
        for address in self.backing.cells:
            held = self._bearing(address)
            row, dot, column = address.partition(".")
            if row == self.backing.rest:
                for other in self._shown:
                    held &= ~self._bearing(f"{other}{dot}{column}")
            yield address, self._of_cases(held)

    def _bearing(self, address: str) -> Bools:
        """The records that bear every mark of a cell."""
        held = np.ones(len(self._marked.cases), dtype=bool)
        for name in self.backing.cells[address]:
            held &= self._marked.marks[name]
        if between := self.backing.between.get(address):
            borne = np.sum([self._marked.marks[name] for name in between.marks], axis=0)
            held &= (between.least <= borne) & (borne <= between.most)
        return held

    def members(self, limit: int) -> dict[str, Members]:
        """The members of every cell by its address, at most `limit` cases each."""
        return {
            address: Members(self.cases[np.flatnonzero(there)[:limit]].tolist(), int(there.sum()))
            for address, there in self.cells()
        }

    def _of_cases(self, records: Bools) -> Bools:
        there = np.zeros(len(self.cases), dtype=bool)
        there[self._case_of[records]] = True
        return there


def _marked(backing: Backing, engine: Engine) -> Marked:
    """Every record with its marks, so many of these a query: the records are the same in each, in the same order."""
    marks = dict(backing.marks)
    several = [dict(list(marks.items())[start : start + MARKS]) for start in range(0, len(marks), MARKS)]
    found = [engine.marked(CountQuery(backing.unit, some, where=backing.where, weight=backing.weight)) for some in several]
    return Marked(found[0].cases, {name: borne for one in found for name, borne in one.marks.items()})


class Passages:
    """The passages of a release, with what each supports; read when first asked for."""

    def __init__(self, study: Study, data: Path) -> None:
        self._study, self._data = study, data

    def __bool__(self) -> bool:
        return bool(self._table.num_rows)

    def of(self, standing: Standing, limit: int) -> dict[str, Support]:
        """The passages of every cell, at most `limit` each, by case and place: those that support what it counts.

        Of more than the limit, one of each case is taken, then a second of each, so that many cases are heard.
        """
        if not self or not len(standing.cases):
            return {address: Support([], 0) for address in standing.backing.cells}
        place = np.searchsorted(standing.cases, self._cases).clip(max=len(standing.cases) - 1)
        present = standing.cases[place] == self._cases
        wanted = {names: _supporters(self._study, names) for names in set(standing.backing.supports.values())}
        fits = {names: present & np.isin(self._supports, list(found)) for names, found in wanted.items()}
        supports = standing.backing.supports
        return {address: self._taken(fits[supports[address]] & there[place], place, limit) for address, there in standing.cells()}

    def _taken(self, fits: Bools, place: NDArray[np.intp], limit: int) -> Support:
        there = np.flatnonzero(fits)
        first = np.searchsorted(place[there], place[there])  # where the passages of each one's case begin
        in_turn = np.argsort(np.arange(len(there)) - first, kind="stable")[:limit]
        rows = self._table.take(there[np.sort(in_turn)]).to_pylist()
        return Support([Passage(**row) for row in rows], len(there))

    @cached_property
    def _table(self) -> pa.Table:
        supported = (
            pa.concat_tables([self._evidence(), self._codings(), supports_of_parts(self._data)])
            .group_by(["passage", "supports"])
            .aggregate([])
        )
        documents = self._read("documents", ["document", "case", "title"])
        whole = supported.join(self._read("passages"), "passage").join(documents, "document")
        whole = whole.filter(pc.is_valid(whole["case"]))
        order = [(name, "ascending") for name in ("case", "document", "start", "end", "passage", "supports")]
        events = passages_of_events(self._study.practice, self._data)
        whole = pa.concat_tables([whole.select(_PLACED.names).cast(_PLACED), pa.Table.from_pylist(events, _PLACED)])
        return whole.sort_by(order).select(list(Passage.__dataclass_fields__))

    @cached_property
    def _cases(self) -> NDArray[np.object_]:
        return np.array(self._table["case"].to_pylist(), dtype=object)

    @cached_property
    def _supports(self) -> NDArray[np.str_]:
        return np.array(self._table["supports"].to_pylist(), dtype=str)

    def _evidence(self) -> pa.Table:
        evidence = self._read("evidence", ["value_id", "passage"])
        if not evidence.num_rows:
            return _supporting(evidence["passage"], evidence["value_id"])
        values = self._read("values", ["value_id", "variable"])
        linked = evidence.join(values, "value_id", join_type="inner")
        return _supporting(linked["passage"], linked["variable"])

    def _codings(self) -> pa.Table:
        codings = self._read("codings", ["passage", "code"])
        return _supporting(codings["passage"], codings["code"])

    def _read(self, name: str, columns: list[str] | None = None) -> pa.Table:
        return pq.read_table(self._data / f"{name}.parquet", columns=columns)


_TYPES = {"page": pa.int32(), "start": pa.int64(), "end": pa.int64()}
_PLACED = pa.schema([(name, _TYPES.get(name, pa.string())) for name in (*Passage.__dataclass_fields__, "start", "end")])
"""A passage, and where it lies in its document."""


def _supporting(passage: pa.ChunkedArray, supports: pa.ChunkedArray) -> pa.Table:
    return pa.table({"passage": passage, "supports": supports})


def _supporters(study: Study, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(supporters(study, name) for name in names))


def supporters(study: Study, name: str) -> frozenset[str]:
    """What a passage must support to stand behind a variable: the recorded variables that it rests on, or its themes."""
    if name.startswith((f"{PATHWAYS}/", f"{CONDITIONS}/", f"{CHRONOLOGIES}/")):
        return supported(study, name)
    if name not in study.codebook.variables:
        return frozenset()
    match study.variable(name).derived:
        case Coded(coded=theme):
            return frozenset(path[-1] for path, _ in study.themes.walk() if theme in path)
        case Banded(banded=below) | Lifted(lifted=below) | Recoded(recoded=below):
            return supporters(study, below)
        case AnyOf(any_of=several):
            return frozenset[str]().union(*(supporters(study, one) for one in several))
        case None:
            return frozenset({name})
