"""The variables that stand in a file of records: codes, ticks, numbers, dates and texts as SQL."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casereview.analysis.engines import Period, expressions
from casereview.analysis.engines.codes import Codes, unknown, written
from casereview.analysis.engines.expressions import Expression, one_of
from casereview.study.cells import NOTHING, Said, Sense, Unreadable
from casereview.study.sources import Column

if TYPE_CHECKING:
    from casereview.analysis.engines.recorded import Recorded

CHOSEN, NOT_CHOSEN, SILENT = "chosen", "not chosen", "silent"
"""What a column of a multiple response can say, besides a reason."""
LARGEST = 1.7976931348623157e308


def wave(layout: "Recorded") -> Expression:
    """The wave of every record, or that of its column."""
    if layout.source.wave_column:
        return coded(layout, "wave")
    only = layout.source.wave or layout.study.waves[0]
    return Expression("TRUE", lambda waves: "TRUE" if only in waves else "FALSE", (), lambda: only)


def variable(layout: "Recorded", name: str) -> Expression:
    """A variable with one column, or one for each answer."""
    match layout.study.variable(name).type:
        case "multiple":
            return _ticked(layout, name)
        case "number":
            return _number(layout, name)
        case "date" | "text":
            value, absent = _given(layout, name)
            return Expression(f"({value} IS NOT NULL)", one_of(layout.dialect, absent))
        case _:
            return coded(layout, name)


def coded(layout: "Recorded", name: str) -> Expression:
    """Grouped by its codes."""
    codes = layout.codes(name)
    known = codes.among(set(codes.met.values()) - {*layout.study.about.absences})
    return Expression("TRUE" if name == "wave" else known, codes.among, codes.keys, codes.read)


def period(layout: "Recorded", one: Period) -> Expression:
    """The time into which a date falls."""
    value, absent = _given(layout, one.variable)
    return expressions.period(layout.dialect, value, absent, one.length)


def codes(layout: "Recorded", name: str) -> Codes:
    """A column's codes, and how they are read."""
    if name == "wave":
        named = {one.casefold(): slug for slug, wave in layout.study.about.waves.items() for one in (wave.label, slug)}
        column = layout.source.wave_column or ""
        return Codes((_raw(layout, column),), lambda value: _wave(named, column, written(value)), layout.dialect)
    return _Reading.of(layout, name).codes


class _Reading:
    """How the cells of one column are read: by wave, where the crosswalk has a map of its own for one."""

    def __init__(self, layout: "Recorded", name: str, column: Column, ticks: bool) -> None:
        self.layout = layout
        self.name = name
        self.column = column
        self.ticks = ticks
        self.crossed = crossed(layout, column.variable)
        self.gated = bool(layout.gate(column.variable)) and not ticks

    @classmethod
    def of(cls, layout: "Recorded", name: str) -> "_Reading":
        """Of a variable, or of one column of a multiple response."""
        column = name.removeprefix("column ") if name.startswith("column ") else next(iter(layout.columns[name]))
        return cls(layout, column, layout.source.columns[column], ticks=name.startswith("column "))

    @property
    def codes(self) -> Codes:
        """Besides the cell: the wave, where that matters, and why it was not asked, where the cell says nothing."""
        raw = _raw(self.layout, self.name)
        keys = [raw, *(self.layout.expression("", "wave").keys if self.crossed else ())]
        if self.gated:
            keys.append(f"CASE WHEN {_silent(self.layout, self.name)} THEN {self.layout.gate(self.column.variable)} END")
        return Codes(tuple(keys), self.meaning, self.layout.dialect)

    def meaning(self, value: Any, *others: Any) -> str:
        """An answer, a reason, or what a tick says."""
        text, gate = written(value), others[-1] if self.gated else None
        sense = Sense(self.layout.study, self.name, self.column, self._wave(others), {})
        said = sense.tick(text) if self.ticks else sense.read(text)
        if isinstance(said, Unreadable):
            return unknown(said.cause, said.remedy)
        return self._tick(text, said) if self.ticks else said.value or said.absent or gate or "not-stated"

    def _wave(self, others: Sequence[Any]) -> str:
        if not self.crossed:
            return self.layout.study.waves[-1]
        width = len(self.layout.expression("", "wave").keys)
        return str(self.layout.expression("", "wave").read(*others[:width]))

    @staticmethod
    def _tick(text: str, said: Said) -> str:
        nothing = SILENT if not text.strip() else NOT_CHOSEN
        return nothing if said == NOTHING else said.absent or CHOSEN


def crossed(layout: "Recorded", name: str) -> bool:
    """Whether a code means in one wave what it does not mean in another."""
    return any(layout.study.crossing(name, wave).map for wave in layout.study.waves)


def _wave(named: dict[str, str], column: str, text: str) -> str:
    cause = f"column “{column}” holds “{text[:60]}”, which is no wave of the study"
    remedy = f"Write one of {', '.join(dict.fromkeys(named.values()))}, or add the wave to study.yaml."
    return named.get(text.strip().casefold(), unknown(cause, remedy))


def _ticked(layout: "Recorded", name: str) -> Expression:
    """A column an answer. None of them is known to be chosen only where every column says that it was not."""
    ticks = {column: layout.codes(f"column {column}") for column in layout.columns[name]}
    chosen: dict[str, list[str]] = {}
    for column, given in layout.columns[name].items():
        chosen.setdefault(given.category or "", []).append(ticks[column].among([CHOSEN]))
    some = " OR ".join(test for tests in chosen.values() for test in tests)
    none = " AND ".join(codes.among([NOT_CHOSEN]) for codes in ticks.values())
    known = f"({some} OR ({none}))"
    reasons = {one: " OR ".join(codes.among([one]) for codes in ticks.values()) for one in sorted(layout.study.about.absences)}
    absent = _reason(layout, name, " ".join(f"WHEN {said} THEN {layout.dialect.text(one)}" for one, said in reasons.items()))

    def among(answers: Sequence[str]) -> str:
        absences = [one for one in answers if one in reasons]
        tests = [test for one in answers for test in chosen.get(one, ())]
        tests += [f"(NOT {known} AND {absent} IN ({layout.dialect.texts(absences)}))"] if absences else []
        return f"({' OR '.join(tests)})" if tests else "FALSE"

    return Expression(known, among)


def _number(layout: "Recorded", name: str) -> Expression:
    value, absent = _given(layout, name)
    return expressions.number(value, absent, one_of(layout.dialect, absent))


def _given(layout: "Recorded", name: str) -> tuple[str, str]:
    """The value of a number, date or text, null where absent; and the reason, null where known."""
    ((column, given),) = layout.columns[name].items()
    raw, text = _raw(layout, column), layout.dialect.text
    match layout.study.variable(name).type:
        case "number":
            reasons = numbers_absent(layout, name)
            value = f"CAST({raw} AS {layout.dialect.double})"
        case "date":
            reasons, value = {}, f"substr(CAST({raw} AS {layout.dialect.varchar}), 1, 10)"
        case _:
            reasons, value = {}, raw
    silent = _silent(layout, column)
    when = " ".join(f"WHEN {raw} = {code} THEN {text(reason)}" for code, reason in reasons.items())
    nothing = given.absent.get("")
    absent = f"WHEN {silent} THEN {text(nothing)}" if nothing else f"WHEN {silent} THEN {_reason(layout, name)}"
    besides = f" OR {raw} IN ({', '.join(reasons)})" if reasons else ""
    return f"CASE WHEN {silent}{besides} THEN NULL ELSE {value} END", f"CASE {when} {absent} END"


def numbers_absent(layout: "Recorded", name: str) -> dict[str, str]:
    """The codes, among numbers, that stand for a reason: those of sources.yaml, then those of the study."""
    ((_, given),) = layout.columns[name].items()
    written = {code: reason for code, reason in given.absent.items() if code.strip()}
    return {str(one.value): slug for slug, one in layout.study.about.absences.items()} | written


def unsound(layout: "Recorded", name: str) -> str:
    """Whether a number is none that can be counted: endless, or not a number."""
    ((column, _),) = layout.columns[name].items()
    raw = f"CAST({_raw(layout, column)} AS {layout.dialect.double})"
    return f"({raw} > {LARGEST!r} OR {raw} < {-LARGEST!r})"


def _reason(layout: "Recorded", name: str, said: str = "") -> str:
    """Why there is no answer: what is said, else why it was not asked, else that it is not stated."""
    gate = layout.gate(name)
    otherwise = f"coalesce({gate}, 'not-stated')" if gate else "'not-stated'"
    return f"CASE {said} ELSE {otherwise} END" if said else otherwise


def _silent(layout: "Recorded", column: str) -> str:
    raw = _raw(layout, column)
    return f"(coalesce(trim({raw}), '') = '')" if layout.kinds[column] == "text" else f"({raw} IS NULL)"


def _raw(layout: "Recorded", column: str) -> str:
    return f"t.{layout.dialect.name(column)}"
