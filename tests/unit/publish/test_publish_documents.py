"""What is written: HTML, PDF and Word from one tree, with bases, marks and ways back."""

import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest
from lxml import etree

from casereview.publish import publish
from casereview.publish.charts import drawn
from casereview.publish.front import MARKING
from casereview.study.study import Study
from tests import drawn_publication
from tests.drawn_publication import SYNTHETIC


def pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


class Links(HTMLParser):
    """The links and the names of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.names: list[str] = []
        self.tags: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.names += [name for name in [found.get("id")] if name]
        self.hrefs += [href for href in [found.get("href")] if href]


def test_what_is_written(outputs: Path) -> None:
    names = {path.name for path in outputs.iterdir()}
    documents = {f"{slug}.{ending}" for slug in ("briefing", "report") for ending in ("html", "pdf", "docx")}
    assert names == documents | {"tables.xlsx", "evidence", "recommendations.json"}


@pytest.mark.parametrize("slug", ["briefing", "report"])
def test_every_page_of_a_pdf_says_that_it_is_restricted_and_synthetic(outputs: Path, slug: str) -> None:
    read = pages(outputs / f"{slug}.pdf")
    assert all(MARKING in page and "Synthetic data" in page for page in read)
    assert SYNTHETIC in read[0]
    assert all(f"Page {number} of {len(read)}" in page for number, page in enumerate(read, start=1))


def test_a_pdf_is_tagged_and_names_itself(outputs: Path) -> None:
    with pikepdf.open(outputs / "briefing.pdf") as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
        assert 'pdfuaid:part="1"' in bytes(document.Root.Metadata.read_bytes()).decode() or b"<pdfuaid:part>1" in bytes(
            document.Root.Metadata.read_bytes()
        )
        assert "Harm and help" in str(document.docinfo["/Title"])


def test_a_pdf_has_its_figures_in_plain_text_and_its_charts_in_vectors(outputs: Path) -> None:
    text = " ".join(pages(outputs / "briefing.pdf"))
    assert "About two thirds (67%) of the children" in text
    assert "29 of 43" in text
    with pikepdf.open(outputs / "briefing.pdf") as document:
        assert not any(page.get_images() for page in document.pages)


def test_the_sections_of_the_brief_stand_in_their_order(outputs: Path) -> None:
    text = (outputs / "briefing.html").read_text(encoding="utf-8")
    sections = ["Why is this study important?", "Aim of the study", "How was the study done?", "Key findings"]
    sections += ["Key recommendations for policy and practice", "Strengths and limitations"]
    places = [text.index(f">{section}</h2>") for section in sections]
    assert places == sorted(places)
    assert text.index(">Understanding vulnerability and risk</h3>") < text.index(">Domestic abuse and parental separation</h3>")


def test_every_link_of_the_html_leads_somewhere(outputs: Path) -> None:
    parsed = {path: Links(path) for path in [*outputs.glob("*.html"), *outputs.glob("evidence/*.html")]}
    for path, page in parsed.items():
        assert len(page.names) == len(set(page.names)), path
        for href in page.hrefs:
            file, _, name = href.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target in parsed, (path, href)
            assert not name or name in parsed[target].names, (path, href)


def test_the_html_runs_nothing_and_has_its_landmarks(outputs: Path) -> None:
    for path in [*outputs.glob("*.html"), *outputs.glob("evidence/*.html")]:
        text, tags = path.read_text(encoding="utf-8"), Links(path).tags
        assert "script" not in tags
        assert "default-src &#39;none&#39;" in text
        assert not re.search(r"\sstyle=|\son[a-z]+=|https?://(?!www\.w3\.org)", text)
        assert {"header", "main", "footer", "h1"} <= set(tags)
        assert tags.count("h1") == 1
        assert text.count(MARKING) == 2
        assert '<html lang="en-GB">' in text


def test_evidence_has_the_cell_its_cases_and_its_passages(outputs: Path) -> None:
    page = (outputs / "evidence" / "known.html").read_text(encoding="utf-8")
    section = page[page.index('<section class="cell" id="open"') :]
    section = section[: section.index("</section>")]
    for said in ("<dd>17</dd>", "<dd>43</dd>", "39.5%", "26.4% to 54.4%", "period: 2011 to 2014", "1.0.0-0f1c7104"):
        assert said in section
    assert section.count("<li>fictional-2011-14-") == 17
    assert drawn_publication.DrawnAnalysis.quote in section
    assert "Review fictional-2011-14-001, page 4" in section
    assert "../briefing.html#figure-" in section


def test_long_lists_of_cases_are_capped_and_counted(outputs: Path, drawn_study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    from casereview.publish import evidence
    from casereview.publish.library import Library

    monkeypatch.setattr(evidence, "CASES", 10)
    library = Library(drawn_study, drawn_publication.release(outputs.parent / "capped"), drawn_publication.analysis(), None)
    cells = {cell.address: cell for cell in evidence.evidence_page(library, "known", []).cells}
    assert (len(cells["open"].cases), cells["open"].more_cases) == (10, "7")
    assert cells["not-stated"].heading == "Not stated (not in the base)"


def test_tables_print_bases_absences_breaks_and_intervals(outputs: Path) -> None:
    text = (outputs / "report.html").read_text(encoding="utf-8")
    assert "Base: 43 of 45 reviews (period: 2011 to 2014). Not in the base: not stated 2." in text
    assert "26.4% to 54.4%" in text
    assert "Break: 2011 to 2014. Reviews published in full (10 June 2010)." in text
    assert "χ² = 1.23, df = 3, p = 0.745" in text
    assert 'scope="colgroup"' in text


def test_the_report_has_samples_intake_deviations_and_codebook(outputs: Path) -> None:
    text = (outputs / "report.html").read_text(encoding="utf-8")
    assert "Reviews read in depth beside the cases that could be drawn" in text
    assert "What the sources held, and what became of it" in text
    assert "unknown-answer (4)" in text
    assert "families (tables): changed. Reason: Substance misuse was added" in text
    assert "Below the threshold (include: A referral that was not accepted)" in text


def test_charts_have_their_words(outputs: Path) -> None:
    text = (outputs / "briefing.html").read_text(encoding="utf-8")
    for svg in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        element = etree.fromstring(svg)
        identifiers = element.get("aria-labelledby").split()
        said = [element.xpath(f"//*[@id='{identifier}']")[0].text for identifier in identifiers]
        assert element.get("role") == "img"
        assert all(said)
    assert "Domestic abuse 54.8%" in text


def test_word_has_headings_captions_repeated_heads_and_vector_pictures(outputs: Path) -> None:
    document = docx.Document(str(outputs / "report.docx"))
    assert MARKING in document.sections[0].header.paragraphs[0].text
    assert "Synthetic data" in document.sections[0].footer.paragraphs[0].text
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert SYNTHETIC in texts
    assert "Key findings" in [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert any(paragraph.style.name == "Caption" for paragraph in document.paragraphs)
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    with zipfile.ZipFile(outputs / "report.docx") as archive:
        body = archive.read("word/document.xml").decode()
        assert any(name.endswith(".svg") for name in archive.namelist())
    assert "svgBlip" in body
    assert 'descr="Bar chart: What the families lived with' in body


def test_the_same_study_gives_the_same_bytes(outputs: Path, drawn_study: Study, tmp_path: Path) -> None:
    release = drawn_publication.release(tmp_path / "releases")
    publish(drawn_study, release, drawn_publication.analysis(), drawn_publication.INTAKE, tmp_path / "again")
    for path in outputs.rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(outputs)).read_bytes(), path.name


def test_office_files_say_one_moment(outputs: Path) -> None:
    for name in ("report.docx", "tables.xlsx"):
        with zipfile.ZipFile(io.BytesIO((outputs / name).read_bytes())) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_pages_of_evidence_that_are_no_more_go_and_others_stay(drawn_study: Study, tmp_path: Path) -> None:
    release = drawn_publication.release(tmp_path / "releases")
    out = tmp_path / "out"
    publish(drawn_study, release, drawn_publication.analysis(), None, out)
    (out / "evidence" / "gone.html").write_bytes((out / "evidence" / "known.html").read_bytes())
    (out / "evidence" / "notes.html").write_text("somebody's own")
    publish(drawn_study, release, drawn_publication.analysis(), None, out)
    assert not (out / "evidence" / "gone.html").exists()
    assert (out / "evidence" / "notes.html").exists()


@pytest.mark.parametrize("slug", ["families", "known-by-outcome", "abuse-over-time"])
def test_a_chart_of_nothing_is_drawn_empty(drawn_study: Study, slug: str) -> None:
    chart = drawn_study.plan.charts[slug]
    table = drawn_publication.analysis().tables[chart.table]
    empty = {address: replace(cell, count=0, base=0, percent=None, interval=None) for address, cell in table.cells.items()}
    assert drawn(slug, chart, replace(table, cells=empty, base=0)).svg.startswith("<svg")


def test_a_report_lists_its_sections_tables_and_figures_with_their_pages(outputs: Path) -> None:
    first = " ".join(pages(outputs / "report.pdf")[:2])
    html = (outputs / "report.html").read_text(encoding="utf-8")
    tables, pictures = (set(re.findall(rf'id="{what}-(\d+)"', html)) for what in ("table", "picture"))
    assert tables
    assert pictures
    for word, numbers in (("Table", tables), ("Figure", pictures)):
        for number in numbers:
            assert re.search(rf"{word} {number}\. [^.]+[ .]+\d+", first)
    document = docx.Document(outputs / "report.docx")
    assert 'TOC \\o "1-2"' in document.element.xml


def test_what_stands_around_a_passage_is_cut_at_words(outputs: Path) -> None:
    page = (outputs / "evidence" / "known.html").read_text(encoding="utf-8")
    assert '<span class="dim">… the notes of that week show. </span>' in page
    assert '<span class="dim"> The plan was closed soon …</span>' in page
