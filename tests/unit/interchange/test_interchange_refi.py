"""Archives of other programs, each with a trap, made here: how they are read, and which are refused."""

import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from casereview.interchange.refi import read_codebook, read_project, write_codebook
from casereview.interchange.refi.limits import DEFAULT
from casereview.interchange.refi.model import Code, Selection, Source, Text
from casereview.interchange.refi.offsets import Reading, Ruler, choose, placed
from casereview.interchange.refi.texts import as_taken, decoded
from casereview.interchange.refi.themes import codes_of, theme_of
from casereview.study.codebook import Retired
from casereview.study.problems import SourcesRefused
from casereview.study.themes import Theme, Themes
from tests.xsd import codebook_xsd

WORDS = "Nobody 😢 asked.\nThe child 😢😢 was seen.\nNobody wrote it down 😢 that day.\nIt was said again."
GUIDS = [f"00000000-0000-4000-8000-{number:012d}" for number in range(20)]


def place(text: str, words: str, reading: Reading, marked: bool, nth: int = 0) -> tuple[int, int]:
    """Where a program that counts like this says that words stand."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)

    def counted(part: str) -> int:
        part = part.replace("\n", "\r\n") if reading.pairs else part
        return (len(part.encode("utf-16-le")) // 2 if reading.units else len(part)) + (marked and reading.mark)

    return counted(text[:start]), counted(text[: start + len(words)])


def markup(reading: Reading, marked: bool, space: str = "urn:QDA-XML:project:1.0", path: str = "internal://{}.txt") -> str:
    wanted = ("asked", "child", "seen", "Nobody wrote", "day", "said again")
    places = [place(WORDS, words, reading, marked) for words in wanted]
    selections = "".join(
        f'<PlainTextSelection guid="{GUIDS[5 + n]}" startPosition="{start}" endPosition="{end}">'
        f'<Coding guid="{GUIDS[12 + n]}"><CodeRef targetGUID="{{{GUIDS[1].upper()}}}"/></Coding></PlainTextSelection>'
        for n, (start, end) in enumerate(places)
    )
    return (
        f'<?xml version="1.0"?><Project xmlns="{space}" name="Drawn" origin="A program 1.0"><CodeBook><Codes>'
        f'<Code guid="{GUIDS[1]}" name="Listening" isCodable="true"/></Codes></CodeBook>'
        f'<Sources><TextSource guid="{GUIDS[2]}" name="A" plainTextPath="{path.format(GUIDS[2])}">{selections}</TextSource>'
        "</Sources></Project>"
    )


def archive(path: Path, project: str | bytes, members: dict[str, bytes] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("project.qde", project)
        for name, content in (members or {}).items():
            file.writestr(name, content)
    return path


def found(path: Path) -> list[str]:
    (source,) = read_project(path).project.sources
    assert source.text is not None
    return [source.text.text[one.start : one.end] for one in source.selections]


SAID = ["asked", "child", "seen", "Nobody wrote", "day", "said again"]


@pytest.mark.parametrize("units", [False, True])
@pytest.mark.parametrize("mark", [False, True])
@pytest.mark.parametrize("pairs", [False, True])
@pytest.mark.parametrize("folder", ["sources", "Sources", "SOURCES"])
def test_however_a_program_counts_the_passages_are_the_ones_it_meant(tmp_path, units, mark, pairs, folder):
    reading = Reading(units, mark, pairs)
    text = ("\ufeff" if mark else "") + WORDS.replace("\n", "\r\n" if pairs else "\n")
    path = archive(tmp_path / "a.qdpx", markup(reading, mark), {f"{folder}/{GUIDS[2]}.txt": text.encode()})
    assert found(path) == SAID
    chosen = read_project(path).chosen
    assert chosen is not None
    assert chosen.reading == reading
    assert chosen.fitting == chosen.passages == 6


def test_ends_of_lines_counted_as_two_are_known_where_xml_made_one_of_them(tmp_path):
    """A text within the XML: its parser gives every end of a line as one."""
    reading = Reading(units=True, pairs=True)
    inline = markup(reading, False).replace(
        f' plainTextPath="internal://{GUIDS[2]}.txt">', f"><PlainTextContent>{WORDS}</PlainTextContent>"
    )
    assert found(archive(tmp_path / "a.qdpx", inline)) == SAID


@pytest.mark.parametrize(
    "path", ["internal://{}.txt", "{}.txt", "sources/{}.txt", "relative:///{}.txt", "internal://sources/{}.TXT"]
)
def test_the_texts_are_found_however_their_path_is_written(tmp_path, path):
    project = markup(Reading(), False, path=path)
    assert found(archive(tmp_path / "a.qdpx", project, {f"sources/{GUIDS[2]}.txt": WORDS.encode()})) == SAID


def test_another_namespace_is_read_and_told(tmp_path):
    project = markup(Reading(), False, space="urn:QDA-XML:project:0:4")
    path = archive(tmp_path / "a.qdpx", project, {f"sources/{GUIDS[2]}.txt": WORDS.encode()})
    assert found(path) == SAID
    assert any("urn:QDA-XML:project:0:4" in str(loss) for loss in read_project(path).lost)


def test_a_quoted_passage_decides_where_words_do_not():
    """Of letters without spaces each place begins and ends within a word: the description still tells."""
    text = "漢字😢" * 9
    quoted = tuple(Selection(str(n), at, at + 4, description="漢字😢漢"[:4]) for n, at in enumerate((0, 8, 16, 24)))
    source = Source("s", "", Text(text), selections=quoted)
    assert choose([source]).reading == Reading(units=True)
    assert placed(source, Reading(units=True)).selections[1].start == 6


def test_of_readings_that_fit_alike_the_standards_is_taken():
    source = Source("s", "", Text("Nobody asked.\nNobody."), selections=(Selection("1", 0, 6),))
    assert choose([source]).reading == Reading()


LETTERS = st.text(st.sampled_from("ab \n😢"), max_size=40)


@given(LETTERS, st.booleans(), st.booleans(), st.booleans())
def test_a_place_comes_back_from_every_way_of_counting(text, units, mark, pairs):
    reading, ruler = Reading(units, mark, pairs), Ruler(as_taken(("\ufeff" if mark else "") + text), Reading(units, mark, pairs))
    for end in range(len(text) + 1):
        assert ruler.at(place(text + "$", (text + "$")[end:], reading, mark)[0]) == end


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_the_encodings_that_programs_write(encoding):
    text = decoded("Café\r\nat home\r\n".encode(encoding))
    assert text.text == "Café\nat home\n"
    assert text.pairs == (4, 12)


BOMB = '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Project name="&b;"/>'


@pytest.mark.parametrize(
    ("code", "project", "members"),
    [
        ("refi-hostile", BOMB, {}),
        ("refi-hostile", BOMB.encode("utf-16"), {}),
        ("refi-hostile", '<!DOCTYPE p SYSTEM "file:///etc/passwd"><Project name="x"/>', {}),
        ("refi-hostile", '<Project name="x"/>', {"../../etc/cron.d/x": b""}),
        ("refi-hostile", '<Project name="x"/>', {"/etc/passwd": b""}),
        ("refi-hostile", '<Project name="x"/>', {"C:\\Windows\\x": b""}),
        ("refi-hostile", '<Project name="x"/>', {"sources/a.txt": b"1", "Sources/A.TXT": b"2"}),
        ("refi-damaged", "<Project", {}),
        ("refi-damaged", "", {}),
        ("refi-damaged", "<html/>", {}),
        ("refi-too-large", f'<Project name="x"><Sets>{"<Set/>" * 60}</Sets></Project>', {}),
        ("refi-too-large", '<Project name="x"/>', {f"sources/{n}": b"" for n in range(11)}),
        ("refi-too-large", '<Project name="x"/>', {"sources/a.txt": b"0" * 300_000}),
        ("refi-damaged", "<a>" * 5_000 + "</a>" * 5_000, {}),
    ],
)
def test_a_hostile_archive_is_refused_with_a_reason(tmp_path, code, project, members):
    limits = DEFAULT._replace(members=10, unpacked=200_000, elements=50)
    with pytest.raises(SourcesRefused) as refused:
        read_project(archive(tmp_path / "a.qdpx", project, members), limits)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_an_archive_that_says_less_than_it_unpacks_is_refused(tmp_path):
    path = archive(tmp_path / "a.qdpx", '<Project name="x"/>' + " " * 100_000)
    content = bytearray(path.read_bytes())
    for sign, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.index(sign) + at, 19)
    path.write_bytes(content)
    with pytest.raises(SourcesRefused):
        read_project(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not an archive", b"%PDF-1.7"])
def test_what_is_no_archive_is_refused(tmp_path, content):
    (tmp_path / "a.qdpx").write_bytes(content)
    with pytest.raises(SourcesRefused):
        read_project(tmp_path / "a.qdpx")


def test_what_is_lost_is_told(tmp_path):
    project = (
        '<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook><Codes><Code guid="1" name="A" color="#FF0000"/>'
        '</Codes></CodeBook><Sources><PictureSource guid="2"/><AudioSource guid="3"/><PDFSource guid="4" path="internal://4.pdf">'
        '<PDFSelection guid="5" page="0" firstX="0" firstY="0" secondX="9" secondY="9"/></PDFSource></Sources>'
        '<Sets><Set guid="6" name="s"/></Sets><Graphs><Graph guid="7"/></Graphs></Project>'
    )
    read = read_project(archive(tmp_path / "a.qdpx", project))
    assert {loss.what for loss in read.lost} == {
        *("Colours of codes", "Pictures", "Sound recordings", "Areas on pages of PDFs", "Documents without plain text", "Sets"),
        "Drawings",
    }


TREE = Themes(
    themes={
        "practice": Theme(
            label="Practice",
            definition="What professionals did.\n\nOr did not do.",
            codes={
                "listening": Theme(
                    label="Listening", include="Asked: the child.", exclude="Seen only.", example="“Nobody asked.”"
                ),
                "old": Theme(label="Old", retired=Retired(since="w1", why="Too rare: merged.", use="listening")),
                "theirs": Theme(label="Theirs", refi=GUIDS[9]),
            },
        )
    }
)


def test_a_codebook_passes_the_standards_xsd_and_its_codes_come_back(tmp_path):
    path = tmp_path / "codes.qdc"
    path.write_bytes(write_codebook(codes_of(TREE), "casereview"))
    codebook_xsd().assertValid(etree.parse(str(path)))
    read = read_codebook(path)
    assert read.lost == ()
    assert back(read.project.codes) == TREE.themes


def back(codes: tuple[Code, ...]) -> dict[str, Theme]:
    made = ((theme_of(code), code.codes) for code in codes)
    return {slug: theme.model_copy(update={"codes": back(below)}) for (slug, theme), below in made}


def test_a_codebook_of_another_program_keeps_its_words_as_the_definition(tmp_path):
    path = tmp_path / "codes.qdc"
    path.write_text(
        f'<CodeBook xmlns="urn:QDA-XML:codebook:0:4"><Codes><Code guid="{GUIDS[3]}" name="A  code"><Description>Include: this.'
        "</Description></Code></Codes><Sets/></CodeBook>"
    )
    (code,) = read_codebook(path).project.codes
    assert theme_of(code) == ("", Theme(label="A code", definition="Include: this.", refi=GUIDS[3]))


def test_no_codes_are_no_codebook():
    with pytest.raises(ValueError, match="needs a code"):
        write_codebook((), "casereview")
