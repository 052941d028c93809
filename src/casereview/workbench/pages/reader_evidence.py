"""Passages as evidence, in the reader: the questions of one's own form that a passage can be evidence for, and those marked.

On the page a question stands among the codes, as `evidence/UNIT/RECORD/VARIABLE`.
"""

from typing import Any

from casereview.casebook.forms import form_of
from casereview.casebook.models import Assignment, TextVersion
from casereview.study.sources import CODED, DOUBLE_CODED
from casereview.study.study import Study
from casereview.workbench.visibility import Sight

KIND = "evidence"
COLOUR = 24
"""Of the stylesheet: a line without a background."""


def slug_of(unit: str, record: str, variable: str) -> str:
    """How a question is called on the page."""
    return f"{KIND}/{unit}/{record}/{variable}"


def question_of(slug: str) -> dict[str, str]:
    """unit, record and variable; empty where the page sent what is none."""
    kind, _, rest = slug.partition("/")
    unit, _, rest = rest.partition("/")
    record, _, variable = rest.rpartition("/")
    return (
        {"unit": unit, "record": record, "variable": variable}
        if kind == KIND
        else dict.fromkeys(("unit", "record", "variable"), "")
    )


def questions(study: Study, text: TextVersion, handle: str) -> dict[str, list[Any]]:
    """The questions of a case's form to which somebody can still attach a passage, as `told_code` tells codes."""
    mine = Assignment.objects.filter(case=text.document.case_id, coder=handle, current=True, finished=False)
    assignment = mine.select_related("case").first()
    if assignment is None:
        return {}
    asked = (
        (sheet.record, entry.variable)
        for sheet in form_of(study, assignment).sheets
        for entry in sheet.entries.values()
        if entry.applies is not False and study.variable(entry.variable).evidence != "none"
    )
    return {slug_of(one.unit, one.key, slug): _told(study, one.unit, one.key, slug, True) for one, slug in asked}


def cited(study: Study, text: TextVersion, seen: Sight, open_to: frozenset[str]) -> tuple[list[list[Any]], dict[str, list[Any]]]:
    """What somebody may see of the evidence in a text, as `marks` tells codings, and what it is evidence for.

    open_to: the questions of which they may take their own away.
    """
    rows = seen.evidence().filter(passage__text=text).select_related("passage", "case", "person").order_by("pk")
    told, known = [], {}
    for one in rows:
        unit, record = ("case", one.case.key) if one.case else (one.person.role, one.person.key) if one.person else ("", "")
        slug = slug_of(unit, record, one.variable)
        known[slug] = _told(study, unit, record, one.variable, False)
        own = one.coder == seen.handle and one.source in (CODED, DOUBLE_CODED) and slug in open_to
        told.append([slug, one.passage.start, one.passage.end, one.coder or one.source, own, None])
    return told, known


def _told(study: Study, unit: str, record: str, variable: str, given: bool) -> list[Any]:
    label = study.variable(variable).label if variable in study.variables_of(unit) else variable
    of = f", {study.about.people[unit].label.lower()} {record}" if unit in study.about.people else ""
    return [f"Evidence for {label}{of}", COLOUR, "", given, None, ""]
