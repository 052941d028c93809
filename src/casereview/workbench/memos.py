"""Memos beside what they are about."""

from dataclasses import dataclass

from casereview.casebook.models import Memo
from casereview.workbench.models import Account
from casereview.workbench.permissions import allowed
from casereview.workbench.visibility import sight


@dataclass(frozen=True)
class Noted:
    """The memos on one thing, for `memos_on.html`, which is given this as `noted`. who: looks."""

    about: str
    key: str
    memos: tuple[Memo, ...]
    who: str
    may_write: bool


def memos_on(about: str, key: str, who: Account) -> Noted:
    """What somebody may see of the memos on a `case`, `document`, `passage`, `code` or `value`, oldest first.

    key: the key of a case or a document, the place of a passage (`places.place_of`), the slug of a code; of a value,
    `unit/variable/record`.
    """
    memos = sight(who).memos().filter(about=about, key=key).order_by("at", "pk")
    return Noted(about, key, tuple(memos), who.handle, allowed("memo-write", "POST", who.role))
