"""Rows, documents and quotes that are refused, each with its reason; and nothing stops the others."""

from concurrent.futures import Future

import pytest

from casereview.casebook.intake.documents import document_key
from casereview.casebook.intake.names import files
from casereview.casebook.intake.run import Run
from casereview.casebook.intake.taking import take_in
from casereview.casebook.models import Document
from tests.casebooks import (
    CASES,
    CHILDREN,
    HEADERS,
    REVIEWS,
    SOURCES,
    table,
    take,
    the_study,
    values,
    write_all,
    write_review,
    write_table,
)

pytestmark = pytest.mark.usefixtures("sqlite_book")


def refused(report, source):
    return [(problem.place.line, problem.code) for slug, problem in report.refusals() if slug == source]


def test_a_row_with_a_bad_cell_is_refused_whole_and_the_others_go_in(data):
    write_all(data)
    write_table(data, "cases.csv", [CASES[0], ["B", "w1", "what?", "maybe", *CASES[1][4:]], *CASES[2:]])
    study = the_study()
    report = take(study, data)
    assert refused(report, "cases") == [(3, "cell-unreadable"), (3, "cell-unreadable")]
    assert report.sources[0].counts() == {"there": 4, "read": 3, "unchanged": 0, "refused": 1, "withdrawn": 0}
    assert values(study, "B") == {}
    assert refused(report, "children") == [(3, "case-unknown"), (4, "case-unknown")]
    assert refused(report, "letters") == [(2, "case-unknown")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["", *CASES[0][1:]], "key-unusable"),
        (["x" * 501, *CASES[0][1:]], "key-unusable"),
        (["A", *CASES[1][1:]], "key-twice"),
        (["E", "w9", *CASES[1][2:]], "wave-unclear"),
        (["E", "w1", "harm"], "table-row-broken"),
    ],
)
def test_rows_that_cannot_be_taken(data, row, code):
    write_all(data)
    write_table(data, "cases.csv", [*CASES, row])
    assert refused(take(the_study(), data), "cases") == [(6, code)]


def test_a_file_without_a_column_that_is_needed_is_named_with_the_nearest(data):
    write_all(data)
    write_table(data, "cases.csv", CASES, ["Case", "Wave", "Outcom", *HEADERS["cases.csv"][3:]])
    report = take(the_study(), data)
    (problem,) = report.sources[0].unreadable
    assert problem.code == "column-missing"
    assert "“Outcom”" in problem.remedy
    assert report.sources[0].there == 0


def test_a_file_without_several_columns_is_named_once_with_those_of_its_likeliest_head(data):
    write_all(data)
    write_table(data, "cases.csv", [["Case", "Period", "Result", *HEADERS["cases.csv"][3:]], *CASES], ["Fictional", "cases"])
    (problem,) = take(the_study(), data).sources[0].unreadable
    assert (problem.code, problem.cause) == ("column-missing", "the file has no columns “Wave”, “Outcome”")
    assert "“Period”, “Result”" in problem.remedy
    assert "Fictional" not in problem.remedy


def test_two_sources_that_put_a_record_elsewhere(data):
    write_all(data)
    write_table(data, "more.csv", [["A", "w2", "5"], ["B", "w1", "7"], ["C", "w2", "Not stated"]], ["Case", "Wave", "Visits"])
    more = {"kind": "rows", "file": "more.csv", "key": "Case", "wave_column": "Wave", "columns": {"Visits": "visits"}}
    report = take(the_study(SOURCES | {"more": more}), data)
    assert refused(report, "more") == [(2, "wave-differs")]
    assert report.conflicts == 1  # B: 1.5 and 7; two absences do not differ, nor an absence and an answer


def test_a_double_coding_is_no_conflict(data):
    write_all(data)
    write_table(data, "again.csv", [["B", "w1", "7"]], ["Case", "Wave", "Visits"])
    again = {"kind": "rows", "file": "again.csv", "key": "Case", "wave_column": "Wave", "columns": {"Visits": "visits"}}
    assert take(the_study(SOURCES | {"again": again | {"double_coding": True}}), data).conflicts == 0


def test_several_files_of_one_pattern(data):
    write_all(data)
    (data / "cases.csv").unlink()
    write_table(data, "cases/1.csv", CASES[:2], HEADERS["cases.csv"])
    write_table(data, "cases/2.csv", CASES[1:], HEADERS["cases.csv"])
    sources = SOURCES | {"cases": SOURCES["cases"] | {"file": "cases/*.csv"}}
    report = take(the_study(sources), data)
    assert [(problem.place.file, problem.code) for slug, problem in report.refusals() if slug == "cases"] == [
        ("cases/2.csv", "key-twice")
    ]
    assert [file for file, _ in report.sources[0].files] == ["cases/1.csv", "cases/2.csv"]


def test_documents_that_cannot_be_taken(data):
    write_all(data)
    write_review(data, "review-X.txt", "Of a case that is not there.")
    write_review(data, "notes.txt", "Whose name follows no pattern.")
    write_review(data, "review-B.txt", "").write_bytes(b"")
    report = take(the_study(), data)
    found = {problem.place.file: problem.code for slug, problem in report.refusals() if slug == "reviews"}
    assert found == {
        "reviews/notes.txt": "document-name",
        "reviews/review-B.txt": "document-empty",
        "reviews/review-X.txt": "case-unknown",
    }
    assert report.sources[2].counts() == {"there": 5, "read": 2, "unchanged": 0, "refused": 3, "withdrawn": 0}


def test_what_other_programs_leave_behind_is_passed_over(data):
    for name in ("~$b.csv", "._a.csv", "Thumbs.db", "desktop.ini", "a.csv"):
        write_table(data, name, [], ["a"])
    assert [path.name for path in files(data, "*")] == ["a.csv"]
    assert [path.name for path in files(data, "._a.csv")] == ["._a.csv"]  # named in full, it is meant


def test_a_quote_that_is_not_found_says_where_it_was_sought(data):
    write_all(data)
    rows = [["review-A", "The file was closed in June", "listening", "", ""], ["review-A", "xyzzy", "listening", "", ""]]
    write_table(data, "quotes.csv", rows)
    first, second = (problem for slug, problem in take(the_study(), data).refusals() if slug == "quotes")
    assert first.cause.startswith("in review-A: 8")
    assert first.cause.endswith(" per cent of the quote in this row stands there in one piece")
    assert second.cause == "in review-A: nothing of the quote in this row stands there in one piece"
    assert "table" in first.remedy


def test_a_name_that_two_sources_use(data):
    write_all(data)
    write_table(data, "letters.csv", [["review-A", "B", "Another document.", ""]])
    study = the_study()
    take(study, data)
    assert [row["document"] for row in table(study, "documents")] == ["letters/review-A", "review-A", "review-D"]


def test_a_name_twice_in_a_source_is_refused(data):
    run = Run(the_study(), data, None, None, "kim")
    assert [document_key(run, "one", "a"), document_key(run, "two", "a")] == ["a", "two/a"]
    assert document_key(run, "one", "a") is None
    assert document_key(run, "two", "a") is None


def test_quotes_that_cannot_be_marked(data):
    write_all(data)
    whole = "A health visitor called twice"
    rows = [
        ["review-X", whole, "listening", "", ""],
        ["review-D", whole, "listning", "", ""],
        ["review-D", whole, "", "plann", ""],
        ["review-D", whole, "", "", ""],
        ["review-D", whole, "listening", "", "kim"],
        ["review-D", whole, "listening", "", "kim"],
        ["review-D", whole.lower(), "listening", "", "kim"],
        ["L1", "No agency spoke to him", "", "sex", ""],
        ["review-D", "", "listening", "", ""],
    ]
    write_table(data, "quotes.csv", rows)
    report = take(the_study(), data)
    assert refused(report, "quotes") == [
        (2, "document-unknown"), (3, "mark-unknown"), (4, "mark-unknown"), (5, "quote-says-nothing"),
        (7, "quote-twice"), (8, "quote-twice"), (9, "evidence-of-whom"),
    ]  # fmt: skip
    assert report.sources[4].read == 1


def test_evidence_in_a_document_of_no_case(data):
    write_all(data)
    sources = SOURCES | {"reviews": {"kind": "documents", "file": "reviews/*.txt"}}
    assert (3, "evidence-of-no-case") in refused(take(the_study(sources), data), "quotes")


class Failing:
    """An executor whose workers die."""

    def submit(self, function, *given):
        future: Future = Future()
        future.set_exception(MemoryError())
        return future


def test_a_worker_that_dies_stops_nothing(data):
    report = take_in(the_study(), write_all(data), executor=Failing(), progress=lambda *given: None)
    assert [code for _, code in refused(report, "reviews")] == ["reader-failed", "reader-failed"]
    assert Document.objects.count() == 2


def test_a_document_that_changes_while_it_is_read(data, monkeypatch):
    from casereview import documents

    write_all(data)
    read = documents.read_isolated

    def overwritten(path, *given):
        text = read(path, *given)
        path.write_text(text.text + " More.", encoding="utf-8")
        return text

    monkeypatch.setattr(documents, "read_isolated", overwritten)
    study = the_study()
    assert {code for _, code in refused(take(study, data), "reviews")} == {"document-changed"}
    monkeypatch.setattr(documents, "read_isolated", read)
    take(study, data)
    assert table(study, "documents")[-1]["characters"] == len(REVIEWS["D"]) + 6


def test_children_without_their_cases(data):
    write_all(data)
    write_table(data, "children.csv", [*CHILDREN, ["Z1", "Z", "Girl"]])
    assert refused(take(the_study(), data), "children") == [(6, "case-unknown")]
