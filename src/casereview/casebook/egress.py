"""The one exit: nothing leaves as a file unless the log says who took it, what it was, and its hash.

No other module makes an attachment.
"""

import hashlib
import re
import unicodedata

from django.http import HttpResponse

from casereview.casebook.acts.writing import act

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "md": "text/markdown; charset=utf-8",
    "qdc": "application/xml",
    "qdpx": "application/zip",
    "sav": "application/octet-stream",
    "txt": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Ending → what a browser is told that the file is."""


def let_out(*, by: str, kind: str, name: str, content: bytes) -> bytes:
    """Record what leaves, and give it back. kind: what it is, such as `framework-matrix`; name: of the file."""
    with act("let-out", by) as detail:
        sha256 = hashlib.sha256(content).hexdigest()
        detail.update({"of": kind, "file": safe_name(name), "sha256": sha256, "bytes": len(content)})
    return content


def attachment(*, by: str, kind: str, name: str, content: bytes) -> HttpResponse:
    """What leaves, recorded, as a file to be saved. The ending of the name is one of `MEDIA`."""
    named = safe_name(name)
    media = MEDIA[named.rpartition(".")[2]]
    headers = {"Content-Disposition": f'attachment; filename="{named}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(let_out(by=by, kind=kind, name=named, content=content), content_type=media, headers=headers)


def safe_name(name: str) -> str:
    """A file name of letters, digits, full stops and hyphens, that no system takes for a path or a hidden file."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, _, ending = re.sub(r"[^A-Za-z0-9.]+", "-", plain).rpartition(".")
    return f"{stem.strip('-.')[:80] or 'file'}.{ending.strip('-')[:10] or 'txt'}"
