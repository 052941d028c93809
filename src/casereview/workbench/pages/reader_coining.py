"""Codes in vivo: made while reading, in the words of the document, and given at once."""

from typing import Any

from django.db import transaction

from casereview.casebook import tree, tree_versions
from casereview.casebook.acts.coding import code_passage
from casereview.casebook.acts.themes import add_code, undo_change
from casereview.casebook.models import Assignment, Coding, ThemeVersion
from casereview.interchange.imported import slug_of
from casereview.study.problems import StudyRefused
from casereview.study.study import Study
from casereview.study.themes import Theme

IN_VIVO = "in-vivo"
"""The heading below which codes stand for which no other place was chosen."""
_HEADING = Theme(label="In vivo", definition="Codes in the words of the documents, until they find their place in the tree.")


def coined(*, by: str, study: Study, label: str, under: str | None, **place: Any) -> Coding:
    """A new code given to a passage: both, or neither. place: as in `code_passage`. Raises StudyRefused."""
    with transaction.atomic():
        if under == IN_VIVO and IN_VIVO not in tree_versions.slugs_ever(study):
            add_code(by=by, study=study, code=IN_VIVO, theme=_HEADING)
        code = slug_of(label, tree_versions.slugs_ever(study))
        add_code(by=by, study=study, code=code, theme=Theme(label=label), under=under)
        [coding] = code_passage(by=by, study=study, codes=[code], **place)
        return coding


def taken_from_tree(*, by: str, study: Study, code: str) -> bool:
    """Whether a code that one has just made is gone again: not if the tree has been changed since, or somebody else gave it.

    While anybody codes a case blind it stays, whoever gave it: else what becomes of it would tell one coder of the other.
    """
    newest = ThemeVersion.objects.order_by("-number").first()
    blind = Assignment.objects.filter(second=True, current=True, finished=False).exists()
    if blind or newest is None or (newest.act, newest.coder, newest.change["codes"]) != ("add-code", by, [code]):
        return False
    try:
        undo_change(by=by, study=study, seen=newest.number)
    except StudyRefused:
        return False
    return code not in tree.codes(tree_versions.current(study))
