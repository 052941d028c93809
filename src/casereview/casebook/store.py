"""Original documents, kept by what they hold: `ab/<sha256>`. No name from outside becomes a path here."""

import hashlib
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

from django.db import connection

CHUNK = 1 << 20
BEGUN, LONG_AGO = ".new-", 3600
_SHA256 = re.compile(r"[0-9a-f]{64}")


def folder() -> Path:
    """The folder of the open casebook."""
    return Path(connection.settings_dict["DOCUMENTS"])


def place(sha256: str) -> Path:
    """Where the original with this hash lies. Raises ValueError for what is no hash."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256 in hexadecimal")
    return folder() / sha256[:2] / sha256


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Changed(Exception):
    """The file is no longer what was read."""


def keep(original: Path, sha256: str) -> None:
    """Copy an original into the store: whole or not at all, safe from a power cut on return. Raises Changed, OSError."""
    kept = place(sha256)
    if kept.exists():
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=kept.parent, prefix=BEGUN, delete=False) as copy:
        temporary = Path(copy.name)
        try:
            with original.open("rb") as file:
                shutil.copyfileobj(file, copy, CHUNK)
            copy.flush()
            os.fsync(copy.fileno())
            if hash_of(temporary) != sha256:
                raise Changed
            temporary.replace(kept)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    for directory in (kept.parent, kept.parent.parent):
        _sync(directory)


def tidy() -> None:
    """Take away copies that were begun, and never put in place because the process died: those begun more than an hour ago."""
    for begun in folder().glob(f"*/{BEGUN}*"):
        if time.time() - begun.stat().st_mtime > LONG_AGO:
            begun.unlink(missing_ok=True)


def _sync(directory: Path) -> None:
    """Make the names in a folder last."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
