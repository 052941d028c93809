"""Names from outside: shown, and used as identifiers, but never made into a path."""

import os
from pathlib import Path, PurePosixPath

from casereview.casebook.models import KEY

WILD = frozenset("*?[")

LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
"""Files that Windows and macOS put beside others, in small letters. Office's begin with ~$, those of macOS's archives with ._"""


def shown(name: str) -> str:
    """A file's name as text that any database takes: bytes that are no UTF-8 become \ufffd."""
    return os.fsencode(name).decode("utf-8", "replace").replace("\x00", "\ufffd")


def below(path: Path, data: Path) -> str:
    """A file's path below the data folder, for people."""
    return shown(path.relative_to(data).as_posix())


def files(data: Path, pattern: str) -> list[Path]:
    """The files that a path or pattern of sources.yaml names, in the order of their names; none outside the data folder.

    A pattern passes over what Office, macOS and Windows leave behind.
    """
    written = PurePosixPath(pattern)
    if written.is_absolute() or ".." in written.parts or "\x00" in pattern or not written.parts:
        return []
    exact = data / pattern
    if exact.is_file():
        return [exact]
    if not WILD & set(pattern):
        return []
    return sorted(path for path in data.glob(pattern) if path.is_file() and not _left_behind(path.name))


def _left_behind(name: str) -> bool:
    return name.startswith(("~$", "._")) or name.casefold() in LEFT_BEHIND


def fault(key: str) -> str | None:
    """What is wrong with an identifier, if anything is."""
    if not key:
        return "is empty"
    if len(key) > KEY:
        return f"is longer than {KEY} characters"
    if "\x00" in key:
        return "holds a NUL character"
    return None
