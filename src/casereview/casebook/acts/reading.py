"""Reading documents: what is served to a person is in the log, or it is not served."""

from collections.abc import Collection

from casereview.casebook.acts.writing import act
from casereview.casebook.models import TextVersion

READING = ("read-document", "read-passages")
"""The acts that put on record what somebody was shown, and write nothing else."""


def read_document(*, by: str, key: str) -> TextVersion:
    """A document's current text, once it is on record who read it. Raises TextVersion.DoesNotExist; then nothing is."""
    with act("read-document", by) as detail:
        text = TextVersion.objects.select_related("document__case").get(document__key=key, document__current=True, current=True)
        detail.update({"document": key, "text_sha256": text.text_sha256})
    return text


def read_passages(*, by: str, documents: Collection[str]) -> None:
    """Put on record, in one event, that somebody was shown passages of documents; no documents, no event."""
    with act("read-passages", by) as detail:
        if documents:
            detail["documents"] = sorted(set(documents))
