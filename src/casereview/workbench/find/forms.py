"""A query as the fields of a form, which are those of an address too, so that it can be kept, sent and gone back to.

A condition's fields are named by its place: r0.what, r0.how, r0.code … `add` makes one more, `remove` takes one away.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from pydantic import ValidationError

from casereview.study.problems import Place, Problem, StudyRefused
from casereview.workbench.find.asks import (
    AnswerRow,
    CodeRow,
    Crosstab,
    EvidenceRow,
    Passages,
    PlaceRow,
    Search,
    Together,
)
from casereview.workbench.find.names import Names

_FIELD = re.compile(r"r(\d{1,3})\.([a-z]+)")
_SEVERAL = ("answers",)
_FLAGS = ("below", "negated")
FIRST = ("code", "evidence", "wave", "sample", "case")
"""What a condition can be about, besides a variable."""

Row = CodeRow | EvidenceRow | AnswerRow | PlaceRow


def passages(given: QueryDict, names: Names) -> Passages:
    """The query of an address. Raises StudyRefused where it asks what the study does not have: nothing is passed over."""
    fields = _rows(given)
    gone = given.get("remove", "")
    rows = [_row(one) for place, one in sorted(fields.items()) if str(place) != gone]
    try:
        asked = Passages.model_validate({"rows": rows, "among": given.get("among", "coded")})
    except ValidationError:
        raise _unreadable() from None
    if given.get("add"):
        asked = asked.model_copy(update={"rows": (*asked.rows, _new(given.get("add", ""), names))})
    return known(asked, names)


def known(asked: Passages, names: Names) -> Passages:
    """A query all whose names are the study's. Raises StudyRefused."""
    for row in asked.rows:
        if not _fits(row, names):
            raise _unreadable()
    return asked


def address(asked: Passages | Together | Crosstab | Search) -> str:
    """The part of an address behind the question mark that asks this."""
    made = QueryDict(mutable=True)
    if isinstance(asked, Passages):
        made["among"] = asked.among
        for place, row in enumerate(asked.rows):
            _put(made, row.model_dump(), f"r{place}.")
    else:
        _put(made, asked.model_dump(), "")
    return made.urlencode()


def together(given: QueryDict, names: Names) -> Together:
    """The question of an address; without codes, those at the top. What it does not know it passes over."""
    codes, below = _codes(given, names)
    by = given.get("by", "overlaps")
    return Together(codes=codes, below=below, by=by if by in ("overlaps", "document", "case") else "overlaps")


def crosstab(given: QueryDict, names: Names) -> Crosstab:
    """The question of an address; what it does not know it passes over."""
    codes, below = _codes(given, names)
    variable = given.get("variable", "wave")
    fits = variable in ("wave", "sample") or variable in names.variables
    count = "passages" if given.get("count") == "passages" else "cases"
    return Crosstab(codes=codes, below=below, variable=variable if fits else "wave", count=count)


def search(given: QueryDict, names: Names) -> Search:
    """The question of an address."""
    wave = given.get("wave", "")
    return Search(words=given.get("words", "")[:500].strip(), wave=wave if wave in names.study.about.waves else "")


def _codes(given: QueryDict, names: Names) -> tuple[tuple[str, ...], bool]:
    asked = set(given.getlist("codes"))
    return tuple(slug for slug in names.codes if slug in asked), "below" in given or not asked


def _rows(given: QueryDict) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for name in given:
        if parts := _FIELD.fullmatch(name):
            value = given.getlist(name) if parts[2] in _SEVERAL else given[name]
            found.setdefault(int(parts[1]), {})[parts[2]] = value
    return found


def _row(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a condition, of which a form leaves out boxes that are not ticked; `how` may say “not”, too."""
    how = str(fields.get("how", ""))
    row = {key: value for key, value in fields.items() if value != "" or key not in ("within", "how")}
    row |= {flag: bool(fields.get(flag)) for flag in _FLAGS if flag == "negated" or fields.get("what") == "code"}
    if how.startswith("not-"):
        row |= {"how": how.removeprefix("not-"), "negated": True}
    if fields.get("what") == "code" and isinstance(row.get("within"), str):
        row["within"] = int(row["within"]) if row["within"].isdecimal() and len(row["within"]) < 9 else -1
    return row


def _new(what: str, names: Names) -> Row:
    match what:
        case "code":
            return CodeRow()
        case "evidence":
            return EvidenceRow()
        case "wave":
            return PlaceRow(what="wave", value=names.study.waves[-1])
        case "sample":
            return PlaceRow(what="sample", value=next(iter(names.study.samples.samples), ""))
        case "case":
            return PlaceRow(what="case")
        case _:
            return AnswerRow(variable=what.removeprefix("answer-"))


def _fits(row: Row, names: Names) -> bool:
    match row:
        case CodeRow():
            return not row.code or row.code in names.codes
        case EvidenceRow():
            return not row.variable or row.variable in names.study.codebook.variables
        case AnswerRow():
            return row.variable in names.variables and set(row.answers) <= names.answerable(row.variable) and _ranged(row, names)
        case PlaceRow(what="wave"):
            return row.value in names.study.about.waves
        case PlaceRow(what="sample"):
            return row.value in names.study.samples.samples
    return True


def _ranged(row: AnswerRow, names: Names) -> bool:
    """Whether both ends of a range are what the variable's answers are."""
    kind = names.variables[row.variable].type
    ends = [end for end in (row.least, row.most) if end]
    if kind == "number":
        return all(re.fullmatch(r"-?\d+(\.\d+)?", end) for end in ends)
    return not ends or (kind == "date" and all(re.fullmatch(r"\d{4}(-\d\d){0,2}", end) for end in ends))


def _put(made: QueryDict, said: dict[str, Any], before: str) -> None:
    for name, value in said.items():
        if isinstance(value, bool):
            made.setlist(f"{before}{name}", ["1"] if value else [])
        else:
            several: Iterable[Any] = value if isinstance(value, tuple | list) else [value]
            made.setlist(f"{before}{name}", [str(one) for one in several])


def _unreadable() -> StudyRefused:
    cause = "A condition asks for what this study does not have, or for a number or date that is none."
    remedy = "Look at each condition; a date is a year, such as 2001, or 2001-03, or 2001-03-15."
    return StudyRefused([Problem(Place("query"), "query-unreadable", cause, remedy)])
