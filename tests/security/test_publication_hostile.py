"""What others wrote never runs: labels, titles and document text in HTML, Word and the workbook."""

import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from casereview.analysis.tables import Heading
from casereview.publish import publish
from casereview.publish.workbook import safe
from casereview.study import read
from tests import drawn_publication

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</style><script>alert(1)</script>",
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "\t=1+1",
    "[link](javascript:alert(1))",
    "$$base$$",
    "{{ 7 * 7 }}{% raw %}",
    "]]>&lt;b&gt;&#x3c;",
)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = drawn_publication.write_study(tmp_path_factory.mktemp("study"))
    about = folder / "study.yaml"
    about.write_text(about.read_text().replace("A. Example", "'<script>alert(1)</script>=A'"))
    analysis = drawn_publication.analysis()
    analysis.quote = " ".join(PAYLOADS)
    for slug, table in analysis.tables.items():
        rows = tuple(Heading(row.slug, PAYLOADS[place % len(PAYLOADS)], row.kind) for place, row in enumerate(table.rows))
        columns = tuple(Heading(one.slug, f"={one.label}", one.kind) for one in table.columns)
        analysis.tables[slug] = replace(table, rows=rows, columns=columns, title="".join(PAYLOADS), where=PAYLOADS[0])
    release = drawn_publication.release(tmp_path_factory.mktemp("releases"), analysis.quote)
    out = tmp_path_factory.mktemp("outputs")
    publish(read(folder), release, analysis, drawn_publication.INTAKE, out)
    return out


def test_html_holds_no_element_or_attribute_that_acts(outputs: Path) -> None:
    for path in [*outputs.glob("*.html"), *outputs.glob("evidence/*.html")]:
        root = etree.HTML(path.read_bytes())
        tags = {element.tag for element in root.iter() if isinstance(element.tag, str)}
        assert not tags & {"script", "iframe", "object", "embed", "form", "img"}, path
        assert len(root.findall(".//style")) == 1
        for element in root.iter():
            if isinstance(element.tag, str):
                assert not any(name.startswith("on") for name in element.attrib), path
                assert not element.get("href", "").lower().startswith(("javascript:", "data:")), path


def test_a_hostile_text_is_still_shown(outputs: Path) -> None:
    page = etree.HTML((outputs / "evidence" / "known.html").read_bytes())
    assert "<script>alert(1)</script>" in "".join(page.itertext())


def test_the_workbook_holds_no_formula_and_no_link_out(outputs: Path) -> None:
    with zipfile.ZipFile(outputs / "tables.xlsx") as archive:
        for name in archive.namelist():
            text = archive.read(name).decode(errors="replace")
            if name.startswith("xl/worksheets/sheet"):
                assert "<f>" not in text
                assert "<f " not in text
            if name.endswith(".rels") and "worksheets" in name:
                assert 'TargetMode="External"' not in text


def test_no_cell_of_the_workbook_begins_as_a_formula_does(outputs: Path) -> None:
    book = openpyxl.load_workbook(outputs / "tables.xlsx")
    texts = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not [text for text in texts if text[0] in "=+-@\t\r\0＝＋－＠"]
    assert any("HYPERLINK" in text for text in texts)


def test_numbers_of_the_workbook_are_numbers(outputs: Path) -> None:
    book = openpyxl.load_workbook(outputs / "tables.xlsx")
    counts = [row[1].value for row in book["Table_2"].iter_rows(min_row=2) if len(row) > 1 and row[1].value is not None][1:]
    assert counts
    assert all(isinstance(count, int) for count in counts)


@pytest.mark.parametrize("text", [*PAYLOADS, "\0=1", "\r=1", "＋1", "－1", "＠1"])
def test_a_text_is_made_safe_and_stays_so(text: str) -> None:
    made = safe(text)
    assert made[:1] not in set("=+-@\t\r\n\0＝＋－＠")
    assert "](" not in made
    assert "$$" not in made


def test_word_takes_hostile_text_as_text(outputs: Path) -> None:
    with zipfile.ZipFile(outputs / "report.docx") as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        links = archive.read("word/_rels/document.xml.rels").decode()
    assert "<script>alert(1)</script>" in "".join(body.itertext())
    assert "javascript:" not in links
