"""Plain text, and texts that stand in the columns of a table."""

import hashlib
from collections.abc import Sequence

from casereview.documents.characters import cleaned, one_newline
from casereview.documents.model import CanonicalText
from casereview.documents.refusals import Unreadable


def decoded(content: bytes) -> str:
    """A text file as text: UTF-16 if it says so, UTF-8 if it is that, else Windows-1252; lines end in a newline.

    Raises Unreadable: document-damaged where UTF-16 breaks off.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return cleaned(one_newline(content.decode("utf-16")))
        except UnicodeDecodeError as error:
            raise Unreadable("document-damaged", ("it is not the UTF-16 text that its first bytes say",)) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return cleaned(one_newline(text))


def text_of_sections(sections: Sequence[tuple[str, str]]) -> CanonicalText:
    """The columns of a row as one text: each section its heading, a line break and its text; an empty line between sections.

    There is no file of its own, so `sha256` is that of the text.
    """
    whole = "\n\n".join(f"{heading}\n{body.strip()}" for heading, body in sections)
    text = cleaned(one_newline(whole))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return CanonicalText("table", text, (), digest, digest)
