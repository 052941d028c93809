"""Marking passages: with codes, and as evidence for values."""

from collections.abc import Sequence
from dataclasses import dataclass

from casereview.casebook.acts.writing import act, forget, remember, remembered, supersede
from casereview.casebook.models import Case, Coding, Evidence, Passage, Person, TextVersion
from casereview.documents.model import Anchor


@dataclass(frozen=True)
class Mark:
    """A passage of a document's current text with what it is marked. key: of the source's row; sha256: of what it says.

    supports: (variable, unit, record) of the values that rest on it.
    """

    key: str
    sha256: str
    document: str
    anchor: Anchor
    code: str | None
    coder: str
    supports: tuple[tuple[str, str, str], ...]


def mark_passages(*, by: str, source: str, marks: Sequence[Mark], sharing: bool = True) -> dict[str, bool]:
    """Record marks, each in place of what its row said before.

    Returns the keys of those of which another row's mark says something already: True where it says all of it; such a mark
    is not recorded. Where it says a part, that part stays the other row's, and goes with it; unless sharing, such a mark is
    not recorded either.

    An anchor whose words do not stand at its place is a programmer's fault: ValueError.
    """
    with act("mark-passages", by) as detail:
        _end(source, list(remembered(source, "quote", [mark.key for mark in marks])))
        texts: dict[str, TextVersion] = {}
        made = {mark.key: _marked(source, mark, texts) for mark in marks}
        shared = {key: not any(new) for key, new in made.items() if not all(new)}
        left = {key for key, whole in shared.items() if whole or not sharing}
        _end(source, list(left))
        kept = {mark.key: mark.sha256 for mark in marks if mark.key not in left}
        remember(source, "quote", kept)
        if kept:
            detail.update({"source": source, "marks": kept})
        return shared


def withdraw_marks(*, by: str, source: str, keys: Sequence[str]) -> None:
    """End the marks of rows that a source no longer holds; the passages stay."""
    with act("withdraw-marks", by) as detail:
        _end(source, keys)
        forget(source, "quote", keys)
        detail.update({"source": source, "rows": list(keys)})


def _end(source: str, keys: Sequence[str]) -> None:
    for model in (Coding, Evidence):
        supersede(model, model._default_manager.filter(source=source, row__in=keys, current=True).values_list("id", flat=True))


def _marked(source: str, mark: Mark, texts: dict[str, TextVersion]) -> list[bool]:
    """Record one mark; of each thing that it says, whether no other row of the source says it of the same passage.

    texts: those fetched so far.
    """
    if mark.document not in texts:
        texts[mark.document] = TextVersion.objects.get(document__key=mark.document, current=True)
    passage = anchored(texts[mark.document], mark.anchor)
    said: dict[str, object] = {"passage": passage, "source": source, "current": True}
    made = []
    if mark.code is not None:
        made.append(_once(Coding, said | {"code": mark.code, "coder": mark.coder}, mark.key))
    for variable, unit, record in mark.supports:
        of: dict[str, object] = (
            {"case": Case.objects.get(key=record), "person": None}
            if unit == "case"
            else {"person": Person.objects.get(role=unit, key=record), "case": None}
        )
        made.append(_once(Evidence, said | of | {"variable": variable}, mark.key))
    return made


def _once(model: type[Coding] | type[Evidence], said: dict[str, object], row: str) -> bool:
    _, made = model._default_manager.get_or_create(**said, defaults={"row": row})
    return made


def anchored(text: TextVersion, anchor: Anchor) -> Passage:
    """The passage at an anchor, made if it is new. Raises ValueError where its words do not stand there."""
    if text.text_sha256 != anchor.text_sha256 or text.text[anchor.start : anchor.end] != anchor.exact:
        raise ValueError("the anchor is not of the document's current text")
    words = {"exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}
    passage, _ = Passage.objects.get_or_create(text=text, start=anchor.start, end=anchor.end, defaults=words)
    return passage
