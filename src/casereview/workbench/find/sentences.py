"""What a query asks, in English."""

from collections.abc import Sequence

from casereview.workbench.find.asks import AMONG, AnswerRow, CodeRow, EvidenceRow, Passages, PlaceRow
from casereview.workbench.find.names import Names

_HOW = {
    "is": ("are coded", "are not coded"),
    "overlaps": ("overlap a passage coded", "do not overlap a passage coded"),
    "near": ("are within {n} characters of a passage coded", "are not within {n} characters of a passage coded"),
    "paragraphs": ("are within {n} of a passage coded", "are not within {n} of a passage coded"),
    "document": ("are in a document with a passage coded", "are in a document without a passage coded"),
    "case": ("are of a case with a passage coded", "are of no case with a passage coded"),
}


def sentence(names: Names, asked: Passages) -> str:
    """The query as a sentence; what is alternative stands together, behind “either”."""
    among = "Passages with a code, or chosen as evidence," if asked.among == "all" else AMONG[asked.among]
    groups = [_group(names, group) for group in asked.groups()]
    if not groups:
        return f"{among}."
    joined = "; and ".join(f"that {group}" for group in groups)
    return f"{among} {joined}."


def _group(names: Names, rows: Sequence[CodeRow | EvidenceRow | AnswerRow | PlaceRow]) -> str:
    said = [condition(names, row) for row in rows]
    return said[0] if len(said) == 1 else f"either {', or '.join(said)}"


def condition(names: Names, row: CodeRow | EvidenceRow | AnswerRow | PlaceRow) -> str:
    """One condition, as it goes on after “passages that”."""
    match row:
        case CodeRow():
            return _code(names, row)
        case EvidenceRow():
            of = f"“{names.variable(row.variable)}”" if row.variable else "an answer"
            return f"are {'not ' if row.negated else ''}evidence for {of}"
        case AnswerRow():
            return f"are {'not ' if row.negated else ''}of {_unit(names)} where {_answer(names, row)}"
        case PlaceRow():
            return f"are {'not ' if row.negated else ''}{_place(names, row)}"


def _code(names: Names, row: CodeRow) -> str:
    distance = row.within if row.how == "near" else f"{row.within} paragraph{'' if row.within == 1 else 's'}"
    how = _HOW[row.how][row.negated].format(n=distance)
    by = f" by {row.by}" if row.by else ""
    if not row.code:
        return f"{how.removesuffix(' coded')} coded{by}" if by else f"{how} at all"
    below = " or a code below it" if row.below and names.codes[row.code].codes else ""
    return f"{how} “{names.code(row.code)}”{below}{by}"


def _answer(names: Names, row: AnswerRow) -> str:
    label, labels = f"“{names.variable(row.variable)}”", names.answers(row.variable)
    said = [f"“{labels[one]}”" for one in row.answers if one in labels]
    if row.least or row.most:
        reach = (f"from {row.least}" if row.least else "", f"to {row.most}" if row.most else "")
        said.append(" ".join(part for part in reach if part))
    return f"{label} is {' or '.join(said) or 'known'}"


def _place(names: Names, row: PlaceRow) -> str:
    unit = _unit(names)
    if row.what == "case":
        return f"of {unit} {row.value}"
    return (
        f"of {unit} of {names.wave(row.value)}" if row.what == "wave" else f"of {unit} in the sample “{names.sample(row.value)}”"
    )


def _unit(names: Names) -> str:
    label = names.study.about.case.label.lower()
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"
