"""Conditions in a small closed grammar: `is, in, known, all, any, not`. Three-valued: what is absent is unknown, never no.

    {outcome: {is: fatal}, age-band: {in: [under-1, 1-5]}}     a mapping: all of it
    {any: [{...}, {...}]}   {not: {...}}   {plan: {known: true}}

`wave` and `sample` stand beside the variables. Of a multiple response, `is` means "among the answers".
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from casereview.study.base import Condition
from casereview.study.misshapen import written

NOT_APPLICABLE = "not-applicable"
RESERVED = frozenset({"all", "any", "not", "wave", "sample", "case", "person", "total"})
"""Slugs that no variable may have."""


@dataclass(frozen=True)
class In:
    """The answer is known and is one of `values`."""

    variable: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """The answer is known (or, with `wanted` false, absent). Itself always true or false."""

    variable: str
    wanted: bool


@dataclass(frozen=True)
class All:
    """Every part holds. With no parts: true."""

    parts: tuple["Test", ...]


@dataclass(frozen=True)
class AnyPart:
    """At least one part holds."""

    parts: tuple["Test", ...]


@dataclass(frozen=True)
class Not:
    """The part is known not to hold."""

    part: "Test"


@dataclass(frozen=True)
class Applies:
    """The variable is not among those that do not apply. Itself always true or false; `asking` makes it, no file writes it."""

    variable: str


Test = In | Known | All | AnyPart | Not | Applies
"""`Applies` stands only in what `asking` makes."""


class Malformed(ValueError):
    """A condition outside the grammar; the message says what is wrong with it."""


def parse(condition: Condition) -> Test:
    """Read a condition as written in a study file. Raises Malformed."""
    if not isinstance(condition, Mapping):
        raise Malformed(f"“{written(condition)}” is no condition; one is written as {{outcome: {{is: fatal}}}}")
    parts = tuple(_part(str(key), value) for key, value in condition.items())
    return parts[0] if len(parts) == 1 else All(parts)


def asking(condition: Condition) -> Test:
    """What `asked_when` comes to: an answer that cannot be, since its own question does not apply, meets no part of it, nor the
    contrary of one. So what hangs on that does not apply either, where an answer that is only unknown leaves it unknown."""
    return _hanging(parse(condition), wanted=True)


def _hanging(test: Test, *, wanted: bool) -> Test:
    """A condition, or its contrary, with every `not` before a single answer."""
    match test:
        case In(variable=name):
            part = test if wanted else Not(test)
            return part if name in ("wave", "sample") else All((Applies(name), part))
        case Known(variable=name):
            return Known(name, test.wanted is wanted)
        case Not(part=part):
            return _hanging(part, wanted=not wanted)
        case All(parts=parts) | AnyPart(parts=parts):
            several = tuple(_hanging(part, wanted=wanted) for part in parts)
            return All(several) if isinstance(test, All) is wanted else AnyPart(several)
        case Applies():
            return test


def _part(key: str, value: object) -> Test:
    if key in ("all", "any"):
        if not isinstance(value, list | tuple) or not value:
            raise Malformed(f"“{key}” takes a list of conditions")
        parts = tuple(parse(part) for part in value)
        return All(parts) if key == "all" else AnyPart(parts)
    if key == "not":
        return Not(parse(value))  # type: ignore[arg-type]  # parse refuses what is no mapping
    return _test(key, value)


def _test(variable: str, value: object) -> Test:
    if not isinstance(value, Mapping) or len(value) != 1:
        meant = written(value) if isinstance(value, str) else "…"
        raise Malformed(f"“{variable}” takes one of is, in, known; for example {{{variable}: {{is: {meant}}}}}")
    (word, wanted), *_ = value.items()
    if word == "is" and isinstance(wanted, str):
        return In(variable, (wanted,))
    if word == "in" and isinstance(wanted, list | tuple) and wanted and all(isinstance(one, str) for one in wanted):
        return In(variable, tuple(wanted))
    if word == "known" and isinstance(wanted, bool):
        return Known(variable, wanted)
    quoted = "; an answer that is a number stands between quotes" if isinstance(wanted, int | float) and word == "is" else ""
    found = f"{variable}: {{{word}: {written(wanted)}}}"
    raise Malformed(f"“{found}” is none of is: answer, in: [answers], known: true or false{quoted}")


def variables(test: Test) -> frozenset[str]:
    """The variables that a condition names."""
    match test:
        case In(variable=name) | Known(variable=name) | Applies(variable=name):
            return frozenset({name})
        case Not(part=part):
            return variables(part)
        case All(parts=parts) | AnyPart(parts=parts):
            return frozenset().union(*(variables(part) for part in parts))


def answers_named(test: Test) -> frozenset[tuple[str, str]]:
    """Every (variable, answer) pair that a condition names."""
    match test:
        case In(variable=name, values=values):
            return frozenset((name, value) for value in values)
        case Known() | Applies():
            return frozenset()
        case Not(part=part):
            return answers_named(part)
        case All(parts=parts) | AnyPart(parts=parts):
            return frozenset().union(*(answers_named(part) for part in parts))


def holds(test: Test, answers: Mapping[str, str | Collection[str] | None]) -> bool | None:
    """Kleene's three-valued logic over one record: `answers` gives None for an absent answer, a collection for a multiple one.

    For `Applies` it is asked for `NAME.absent`: the reason why there is no answer.
    """
    match test:
        case In(variable=name, values=values):
            answer = answers.get(name)
            if answer is None:
                return None
            return answer in values if isinstance(answer, str) else any(one in values for one in answer)
        case Known(variable=name, wanted=wanted):
            return (answers.get(name) is not None) is wanted
        case Applies(variable=name):
            return answers.get(f"{name}.absent") != NOT_APPLICABLE
        case Not(part=part):
            inner = holds(part, answers)
            return None if inner is None else not inner
        case All(parts=parts):
            return _every([holds(part, answers) for part in parts])
        case AnyPart(parts=parts):
            inner = _every([_negated(holds(part, answers)) for part in parts])
            return _negated(inner)


def _negated(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _every(truths: list[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True
