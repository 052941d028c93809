"""What a person answers to a variable, held against the codebook: the answer as it is stored, or why it cannot be taken."""

import json
from collections.abc import Sequence
from math import isfinite

from casereview.study.cells import Said, partial_date
from casereview.study.study import Study

NOT_APPLICABLE, NOT_COLLECTED = "not-applicable", "not-collected"
LONGEST = 20_000
"""Characters of a text answer."""


class Unfit(ValueError):
    """The answer is none that the codebook allows; the message says why, to whoever gave it."""


def offered_absences(study: Study, slug: str) -> tuple[str, ...]:
    """The absences that somebody can give: a wave that does not collect a variable says so by itself."""
    return tuple(one for one in study.absences_of(slug) if one != NOT_COLLECTED)


def fitting(study: Study, slug: str, answers: Sequence[str], absent: str) -> Said:
    """An answer (one, or several categories, or none of them) or an absence, as stored. Raises Unfit."""
    variable = study.variable(slug)
    if variable.derived is not None or variable.retired is not None:
        raise Unfit("This variable is not recorded.")
    if absent:
        return Said(absent=_absence(study, slug, answers, absent))
    if variable.type == "multiple":
        return Said(value=_several(study, slug, answers))
    if len(answers) != 1 or not answers[0].strip():
        raise Unfit("Give one answer, or say why there is none.")
    return Said(value=_one(study, slug, answers[0].strip()))


def _absence(study: Study, slug: str, answers: Sequence[str], absent: str) -> str:
    if answers:
        raise Unfit("Give either an answer, or the reason why there is none.")
    if absent not in offered_absences(study, slug):
        raise Unfit("This variable does not admit that reason.")
    return absent


def _several(study: Study, slug: str, answers: Sequence[str]) -> str:
    chosen = {_category(study, slug, one) for one in answers}
    return json.dumps([one for one in study.categories(slug) if one in chosen])


def _one(study: Study, slug: str, answer: str) -> str:
    match study.variable(slug).type:
        case "number":
            return _number(answer)
        case "date":
            return _date(answer)
        case "text":
            return _text(answer)
        case _:
            return _category(study, slug, answer)


def _category(study: Study, slug: str, answer: str) -> str:
    category = study.categories(slug).get(answer)
    if category is None or category.retired is not None:
        raise Unfit("That is none of the answers in the codebook.")
    return answer


def _number(answer: str) -> str:
    try:
        number = float(answer)
    except ValueError:
        raise Unfit("Write a number in figures, such as 3 or 1.5.") from None
    if not isfinite(number):
        raise Unfit("Write a number in figures, such as 3 or 1.5.")
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _date(answer: str) -> str:
    date = partial_date(answer, ("%Y-%m-%d", "%Y-%m", "%Y"))
    if date is None:
        raise Unfit("That is no date. Give a year; a month and a year; or a day, a month and a year.")
    return date


def _text(answer: str) -> str:
    if "\x00" in answer or len(answer) > LONGEST:
        raise Unfit(f"Write at most {LONGEST} characters.")
    return answer


def typed(study: Study, slug: str, value: str | None) -> str | float | list[str] | None:
    """A stored answer as a category, several, a number, or a text; None stays None."""
    kind = study.variable(slug).type
    if value is None:
        return None
    return [str(one) for one in json.loads(value)] if kind == "multiple" else float(value) if kind == "number" else value
