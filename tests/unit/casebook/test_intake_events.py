"""Chronologies are taken in from CSV, XLSX and Word: what each row says, what is refused, and what changes when files do."""

from dataclasses import replace
from pathlib import Path

import docx
import pytest

from casereview.casebook import chronology
from casereview.casebook.acts import chronicling
from casereview.casebook.acts.practice import Replied, answer_question
from casereview.casebook.models import Case, Event
from casereview.casebook.seen import Everything
from casereview.study.entered import Typed
from casereview.study.sources import Sources
from tests.casebooks import events as audited
from tests.casebooks import fingerprint, table, take, write_all, write_table
from tests.chronologies import HEALTH, HEALTH_HEAD, POLICE, POLICE_HEAD, chronology_study, write_chronologies, write_xlsx

STUDY = chronology_study()
pytestmark = pytest.mark.usefixtures("book")


@pytest.fixture
def data(tmp_path) -> Path:
    (tmp_path / "data").mkdir()
    write_chronologies(write_all(tmp_path / "data"))
    return tmp_path / "data"


def police(data: Path, *rows: list[str]) -> None:
    write_table(data, "chronologies/police.csv", rows, POLICE_HEAD)


def of(report, source: str):
    return next(one for one in report.sources if one.source == source)


def test_each_event_keeps_what_its_row_says_and_where_it_stands(data):
    report = take(STUDY, data)
    assert report.unreadable() == ()
    rows = {row["row"]: row for row in table(STUDY, "events")}
    call = rows["chronologies/police.csv, row 2"]
    assert (call["people"], call["details"], call["time"]) == ('["mother", "partner"]', '{"seen": ["seen"]}', "21:30")
    assert call["what"] == "Called to the home.\nBoth parents there."
    month = rows["chronologies/police.csv, row 4"]
    assert (month["first"], month["last"], month["people"], month["details"]) == ("2001-01-01", "2001-01-31", '["mother"]', "{}")
    words = rows["chronologies/police.csv, row 5"]
    assert (words["first"], words["last"], words["time"], words["kind"]) == ("2013-02-01", "2013-04-30", "evening", "note")
    brought = rows["chronologies/A-health-visiting.xlsx, row 3"]
    assert (brought["case"], brought["agency"], brought["kind"], brought["first"]) == (
        "A", "health-visiting", "not-brought", "2001-01-15"
    )  # fmt: skip


def test_a_word_table_is_read_through_merged_cells_and_heads_that_repeat(data):
    report = of(take(STUDY, data), "gp-chronology")
    found = [(row["first"], row["last"], row["kind"], row["what"]) for row in table(STUDY, "events") if row["agency"] == "gp"]
    assert sorted(found) == [
        ("2000-12-03", "2000-12-03", "call", "Police told us of a call."),
        ("2000-12-03", "2000-12-03", "visit", "Seen at home.\nAll well."),
        ("2001-01-01", "2001-12-31", "visit", "Seen at the surgery."),
    ]
    assert [(one.place.file, one.place.line, one.code) for one in report.refusals] == [
        ("chronologies/gp A.docx, table 1", 8, "event-date-unreadable")
    ]
    assert report.notes == [("chronologies/gp A.docx, table 1", "2 rows are headings or repeat the head, and were passed over.")]


REFUSED = {
    "event-no-date": {"Date": ""},
    "event-date-unreadable": {"Date": "spring"},
    "event-in-future": {"Date": "01/01/2999"},
    "event-detail-unknown": {"Child seen": "perhaps"},
    "case-unknown": {"Case": "Q"},
}


@pytest.mark.parametrize(("code", "cells"), REFUSED.items())
def test_a_row_that_is_no_event_is_refused_with_its_reason_and_the_others_are_taken(data, code, cells):
    police(data, list((dict(zip(POLICE_HEAD, POLICE[0], strict=True)) | cells).values()), POLICE[1])
    report = of(take(STUDY, data), "police-chronology")
    assert [(one.code, one.place.line) for one in report.refusals] == [(code, 2)]
    assert (report.read, report.refused) == (1, 1)


def test_a_kind_that_no_name_has_is_refused_with_the_nearest(data):
    write_xlsx(data / "chronologies" / "A-health-visiting.xlsx", [HEALTH_HEAD, ["04/12/2000", "Visitt", "Words.", "", ""]])
    (refused,) = of(take(STUDY, data), "health-chronology").refusals
    assert refused.code == "event-kind-unknown"
    assert "Did you mean “visit”?" in refused.remedy


def test_a_file_whose_name_does_not_say_its_case_or_agency_is_not_read(data):
    for name in ("Q-health-visiting.xlsx", "A-dentist-health-visiting.xlsx"):
        write_xlsx(data / "chronologies" / name, [HEALTH_HEAD, *HEALTH])
    assert sorted(one.code for one in of(take(STUDY, data), "health-chronology").unreadable) == ["case-unknown", "case-unknown"]


def test_a_document_without_such_a_table_says_which_columns_it_lacks(data):
    (data / "chronologies" / "gp A.docx").rename(data / "chronologies" / "gp B.docx")
    other = docx.Document()
    other.add_table(1, 1).cell(0, 0).text = "Date"
    other.save(data / "chronologies" / "gp A.docx")
    (problem,) = of(take(STUDY, data), "gp-chronology").unreadable
    assert (problem.code, "“Event Type”, “What happened”" in problem.cause) == ("table-not-there", True)


def test_the_same_files_again_change_nothing(data):
    take(STUDY, data)
    before, number = fingerprint(STUDY), audited()
    report = take(STUDY, data)
    assert (of(report, "police-chronology").read, of(report, "police-chronology").unchanged) == (0, 3)
    assert (fingerprint(STUDY), audited()) == (before, number)


def test_a_row_that_moved_is_the_same_event_and_one_that_changed_is_another(data):
    take(STUDY, data)
    names = {row["row"]: row["event"] for row in table(STUDY, "events")}
    police(data, POLICE[2], [*POLICE[0][:4], "Called again.", *POLICE[0][5:]])
    report = of(take(STUDY, data), "police-chronology")
    assert (report.read, report.unchanged, report.withdrawn) == (1, 1, 2)
    now = {row["row"]: row["event"] for row in table(STUDY, "events")}
    assert now["chronologies/police.csv, row 2"] == names["chronologies/police.csv, row 5"]
    assert now["chronologies/police.csv, row 3"] not in names.values()
    assert Event.objects.filter(source="police-chronology").count() == 5


def test_a_casebook_built_anew_says_the_same(data, tmp_path):
    police(data, *POLICE[::-1])
    take(STUDY, data)
    police(data, *POLICE)
    take(STUDY, data)
    once = fingerprint(STUDY)
    case = Case.objects.get(key="A")
    assert len(chronology.of_case(case, Everything())) == 7
    police(data)
    take(STUDY, data)
    police(data, *POLICE)
    take(STUDY, data)
    assert fingerprint(STUDY) == once


def test_rows_that_say_the_same_are_one_event(data):
    police(data, POLICE[0], POLICE[0])
    report = of(take(STUDY, data), "police-chronology")
    assert ([one.code for one in report.refusals], report.read) == (["event-twice"], 1)


def test_what_a_source_held_ends_with_it(data):
    take(STUDY, data)
    kept = {slug: one for slug, one in STUDY.sources.sources.items() if slug != "police-chronology"}
    take(replace(STUDY, sources=Sources(sources=kept)), data)
    assert {row["agency"] for row in table(STUDY, "events")} == {"gp", "health-visiting"}


def test_what_people_had_recorded_of_a_row_that_is_gone_is_said_with_the_row(data):
    take(STUDY, data)
    named = {row["row"]: row["event"] for row in table(STUDY, "events")}
    call, told = named["chronologies/police.csv, row 2"], named["chronologies/A-health-visiting.xlsx, row 2"]
    at = {"by": "ann", "seen": Everything(), "case": "A"}
    standing = next(one.event for one in chronology.of_case(Case.objects.get(key="A"), Everything()) if one.event.name == call)
    typed = Typed("3/12/2000", agency="police", kind="call", what="Called twice.")
    chronicling.mend_event(**at, study=STUDY, event=call, was=chronology.version_of(standing), typed=typed)
    chronicling.join_events(**at, one=call, other=told, reason="One call.")
    (answer, *_) = STUDY.practice.answers
    answer_question(**at, study=STUDY, question="visit-after-call", event=call, replied=Replied(answer, events=(call,)), was=0)
    police(data, [*POLICE[0][:4], "Called again.", *POLICE[0][5:]], *POLICE[1:])
    report = take(STUDY, data)
    ((row, words),) = report.lost
    assert row == "chronologies/police.csv, row 2 (case A)"
    assert "1 mending, 1 judgement of a double, 1 answer to a question (kept, but of no event)." in words
    assert "What people had recorded of 1 event stands no longer:" in report.summary()
    assert report.as_json()["lost"] == [{"row": row, "what": words}]
    assert take(STUDY, data).lost == ()


def test_a_head_is_found_below_titles_and_passed_over_where_it_stands_again(data):
    above = [["Chronology (fictional)"], [], ["Printed on Monday"]]
    write_xlsx(data / "chronologies" / "A-health-visiting.xlsx", [*above, HEALTH_HEAD, HEALTH[0], HEALTH_HEAD, HEALTH[1]])
    report = of(take(STUDY, data), "health-chronology")
    assert (report.read, report.refused, report.unreadable) == (2, 0, [])
    assert report.notes == [("chronologies/A-health-visiting.xlsx", "Rows that repeat the head, and were passed over: 1.")]
    assert [row["row"] for row in table(STUDY, "events") if row["agency"] == "health-visiting"] == [
        "chronologies/A-health-visiting.xlsx, row 5", "chronologies/A-health-visiting.xlsx, row 7"
    ]  # fmt: skip


def test_what_keeps_many_rows_from_being_events_is_said_once_with_the_rows_under_its_source(data):
    bad = dict(zip(POLICE_HEAD, POLICE[1], strict=True)) | {"Child seen": "perhaps"}
    police(data, *(list((bad | {"Date": f"{day:02}/01/2001"}).values()) for day in range(1, 10)), POLICE[1])
    said = take(STUDY, data).summary().splitlines()
    (at,) = (number for number, line in enumerate(said) if "police-chronology (events): 10 there" in line)
    assert said[at + 1].startswith("    chronologies/police.csv, rows 2, 3, 4, 5, 6, 7 and 3 more: column “Child seen”")
    assert "none of the answers to “seen” of practice.yaml. Use one of: seen, seen alone, not seen." in said[at + 1]
    assert not any("perhaps" in line for line in said[at + 2 :])
