"""PDFium's functions that the reader of PDFs calls, out of the library that pypdfium2 brings.

Bound here, because to import pypdfium2's bindings of all 470 functions takes a child process as long as to read ten pages.
"""

import ctypes
import os
from collections.abc import Callable
from ctypes import c_char_p, c_double, c_float, c_int, c_size_t, c_ulong, c_void_p
from importlib.util import find_spec
from typing import Any

ERR_PASSWORD, ERR_SECURITY = 4, 5
OBJECT_IMAGE, OBJECT_FORM = 3, 5


def _library() -> ctypes.PyDLL:
    """Raises ImportError where pypdfium2 is not installed, or brings no library for this machine."""
    found = find_spec("pypdfium2_raw")
    for folder in (found.submodule_search_locations or []) if found else []:
        for name in os.listdir(folder):  # noqa: PTH208 - pathlib takes as long to import as a page to read
            if name in {"libpdfium.so", "libpdfium.dylib", "pdfium.dll"}:
                return ctypes.PyDLL(f"{folder}/{name}")
    raise ImportError("pypdfium2 brings no PDFium for this machine")


_pdfium = _library()


def _bound(name: str, result: Any, *arguments: Any) -> Any:
    function = _pdfium[name]
    function.restype, function.argtypes = result, arguments
    return function


def _quick(name: str) -> Callable[..., int]:
    """A function that takes its arguments as they come: `map` then calls it for a page with no code between."""
    return _pdfium[name]


init_library = _bound("FPDF_InitLibrary", None)
load_document = _bound("FPDF_LoadMemDocument64", c_void_p, c_char_p, c_size_t, c_char_p)
close_document = _bound("FPDF_CloseDocument", None, c_void_p)
last_error = _bound("FPDF_GetLastError", c_ulong)
page_count = _bound("FPDF_GetPageCount", c_int, c_void_p)
load_page = _bound("FPDF_LoadPage", c_void_p, c_void_p, c_int)
close_page = _bound("FPDF_ClosePage", None, c_void_p)
page_rotation = _bound("FPDFPage_GetRotation", c_int, c_void_p)
page_width = _bound("FPDF_GetPageWidthF", c_float, c_void_p)
page_height = _bound("FPDF_GetPageHeightF", c_float, c_void_p)
media_box = _bound("FPDFPage_GetMediaBox", c_int, *[c_void_p] * 5)
bounding_box = _bound("FPDF_GetPageBoundingBox", c_int, c_void_p, c_void_p)
to_device = _bound("FPDF_PageToDevice", c_int, c_void_p, *[c_int] * 5, c_double, c_double, c_void_p, c_void_p)
new_bitmap = _bound("FPDFBitmap_Create", c_void_p, c_int, c_int, c_int)
fill = _bound("FPDFBitmap_FillRect", None, c_void_p, c_int, c_int, c_int, c_int, c_ulong)
render = _bound("FPDF_RenderPageBitmap", None, c_void_p, c_void_p, *[c_int] * 6)
pixels = _bound("FPDFBitmap_GetBuffer", c_void_p, c_void_p)
stride = _bound("FPDFBitmap_GetStride", c_int, c_void_p)
end_bitmap = _bound("FPDFBitmap_Destroy", None, c_void_p)
load_text = _bound("FPDFText_LoadPage", c_void_p, c_void_p)
close_text = _bound("FPDFText_ClosePage", None, c_void_p)
count_characters = _bound("FPDFText_CountChars", c_int, c_void_p)
text_of = _bound("FPDFText_GetText", c_int, c_void_p, c_int, c_int, c_void_p)
code_point = _quick("FPDFText_GetUnicode")
loose_box = _quick("FPDFText_GetLooseCharBox")
count_objects = _bound("FPDFPage_CountObjects", c_int, c_void_p)
object_of = _bound("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
count_form_objects = _bound("FPDFFormObj_CountObjects", c_int, c_void_p)
form_object_of = _bound("FPDFFormObj_GetObject", c_void_p, c_void_p, c_ulong)
object_type = _bound("FPDFPageObj_GetType", c_int, c_void_p)
