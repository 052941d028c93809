"""What can be taken out, in words; and the making of it, in the process for long work, so that no other request waits."""

from collections.abc import Mapping
from dataclasses import dataclass

from casereview.casebook.exchange import annotations, made
from casereview.casebook.exchange.made import Asked
from casereview.casebook.exchange.passages_out import live_documents
from casereview.casebook.models import Case
from casereview.casebook.seen import Seen, people_seen
from casereview.casebook.tree import codes
from casereview.casebook.tree_versions import current
from casereview.interchange.refi import Loss
from casereview.study.problems import Problem, StudyRefused
from casereview.study.study import Study
from casereview.workbench.models import Account
from casereview.workbench.visibility import sight


@dataclass(frozen=True)
class Offered:
    """A file that can be made. form: its ending."""

    form: str
    title: str
    holds: str


OFFERED: Mapping[str, Offered] = {
    one.form: one
    for one in (
        Offered("qdpx", "Project for another program", "Texts, passages, codes, coders, memos, and cases with their answers."),
        Offered("qdc", "Codes", "The tree of codes with its definitions, and nothing else."),
        Offered("jsonld", "Annotations", "Every coding, with its place in the text and its words. No whole texts."),
        Offered("csv", "Table of cases or people, CSV", "One row each, one column a variable, answers by their labels."),
        Offered("xlsx", "Table of cases or people, Excel", "One row each, one column a variable, answers by their labels."),
        Offered("sav", "Table of cases or people, SPSS", "One row each, with variable and value labels and missing values."),
    )
}
PROGRAMS: Mapping[str, str] = {
    "qdpx": "REFI-QDA, for NVivo, ATLAS.ti, MAXQDA, QDA Miner and others",
    "qdc": "REFI-QDA codebook",
    "jsonld": "W3C Web Annotations",
}
KINDS: Mapping[str, str] = {
    "chronology": "Chronology of a case",
    "project": "Project",
    "codebook": "Codes",
    "annotations": "Annotations",
    "case-table": "Table of cases or people",
    "framework-matrix": "Framework matrix",
    "project-export": "Project",
    "recommendation": "Recommendation",
}
"""What the log calls a file → what people call it."""


def held(study: Study, seen: Seen, form: str) -> list[tuple[str, int]]:
    """How much of what a file would hold."""
    people = [("people", people_seen(seen).count())] if study.about.people else []
    table = [("cases", Case.objects.filter(current=True).count()), *people]
    coded = [("codings", annotations.count(seen))]
    match form:
        case "qdpx":
            return [("documents", live_documents().count()), *coded, ("memos", seen.memos().count()), *table]
        case "qdc":
            return [("codes", len(codes(current(study))))]
        case "jsonld":
            return coded
    return table


def lost(study: Study, handle: str, asked: Asked) -> list[Loss]:
    """What a file would not take along, of what somebody sees."""
    return made.losses(study, sight(Account.objects.get(handle=handle)), asked)


def content(study: Study, handle: str, asked: Asked) -> bytes | tuple[Problem, ...]:
    """A file of what somebody sees, or why there is none."""
    try:
        return made.made(study, sight(Account.objects.get(handle=handle)), asked)
    except StudyRefused as refused:
        return refused.problems
