"""PDF files written by hand, object by object: what no library would write."""

import zlib
from collections.abc import Sequence

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
RESOURCES = b"<</Font<</F1 3 0 R>>>>"
MEBIBYTE = 1 << 20


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF whose object n is the nth given; the first is the catalogue."""
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out + b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def document(
    contents: Sequence[bytes],
    *,
    box: bytes = b"0 0 595 842",
    catalogue: bytes = b"",
    page: bytes = b"",
    pages: bytes = b"",
    extra: Sequence[bytes] = (),
    resources: bytes = RESOURCES,
) -> bytes:
    """A page for each content stream object; objects 1 to 3 are catalogue, page tree and font, `extra` stand last."""
    count = len(contents)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(count))
    tree = b"<</Type/Pages/Kids[%s]%s>>" % (kids, pages or b"/Count %d" % count)
    objects = [b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue, tree, FONT]
    for number, content in enumerate(contents):
        leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources %s/Contents %d 0 R%s>>"
        objects += [leaf % (box, resources, 5 + 2 * number, page), content]
    return written([*objects, *extra])


def lines(texts: Sequence[str], *, left: int = 60, top: int = 780, step: int = 14, size: int = 10) -> bytes:
    """A content stream that draws lines one below the other."""
    drawn = [b"BT /F1 %d Tf" % size]
    for number, text in enumerate(texts):
        drawn.append(b"1 0 0 1 %d %d Tm (%s) Tj" % (left, top - step * number, _escaped(text)))
    return b"\n".join([*drawn, b"ET"])


def placed(words: Sequence[tuple[int, int, str]], size: int = 10) -> bytes:
    """A content stream that draws each text at its (left, bottom), in the order given."""
    return b"\n".join(
        [b"BT /F1 %d Tf" % size, *(b"1 0 0 1 %d %d Tm (%s) Tj" % (x, y, _escaped(text)) for x, y, text in words), b"ET"]
    )


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def repeated(unit: bytes, megabytes: int) -> bytes:
    """The raw deflate of a unit again and again: a bomb made in no time, since one compressed mebibyte is repeated."""
    block = (unit * (MEBIBYTE // len(unit) + 1))[:MEBIBYTE]
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return packed * megabytes + b"\x03\x00"


def bomb(unit: bytes, megabytes: int) -> bytes:
    """A content stream object that unpacks to so many megabytes."""
    return stream(b"\x78\xda" + repeated(unit, megabytes) + b"\0\0\0\0", b"/Filter/FlateDecode")
