"""The child process that reads one document or its tables, or draws a page of it: its arguments are a path, and the limits with
what is asked.

It sets its own limits first, imports a reader only then, and answers on its standard output: a line of JSON, the text in
UTF-8, and the boxes as 32-bit floats. It imports nothing that a document does not need: it must start in a
tenth of a second.
"""

import json
import os
import resource
import sys
from hashlib import sha256
from typing import Any

from casereview.documents.limits import Limits
from casereview.documents.refusals import Unreadable


def main() -> None:
    """Reads the document named on the command line and writes the answer."""
    path, asked = sys.argv[1], json.loads(sys.argv[2])
    with_boxes, page, tables = asked.pop("boxes"), asked.pop("page"), asked.pop("tables", False)
    limits = Limits(**asked)
    fence(limits)
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a reader that prints must not print into the answer
    try:
        if tables:
            header, payload = _tables(path, limits)
        else:
            header, payload = _drawn(path, page, limits) if page else _answer(path, limits, with_boxes)
    except Unreadable as refusal:
        header, payload = {"refused": refusal.code, "details": refusal.details}, []
    except MemoryError:
        header, payload = {"refused": "document-too-costly", "details": [out_of_memory(limits)]}, []
    except Exception as error:  # whatever a hostile file makes a reader raise, the import goes on
        header, payload = {"refused": "document-reader-failed", "details": [_where(error)]}, []
    answer.write(json.dumps(header).encode() + b"\n")
    answer.writelines(payload)
    answer.flush()


def fence(limits: Limits) -> None:
    """Limits this very process, for good: memory, processor time, no core file, no file written."""
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_CPU, limits.seconds)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)


def out_of_memory(limits: Limits) -> str:
    """The cause in words."""
    return f"it needs more than {limits.memory >> 20:,} MB of memory"


def _where(error: Exception) -> str:
    """The kind of an error and the line that raised it; never its message, which may hold text of the document."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return (
        f"{type(error).__name__}, {trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
        if trace
        else type(error).__name__
    )


def _limit(which: int, most: int) -> None:
    _, hard = resource.getrlimit(which)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (allowed, allowed))


def _drawn(path: str, page: int, limits: Limits) -> tuple[dict[str, Any], list[bytes]]:
    from casereview.documents import pdf
    from casereview.documents.sniffing import kind_of

    with open(path, "rb") as file:  # noqa: PTH123 - as below
        content = file.read()
    if kind_of(content, path) != "pdf":
        raise Unreadable("document-no-page", ("it has no pages",))
    width, height, picture = pdf.drawn(content, page, limits)
    return {"width": width, "height": height, "sha256": sha256(content).hexdigest()}, [picture]


def _tables(path: str, limits: Limits) -> tuple[dict[str, Any], list[bytes]]:
    from casereview.documents import word_tables
    from casereview.documents.sniffing import kind_of

    with open(path, "rb") as file:  # noqa: PTH123 - as below
        content = file.read()
    if (kind := kind_of(content, path)) != "docx":
        raise Unreadable("document-wrong-type", (f"it is no Word document, but {kind}", "Save it as DOCX, or as CSV or XLSX."))
    return {"sha256": sha256(content).hexdigest()}, [json.dumps(word_tables.tables_of(content, limits)).encode()]


def _answer(path: str, limits: Limits, with_boxes: bool) -> tuple[dict[str, Any], list[bytes]]:
    from casereview.documents.sniffing import kind_of

    with open(path, "rb") as file:  # noqa: PTH123 - pathlib takes as long to import as a page to read
        content = file.read()
    kind = kind_of(content, path)
    text, pages, notes, boxes, frames = _read(kind, content, limits, with_boxes)
    if len(text) > limits.characters:
        raise Unreadable("document-too-large", (f"{len(text):,} characters, {limits.characters:,} allowed",))
    encoded = text.encode()
    header = {
        "kind": kind,
        "pages": pages,
        "frames": frames,
        "notes": notes if text.strip() else [*notes, "It holds no text."],
        "sha256": sha256(content).hexdigest(),
        "text_sha256": sha256(encoded).hexdigest(),
        "text_bytes": len(encoded),
    }
    return header, [encoded, boxes]


def _read(kind: str, content: bytes, limits: Limits, with_boxes: bool) -> Any:
    if kind == "pdf":
        from casereview.documents import pdf

        return pdf.read(content, limits, with_boxes)
    if kind == "docx":
        from casereview.documents import word

        return word.text_of(content, limits), [], [], b"", []
    from casereview.documents import plain

    return plain.decoded(content), [], [], b"", []
