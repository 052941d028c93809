"""Reading the documents of a project, with their passages."""

from collections import Counter
from collections.abc import Iterator

from casereview.interchange.refi.archive import Archive
from casereview.interchange.refi.guids import plain
from casereview.interchange.refi.losses import Loss, some
from casereview.interchange.refi.markup import Element, below, named, whole, words
from casereview.interchange.refi.model import Coding, Selection, Source, Text
from casereview.interchange.refi.texts import as_taken, decoded

_UNREAD = {
    "PictureSource": ("Pictures", "only texts and PDFs are read"),
    "AudioSource": ("Sound recordings", "only texts and PDFs are read"),
    "VideoSource": ("Films", "only texts and PDFs are read"),
}
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


def read(root: Element, archive: Archive | None) -> tuple[list[Source], list[Loss]]:
    """The texts and PDFs, with what is lost of them and of other documents."""
    found: list[Source] = []
    lost: Counter[tuple[str, str]] = Counter()
    for group in below(root, "Sources"):
        for one in group:
            if (kind := named(one)) in _UNREAD:
                lost[_UNREAD[kind]] += 1
            else:
                found.append(_source(one, archive))
                lost.update(_lost(one, found[-1]))
    return found, [loss for (what, why), count in lost.items() for loss in some(what, why, count)]


def text_of(one: Element, archive: Archive | None) -> Text | None:
    """The plain text of a source or a note: in the XML, or in a file of the archive; None where there is none."""
    inline = next(below(one, "PlainTextContent"), None)
    if inline is not None:
        return as_taken(whole(inline))
    member = archive.find(one.get("plainTextPath", "")) if archive and one.get("plainTextPath") else ""
    return decoded(archive.text(member)) if archive and member else None


def references(one: Element, name: str) -> tuple[str, ...]:
    """The GUIDs that an element refers to by its children of a name."""
    return tuple(plain(child.get("targetGUID")) for child in below(one, name))


def values(one: Element) -> tuple[tuple[str, str], ...]:
    """What is said of variables; an empty value says nothing."""
    said = ((variable, _said(each)) for each in below(one, "VariableValue") for variable in references(each, "VariableRef"))
    return tuple((variable, value) for variable, value in said if value)


def _said(one: Element) -> str:
    return next((whole(child).strip() for child in one if named(child) in _VALUES), "")


def _source(one: Element, archive: Archive | None) -> Source:
    """A TextSource; of a PDFSource, the text of its Representation with the passages in it."""
    pdf = named(one) == "PDFSource"
    held = next(below(one, "Representation"), None) if pdf else one
    path = one.get("path", "") if pdf else one.get("richTextPath", "")
    return Source(
        guid=plain(one.get("guid")),
        name=(one.get("name") or "").strip(),
        text=text_of(held, archive) if held is not None else None,
        description=words(one, "Description"),
        selections=tuple(_selections(held)) if held is not None else (),
        notes=references(one, "NoteRef"),
        values=values(one),
        member=archive.find(path) if archive and path else "",
    )


def _selections(held: Element) -> Iterator[Selection]:
    for one in below(held, "PlainTextSelection"):
        start, end = (_number(one.get(name)) for name in ("startPosition", "endPosition"))
        yield Selection(
            guid=plain(one.get("guid")),
            start=start,
            end=end,
            codings=tuple(_codings(one)),
            name=(one.get("name") or "").strip(),
            description=words(one, "Description"),
            notes=(*references(one, "NoteRef"), *(note for each in below(one, "Coding") for note in references(each, "NoteRef"))),
        )


def _codings(selection: Element) -> Iterator[Coding]:
    for one in below(selection, "Coding"):
        user = plain(one.get("creatingUser")) or plain(selection.get("creatingUser"))
        for code in references(one, "CodeRef"):
            yield Coding(plain(one.get("guid")), code, user)


def _lost(one: Element, read: Source) -> Iterator[tuple[str, str]]:
    """What of a document is not taken, once for each thing."""
    yield from (("Codes of whole documents", "a code is given to passages only") for _ in below(one, "Coding"))
    yield from (("Areas on pages of PDFs", "only passages of their text are read") for _ in below(one, "PDFSelection"))
    if read.text is None:
        yield "Documents without plain text", "the file is read instead where it is in the archive; passages in it are lost"


def _number(written: str | None) -> int:
    """A place in a text; what is none lies nowhere."""
    plain_number = (written or "").strip()
    return int(plain_number) if plain_number.isdecimal() and len(plain_number) < 12 else -1
