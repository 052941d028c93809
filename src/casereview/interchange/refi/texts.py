"""A text of a project as we take it."""

import re

from casereview.interchange.refi.model import Text

_ENDS = re.compile(r"\r\n|\r|\f")
_MARK = "\ufeff"


def as_taken(written: str) -> Text:
    """A text without its mark and with plain ends of lines, and where those stood that were two characters."""
    marked = written.startswith(_MARK)
    body = written[1:] if marked else written
    pairs = tuple(found.start() - number for number, found in enumerate(re.finditer("\r\n", body)))
    return Text(_ENDS.sub("\n", body), marked, pairs)


def decoded(content: bytes) -> Text:
    """A text file: UTF-16 if it says so, UTF-8 if it is that, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return as_taken(_MARK + content.decode("utf-16", errors="replace"))
    try:
        return as_taken(content.decode("utf-8"))
    except UnicodeDecodeError:
        return as_taken(content.decode("cp1252", errors="replace"))
