"""Tables of any kind: what is read, as what; and what is refused, with which words."""

import datetime as dt
import zipfile

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from casereview.interchange import TableRefused, csv_tables, read_table, xlsx_tables


def made(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def rows(path, sheet=None):
    return [(row.number, row.cells) for row in read_table(path, sheet).rows]


def refusal(path, sheet=None):
    with pytest.raises(TableRefused) as refused:
        read_table(path, sheet)
    assert refused.value.problem.remedy
    assert refused.value.exit_code == 4
    return refused.value.problem


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_any_usual_form(tmp_path, separator, encoding):
    text = f"id{separator}café\r\n1{separator}é\r\n2{separator}\r\n"
    assert rows(made(tmp_path, "a.csv", text.encode(encoding))) == [(2, {"id": "1", "café": "é"}), (3, {"id": "2", "café": ""})]


def test_a_row_is_found_by_the_line_where_it_begins(tmp_path):
    path = made(tmp_path, "a.csv", 'id,text\n1,"two\nlines"\n\n,\n2,x\n')
    assert rows(path) == [(2, {"id": "1", "text": "two\nlines"}), (6, {"id": "2", "text": "x"})]


def test_the_header_decides_the_separator(tmp_path):
    assert read_table(made(tmp_path, "a.csv", "id;name, first;age\n1;x, y, z;3\n")).columns == ("id", "name, first", "age")


def test_a_column_without_a_name_is_called_by_its_place(tmp_path):
    path = made(tmp_path, "a.csv", ",id,\n0,a,x\n")
    assert read_table(path).columns == ("column 1", "id")
    assert rows(path) == [(2, {"column 1": "0", "id": "a"})]


@pytest.mark.parametrize(("text", "line"), [("id,x\n1\n", 2), ("id,x\n1,2,3\n", 2), ("id,x\n1,2\n2,3,4\n", 3)])
def test_a_ragged_row_carries_its_problem(tmp_path, text, line):
    *_, last = read_table(made(tmp_path, "a.csv", text)).rows
    assert (last.number, last.problem.code) == (line, "table-row-broken")
    assert str(last.problem.place) == f"a.csv:{line}"


def test_empty_cells_beyond_the_header_are_no_fault(tmp_path):
    (row,) = read_table(made(tmp_path, "a.csv", "id,x\n1,2,,\n")).rows
    assert row.problem is None


def test_a_quotation_mark_that_never_closes_ends_in_problems_not_in_silence(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_tables, "LONGEST_CELL", 1000)
    path = made(tmp_path, "a.csv", 'id,x\n1,2\n2,"' + "long " * 1000 + "\n3,4\n")
    problems = [row.problem for row in read_table(path).rows]
    assert problems[0] is None
    assert any(problem is not None and "quotation mark" in problem.cause for problem in problems)


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("a.csv", b"%PDF-1.7 ...", "table-wrong-kind", "not a CSV: a PDF"),
        ("a.csv", b"", "table-wrong-kind", "not a CSV: an empty file"),
        ("a.csv", b"  <!DOCTYPE html><p>Not found", "table-wrong-kind", "not a CSV: an HTML page"),
        ("a.csv", b"PK\x03\x04...", "table-wrong-kind", "not a CSV: a ZIP archive or an Office document"),
        ("a.csv", b"id,x\n\x00\x01\n", "table-wrong-kind", "not a CSV: a binary file"),
        ("a.csv", b"\n\n , \n", "table-no-header", "no header"),
        ("a.csv", b"id,x,id\n1,2,3\n", "table-column-twice", "“id”"),
        ("a.csv", b"id\n\x81\n", "table-encoding", "none of the encodings"),
        ("a.xlsx", b"id,x\n1,2\n", "table-wrong-kind", "not an Excel workbook (.xlsx): text"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "table-wrong-kind", "an old or an encrypted Office document"),
        ("a.xlsx", b"PK\x03\x04", "table-damaged", "damaged"),
        ("a.sav", b"%PDF-1.7", "table-wrong-kind", "not an SPSS file (.sav): a PDF"),
        ("a.sav", b"$FL2 and no more", "table-damaged", "damaged"),
        ("a.docx", b"PK\x03\x04", "table-ending-unknown", ".docx"),
    ],
)
def test_what_is_something_else_says_so(tmp_path, name, data, code, words):
    problem = refusal(made(tmp_path, name, data))
    assert problem.code == code
    assert words in problem.cause
    assert problem.place.file == name


def test_a_file_that_is_not_there(tmp_path):
    assert refusal(tmp_path / "a.csv").code == "table-not-opened"
    (tmp_path / "folder.csv").mkdir()
    assert refusal(tmp_path / "folder.csv").code == "table-not-opened"


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Cases"
    first.append(["id", "n", None, "when"])
    first.append([1, 2.0, "unnamed", dt.datetime.fromisoformat("2020-01-02")])
    first.append([])
    first.append([True, 2.5, None, dt.datetime.fromisoformat("2020-01-02T10:30:00")])
    first.append([None, "text"])
    book.create_sheet("People").append(["person"])
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_xlsx_cells_read_as_they_look(workbook):
    assert rows(workbook) == [
        (2, {"id": "1", "n": "2", "column 3": "unnamed", "when": "2020-01-02"}),
        (4, {"id": "TRUE", "n": "2.5", "column 3": "", "when": "2020-01-02T10:30:00"}),
        (5, {"id": "", "n": "text", "column 3": "", "when": ""}),
    ]


def test_a_sheet_by_name(workbook):
    assert read_table(workbook, "People").columns == ("person",)
    problem = refusal(workbook, "Peeple")
    assert problem.code == "table-no-sheet"
    assert "“Cases”, “People”" in problem.cause


def rewritten(path, member, change):
    """The workbook with one of its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[member] = change(parts[member])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def test_a_formula_reads_as_its_last_result(workbook):
    path = rewritten(workbook, SHEET, lambda xml: xml.replace(b"<v>2.5</v>", b"<f>1+1.5</f><v>2.5</v>"))
    assert rows(path)[1][1]["n"] == "2.5"


@pytest.mark.parametrize("never", [b"<f>1+1</f>", b"<f>1+1</f><v></v>", b"<f>1+1</f><v/>"])
def test_a_formula_without_result_is_not_taken_for_empty(workbook, never):
    assert refusal(rewritten(workbook, SHEET, lambda xml: xml.replace(b"<v>2.5</v>", never))).code == "table-not-calculated"


def test_a_sheet_that_breaks_off_keeps_its_first_rows(workbook):
    path = rewritten(workbook, SHEET, lambda xml: xml[: xml.index(b'<row r="4"')])
    found = list(read_table(path).rows)
    assert found[0].cells["id"] == "1"
    assert found[-1].problem.code == "table-row-broken"


def test_an_overstated_dimension_does_no_harm(workbook):
    path = rewritten(workbook, SHEET, lambda xml: xml.replace(b'ref="A1:D5"', b'ref="A1:XFD1048576"'))
    assert len(rows(path)) == 3


def test_a_bomb_is_refused_before_it_is_opened(workbook, monkeypatch):
    monkeypatch.setattr(xlsx_tables, "MOST_BYTES", 1 << 20)
    path = rewritten(workbook, "docProps/app.xml", lambda _: b" " * (2 << 20))
    assert path.stat().st_size < 1 << 15
    assert refusal(path).code == "table-too-large"


def test_a_workbook_of_too_many_parts_is_refused(workbook, monkeypatch):
    monkeypatch.setattr(xlsx_tables, "MOST_MEMBERS", 3)
    assert refusal(workbook).code == "table-too-large"


def test_a_workbook_with_entities_is_refused(workbook):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    assert refusal(rewritten(workbook, SHEET, lambda xml: bomb + xml)).code == "table-damaged"


def test_another_office_document_is_not_a_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "not an Excel workbook" in refusal(path).cause


def test_sav(tmp_path):
    frame = pd.DataFrame({"id": ["a", "b"], "plan": [1.0, -1.0], "age": [2.5, None], "when": [dt.date(2020, 1, 2), None]})
    labels = {"plan": {1: "Yes", 0: "No", -1: "Not stated"}}
    pyreadstat.write_sav(frame, tmp_path / "a.sav", variable_value_labels=labels, missing_ranges={"plan": [-1]})
    table = read_table(tmp_path / "a.sav")
    assert table.columns == ("id", "plan", "age", "when")
    assert table.labels == {"plan": {"1": "Yes", "0": "No", "-1": "Not stated"}}
    assert [(row.number, row.cells) for row in table.rows] == [
        (1, {"id": "a", "plan": "1", "age": "2.5", "when": "2020-01-02"}),
        (2, {"id": "b", "plan": "-1", "age": "", "when": ""}),
    ]
