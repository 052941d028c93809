"""Taking in documents and their texts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from casereview.casebook import words_index
from casereview.casebook.acts.writing import act, forget, remember, remembered
from casereview.casebook.models import Case, Document, TextVersion
from casereview.documents.model import CanonicalText


@dataclass(frozen=True)
class NewDocument:
    """A document as read. sha256: a hash of all that its source says of it; case: None for a document of no case."""

    key: str
    case: str | None
    title: str
    sha256: str
    text: CanonicalText


def take_in_documents(*, by: str, source: str, documents: Sequence[NewDocument]) -> None:
    """Record documents and their texts. A text that differs from the one before becomes a new version; both stay."""
    with act("take-in-documents", by) as detail:
        told = [_stored(source, document) for document in documents]
        remember(source, "document", {document.key: document.sha256 for document in documents})
        if told:
            detail.update({"source": source, "documents": told})


def withdraw_documents(*, by: str, source: str, keys: Sequence[str]) -> None:
    """End the documents that a source no longer holds; their bytes, texts and passages stay."""
    with act("withdraw-documents", by) as detail:
        Document.objects.filter(source=source, key__in=keys).update(current=False)
        forget(source, "document", keys)
        detail.update({"source": source, "rows": list(keys)})


def unchanged(source: str, hashes: dict[str, str]) -> frozenset[str]:
    """The keys of documents that are as they were taken in."""
    known = remembered(source, "document", list(hashes))
    return frozenset(key for key, sha256 in hashes.items() if known.get(key) == sha256)


def _stored(source: str, new: NewDocument) -> dict[str, object]:
    case = Case.objects.get(key=new.case, current=True) if new.case is not None else None
    said = {"source": source, "case": case, "title": new.title, "current": True}
    document, _ = Document.objects.update_or_create(key=new.key, defaults=said)
    text = new.text
    TextVersion.objects.filter(document=document, current=True).exclude(sha256=text.sha256, text_sha256=text.text_sha256).update(
        current=False
    )
    version, made = TextVersion.objects.get_or_create(
        document=document,
        sha256=text.sha256,
        text_sha256=text.text_sha256,
        defaults={
            "kind": text.kind,
            "text": text.text,
            "pages": [list(asdict(page).values()) for page in text.pages],
            "notes": list(text.notes),
        },
    )
    if made:
        words_index.add(version.pk, version.text, version.pages)
    if not version.current:
        TextVersion.objects.filter(pk=version.pk).update(current=True)
    return {"document": new.key, "case": new.case, "sha256": text.sha256, "text_sha256": text.text_sha256, "new_text": made}
