"""A page of a PDF as it looks, drawn by the PDFium that reads its text, and where its coordinates fall on that picture. Only ever
run in a child process, as `pdf.py`.
"""

import ctypes
import io
from typing import Any

from casereview.documents import pdfium
from casereview.documents.limits import Limits
from casereview.documents.refusals import Unreadable

SCALE = 2.0
"""Pixels a point: 144 to the inch, sharp on a laptop at twice its size."""
MOST_PIXELS = 4_000_000
"""A larger page is drawn smaller."""
LONGEST = 6_000
"""Pixels of the longer side, of however narrow a page."""
QUALITY = 80

_FINE = 1 << 24  # the side of the picture on which a frame is measured: PDFium answers in whole pixels
_WITH_ANNOTATIONS, _RED_FIRST = 0x01, 0x10
_WHITE = 0xFFFFFFFF

Frame = tuple[float, float, float, float, float, float, float, float]
"""A page: width and height as shown, in points; then a, b, c, d, e, f, by which the point (x, y) of its own coordinates falls on
(a·x + c·y + e, b·x + d·y + f) of the picture, from 0 at its left and top to 1."""


def frame_of(page: Any) -> Frame:
    """How a page lies on its picture, whichever way it is turned, and whatever is cut off."""
    width, height = pdfium.page_width(page), pdfium.page_height(page)
    (e, f), (right, lower), (left, upper) = (_placed(page, *point) for point in ((0, 0), (1_000, 0), (0, 1_000)))
    return width, height, (right - e) / 1_000, (lower - f) / 1_000, (left - e) / 1_000, (upper - f) / 1_000, e, f


def corner_of(page: Any) -> tuple[float, float]:
    """The lower left of the page's media box in its own coordinates; of what is shown, where the page has no such box itself."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if pdfium.media_box(page, *map(ctypes.byref, (left, bottom, right, top))):
        return min(left.value, right.value), min(bottom.value, top.value)
    box = (ctypes.c_float * 4)()  # left, top, right, bottom
    return (box[0], box[3]) if pdfium.bounding_box(page, box) else (0.0, 0.0)


def drawn(document: Any, number: int, limits: Limits) -> tuple[int, int, bytes]:
    """A page, by its number from 1, as WebP: width and height in pixels, and the bytes.

    Raises Unreadable: document-no-page, document-damaged or document-too-costly.
    """
    if not 1 <= number <= min(pdfium.page_count(document), limits.pages):
        raise Unreadable("document-no-page", (f"page {number}",))
    page = pdfium.load_page(document, number - 1)
    if not page:
        raise Unreadable("document-damaged", (f"page {number} cannot be drawn",))
    width, height = size_of(pdfium.page_width(page), pdfium.page_height(page))
    bitmap = pdfium.new_bitmap(width, height, 0)
    if not bitmap:
        raise Unreadable("document-too-costly", (f"a picture of {width:,} by {height:,} pixels",))
    pdfium.fill(bitmap, 0, 0, width, height, _WHITE)
    pdfium.render(bitmap, page, 0, 0, width, height, 0, _WITH_ANNOTATIONS | _RED_FIRST)
    return width, height, _encoded(bitmap, width, height)


def size_of(width: float, height: float) -> tuple[int, int]:
    """The pixels of a page of so many points."""
    width, height = max(width, 1.0), max(height, 1.0)
    scale = min(SCALE, (MOST_PIXELS / (width * height)) ** 0.5, LONGEST / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _placed(page: Any, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.to_device(page, 0, 0, _FINE, _FINE, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value / _FINE, down.value / _FINE


def _encoded(bitmap: Any, width: int, height: int) -> bytes:
    from PIL import Image  # not for a text

    stride = pdfium.stride(bitmap)
    pixels = ctypes.string_at(pdfium.pixels(bitmap), stride * height)
    pdfium.end_bitmap(bitmap)
    saved = io.BytesIO()
    Image.frombuffer("RGB", (width, height), pixels, "raw", "RGBX", stride, 1).save(saved, "WEBP", quality=QUALITY, method=0)
    return saved.getvalue()
