"""What a file is, by its content; its name only words the refusal."""

import io
import re

from casereview.documents.refusals import Unreadable

PRINT_TO_PDF = "Open it in its own program, save it as PDF or DOCX, and take that in."
FETCH_AGAIN = "Fetch the document itself again: a page of the website was saved in its place."
READ_PICTURES = "Run text recognition (OCR) on it, save the outcome as PDF, and take that in."
TABLES_ELSEWHERE = "Describe a table in sources.yaml as `rows`, `texts` or `quotes`, not as `documents`."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = (
    (b"\x89PNG", "a picture (PNG)", READ_PICTURES),
    (b"\xff\xd8\xff", "a picture (JPEG)", READ_PICTURES),
    (b"GIF8", "a picture (GIF)", READ_PICTURES),
    (b"II*\0", "a picture (TIFF)", READ_PICTURES),
    (b"MM\0*", "a picture (TIFF)", READ_PICTURES),
    (b"{\\rtf", "a rich text file (RTF)", PRINT_TO_PDF),
    (b"%!PS", "a PostScript file", PRINT_TO_PDF),
    (b"PAR1", "a Parquet table", TABLES_ELSEWHERE),
    (b"$FL2", "an SPSS file", TABLES_ELSEWHERE),
    (b"$FL3", "an SPSS file", TABLES_ELSEWHERE),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it, and take in the documents inside."),
    (b"Rar!", "a RAR archive", "Unpack it, and take in the documents inside."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it, and take in the documents inside."),
)
_ZIPPED = (
    ("xl/", "an Excel workbook", TABLES_ELSEWHERE),
    ("ppt/", "a PowerPoint presentation", PRINT_TO_PDF),
    ("content.xml", "an OpenDocument file", PRINT_TO_PDF),
    ("META-INF/container.xml", "an EPUB book", PRINT_TO_PDF),
)
_MARKUP = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script)\b", re.I | re.S)


def kind_of(content: bytes, name: str) -> str:
    """ "pdf", "docx" or "txt".

    Raises Unreadable: document-empty, document-wrong-type, document-encrypted or document-damaged.
    """
    if not content:
        raise Unreadable("document-empty")
    head = content[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content, name)
    if content.startswith(_OLE):
        raise _old_office(content, name)
    for beginning, words, remedy in _BEGINNINGS:
        if head.startswith(beginning):
            raise _wrong(name, words, remedy)
    if _MARKUP.match(head):
        raise _wrong(name, "an HTML page", FETCH_AGAIN)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        raise _wrong(name, "an XML file", PRINT_TO_PDF)
    if is_binary(content):
        raise _wrong(name, "a file of a kind that casereview does not know", PRINT_TO_PDF)
    return "txt"


def is_binary(content: bytes) -> bool:
    """Whether bytes cannot be plain text: zero bytes without a UTF-16 mark, or more than 1 in 100 control characters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    sample = content[: 1 << 20]
    controls = len(sample) - len(sample.translate(None, bytes(set(range(32)) - {9, 10, 12, 13, 26}) + b"\x7f"))
    return b"\0" in sample or controls * 100 > len(sample)


def _kind_of_zip(content: bytes, name: str) -> str:
    import zipfile  # not for a PDF

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise Unreadable("document-damaged", ("its archive is incomplete",)) from error
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(part.startswith("word/") for part in names)):
        return "docx"
    for part, words, remedy in _ZIPPED:
        if any(member.startswith(part) for member in names):
            raise _wrong(name, words, remedy)
    raise _wrong(name, "a zip archive", "Unpack it, and take in the documents inside.")


def _old_office(content: bytes, name: str) -> Unreadable:
    streams = (("EncryptedPackage", None), ("WordDocument", "an old Word file (.doc)"), ("Workbook", "an old Excel file (.xls)"))
    for stream, words in streams:
        if stream.encode("utf-16-le") in content:
            return _wrong(name, words, PRINT_TO_PDF) if words else Unreadable("document-encrypted")
    return _wrong(name, "an old Office file", PRINT_TO_PDF)


def _wrong(name: str, words: str, remedy: str) -> Unreadable:
    expected = {".pdf": "a PDF", ".docx": "a Word document", ".txt": "plain text"}
    wanted = expected.get(name[name.rfind(".") :].lower(), "a PDF, Word or text document")
    return Unreadable("document-wrong-type", (f"not {wanted}: {words}", remedy))
