"""Coded records in place as records of a study: grouped by the codes of the file, whose meaning is read from the groups only.

A code means what it would mean at intake (`study/cells.py`). Numbers and dates must be such in the file. What is derived is
worked out in the query, as a release works it out.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from casereview.analysis.engines import CountQuery, Period, RatingQuery, stored, worked_out
from casereview.analysis.engines.codes import Codes
from casereview.analysis.engines.dialect import Dialect
from casereview.analysis.engines.expressions import Expression, truth
from casereview.study.about import STANDARD_ABSENCES
from casereview.study.conditions import asking, parse, variables
from casereview.study.sources import Column, RecordsSource
from casereview.study.study import Study

Kind = Literal["text", "number", "date", "boolean", "other"]
"""Of a file's column: texts, numbers of any sort, days or times, true and false, or anything else."""
NOT_STATED, _, NOT_APPLICABLE, NOT_COLLECTED = STANDARD_ABSENCES
COLUMN = "column "
"""Begins the name by which one column of a multiple response is grouped; no variable has a space in its name."""


class Recorded:
    """The layout of a source of records. table: what stands in FROM. kinds: of the columns that it has."""

    def __init__(self, study: Study, source: RecordsSource, table: str, kinds: Mapping[str, Kind], dialect: Dialect) -> None:
        self.study = study
        self.source = source
        self.table = table
        self.kinds = kinds
        self.dialect = dialect
        self._codes: dict[str, Codes] = {}
        self._expressions: dict[str | Period, Expression] = {}

    @cached_property
    def columns(self) -> dict[str, dict[str, Column]]:
        """Variable → its columns, by name. Only a multiple response has several."""
        found: dict[str, dict[str, Column]] = {}
        for name, column in self.source.columns.items():
            found.setdefault(column.variable, {})[name] = column
        return found

    def relation(self, query: CountQuery | RatingQuery) -> str:
        """The file, or the table."""
        return f"{self.table} AS t"

    def answers(self, unit: str, one: str | Period) -> int | None:
        """As many as there are categories and reasons, or waves."""
        if isinstance(one, Period):
            return None
        if one == "wave" or one.startswith(COLUMN):
            return len(self.study.waves)
        few = len(self.study.categories(one)) + len(self.study.about.absences)
        return few if self.study.variable(one).coded else None

    def expression(self, unit: str, one: str | Period) -> Expression:
        """Before it is more than grouped by, all codes that it hangs on must have been met."""
        if one not in self._expressions:
            self._expressions[one] = self._expression(one)
        return self._expressions[one]

    def met(self) -> None:
        """More codes have been met, so that what hangs on codes is to be written anew."""
        self._expressions.clear()

    def _expression(self, one: str | Period) -> Expression:
        if isinstance(one, Period):
            return stored.period(self, one)
        name = one.removesuffix(".absent")
        if name == "wave":
            return stored.wave(self)
        if name.startswith(COLUMN):
            return stored.coded(self, name)
        if self.study.variable(name).derived is not None:
            return worked_out.derived(self, name)
        return stored.variable(self, name)

    def codes(self, name: str) -> Codes:
        """What stands in the column of a coded variable, in one of a multiple response's, or in that of the wave."""
        if name not in self._codes:
            self._codes[name] = stored.codes(self, name)
        return self._codes[name]

    def gate(self, name: str) -> str:
        """Why a variable was not asked of a record, as SQL that is null where it was; empty where it was asked of all."""
        variable, waves, text = self.study.variable(name), self.study.waves_of(name), self.dialect.text
        wave = self.expression("", "wave").among(waves)
        when = [f"WHEN NOT {wave} THEN {text(NOT_COLLECTED)}"] if waves != self.study.waves else []
        if variable.asked_when:
            asked = truth(asking(variable.asked_when), lambda one: self.expression("", one))
            when += [f"WHEN NOT ({asked}) THEN {text(NOT_APPLICABLE)}", f"WHEN ({asked}) IS NULL THEN {text(NOT_STATED)}"]
        return f"CASE {' '.join(when)} END" if when else ""

    def before(self, name: str) -> frozenset[str]:
        """The columns of codes that must have been met before a variable's SQL can be written."""
        if name == "wave":
            return frozenset()
        name = self.source.columns[name.removeprefix(COLUMN)].variable if name.startswith(COLUMN) else name
        asked = variables(parse(self.study.variable(name).asked_when or {}))
        narrowed = self.study.waves_of(name) != self.study.waves or stored.crossed(self, name)
        return self.behind({*asked, *(["wave"] if narrowed else []), *worked_out.rests_on(self.study, name)})

    def behind(self, names: Iterable[str]) -> frozenset[str]:
        """The columns of codes that variables hang on, their own among them."""
        plain = {name.removesuffix(".absent") for name in names}
        return frozenset[str]().union(*(self._own(name) | self.before(name) for name in plain))

    def numbers(self, names: Iterable[str]) -> list[str]:
        """The number columns that variables hang on."""
        touched = worked_out.touched(self.study, {name.removesuffix(".absent") for name in names})
        of_type = (name for name in touched if self.study.variable(name).type == "number")
        return sorted(name for name in of_type if name in self.columns)

    def _own(self, name: str) -> frozenset[str]:
        if name == "wave":
            return frozenset({"wave"} if self.source.wave_column else ())
        variable = self.study.variable(name)
        if not variable.coded or variable.derived is not None:
            return frozenset()
        several = (f"{COLUMN}{column}" for column in self.columns[name])
        return frozenset(several) if variable.type == "multiple" else frozenset({name})
