"""The documents of a project: those that the casebook has, by their text, and those that are new."""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from casereview.casebook import store
from casereview.casebook.acts.documents import NewDocument, take_in_documents
from casereview.casebook.intake.names import fault
from casereview.casebook.models import Document, TextVersion
from casereview.documents import CanonicalText, DocumentRefused, read_isolated
from casereview.documents.characters import cleaned
from casereview.interchange.refi.archive import Archive
from casereview.interchange.refi.losses import Loss, some
from casereview.interchange.refi.marks import unmarked
from casereview.interchange.refi.model import Project, Source
from casereview.study.sources import IMPORTED


@dataclass
class DocumentsIn:
    """keys: GUID of a source → the document that it is. lengths: key → characters of its text."""

    keys: dict[str, str] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    taken: int = 0
    lost: list[Loss] = field(default_factory=list)


def read_new(project: Project, archive: Archive | None) -> dict[str, CanonicalText]:
    """GUID of a source → its text as it is to be kept, of the documents that are not there; their originals are then kept.

    Before anything is written: to read PDFs takes long, and nobody is to wait for it.
    """
    sources = ((source, _text(source)) for source in project.sources)
    new = ((source, text) for source, text in sources if (text.strip() or source.text is None) and not _known(source, text))
    read = ((source.guid, _read(source, text, archive)) for source, text in new)
    return {its_guid: text for its_guid, text in read if text is not None}


def documents_in(project: Project, new: Mapping[str, CanonicalText], cases: Mapping[str, str], by: str) -> DocumentsIn:
    """Take in the documents that are not there. cases: GUID of a source → the case that it belongs to."""
    found = DocumentsIn()
    without = unreadable = 0
    for source in project.sources:
        text = _text(source)
        key = _known(source, text or (new[source.guid].text if source.guid in new else ""))
        if not key and source.guid in new:
            key = _taken(source, new[source.guid], cases.get(source.guid), by)
            found.taken += 1
        if key:
            found.keys[source.guid] = key
        else:
            without += source.text is not None
            unreadable += source.text is None
    lengths = TextVersion.objects.filter(document__key__in=found.keys.values(), current=True)
    found.lengths = {key: len(text) for key, text in lengths.values_list("document__key", "text")}
    found.lost += some("Documents without a word", "there is nothing to read in them", without)
    found.lost += some("Documents whose file is not there, or cannot be read", "their passages are lost with them", unreadable)
    return found


def _text(source: Source) -> str:
    return cleaned(source.text.text) if source.text else ""


def _known(source: Source, text: str) -> str:
    """The document that has this text now: the one of this name before others; '' where there is none."""
    if not text.strip():
        return ""
    digest = hashlib.sha256(text.encode()).hexdigest()
    held = TextVersion.objects.filter(text_sha256=digest, current=True, document__current=True).order_by("document__key")
    keys = list(held.values_list("document__key", flat=True))
    return next((one for one in _names(source) if one in keys), keys[0] if keys else "")


def _names(source: Source) -> list[str]:
    return [name for name in (unmarked(source.description)[1], source.name, source.guid) if name and not fault(name)]


@contextmanager
def _as_file(content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document"
        path.write_bytes(content)
        yield path


def _read(source: Source, text: str, archive: Archive | None) -> CanonicalText | None:
    """A PDF as we read it, where its text is the project's, so that its pages are known; else the text alone, if there is one."""
    original = archive.original(source.member) if archive and source.member else b""
    if original and (original.startswith(b"%PDF") or not text):
        with _as_file(original) as path:
            try:
                read = read_isolated(path)
            except DocumentRefused:
                read = None
            if read is not None and (read.text == text or not text):
                store.keep(path, read.sha256)
                return read
    return _plain(text) if text else None


def _plain(text: str) -> CanonicalText:
    """A text that is its own original."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    with _as_file(text.encode()) as path:
        store.keep(path, digest)
    return CanonicalText("txt", text, (), digest, digest)


def _taken(source: Source, read: CanonicalText, case: str | None, by: str) -> str:
    key = _free(_names(source))
    title = source.name or key
    said = hashlib.sha256("\n".join((read.text_sha256, case or "", title)).encode()).hexdigest()
    bare = replace(read, boxes=b"") if read.boxes else read
    take_in_documents(by=by, source=IMPORTED, documents=[NewDocument(key, case, title, said, bare)])
    return key


def _free(names: list[str]) -> str:
    """A key that no document has: one of the names, or one of ours made of it."""
    name = names[0]
    taken = set(Document.objects.filter(key__contains=name[:400]).values_list("key", flat=True))
    candidates = (name, f"{IMPORTED}/{name[:400]}", *(f"{IMPORTED}/{name[:400]}-{n}" for n in range(2, len(taken) + 3)))
    return next(one for one in candidates if one not in taken)
