"""PDF by PDFium: every character with its box, page by page. Only ever run in a child process: PDFium ends itself when it can go
no further, and is not safe with threads.
"""

import ctypes
import io
import re
from array import array
from collections import deque
from collections.abc import Iterator
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

from casereview.documents import pdfium, picture
from casereview.documents.characters import cleaned
from casereview.documents.layout import lines_in_order
from casereview.documents.limits import Limits
from casereview.documents.refusals import Unreadable

FEW_CHARACTERS = 20
"""A page with a picture and fewer characters than this is taken for a scan."""

_NOWHERE = array("f", [float("nan")] * 4)
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_AT_ONCE = 16_384  # characters whose boxes are asked for in one go


class ReadPdf(NamedTuple):
    """What a child hands back: the text, `pages` as (start, end) of it, notes; boxes and frames if boxes were asked for."""

    text: str
    pages: list[tuple[int, int]]
    notes: list[str]
    boxes: bytes
    frames: list[tuple[float, ...] | None]


class _Page(NamedTuple):
    text: str
    boxes: "array[float]"
    picture_only: bool = False
    read: bool = True
    frame: tuple[float, ...] | None = None


_UNREAD = _Page("", array("f"), read=False)


def read(content: bytes, limits: Limits, with_boxes: bool = False) -> ReadPdf:
    """The pages of a PDF, joined by a line break; a page's end is the place of that break.

    A file that PDFium refuses, or of which it can read no page, is repaired once by qpdf and read again.
    Raises Unreadable: document-encrypted, document-damaged or document-too-large.
    """
    pdfium.init_library()
    try:
        return _read(content, limits, with_boxes)
    except Unreadable as refusal:
        if refusal.code != "document-damaged":
            raise
        read = _read(_repaired(content), limits, with_boxes)
        if not (read.text.strip() or read.notes):
            raise Unreadable("document-damaged", ("nothing of its text is left",)) from refusal
        return read._replace(notes=["It was damaged, and has been repaired: parts of it may be missing.", *read.notes])


def drawn(content: bytes, number: int, limits: Limits) -> tuple[int, int, bytes]:
    """A page as a picture, repaired as `read` does: width, height, and the bytes of a WebP file.

    Raises Unreadable: document-encrypted, document-damaged, document-no-page or document-too-costly.
    """
    pdfium.init_library()
    try:
        return picture.drawn(_opened(content), number, limits)
    except Unreadable as refusal:
        if refusal.code != "document-damaged":
            raise
        return picture.drawn(_opened(_repaired(content)), number, limits)


def _opened(content: bytes) -> Any:
    document = pdfium.load_document(content, len(content), None)
    if not document:
        raise _refusal(pdfium.last_error())
    return document


def _read(content: bytes, limits: Limits, with_boxes: bool) -> ReadPdf:
    document = _opened(content)
    count = pdfium.page_count(document)
    if count > limits.pages:
        raise Unreadable("document-too-large", (f"{count:,} pages, {limits.pages:,} allowed",))
    pages, characters = [], 0
    for number in range(count):
        pages.append(_page(document, number, with_boxes))
        characters += len(pages[-1].text) + 1
        if characters > limits.characters:
            raise Unreadable("document-too-large", (f"more than {limits.characters:,} characters",))
    pdfium.close_document(document)
    if not any(page.read for page in pages):
        raise Unreadable("document-damaged", ("none of its pages can be read" if pages else "it has no pages",))
    return _bound(pages, with_boxes)


def _refusal(error: int) -> Unreadable:
    if error in {pdfium.ERR_PASSWORD, pdfium.ERR_SECURITY}:
        return Unreadable("document-encrypted")
    return Unreadable("document-damaged", ("it breaks off, or its parts cannot be found",))


def _repaired(content: bytes) -> bytes:
    import pikepdf  # a tenth of a second that a sound file need not wait

    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as document:
            saved = io.BytesIO()
            document.save(saved)
    except pikepdf.PasswordError as error:
        raise Unreadable("document-encrypted") from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise Unreadable("document-damaged", ("it cannot be repaired",)) from error
    return saved.getvalue()


def _bound(pages: list[_Page], with_boxes: bool) -> ReadPdf:
    places, offset = [], 0
    for page in pages:
        places.append((offset, offset + len(page.text)))
        offset += len(page.text) + 1
    boxes = _NOWHERE.tobytes().join(page.boxes.tobytes() for page in pages) if with_boxes else b""
    frames = [page.frame for page in pages] if with_boxes else []
    return ReadPdf("\n".join(page.text for page in pages), places, list(_notes(pages)), boxes, frames)


def _notes(pages: list[_Page]) -> Iterator[str]:
    numbered = list(enumerate(pages, 1))
    if unread := [number for number, page in numbered if not page.read]:
        yield f"Damaged, and not read: {_listed(unread)}."
    if pictures := [number for number, page in numbered if page.picture_only]:
        yield f"Picture without text: {_listed(pictures)}."


def _listed(numbers: list[int]) -> str:
    """Page numbers in words: "pages 1, 3 to 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    listed = ", ".join(" to ".join(map(str, run)) for run in runs)
    return f"{'page' if len(numbers) == 1 else 'pages'} {listed}"


def _page(document: Any, number: int, with_frame: bool) -> _Page:
    page = pdfium.load_page(document, number)
    if not page:
        return _UNREAD
    text_page = pdfium.load_text(page)
    if not text_page:
        return _UNREAD
    text, boxes = _characters(text_page)
    if not pdfium.page_rotation(page):
        text, boxes = _in_order(text, boxes, lines_in_order(text, boxes))
    else:
        text = text.replace("\r", " ")
    picture_only = len(text.strip()) < FEW_CHARACTERS and _has_picture(page)
    frame = (*picture.frame_of(page), *picture.corner_of(page)) if with_frame else None
    pdfium.close_text(text_page)
    pdfium.close_page(page)
    return _Page(cleaned(text), boxes, picture_only, frame=frame)


def _characters(text_page: Any) -> tuple[str, "array[float]"]:
    """The characters of a page as PDFium counts them, and the box of each: index = character.

    The boxes are PDFium's "loose" ones, as high as the font and as wide as the advance, which is what a highlight covers.
    """
    count = max(pdfium.count_characters(text_page), 0)
    text, handle = _text(text_page, count), ctypes.c_void_p.from_param(text_page)
    boxes = array("f")
    for start in range(0, count, _AT_ONCE):
        characters = range(start, min(start + _AT_ONCE, count))
        deque(map(pdfium.loose_box, repeat(handle), characters, _places()), maxlen=0)
        boxes.frombytes(memoryview(_buffer()).cast("B")[: 16 * len(characters)])
    return _paired(text, boxes)


@cache
def _buffer() -> "ctypes.Array[ctypes.c_float]":
    return (ctypes.c_float * (4 * _AT_ONCE))()


@cache
def _places() -> list[Any]:
    """Where the box of each character goes, made once: this halves the time of a call."""
    return list(map(ctypes.byref, repeat(_buffer()), range(0, 16 * _AT_ONCE, 16)))


def _text(text_page: Any, count: int) -> str:
    """The characters in one call, if that gives as many as PDFium counts; else one by one.

    PDFium keeps its text beside its characters and leaves out of it those without a code, so equal length is equal order.
    """
    units = (ctypes.c_ushort * (count + 1))()
    if pdfium.text_of(text_page, 0, count, units) == count + 1:
        return bytes(units)[:-2].decode("utf-16-le", "surrogatepass")
    handle = ctypes.c_void_p.from_param(text_page)
    return "".join(chr(code) if 0 <= code <= 0x10FFFF else "\0" for code in map(pdfium.code_point, repeat(handle), range(count)))


def _paired(text: str, boxes: "array[float]") -> tuple[str, "array[float]"]:
    """Two surrogates as the one character they stand for, in the box of the first."""
    for pair in reversed(list(_PAIR.finditer(text))):
        at = pair.start()
        text = text[:at] + pair.group().encode("utf-16", "surrogatepass").decode("utf-16") + text[at + 2 :]
        del boxes[4 * at + 4 : 4 * at + 8]
    return text, boxes


def _in_order(text: str, boxes: "array[float]", lines: list[tuple[int, int]]) -> tuple[str, "array[float]"]:
    """The lines one after the other, each but the last followed by a line break that stands nowhere."""
    ordered = array("f")
    for number, (start, end) in enumerate(lines):
        ordered.extend(_NOWHERE if number else ())
        ordered.extend(boxes[4 * start : 4 * end])
    return "\n".join(text[start:end] for start, end in lines), ordered


def _has_picture(container: Any, depth: int = 0) -> bool:
    """Whether an image is among the page's objects, or in the forms that it shows."""
    inside = depth > 0
    count = (pdfium.count_form_objects if inside else pdfium.count_objects)(container)
    get = pdfium.form_object_of if inside else pdfium.object_of
    for index in range(min(count, 1_000)):
        thing = get(container, index)
        kind = pdfium.object_type(thing)
        if kind == pdfium.OBJECT_IMAGE or (kind == pdfium.OBJECT_FORM and depth < 3 and _has_picture(thing, depth + 1)):
            return True
    return False
