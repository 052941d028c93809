"""Documents, passages and memos as a REFI-QDA project has them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from casereview.casebook import store
from casereview.casebook.models import Document, Memo, Passage, TextVersion
from casereview.casebook.seen import Seen
from casereview.interchange.refi.guids import guid
from casereview.interchange.refi.marks import marked
from casereview.interchange.refi.model import Coding, Link, Note, Selection, Source, Text

TOGETHER = 200
"""Documents whose passages are fetched at once."""

Memos = Mapping[tuple[str, str], list[Memo]]


@dataclass
class Marks:
    """What stands on passages: number of the passage → the GUIDs of its codes, each with its coder; and who gave any of them."""

    given: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    users: set[str] = field(default_factory=set)

    def add(self, passage: int, code: str, coder: str) -> None:
        """A code of a passage, once for each coder."""
        held = self.given.setdefault(passage, [])
        if (code, coder) not in held:
            held.append((code, coder))
        self.users |= {coder} if coder else set()


def live_documents() -> QuerySet[Document]:
    """Documents that are there now, by their keys."""
    return Document.objects.filter(Q(case__isnull=True) | Q(case__current=True), current=True).order_by("key")


def document_guid(key: str) -> str:
    """Of a document."""
    return guid("document", key)


def selection_guid(document: str, start: int, end: int) -> str:
    """Of a passage of a document's current text."""
    return guid("passage", document, str(start), str(end))


def user_guid(coder: str) -> str:
    """Of a coder; '' of none."""
    return guid("user", coder) if coder else ""


def memo_guid(memo: Memo) -> str:
    """Of a memo, without the number of a passage: gaps in numbers would tell of what others marked."""
    return guid("memo", memo.about, "" if memo.about == "passage" else memo.key, memo.coder, memo.at.isoformat(), memo.text)


def memos_by_place(seen: Seen) -> dict[tuple[str, str], list[Memo]]:
    """(about, key) → the memos."""
    found: dict[tuple[str, str], list[Memo]] = {}
    for memo in seen.memos().order_by("at", "pk"):
        found.setdefault((memo.about, memo.key), []).append(memo)
    return found


def notes_on(memos: Memos, about: str, key: str) -> tuple[str, ...]:
    """The GUIDs of the memos on one thing."""
    return tuple(memo_guid(memo) for memo in memos.get((about, key), ()))


def sources(marks: Marks, memos: Memos, originals: bool) -> Iterator[Source]:
    """Every document with its text and the passages that somebody marked or noted something on."""
    noted = {int(key) for about, key in memos if about == "passage" and key.isdecimal()}
    texts = TextVersion.objects.filter(current=True, document__in=live_documents()).select_related("document")
    numbers = list(texts.order_by("document__key").values_list("pk", flat=True))
    for start in range(0, len(numbers), TOGETHER):
        several = {one.pk: one for one in texts.filter(pk__in=numbers[start : start + TOGETHER])}
        passages: dict[int, list[Passage]] = {}
        for passage in Passage.objects.filter(text__in=several).order_by("start", "end"):
            if passage.pk in marks.given or passage.pk in noted:
                passages.setdefault(passage.text_id, []).append(passage)
        for number in numbers[start : start + TOGETHER]:
            yield _source(several[number], passages.get(number, ()), marks, memos, originals)


def _source(text: TextVersion, passages: Iterable[Passage], marks: Marks, memos: Memos, originals: bool) -> Source:
    document = text.document
    original = store.place(text.sha256) if originals and text.kind == "pdf" else None
    return Source(
        guid=document_guid(document.key),
        name=document.title,
        text=Text(text.text),
        description=marked(f"Document {document.key}, from the source {document.source}.", document.key),
        selections=tuple(_selection(document.key, one, marks, memos) for one in passages),
        notes=notes_on(memos, "document", document.key),
        original=original if original and original.exists() else None,
    )


def _selection(document: str, one: Passage, marks: Marks, memos: Memos) -> Selection:
    its_guid = selection_guid(document, one.start, one.end)
    given = sorted(marks.given.get(one.pk, ()))
    return Selection(
        guid=its_guid,
        start=one.start,
        end=one.end,
        codings=tuple(Coding(guid("coding", its_guid, code, coder), code, user_guid(coder)) for code, coder in given),
        description=one.exact,
        notes=notes_on(memos, "passage", str(one.pk)),
    )


def notes(memos: Memos) -> Iterator[Note]:
    """Every memo."""
    for several in memos.values():
        for one in several:
            yield Note(memo_guid(one), f"Memo on a {one.about}", one.text, user_guid(one.coder), one.at.isoformat())


def memo_links(memos: Memos) -> Iterator[Link]:
    """Memos on cases, people and values, which have no place for them, as links to the record."""
    for (about, key), several in memos.items():
        if about not in ("case", "value"):
            continue
        unit, variable, record = key.split("/", 2) if about == "value" and key.count("/") > 1 else ("case", "", key)
        name = f"memo: {variable}" if variable else "memo"
        for one in several:
            its_guid = memo_guid(one)
            yield Link(guid("link", its_guid), name, its_guid, guid("record", unit, record))
