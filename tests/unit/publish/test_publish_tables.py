"""A table of every kind, as HTML, Word and the workbook print it: all that it can show, its symbols, notes and tests."""

import re
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import etree

from casereview.analysis.tables import Estimate, Interval
from casereview.publish import publish
from casereview.publish.charts.drawing import Paper
from casereview.publish.columns import CROWDED, STUB, crowded, parts, widths
from casereview.publish.counted import counted
from casereview.publish.estimated import estimate, estimated, interval
from casereview.publish.library import Library
from casereview.publish.printed import PrintedTable
from casereview.publish.word import parts as parts_of_word
from casereview.study.study import Study
from tests import drawn_kinds, drawn_publication


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return drawn_kinds.study(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def library(kinds: Study, tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(kinds, drawn_publication.release(tmp_path_factory.mktemp("releases")), drawn_kinds.analysis(), None)


@pytest.fixture(scope="module")
def out(kinds: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("outputs")
    release = drawn_publication.release(tmp_path_factory.mktemp("releases"))
    publish(kinds, release, drawn_kinds.analysis(), drawn_publication.INTAKE, out)
    return out


def row(table: PrintedTable, label: str) -> list[str]:
    return next([entry.text for entry in line.entries] for line in table.lines if line.label == label)


def test_weighted_counts_stand_beside_counts_and_some_is_not_none(library: Library) -> None:
    table = library.printed("weighted")
    assert table.measures == ("Count", "Weighted", "% of all", "Valid %", "Cumulative %")
    assert row(table, "Open case") == ["17", "60.3", "54.8%", "60.0%", "60.0%"]
    assert row(table, "Closed case") == ["3", "less than 0.1", "less than 0.1%", "less than 0.1%", "60.0%"]
    assert row(table, "Total") == ["40", "100.5", "91.4%", "100.0%", "[z]"]


def test_every_base_of_a_multiple_response(library: Library) -> None:
    table = library.printed("responses")
    assert table.measures == (
        "Count",
        "% of all known",
        "% of those with an answer",
        "With an answer",
        "% of answers",
        "Answers",
        "Base",
    )
    assert row(table, "Domestic abuse") == ["24", "57.1%", "63.2%", "38", "42.9%", "56", "42"]


def test_a_total_has_no_column_for_what_it_cannot_have(library: Library) -> None:
    *_, total = library.printed("wide").groups
    assert total.measures == ("Count", "Row %", "Column %", "% of total", "95% interval")
    assert "[z] = not applicable." in library.printed("wide").below


def test_layers_are_blocks_of_one_table(library: Library) -> None:
    table = library.printed("layered")
    heads = [head.label for head, _ in table.blocks if head]
    assert heads == [*(age.label for age in drawn_kinds.AGES), "All together"]
    assert {len(lines) for _, lines in table.blocks} == {4}
    assert table.layered == "Age of the child"
    first = next(entry for line in table.lines for entry in line.entries)
    assert first.address == "open.fatal.under-1"
    *_, (_, last) = table.blocks
    assert last[0].entries[0].address == "open.fatal"


def test_combinations_are_counts(library: Library) -> None:
    assert row(library.printed("together"), "None of these") == ["5", "11.9%"]


def test_estimates_have_their_interval_beside_them(library: Library) -> None:
    table = library.printed("death")
    assert table.measures == ("n", "Odds ratio", "95% interval", "p")
    assert row(table, "Closed case") == ["13", "1.52", "0.80 to 2.89", ".031"]
    assert row(table, "Never known")[3] == "< .001"
    assert row(table, "Open case") == ["12", "[z]", "[z]", "[z]"]
    assert row(table, "1 to 5 years")[1] == "4.52 [u]"


def test_why_there_is_no_estimate_is_said_below_once(library: Library) -> None:
    below = library.printed("death").below
    assert "“Open case”, “Under 1 year”: Odds ratio, p [z]: it is the reference." in below
    assert "[z] = not applicable; [u] = low reliability: to be taken with care." in below
    assert library.printed("coders").below[-1] == "[x] = not available."


def test_rates_have_their_events_population_and_intervals(library: Library) -> None:
    table = library.printed("deaths")
    assert row(table, "Under 1 year") == ["11", "10,400", "52.4", "20.1 to 98.6", "[z]", "1.84", "1.20 to 12,345.68"]
    assert table.measures[2:4] == ("Rate per 100,000", "95% interval")


def test_a_trend_has_its_times(library: Library) -> None:
    times = library.times("notices")
    assert times
    assert times.measures == ("Count", "Population", "Rate", "95% interval", "On the line")
    assert row(times, "2005") == ["23", "420,000", "5.48", "3.10 to 7.25", "5.10"]
    assert times.notes == ("Reviews published in full: 10 June 2010.",)
    assert library.times("known") is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Estimate("a.b", 1.845, "ratio"), "1.85"),
        (Estimate("a.b", 0.001, "ratio"), "less than 0.01"),
        (Estimate("a.b", -0.004, "coefficient"), "0.00"),
        (Estimate("a.b", -1.5, "coefficient", 1), "−1.5"),
        (Estimate("a.b", 0.0499, "p", 3), ".050"),
        (Estimate("a.b", 0.00099, "p", 3), "< .001"),
        (Estimate("a.b", 1.0, "p", 3), "1.000"),
        (Estimate("a.b", 1234567, "count", 0), "1,234,567"),
        (Estimate("a.b", 12.5, "count", 1), "12.5"),
        (Estimate("a.b", 12.5, "percent", 0), "13%"),
        (Estimate("a.b", 99.99, "percent", 1), "more than 99.9%"),
        (Estimate("a.b", None, "number"), "[x]"),
        (Estimate("a.b", None, "number", symbol="c"), "[c]"),
    ],
)
def test_the_text_of_an_estimate(cell: Estimate, text: str) -> None:
    assert estimate(cell) == text


def test_the_text_of_an_interval() -> None:
    assert interval(Estimate("a.b", 0.1, "coefficient"), Interval(-0.25, 0.001)) == "−0.25 to 0.00"
    assert interval(Estimate("a.b", 50.0, "percent", 1), Interval(40.04, 60.06)) == "40.0% to 60.1%"


def test_tests_say_their_layer_their_cautions_and_their_adjustment(library: Library) -> None:
    first, *_, last = library.printed("layered").tests
    assert first.term == "Pearson’s χ², Under 1 year"
    assert first.sentence.startswith("χ²(2, N = 31) = 4.12, p = .127.")
    assert first.more[0].startswith("5 of 6 cells expect fewer than 5 records")
    assert first.more[1:] == ("Method: Pearson (1900).",)
    assert first.adjusted == 0.508
    assert (last.term, last.interval) == ("Mantel-Haenszel odds ratio", (1.2, 2.81))


def test_a_wide_table_is_set_in_parts_on_paper(library: Library) -> None:
    whole = library.printed("wide")
    made = parts(whole)
    assert [group.label for part in made for group in part.groups] == [group.label for group in whole.groups]
    assert all(STUB + sum(widths(part)) <= CROWDED for part in made)
    for number, line in enumerate(whole.lines):
        assert line.entries == tuple(entry for part in made for entry in part.lines[number].entries)
    assert made[0].title.endswith("(part 1 of 4)")
    assert crowded(made[0])
    assert parts(library.printed("known")) == (library.printed("known"),)


def test_a_heading_with_too_many_measures_is_parted_too(library: Library) -> None:
    whole = library.printed("deaths")
    doubled = replace(
        whole,
        groups=tuple(replace(group, measures=group.measures * 3) for group in whole.groups),
        lines=tuple(replace(line, entries=line.entries * 3) for line in whole.lines),
    )
    made = parts(doubled)
    assert sum(part.width for part in made) == doubled.width
    assert not any(part.measures[0] == "95% interval" for part in made)
    assert all(STUB + sum(widths(part)) <= CROWDED for part in made)


def test_html_has_a_body_for_each_layer_and_its_tests_below(out: Path) -> None:
    page = etree.HTML((out / "report.html").read_bytes())
    (table,) = [one for one in page.iter("table") if "in each age group" in "".join(one.find("caption").itertext())]
    heads = table.xpath("tbody/tr[1]/th[@scope='rowgroup']/text()")
    assert heads[0] == "Under 1 year"
    assert len(heads) == len(table.findall("tbody")) == 6
    assert page.xpath("//dl[@class='tests']//dt[.='Mann-Whitney test']")


def test_evidence_of_estimates_has_a_section_a_row(out: Path) -> None:
    page = etree.HTML((out / "evidence" / "death.html").read_bytes())
    sections = page.xpath("//section")
    assert [one.get("id") for one in sections] == ["open", "closed", "never", "under-1", "1-5"]
    closed = " ".join(sections[1].itertext())
    assert "1.52, 95% interval 0.80 to 2.89" in closed
    assert closed.count("The 17 reviews of this row") == 1
    assert "and 12 more" in closed
    assert page.xpath("//*[@id='closed.odds-ratio']")


def test_word_sets_wide_tables_in_parts_and_repeats_their_heads(out: Path) -> None:
    document = docx.Document(str(out / "report.docx"))
    captions = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    assert sum("(part " in caption for caption in captions) == 4
    assert [caption[:9] for caption in captions if "(part " in caption][1:] == ["Table 10."] * 3
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    for table in document.tables:
        assert sum(column.width.cm for column in table.columns) == pytest.approx(16.4, abs=0.1)
        assert min(column.width.cm for column in table.columns) > 0.8
    assert any(paragraph.text.startswith("Mann-Whitney test. U = 1,204.0") for paragraph in document.paragraphs)


@pytest.fixture(scope="module")
def book(out: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(out / "tables.xlsx")


def sheet_of(book: openpyxl.Workbook, title: str) -> list[tuple[object, ...]]:
    return next(list(sheet.iter_rows(values_only=True)) for sheet in book if sheet["A1"].value == title)


def test_the_workbook_has_one_table_a_sheet_and_merges_nothing(book: openpyxl.Workbook, library: Library) -> None:
    sheets = [sheet for sheet in book if sheet.title.startswith("Table_")]
    assert len(sheets) == len(library.tables) + 1  # a trend has its times
    assert all(not sheet.merged_cells.ranges for sheet in book)
    assert all(len(sheet.tables) == 1 for sheet in sheets)
    for sheet in sheets:
        (table,) = sheet.tables.values()
        assert all(cell.value is not None for line in sheet[table.ref] for cell in line), sheet.title


def test_intervals_have_two_columns_and_symbols_are_text(book: openpyxl.Workbook) -> None:
    rows = sheet_of(book, "Deaths per 100,000 children")
    head = next(row for row in rows if row[0] == "Age of the child")
    assert head[3:6] == ("Rate per 100,000", "Rate per 100,000, 95% interval, low", "Rate per 100,000, 95% interval, high")
    under_1 = next(row for row in rows if row[0] == "Under 1 year")
    assert under_1[1:10] == (11, 10400, 52.4, 20.1, 98.6, "[z]", 1.84, 1.2, 12345.68)
    assert any("[z] = not applicable" in str(row[0]) for row in rows)


def test_why_is_a_note_of_the_workbook(book: openpyxl.Workbook) -> None:
    rows = sheet_of(book, "What went with a death")
    reference = next(row for row in rows if row[0] == "Open case")
    notes = {f"[note {row[0]}]": row[1] for row in book["Notes"].iter_rows(values_only=True)}
    assert notes[str(reference[-1])] == "Odds ratio, p [z]: it is the reference."
    assert not any("NA]" in str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def test_some_that_would_be_rounded_to_none_is_low_in_the_workbook(book: openpyxl.Workbook) -> None:
    rows = sheet_of(book, "Involvement of children’s social care, weighted")
    assert next(row for row in rows if row[0] == "Closed case")[1:4] == (3, "[low]", "[low]")


def test_a_layer_has_a_column_in_the_workbook(book: openpyxl.Workbook) -> None:
    rows = sheet_of(book, "Involvement by outcome in each age group")
    assert next(row for row in rows if row[1] == "Age of the child")
    assert [row[1] for row in rows if row[0] == "Open case"] == [*(age.label for age in drawn_kinds.AGES), "All together"]


def test_tests_stand_on_a_sheet_of_their_own(book: openpyxl.Workbook) -> None:
    rows = list(book["Tests"].iter_rows(values_only=True))
    rank = next(row for row in rows if row[1] == "Mann-Whitney test")
    assert rank[2:8] == (1204, "[z]", 0.021, 0.042, "[z]", "[z]")


def test_an_empty_table_of_each_kind_is_printed(kinds: Study) -> None:
    for table in (drawn_kinds.layered(), drawn_kinds.together(), drawn_kinds.responses()):
        nobody = {
            slug: replace(cell, count=0, base=0, percent=None, interval=None, percents={}) for slug, cell in table.cells.items()
        }
        assert counted(kinds, replace(table, cells=nobody)).lines
    assert estimated(kinds, replace(drawn_kinds.death(), cells={})).lines[0].entries[0].text == "[z]"
    assert estimated(kinds, replace(drawn_kinds.death(), rows=(), columns=(), cells={})).lines == ()


def test_a_graph_has_links_in_its_page_and_none_on_paper(out: Path, library: Library) -> None:
    page = (out / "report.html").read_text(encoding="utf-8")
    ends = set(re.findall(r'<a href="evidence/led.html#([^"]+)" aria-label', page))
    assert len(ends) == 8 + 8
    evidence = (out / "evidence" / "led.html").read_text(encoding="utf-8")
    assert all(f'id="{name}"' in evidence for name in ends)
    assert "<a " not in library.picture("led").svg


def test_a_graph_too_wide_for_upright_paper_has_a_page_turned_round(library: Library) -> None:
    picture = replace(library.picture("led"), paper=Paper(900, turned=True))
    document = docx.Document()
    parts_of_word.turn(document)
    parts_of_word.add_picture(document, picture, 1, "What led to what")
    parts_of_word.turn(document)
    sizes = [(one.page_width, one.page_height) for one in document.sections]
    assert sizes[1] == sizes[0][::-1]
    assert sizes[2] == sizes[0]
    assert document.inline_shapes[0].width.inches == pytest.approx(900 / 96, abs=0.01)


def test_no_sheet_is_too_wide_to_be_read_or_printed_too_small(out: Path) -> None:
    book = openpyxl.load_workbook(out / "tables.xlsx")
    for sheet in book.worksheets:
        if sheet.title not in ("Cover", "Contents", "Notes"):
            assert max(one.width for one in sheet.column_dimensions.values()) <= 61
        fitted = sheet.sheet_properties.pageSetUpPr is not None and bool(sheet.sheet_properties.pageSetUpPr.fitToPage)
        assert fitted != (sheet.page_setup.scale == 60), sheet.title
    assert book["Tests"].page_setup.scale == 60
    assert book["Table_1"].sheet_properties.pageSetUpPr.fitToPage
