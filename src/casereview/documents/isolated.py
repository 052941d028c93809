"""One limited child process a document, so that a file which breaks its reader breaks nothing else."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from casereview.documents.limits import DEFAULT, Limits
from casereview.documents.model import CanonicalText, Page, PagePicture, WordRow, WordTables
from casereview.documents.refusals import Unreadable, said
from casereview.study.problems import Place, Problem, SourcesRefused

_KEPT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE")
_HOME = str(Path(__file__).parents[2])
_CHILD = f"import sys; sys.path.insert(0, {_HOME!r}); from casereview.documents.child import main; main()"
"""Runs the child of this very package, wherever it stands; quicker than -m, which looks the module up anew."""
_CHUNK = 1 << 20


class DocumentRefused(SourcesRefused):
    """A document that cannot be read; its one problem says why, and what to do."""


def read_isolated(path: Path, limits: Limits = DEFAULT, *, boxes: bool = False) -> CanonicalText:
    """The canonical text of a PDF, DOCX or text file, whatever its name says.

    With `boxes`, that of a PDF has the box of every character. Safe to call from threads and in the workers of a cluster.
    Raises DocumentRefused with one problem, whose place is the file's name.
    """
    try:
        _looked_at(path, limits)
        header, payload = _asked(path, limits, {"boxes": boxes, "page": None})
    except Unreadable as refusal:
        raise _refused(path, refusal) from None
    return _text(header, payload)


def draw_isolated(path: Path, page: int, limits: Limits = DEFAULT) -> PagePicture:
    """A page of a PDF, by its number from 1, as it looks. Safe in threads. Raises DocumentRefused as `read_isolated`."""
    try:
        _looked_at(path, limits)
        header, picture = _asked(path, limits, {"boxes": False, "page": page})
    except Unreadable as refusal:
        raise _refused(path, refusal) from None
    return PagePicture(header["width"], header["height"], header["sha256"], picture)


def read_tables_isolated(path: Path, limits: Limits = DEFAULT) -> WordTables:
    """The tables of a DOCX. Safe in threads and in the workers of a cluster. Raises DocumentRefused as `read_isolated`."""
    try:
        _looked_at(path, limits)
        header, payload = _asked(path, limits, {"boxes": False, "page": None, "tables": True})
    except Unreadable as refusal:
        raise _refused(path, refusal) from None
    tables = tuple(tuple(WordRow(tuple(cells), alone) for cells, alone in table) for table in json.loads(payload))
    return WordTables(header["sha256"], tables)


def _refused(path: Path, refusal: Unreadable) -> DocumentRefused:
    cause, remedy = said(refusal.code, refusal.details)
    return DocumentRefused([Problem(Place(_printable(path.name)), refusal.code, cause, remedy)])


def _looked_at(path: Path, limits: Limits) -> None:
    try:
        if not path.exists():
            raise Unreadable("document-missing")
        if not path.is_file():
            raise Unreadable("document-unreadable", ("it is not an ordinary file",))
        with path.open("rb"):
            size = path.stat().st_size
    except OSError as error:
        raise Unreadable("document-unreadable", (error.strerror or type(error).__name__,)) from error
    if size > limits.file_bytes:
        raise Unreadable("document-too-large", (f"{size >> 20:,} MB, {limits.file_bytes >> 20:,} MB allowed",))


def _asked(path: Path, limits: Limits, what: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The child's answer, its header apart. Raises Unreadable with what the child says, or with how it ended."""
    asked = json.dumps(limits._asdict() | what)
    command = [sys.executable, "-I", "-c", _CHILD, str(path.absolute()), asked]
    with subprocess.Popen(  # noqa: S603 - this very Python, with a path and numbers
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={name: os.environ[name] for name in _KEPT if name in os.environ},
    ) as child:
        try:
            answer = _answer(child, limits)
        finally:
            _end(child)
    line, _, payload = answer.partition(b"\n")
    if not line:
        raise _how_it_ended(child.returncode, limits)
    header = json.loads(line)
    if "refused" in header:
        raise Unreadable(header["refused"], tuple(header["details"]))
    return header, payload


def _answer(child: subprocess.Popen[bytes], limits: Limits) -> bytes:
    deadline = time.monotonic() + limits.wall_seconds
    answer = bytearray()
    assert child.stdout is not None  # noqa: S101 - it was opened as a pipe
    with selectors.DefaultSelector() as waiting:
        waiting.register(child.stdout, selectors.EVENT_READ)
        while waiting.select(max(0.0, deadline - time.monotonic())):
            chunk = os.read(child.stdout.fileno(), _CHUNK)
            if not chunk:
                with suppress(subprocess.TimeoutExpired):  # on a busy machine it ends long after its last word; else it is ended
                    child.wait(max(0.0, deadline - time.monotonic()))
                return bytes(answer)
            answer += chunk
            if len(answer) > limits.answer_bytes:
                raise Unreadable("document-too-large", ("its text outgrows what the limits allow",))
    raise Unreadable("document-too-costly", (f"it took longer than {limits.wall_seconds:g} seconds",))


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends the child and whatever it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def _how_it_ended(code: int, limits: Limits) -> Unreadable:
    if -code in {signal.SIGXCPU, signal.SIGKILL}:
        return Unreadable("document-too-costly", (f"it took more than {limits.seconds} seconds of processor time",))
    if -code in {signal.SIGABRT, signal.SIGTRAP, signal.SIGILL}:  # how PDFium ends itself when it is given no more memory
        return Unreadable("document-too-costly", (f"it needs more than {limits.memory >> 20:,} MB of memory",))
    return Unreadable("document-reader-failed", (f"it ended with code {code}",))


def _text(header: dict[str, Any], payload: bytes) -> CanonicalText:
    text, boxes = payload[: header["text_bytes"]], payload[header["text_bytes"] :]
    pages = tuple(Page(number, start, end) for number, (start, end) in enumerate(header["pages"], 1))
    notes = tuple(header["notes"])
    frames = tuple(tuple(frame) if frame else None for frame in header["frames"])
    return CanonicalText(header["kind"], text.decode(), pages, header["sha256"], header["text_sha256"], notes, boxes, frames)


def _printable(name: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in name)
