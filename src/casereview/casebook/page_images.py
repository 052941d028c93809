"""Pages of documents as they look, and where the characters of their text stand on them.

Made when first asked for, and kept beside the documents by the hash of the original. What is kept can be thrown away at any
time, and is made again.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, NamedTuple

import numpy as np

from casereview.casebook import store
from casereview.casebook.models import TextVersion
from casereview.documents import CanonicalText, DocumentRefused, draw_isolated, read_isolated
from casereview.study.problems import Place, Problem

AT_ONCE = BoundedSemaphore(2)
"""Child processes at work for readers: more would only wait for one another, and keep others' saving waiting."""
Boxes = np.ndarray[tuple[int, ...], np.dtype[Any]]
NOWHERE = 65_535
"""Of a character that has no box; other figures are 65,534ths of the picture's width and height."""


class Busy(Exception):
    """As many pages are being drawn as may be at once: ask again in a moment."""


class PageMap(NamedTuple):
    """Where a page lies, and its characters. size: of the page as shown, in points.

    frame: a, b, c, d, e, f, by which (x, y) in points from the lower left of the media box falls on (a·x + c·y + e,
    b·x + d·y + f) of the picture, 0 to 1 from its left and top. boxes: 16-bit figures, little-endian, four (left, top, right,
    bottom) a code point.
    """

    size: tuple[float, float]
    frame: tuple[float, ...]
    boxes: bytes


def picture(version: TextVersion, page: int) -> bytes:
    """A page of the original of a text as a WebP file. Raises DocumentRefused, Busy."""
    kept = _place(version.sha256, f"{page}.webp")
    if kept.exists():
        return kept.read_bytes()
    with _turn():
        drawn = draw_isolated(_original(version), page)
    if drawn.sha256 != version.sha256:
        raise _refused("document-changed", "The document's file is not the one that was read.", "Restore it from a copy.")
    _keep(kept, drawn.content)
    return drawn.content


def page_map(version: TextVersion, page: int) -> PageMap:
    """Where a page's characters stand on its picture. Raises DocumentRefused, Busy."""
    frames, boxes = (_place(version.sha256, f"{version.text_sha256}.{kind}") for kind in ("json", "boxes"))
    if not frames.exists():
        _make(version, frames, boxes)
    places = {number: (start, end) for number, start, end in version.pages}
    frame = json.loads(frames.read_text(encoding="utf-8"))[page - 1] if page in places else None
    if frame is None:
        raise _refused("document-no-page", "No such page can be shown.", "Open the document again in the reader.")
    start, end = places[page]
    with boxes.open("rb") as file:
        file.seek(8 * start)
        return PageMap((frame[0], frame[1]), tuple(frame[2:]), file.read(8 * (end - start)))


def _make(version: TextVersion, frames: Path, boxes: Path) -> None:
    """Read the original again, and keep its boxes: only if it gives the very text that passages stand in."""
    with _turn():
        text = read_isolated(_original(version), boxes=True)
    if (text.sha256, text.text_sha256) != (version.sha256, version.text_sha256):
        cause = "This version of casereview reads other words from the file than stand in the casebook."
        raise _refused("page-map-differs", cause, "Take the document in again; until then mark passages in the text.")
    _keep(boxes, _on_pictures(text).tobytes())
    _keep(frames, json.dumps([_of_media_box(frame) for frame in text.frames]).encode())


def _on_pictures(text: CanonicalText) -> Boxes:
    """The boxes of all characters as parts of their pages' pictures."""
    corners = np.frombuffer(text.boxes, "<f4").reshape(-1, 2, 2).astype("f8")
    made = np.full((len(corners), 4), NOWHERE, "<u2")
    for page, frame in zip(text.pages, text.frames, strict=True):
        if frame is not None:
            made[page.start : page.end] = _parts(corners[page.start : page.end], frame)
    return made


def _parts(corners: Boxes, frame: tuple[float, ...]) -> Boxes:
    _, _, a, b, c, d, e, f, *_ = frame
    x, y = corners[:, :, 0], corners[:, :, 1]
    across, down = a * x + c * y + e, b * x + d * y + f
    edges = np.stack([across.min(1), down.min(1), across.max(1), down.max(1)], axis=1)
    return np.where(np.isnan(edges), NOWHERE, np.clip(np.nan_to_num(edges), 0, 1) * (NOWHERE - 1) + 0.5).astype("<u2")


def _of_media_box(frame: tuple[float, ...] | None) -> list[float] | None:
    """A frame for coordinates that begin at the lower left of the media box."""
    if frame is None:
        return None
    width, height, a, b, c, d, e, f, left, bottom = frame
    return [width, height, a, b, c, d, e + a * left + c * bottom, f + b * left + d * bottom]


@contextmanager
def _turn() -> Iterator[None]:
    if not AT_ONCE.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        AT_ONCE.release()


def _original(version: TextVersion) -> Path:
    if version.kind != "pdf":
        raise _refused("document-no-page", "A document of this kind has no pages.", "Read it as text.")
    return store.place(version.sha256)


def _place(sha256: str, name: str) -> Path:
    return store.folder().parent / "page-images" / store.place(sha256).parent.name / f"{sha256}-{name}"


def _keep(place: Path, content: bytes) -> None:
    """Whole or not at all."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".new-", delete=False) as file:
            file.write(content)
        Path(file.name).replace(place)
    except OSError as error:
        cause = f"What a page looks like cannot be kept ({error.strerror or type(error).__name__})."
        remedy = "Let the program write into page-images, beside the folder of documents, or make room on the disk."
        raise _refused("page-not-kept", cause, remedy) from error


def _refused(code: str, cause: str, remedy: str) -> DocumentRefused:
    return DocumentRefused([Problem(Place("page"), code, cause, remedy)])
