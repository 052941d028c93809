"""What a file really is, by its first bytes: so that a refusal can say it."""

from pathlib import Path

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or an encrypted Office document"),
    (b"$FL2", "an SPSS data file"),
    (b"$FL3", "a compressed SPSS data file"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def kind_of(path: Path) -> str:
    """What the file's first bytes say it is, with its article; "text" where nothing speaks against it. Raises OSError."""
    with path.open("rb") as file:
        start = file.read(4096)
    if not start:
        return "an empty file"
    known = next((kind for signature, kind in _SIGNATURES if start.startswith(signature)), None)
    return known or _textual(start)


def _textual(start: bytes) -> str:
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "an HTML page"
    if head.startswith(b"<?xml"):
        return "an XML file"
    return "a binary file" if b"\x00" in start and not start.startswith(_UTF16) else "text"
