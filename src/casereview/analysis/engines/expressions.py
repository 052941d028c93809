"""Variables as SQL: what says whether there is an answer, whether it is one of some, and by what records are grouped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from casereview.analysis.engines import UNDATED
from casereview.analysis.engines.dialect import Dialect
from casereview.study.conditions import NOT_APPLICABLE, All, AnyPart, Applies, In, Known, Not, Test
from casereview.study.plan import Length

Answer = str | float


def only(value: Any) -> Any:
    """The answer of a variable that is grouped by what it is."""
    return value


@dataclass(frozen=True)
class Expression:
    """A variable, or a time, of one record.

    known: whether there is an answer; true or false, never null. among: whether the answer, or the reason why there is none, is
    one of some; null or false where not. keys: what records are grouped by. read: from these to the answer or reason.
    """

    known: str
    among: Callable[[Sequence[str]], str]
    keys: tuple[str, ...] = ()
    read: Callable[..., Answer] = only


def one_of(dialect: Dialect, column: str) -> Callable[[Sequence[str]], str]:
    """`among` of a column of texts."""
    return lambda answers: f"{column} IN ({dialect.texts(answers)})" if answers else "FALSE"


def chosen(dialect: Dialect, test: In, expressed: Callable[[str], Expression]) -> Expression:
    """Whether an answer is among some, to group by: yes, no or unknown."""
    said = truth(test, expressed)
    key = f"CASE WHEN {said} THEN 'yes' WHEN {said} IS NULL THEN 'unknown' ELSE 'no' END"
    return Expression(f"({said} IS NOT NULL)", one_of(dialect, key), (key,))


def number(column: str, absent: str, among: Callable[[Sequence[str]], str]) -> Expression:
    """A number, by its value and, where there is none, the reason."""
    keys = (column, f"CASE WHEN {column} IS NULL THEN {absent} END")
    return Expression(f"({column} IS NOT NULL)", among, keys, _number)


def _number(value: Any, absent: Any) -> Answer:
    # Minus nought is nought: no two keys are to be equal.
    return str(absent) if value is None else float(value) + 0.0


def period(dialect: Dialect, column: str, absent: str, length: Length) -> Expression:
    """The time into which a date falls that is written as a release writes it; where it is absent, the reason."""
    key = f"CASE WHEN {column} IS NULL THEN {absent} {_too_short(column, length)}ELSE {_cut(dialect, column, length)} END"
    return Expression(f"({column} IS NOT NULL)", one_of(dialect, key), (key,))


def _too_short(column: str, length: Length) -> str:
    return "" if length == "year" else f"WHEN length({column}) < 7 THEN '{UNDATED}' "


def _cut(dialect: Dialect, column: str, length: Length) -> str:
    year, month = f"substr({column}, 1, 4)", f"substr({column}, 6, 2)"
    match length:
        case "year":
            return year
        case "month":
            return f"substr({column}, 1, 7)"
        case "quarter":
            quarters = " ".join(f"WHEN {month} <= '{3 * one:02}' THEN '-Q{one}'" for one in (1, 2, 3))
            return f"concat({year}, CASE {quarters} ELSE '-Q4' END)"
        case "financial-year":
            before = f"CASE WHEN {month} < '04' THEN 1 ELSE 0 END"
            first = f"(CAST({year} AS {dialect.integer}) - {before})"
            return f"concat({_padded(dialect, first, 4)}, '-', {_padded(dialect, f'({first} + 1) % 100', 2)})"


def _padded(dialect: Dialect, number: str, width: int) -> str:
    return f"lpad(CAST({number} AS {dialect.varchar}), {width}, '0')"


def truth(test: Test, expressed: Callable[[str], Expression]) -> str:
    """A condition, three-valued: NULL is Kleene's unknown, so AND, OR and NOT are those of `study.conditions.holds`."""
    match test:
        case In(variable=name, values=values):
            one = expressed(name)
            return f"CASE WHEN {one.known} THEN {one.among(values)} END" if one.known != "TRUE" else f"({one.among(values)})"
        case Known(variable=name, wanted=wanted):
            return expressed(name).known if wanted else f"(NOT {expressed(name).known})"
        case Applies(variable=name):
            one = expressed(name)
            return f"CASE WHEN NOT {one.known} AND {one.among([NOT_APPLICABLE])} THEN FALSE ELSE TRUE END"
        case Not(part=part):
            return f"(NOT {truth(part, expressed)})"
        case All(parts=parts):
            return "(" + (" AND ".join(truth(part, expressed) for part in parts) or "TRUE") + ")"
        case AnyPart(parts=parts):
            return "(" + (" OR ".join(truth(part, expressed) for part in parts) or "FALSE") + ")"
