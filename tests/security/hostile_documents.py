"""Documents that are broken, or built to break their reader; all made here, from a seed, and fictional."""

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pikepdf

from tests.security import word_bytes as word
from tests.security.pdf_bytes import MEBIBYTE, bomb, document, lines, repeated, stream, written

READ = "read"
DAMAGED = {READ, "document-damaged"}
COSTLY = {READ, "document-too-costly", "document-too-large", "document-damaged"}


class Hostile(NamedTuple):
    """A file's name, how its bytes are made, the outcomes that are right, and whether reading it takes seconds."""

    name: str
    made: Callable[[], bytes]
    outcomes: set[str]
    slow: bool = False


SENTENCE = "a fictional review of no real family says that the worker visited the home and wrote down what the child said"


def prose(seed: int, count: int = 40) -> list[str]:
    chosen = random.Random(seed)
    return [" ".join(chosen.choices(SENTENCE.split(), k=12)) for _ in range(count)]


@cache
def sound() -> dict[str, bytes]:
    """Whole documents, each by its ending and kind."""
    plain = document([stream(lines(prose(page))) for page in range(4)])
    packed = document([stream(zlib.compress(lines(prose(page))), b"/Filter/FlateDecode") for page in range(12)])
    rows = "".join(f"<w:tr><w:tc>{word.paragraph(line)}</w:tc><w:tc>{word.paragraph('x')}</w:tc></w:tr>" for line in prose(1, 9))
    body = "".join(map(word.paragraph, prose(2, 80))) + f"<w:tbl>{rows}</w:tbl>"
    return {
        "plain.pdf": plain,
        "packed.pdf": packed,
        "objects.pdf": saved(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "linear.pdf": saved(plain, linearize=True),
        "owner.pdf": saved(plain, encryption=pikepdf.Encryption(owner="owner", user="")),
        "small.docx": word.document(word.part(word.paragraph("A fictional paragraph."))),
        "table.docx": word.document(word.part(body), {"docProps/core.xml": "<core/>", "word/styles.xml": "<styles/>"}),
    }


def saved(content: bytes, **how: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.save(out, deterministic_id="encryption" not in how, **how)
    return out.getvalue()


def mutated() -> Iterator[Hostile]:
    """Each sound document cut short, with bits turned, blocks zeroed, pieces taken out, doubled or put in."""
    encrypted = {"document-encrypted"}  # a turned bit may make of an open file a locked one
    outcomes = DAMAGED | encrypted | {"document-wrong-type", "document-too-large", "document-too-costly", "document-hostile"}
    for name, content in sound().items():
        for number, change in enumerate(CHANGES):
            made = lambda content=content, change=change, seed=f"{name} {number}": change(content, random.Random(seed))  # noqa: E731
            yield Hostile(f"mutated {number:02} {name}", made, outcomes)


def _cut(share: float) -> Callable[[bytes, random.Random], bytes]:
    return lambda content, chosen: content[: max(1, int(len(content) * share))]


def _turned(count: int) -> Callable[[bytes, random.Random], bytes]:
    def change(content: bytes, chosen: random.Random) -> bytes:
        out = bytearray(content)
        for _ in range(count):
            out[chosen.randrange(len(out))] ^= 1 << chosen.randrange(8)
        return bytes(out)

    return change


def _zeroed(size: int) -> Callable[[bytes, random.Random], bytes]:
    def change(content: bytes, chosen: random.Random) -> bytes:
        at = chosen.randrange(max(1, len(content) - size))
        return content[:at] + bytes(min(size, len(content) - at)) + content[at + size :]

    return change


def _piece(how: Callable[[bytes], bytes]) -> Callable[[bytes, random.Random], bytes]:
    def change(content: bytes, chosen: random.Random) -> bytes:
        first, last = sorted(chosen.randrange(len(content)) for _ in range(2))
        return content[:first] + how(content[first:last]) + content[last:]

    return change


CHANGES = [
    *(_cut(share) for share in (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999)),
    *(_turned(count) for count in (1, 1, 2, 2, 5, 5, 10, 10, 50, 50, 200, 500, 5_000)),
    *(_zeroed(size) for size in (1, 16, 64, 256, 512, 1024, 4096, 4096)),
    *(_piece(lambda piece: b"") for _ in range(3)),
    *(_piece(lambda piece: piece * 2) for _ in range(3)),
    *(_piece(lambda piece: piece[::-1]) for _ in range(2)),
    *(_piece(lambda piece: piece + b"\xff<<endobj" + piece) for _ in range(2)),
]


def wrong_types() -> Iterator[Hostile]:
    """Files that are not what their names say; some can be read all the same."""
    wrong = {"document-wrong-type"}
    page = b"<!DOCTYPE html>\n<html><head><title>Not found</title></head><body>Not found</body></html>"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    contents = [
        ("empty.pdf", b"", {"document-empty"}),
        ("empty.docx", b"", {"document-empty"}),
        ("one byte.pdf", b"%", {READ}),
        ("page.pdf", page, wrong),
        ("page.docx", b"\xef\xbb\xbf\n <!-- saved --><HTML lang=en>" + page, wrong),
        ("page.txt", b"<html>" + page, wrong),
        ("feed.pdf", b'<?xml version="1.0"?><rss/>', wrong),
        ("scan.pdf", b"\x89PNG\r\n\x1a\n" + bytes(99), wrong),
        ("photo.docx", b"\xff\xd8\xff\xe0" + bytes(99), wrong),
        ("scan.tiff", b"II*\0" + bytes(99), wrong),
        ("old.doc", ole + "WordDocument".encode("utf-16-le"), wrong),
        ("old.pdf", ole + "Workbook".encode("utf-16-le"), wrong),
        ("odd.docx", ole, wrong),
        ("locked.docx", ole + "EncryptedPackage".encode("utf-16-le"), {"document-encrypted"}),
        ("book.docx", word.zipped({"[Content_Types].xml": word.TYPES, "xl/workbook.xml": "<x/>"}), wrong),
        ("talk.docx", word.zipped({"[Content_Types].xml": word.TYPES, "ppt/presentation.xml": "<x/>"}), wrong),
        ("text.odt", word.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), wrong),
        ("files.zip", word.zipped({"a.txt": "text"}), wrong),
        ("note.rtf", rb"{\rtf1 text}", wrong),
        ("data.txt", random.Random(1).randbytes(4096), wrong),
        ("zeros.pdf", bytes(4096), wrong),
        ("table.parquet", b"PAR1" + bytes(99), wrong),
        ("codes.pdf", b"$FL2@(#) SPSS DATA FILE", wrong),
        ("packed.pdf", b"\x1f\x8b\x08" + bytes(99), wrong),
        ("half.txt", b"\xff\xfea\0b", {"document-damaged"}),
        ("latin.txt", "caf\u00e9 \u2013 d\u00e9j\u00e0 vu".encode("cp1252"), {READ}),
        ("wide.txt", "fictional".encode("utf-16"), {READ}),
        ("really a word file.pdf", sound()["small.docx"], {READ}),
        ("really a pdf.docx", sound()["plain.pdf"], {READ}),
        ("really a pdf.txt", sound()["plain.pdf"], {READ}),
        ("late.pdf", b"\n" * 500 + sound()["plain.pdf"], {READ}),
        ("header only.pdf", b"%PDF-1.7\n", {"document-damaged"}),
        ("header and noise.pdf", b"%PDF-1.7\n" + random.Random(2).randbytes(9999), {"document-damaged"}),
    ]
    return (Hostile(name, lambda content=content: content, outcomes) for name, content, outcomes in contents)


def locked() -> Iterator[Hostile]:
    """PDFs under a password, by each generation of encryption."""
    for revision in (2, 3, 4, 6):
        how = pikepdf.Encryption(owner="owner", user="user", R=revision, aes=revision >= 4, metadata=revision >= 4)
        yield Hostile(f"user {revision}.pdf", lambda how=how: saved(sound()["plain.pdf"], encryption=how), {"document-encrypted"})
        open_ = pikepdf.Encryption(owner="owner", user="", R=revision, aes=revision >= 4, metadata=revision >= 4)
        yield Hostile(f"owner {revision}.pdf", lambda how=open_: saved(sound()["plain.pdf"], encryption=how), {READ})


NAMES = [
    "-rf.pdf",
    "--help",
    "a\nb.pdf",
    "a;reboot;$(id)`id`.pdf",
    "quote'\" and {braces} %s.pdf",
    "right\u202eto left.pdf",
    "\U0001f622.pdf",
    "not utf-8 \udcff.pdf",
    " .pdf",
    "x" * 250 + ".pdf",
    "NUL.pdf",
    "no ending",
]


def named() -> Iterator[Hostile]:
    """Sound documents whose names are not."""
    return (Hostile(name, lambda: sound()["plain.pdf"], {READ}) for name in NAMES)


def bombs() -> Iterator[Hostile]:
    """Small files that ask for a machine's whole memory or time."""
    yield Hostile("blanks.pdf", lambda: document([bomb(b" ", 1024)]), {"document-too-costly"})
    yield Hostile("operators.pdf", lambda: document([bomb(b"BT /F1 9 Tf (bomb) Tj ET ", 200)]), {"document-too-costly"}, True)
    yield Hostile("states.pdf", lambda: document([bomb(b"q ", 64)]), COSTLY, True)
    yield Hostile("paths.pdf", lambda: document([bomb(b"1 1 m 9 9 l 5 5 l S ", 64)]), COSTLY, True)
    yield Hostile("twice.pdf", _packed_twice, COSTLY)
    yield Hostile("objects.pdf", _object_stream_bomb, COSTLY)
    yield Hostile("references.pdf", _cross_reference_bomb, COSTLY)
    yield Hostile("meanings.pdf", _character_map_bomb, COSTLY, True)
    yield Hostile("fifty thousand pages.pdf", _many_pages, {"document-too-large"})
    yield Hostile("shared pages.pdf", _shared_pages, {"document-too-large", "document-damaged", "document-too-costly"})
    yield Hostile("picture.pdf", _huge_picture, {READ})
    yield Hostile("nested arrays.pdf", lambda: document([stream(b"[" * MEBIBYTE)], page=b"/X " + b"[" * 200_000), COSTLY)
    yield Hostile("nested names.pdf", lambda: document([stream(b"")], page=b"/X " + b"<</X " * 200_000), COSTLY)
    yield Hostile("long text.txt", lambda: b"fictional " * (3 * MEBIBYTE), {"document-too-large"})
    yield Hostile("unpacked.docx", lambda: _zip_bomb(None), {"document-too-large"})
    yield Hostile("forged size.docx", lambda: _zip_bomb(4096), {"document-damaged"})
    yield Hostile("members.docx", _many_members, {"document-too-large"})
    yield Hostile("nested.docx", lambda: word.document(word.part("<w:sdt><w:sdtContent>" * 100_000)), COSTLY)
    yield Hostile("wide.docx", lambda: word.document(word.part(word.paragraph("a") * 400_000)), COSTLY, True)
    yield Hostile("laughs.docx", lambda: word.document(word.part("<w:p/>", LAUGHS)), {"document-hostile"})
    yield Hostile("laughs wide.docx", lambda: word.document(word.part("<w:p/>", LAUGHS).encode("utf-16")), {"document-hostile"})
    yield Hostile("laughs in types.docx", lambda: word.document(word.part(""), {"word/styles.xml": LAUGHS}), {"document-hostile"})


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def _packed_twice() -> bytes:
    inner = zlib.compress(b"\x78\xda" + repeated(b" ", 900) + b"\0\0\0\0")
    return document([stream(inner, b"/Filter[/FlateDecode/FlateDecode]")])


def _object_stream_bomb() -> bytes:
    packed = b"\x78\xda" + repeated(b"1 0 ", 1024) + b"\0\0\0\0"
    holder = stream(packed, b"/Type/ObjStm/N 1000000/First 9000000/Filter/FlateDecode")
    return document([stream(b"")], extra=[holder], page=b"/Annots 6 0 R")


def _cross_reference_bomb() -> bytes:
    packed = b"\x78\xda" + repeated(b"\1\0\0\0\0", 1024) + b"\0\0\0\0"
    entries = b"/Type/XRef/W[1 4 0]/Size 200000000/Root 1 0 R/Filter/FlateDecode"
    body = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    return body + b"9 0 obj" + stream(packed, entries) + b"endobj\nstartxref\n%d\n%%%%EOF" % len(body)


def _character_map_bomb() -> bytes:
    ranges = b"".join(b"<%04x> <ffff> <%s>\n" % (code, b"0041" * 200) for code in range(5_000))
    maps = stream(b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 5000 beginbfrange\n" + ranges + b"endbfrange")
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[8 0 R]>>"
    inner = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>"
    text = b"BT /F1 9 Tf " + b"<%s> Tj " % (b"0041" * 50_000) + b"ET"
    return document([stream(text)], extra=[maps, font, inner], resources=b"<</Font<</F1 7 0 R>>>>")


def _many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 50_003))
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    return written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 50000/Kids[%s]>>" % kids, *[leaf] * 50_000])


def _shared_pages() -> bytes:
    """Seven levels of ten times the same kid: ten million pages in a kilobyte."""
    levels = [b"<</Type/Pages/Count %d/Kids[%s]>>" % (10 ** (7 - at), b"%d 0 R " % (3 + at) * 10) for at in range(7)]
    return written([b"<</Type/Catalog/Pages 2 0 R>>", *levels, b"<</Type/Page/Parent 8 0 R/MediaBox[0 0 9 9]>>"])


def _huge_picture() -> bytes:
    entries = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode"
    picture = stream(b"\x78\xda" + repeated(b"\0", 1024) + b"\0\0\0\0", entries)
    return document([stream(b"595 0 0 842 0 0 cm /I Do")], extra=[picture], resources=b"<</XObject<</I 6 0 R>>>>")


def _zip_bomb(declared: int | None) -> bytes:
    """A DOCX whose document part unpacks to a gigabyte; with `declared`, its headers say that many bytes instead."""
    name, packed, size = b"word/document.xml", repeated(b" ", 1024), declared or 1024 * MEBIBYTE
    fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + fields + name + packed
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def _many_members() -> bytes:
    return word.document(word.part(""), {f"word/media/{number}": b"" for number in range(20_000)})


def malformed() -> Iterator[Hostile]:
    """Structures that turn in circles, lie about themselves, or carry what no report needs."""
    page = stream(lines(prose(7, 5)))
    secret = {"word/_rels/document.xml.rels": word.RELATIONS.replace("word/document.xml", "file:///etc/passwd")}
    outside = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    made = {
        "tree loop.pdf": written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"]),
        "tree loop of two.pdf": written(
            [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[3 0 R]>>", b"<</Type/Pages/Count 9/Kids[2 0 R]>>"]
        ),
        "no pages.pdf": written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]),
        "no catalogue.pdf": written([b"<</Type/Font>>"]),
        "pages missing.pdf": written([b"<</Type/Catalog/Pages 9 0 R>>"]),
        "kids missing.pdf": document([page], pages=b"/Count 1/Kids[77 0 R 78 0 R]"),
        "forged count.pdf": document([page], pages=b"/Count 2000000000"),
        "negative count.pdf": document([page], pages=b"/Count -5"),
        "count of text.pdf": document([page], pages=b"/Count(many)"),
        "huge page.pdf": document([page], box=b"0 0 1000000000 1000000000"),
        "tiny page.pdf": document([page], box=b"0 0 0.00001 0.00001"),
        "turned page.pdf": document([page], page=b"/Rotate 90"),
        "odd turn.pdf": document([page], page=b"/Rotate 17"),
        "no box.pdf": document([page], box=b""),
        "box of text.pdf": document([page], box=b"(a)(b)(c)(d)"),
        "script.pdf": document([page], catalogue=b"/OpenAction<</S/JavaScript/JS(while\\(1\\){})>>"),
        "launch.pdf": document([page], catalogue=b"/OpenAction<</S/Launch/F(/bin/sh)>>"),
        "address.pdf": document([page], catalogue=b"/OpenAction<</S/URI/URI(http://127.0.0.1:9/)>>"),
        "form.pdf": document([page], catalogue=b"/AcroForm<</XFA(<xdp/>)/Fields[]/NeedAppearances true>>"),
        "attachment.pdf": document([page], catalogue=b"/Names<</EmbeddedFiles<</Names[(a)<</F(a.exe)>>]>>>>"),
        "outline loop.pdf": document([page], catalogue=b"/Outlines 6 0 R", extra=[b"<</First 6 0 R/Next 6 0 R/Parent 6 0 R>>"]),
        "forged length.pdf": document([b"<</Length 999999999>>stream\nBT (a) Tj ET\nendstream"]),
        "negative length.pdf": document([b"<</Length -1>>stream\nBT (a) Tj ET\nendstream"]),
        "length of itself.pdf": document([b"<</Length 5 0 R>>stream\nBT (a) Tj ET\nendstream"]),
        "unknown filter.pdf": document([stream(b"abc", b"/Filter/Unknown")]),
        "filters.pdf": document([stream(b"abc", b"/Filter[" + b"/FlateDecode" * 9999 + b"]")]),
        "predictor.pdf": document(
            [stream(zlib.compress(bytes(999)), b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 99>>")]
        ),
        "form loop.pdf": document(
            [stream(b"/X Do")],
            resources=b"<</XObject<</X 6 0 R>>>>",
            extra=[stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")],
        ),
        "font loop.pdf": document(
            [stream(b"BT /F1 9 Tf (aaaa) Tj ET")],
            resources=b"<</Font<</F1 6 0 R>>>>",
            extra=[
                b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
                b"/Encoding<</Differences[97/a]>>/CharProcs<</a 7 0 R>>/Resources<</Font<</F1 6 0 R>>>>>>",
                stream(b"9 0 d0 BT /F1 9 Tf (a) Tj ET"),
            ],
        ),
        "font of itself.pdf": document(
            [page], resources=b"<</Font<</F1 6 0 R>>>>", extra=[b"<</Type/Font/Subtype/Type0/DescendantFonts[6 0 R]>>"]
        ),
        "resources loop.pdf": document([page], resources=b"4 0 R"),
        "odd numbers.pdf": document(
            [stream(b"BT /F1 1e99 Tf 1e40 0 0 1e40 1e40 1e40 Tm (far) Tj /F1 -9 Tf (a) Tj /F1 0 Tf (b) Tj ET")]
        ),
        "previous loop.pdf": written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"], b"/Prev 9"),
        "start beyond.pdf": sound()["plain.pdf"].rsplit(b"startxref", 1)[0] + b"startxref\n99999999999999999999\n%%EOF",
        "two in one.pdf": sound()["plain.pdf"] + sound()["plain.pdf"],
        "page and archive.pdf": sound()["plain.pdf"] + sound()["small.docx"],
        "no document.docx": word.zipped({"[Content_Types].xml": word.TYPES, "word/styles.xml": "<x/>"}),
        "empty part.docx": word.document(""),
        "not xml.docx": word.document("\0\1 not xml"),
        "other xml.docx": word.document("<html><body>text</body></html>"),
        "no types.docx": word.zipped({"word/document.xml": word.part(word.paragraph("text"))}),
        "broken relations.docx": word.document(word.part(""), {"word/_rels/document.xml.rels": "<<<"}),
        "outside entity.docx": word.document(word.part(word.paragraph("&x;"), outside)),
        "outside relation.docx": word.document(word.part(word.paragraph("text")), secret),
        "upwards.docx": word.document(word.part(word.paragraph("text")), {"../../../tmp/casereview-hostile": "x"}),
        "twice the part.docx": sound()["small.docx"][:-22] + sound()["small.docx"],
        "controls.txt": b"fictional\x01text " + b"with words " * 50,
    }
    refused = DAMAGED | {"document-hostile", "document-wrong-type", "document-too-large"}
    return (Hostile(name, lambda content=content: content, refused) for name, content in made.items())


def everything() -> list[Hostile]:
    """The whole corpus, mutated documents last."""
    return [*wrong_types(), *locked(), *named(), *malformed(), *bombs(), *mutated()]


def sample(every: int = 16) -> list[Hostile]:
    """What was made by hand, but for the bombs, and every sixteenth of what was mutated."""
    return [*wrong_types(), *locked(), *named(), *malformed(), *list(mutated())[::every]]
