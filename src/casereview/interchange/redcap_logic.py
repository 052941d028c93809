"""Conditions as REDCap's branching logic, and back, as far as the closed grammar goes.

    {plan: {is: yes}}                    [plan] = '1'
    {agencies: {is: police}}             [agencies(2)] = '1'
    {plan: {known: true}}                [plan] <> '' and [plan] <> '-1'
    {not: {plan: {is: yes}}}             [plan] <> '' and [plan] <> '1' and [plan] <> '-1'    (known, and not)

REDCap shows a field where its logic is true; so a condition and its logic agree on when that is.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casereview.interchange.names import redcap_name
from casereview.study.base import Condition
from casereview.study.conditions import All, AnyPart, Applies, In, Known, Not, Test, parse
from casereview.study.study import Study


class Inexpressible(ValueError):
    """What the other side has no words for; the message says what."""


def branching(study: Study, condition: Condition) -> str:
    """A condition as branching logic. Raises Inexpressible."""
    return _logic(study, parse(condition), wanted=True)


def _logic(study: Study, test: Test, *, wanted: bool) -> str:
    """Logic that is true where the test is `wanted`: REDCap knows no "not", so it is carried inwards."""
    match test:
        case Not(part=part):
            return _logic(study, part, wanted=not wanted)
        case All(parts=parts):
            return _joined([_logic(study, part, wanted=wanted) for part in parts], "and" if wanted else "or")
        case AnyPart(parts=parts):
            return _joined([_logic(study, part, wanted=wanted) for part in parts], "or" if wanted else "and")
        case In(variable=slug, values=values):
            return _is(study, slug, values, wanted=wanted)
        case Known(variable=slug, wanted=known):
            return _known(study, slug, wanted=known is wanted)
        case Applies():
            raise Inexpressible("what does not apply")


def _joined(parts: list[str], word: str) -> str:
    if not parts:
        raise Inexpressible("a condition without parts")
    return parts[0] if len(parts) == 1 else f"({f' {word} '.join(parts)})"


def _is(study: Study, slug: str, values: Sequence[str], *, wanted: bool) -> str:
    _refuse_pseudo(study, slug)
    codes = [study.categories(slug)[value].value for value in values]
    name = redcap_name(slug)
    if study.variable(slug).type == "multiple":
        if not wanted:
            raise Inexpressible(f"“not” of the checkboxes of {slug}, which are also empty where nobody answered")
        return _joined([f"[{name}({code})] = '1'" for code in codes], "or")
    if wanted:
        return _joined([f"[{name}] = '{code}'" for code in codes], "or")
    return _joined([_known(study, slug, wanted=True), *(f"[{name}] <> '{code}'" for code in codes)], "and")


def _known(study: Study, slug: str, *, wanted: bool) -> str:
    _refuse_pseudo(study, slug)
    if study.variable(slug).type == "multiple":
        raise Inexpressible(f"whether {slug} is known, since its checkboxes are also empty where nobody answered")
    absent = [""] + (
        [str(study.about.absences[one].value) for one in study.absences_of(slug)] if study.variable(slug).coded else []
    )
    sign, word = ("<>", "and") if wanted else ("=", "or")
    return _joined([f"[{redcap_name(slug)}] {sign} '{code}'" for code in absent], word)


def _refuse_pseudo(study: Study, slug: str) -> None:
    if slug not in study.codebook.variables:
        raise Inexpressible(f"the {slug}, which is no field")
    if study.variable(slug).derived is not None:
        raise Inexpressible(f"{slug}, which is derived")


# Back: a reader of the part of REDCap's language that the grammar can say.

_TOKEN = re.compile(
    r"\s*(?:(\[[a-z][a-z0-9_]*(?:\(-?\w+\))?\])|(<>|!=|=)|('[^']*'|\"[^\"]*\"|-?\d+(?:\.\d+)?)|(\(|\))|(and|or)\b)", re.I
)


@dataclass(frozen=True)
class Field:
    """What reading back needs of a field: its slug, its type, the category of each code, the codes of its absences."""

    slug: str
    type: str
    categories: Mapping[str, str]
    absences: frozenset[str] = frozenset()


Fields = Mapping[str, Field]


def condition(logic: str, fields: Fields) -> Condition:
    """Branching logic as a condition; `fields` by REDCap's names. Raises Inexpressible."""
    tokens = _tokens(logic)
    try:
        found = _either(tokens, fields)
    except RecursionError:
        raise Inexpressible("brackets within brackets without end") from None
    if tokens:
        raise Inexpressible(f"“{tokens[0]}”")
    return found


def _tokens(logic: str) -> list[str]:
    tokens, place = [], 0
    while place < len(logic.rstrip()):
        match = _TOKEN.match(logic, place)
        if match is None:
            raise Inexpressible(f"“{logic[place:].strip()[:30]}”")
        tokens.append(match[0].strip())
        place = match.end()
    return tokens


def _either(tokens: list[str], fields: Fields) -> Condition:
    return _chain(tokens, fields, "or", "any", _both)


def _both(tokens: list[str], fields: Fields) -> Condition:
    return _chain(tokens, fields, "and", "all", _one)


def _chain(
    tokens: list[str],
    fields: Fields,
    word: str,
    key: str,
    part: Callable[[list[str], Mapping[str, Field]], Condition],
) -> Condition:
    parts = [part(tokens, fields)]
    while tokens and tokens[0].lower() == word:
        tokens.pop(0)
        parts.append(part(tokens, fields))
    different = [one for place, one in enumerate(parts) if one not in parts[:place]]
    return different[0] if len(different) == 1 else {key: different}


def _one(tokens: list[str], fields: Fields) -> Condition:
    if tokens and tokens[0] == "(":
        tokens.pop(0)
        inner = _either(tokens, fields)
        if not tokens or tokens.pop(0) != ")":
            raise Inexpressible("a bracket that is never closed")
        return inner
    if len(tokens) < 3 or not tokens[0].startswith("[") or tokens[1] not in ("=", "<>", "!="):
        raise Inexpressible(f"“{' '.join(tokens[:3])}”")
    reference, sign, value = (tokens.pop(0) for _ in range(3))
    return _comparison(reference, sign == "=", value.strip("'\""), fields)


def _comparison(reference: str, equal: bool, value: str, fields: Fields) -> Condition:
    name, _, choice = reference.strip("[])").partition("(")
    field = fields.get(name)
    if field is None:
        raise Inexpressible(f"{reference}, which is no field read")
    if choice:
        return _checkbox(field, choice, equal, value)
    if value == "" or (value in field.absences and not equal):
        return {field.slug: {"known": (value == "" and not equal) or value != ""}}
    if value in field.absences:
        return {field.slug: {"known": False}}
    if value not in field.categories:
        raise Inexpressible(f"“{value}” of {name}")
    is_value: dict[str, Any] = {field.slug: {"is": field.categories[value]}}
    return is_value if equal else {"not": is_value}


def _checkbox(field: Field, choice: str, equal: bool, value: str) -> Condition:
    if choice not in field.categories or (equal, value) not in ((True, "1"), (False, "0")):
        raise Inexpressible(f"whether [{field.slug}({choice})] is not checked, since it is also empty where nobody answered")
    return {field.slug: {"is": field.categories[choice]}}
