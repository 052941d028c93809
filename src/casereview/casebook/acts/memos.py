"""Memos: notes on a case, a document, a passage, a code or a value. The log says that there is one, never what it says."""

import hashlib

from django.utils.timezone import now

from casereview.casebook.acts.writing import act, supersede
from casereview.casebook.models import Memo
from casereview.study.problems import Place, Problem, StudyRefused

ABOUT = ("case", "document", "passage", "code", "value")


def write_memo(*, by: str, about: str, key: str, text: str) -> Memo:
    """A memo on one thing. about: one of `ABOUT`; key: which. Raises StudyRefused for an empty one."""
    with act("write-memo", by) as detail:
        return _written(by, about, key, text, None, detail)


def change_memo(*, by: str, memo: int, text: str) -> Memo:
    """A memo that follows one of one's own. Raises StudyRefused where that has been changed or ended since it was read."""
    with act("change-memo", by) as detail:
        before = _own(memo, by)
        if before.text == text.strip():
            return before
        supersede(Memo, [before.pk])
        return _written(by, before.about, before.key, text, before, detail)


def end_memo(*, by: str, memo: int) -> None:
    """A memo of one's own that no longer holds; it stays on record. Raises StudyRefused as `change_memo`."""
    with act("end-memo", by) as detail:
        ended = _own(memo, by)
        supersede(Memo, [ended.pk])
        detail.update({"memo": ended.pk, "about": ended.about, "key": ended.key})


def _written(coder: str, about: str, key: str, text: str, follows: Memo | None, detail: dict[str, object]) -> Memo:
    if about not in ABOUT:
        raise ValueError(f"a memo is about one of {ABOUT}")
    if not text.strip():
        raise StudyRefused([Problem(Place("memo"), "memo-empty", "The memo is empty.", "Write it, or end it.")])
    memo = Memo.objects.create(about=about, key=key, coder=coder, text=text.strip(), at=now(), follows=follows)
    detail.update({"memo": memo.pk, "about": about, "key": key, "sha256": hashlib.sha256(memo.text.encode()).hexdigest()})
    return memo


def _own(number: int, coder: str) -> Memo:
    memo = Memo.objects.filter(pk=number, coder=coder, current=True).first()
    if memo is None:
        cause = "This memo has been changed or ended since you saw it."
        raise StudyRefused([Problem(Place("memo"), "memo-changed", cause, "Look at it again; what you wrote stands below.")])
    return memo
