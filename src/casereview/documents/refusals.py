"""Why a document is refused, and what to do: the codes, their causes and their remedies."""

from typing import NamedTuple


class Refusal(NamedTuple):
    """What a code says: `cause` has a place for the particulars of this document."""

    cause: str
    remedy: str


REFUSALS = {
    "document-missing": Refusal("there is no such file", "Check its name and folder in sources.yaml."),
    "document-unreadable": Refusal("the file cannot be opened: {}", "Check its permissions, and that it is an ordinary file."),
    "document-empty": Refusal("the file is empty: 0 bytes", "Fetch it again from where it came, or take it out of the folder."),
    "document-wrong-type": Refusal("{}", "{}"),
    "document-encrypted": Refusal(
        "it is locked with a password", "Open it with its password, save a copy without one, and take that in instead."
    ),
    "document-damaged": Refusal("it is damaged: {}", "Fetch it again, or open it in its own program and save it anew."),
    "document-too-large": Refusal(
        "it is larger than the limit: {}", "Check that it is what it says; then split it, or raise the limit."
    ),
    "document-too-costly": Refusal(
        "reading it was ended: {}",
        "It may be built to exhaust the reader. If it is sound, print it to a new PDF and take that in.",
    ),
    "document-hostile": Refusal("it holds what no report needs: {}", "Do not open it; ask whoever sent it for a clean copy."),
    "document-no-page": Refusal("no such page can be shown: {}", "Open the document again in the reader."),
    "document-reader-failed": Refusal("the reader failed on it: {}", "Save it anew in its own program, and report the failure."),
}


class Unreadable(Exception):
    """Raised by a reader. `details` fill the places in the cause, and after them in the remedy."""

    def __init__(self, code: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details


def said(code: str, details: tuple[str, ...]) -> Refusal:
    """The cause and the remedy in full."""
    cause, remedy = REFUSALS[code]
    if "{}" in remedy:
        return Refusal(cause.format(details[0]), remedy.format(details[1]))
    return Refusal(cause.format(*details), remedy)
