"""Word documents: mammoth makes HTML of them, whose blocks become lines."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import mammoth
from lxml import html

from casereview.documents.characters import cleaned
from casereview.documents.limits import Limits
from casereview.documents.refusals import Unreadable

_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O\0C\0T|E\0N\0T\0I)|\0<\0!\0(?:D\0O\0C|E\0N\0T)")
_NOTE_MARKS = './/a[starts-with(@href, "#footnote") or starts-with(@href, "#endnote")]'


def text_of(content: bytes, limits: Limits) -> str:
    """The text of a DOCX: a paragraph, heading or list item a line, a table row a line with tabs between its cells.

    Tracked insertions, content controls and text boxes are in it, tracked deletions are not; notes stand at its end.
    Raises Unreadable: document-too-large, document-hostile or document-damaged.
    """
    return cleaned("\n".join(_lines(markup_of(content, limits))))


def markup_of(content: bytes, limits: Limits) -> str:
    """A DOCX as HTML, without its pictures. Raises Unreadable as `text_of`."""
    _weighed(content, limits)
    try:
        made = mammoth.convert_to_html(io.BytesIO(content), convert_image=mammoth.images.img_element(lambda image: {}))
    except MemoryError:
        raise
    except Exception as error:  # mammoth meets a broken part with whatever its parsers raise
        raise Unreadable("document-damaged", (f"a part of it cannot be read ({type(error).__name__})",)) from error
    return str(made.value)


def _weighed(content: bytes, limits: Limits) -> None:
    """Refuses an archive by what it declares, before any of it is unpacked; a part that declares too little breaks off there."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > limits.members:
                raise Unreadable("document-too-large", (f"{len(members):,} parts, {limits.members:,} allowed",))
            total = sum(member.file_size for member in members)
            if total > limits.unpacked_bytes:
                sizes = f"{total >> 20:,} MB unpacked, {limits.unpacked_bytes >> 20:,} MB allowed"
                raise Unreadable("document-too-large", (sizes,))
            if any(member.flag_bits & 1 for member in members):
                raise Unreadable("document-encrypted")
            for member in members:
                if member.filename.endswith((".xml", ".rels")) and _ENTITIES.search(_unpacked(archive, member)):
                    raise Unreadable("document-hostile", ("XML entities, which can unpack without end",))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error) as error:
        raise Unreadable("document-damaged", ("a part of its archive cannot be unpacked",)) from error


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A part, unpacked no further than it declares: reading it without a size would unpack all of it first."""
    with archive.open(member) as part:
        return part.read(member.file_size + 1)


def _lines(markup: str) -> Iterator[str]:
    if not markup.strip():
        return
    body = html.fragment_fromstring(markup, create_parent="body")
    for mark in body.xpath(_NOTE_MARKS):
        mark.drop_tree()
    for block in body:
        yield from _lines_of(block)


def _lines_of(block: html.HtmlElement) -> Iterator[str]:
    if block.tag == "table":
        yield from ("\t".join(_flat(cell) for cell in row) for row in block.xpath("./tr | ./thead/tr | ./tbody/tr"))
    elif block.tag in {"ul", "ol", "dl"}:
        yield from (line for item in block for line in _item(item))
    else:
        yield from _flat(block, "\n").split("\n")


def _item(item: html.HtmlElement) -> Iterator[str]:
    nested = [child for child in item if child.tag in {"ul", "ol", "table"}]
    for child in nested:
        item.remove(child)
    yield "- " + _flat(item)
    for child in nested:
        yield from _lines_of(child)


def _flat(element: html.HtmlElement, line_break: str = " ") -> str:
    for found in element.iter("br", "p"):
        found.tail = line_break + (found.tail or "")
    return re.sub(r"[^\S\n]+", " ", element.text_content()).strip()
