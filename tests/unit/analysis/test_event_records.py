"""Events in place: what is refused, all of it at once, before any figure is given. Every event is fictional."""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from casereview.analysis import analyse_in_place, as_json
from casereview.analysis.event_records import meant
from casereview.study.plan import Plan
from casereview.study.practice import Practice
from casereview.study.problems import AnalysisRefused, SourcesRefused
from casereview.study.sources import Sources
from tests.builders import a_study
from tests.drawn_chronologies import WORDBOOK

ASKED = {
    "unseen": {"label": "Not seen", "ask": "Why?", "serves": "see", "when": {"kind": "visit", "lacks": ["seen"]}},
    "closed": {
        "label": "Closed",
        "ask": "Why?",
        "serves": "see",
        "when": {"kind": "closure"},
        "given": [{"kind": "missed", "before": "30 days"}],
    },
    "later": {"label": "Review", "ask": "Why?", "serves": "see", "when": {"kind": "review"}},
}
SOURCE = {
    "kind": "event-records",
    "file": "events.parquet",
    "case": "ID",
    "agency": "police",
    "date": "DAY",
    "event": {"column": "TYPE", "values": {"V": "visit", "M": "missed", "C": "closure"}},
    "details": {"seen": "SEEN"},
}
PLAN = {"chronologies": {"asked": {"title": "What is asked"}}, "tables": {"other": {"title": "Other", "rows": "plan"}}}


def event(case="a", day=date(2012, 3, 1), kind="V", seen="seen", **more):
    return {"ID": case, "DAY": day, "TYPE": kind, "SEEN": seen} | more


def analysed(folder: Path, rows: list[dict], plan: dict = PLAN, engine: str = "duckdb", **source):
    of = a_study({"plan": {"type": "yes-no"}, "outcome": {"type": "yes-no"}})
    practice = Practice.model_validate(WORDBOOK | {"questions": ASKED})
    given = {"linked": SOURCE | source, "other": SOURCE | {"kind": "events", "case": "ID", "file": "other.csv"}}
    for name, one in {"practice": practice, "sources": Sources.model_validate({"sources": given})}.items():
        object.__setattr__(of, name, one)
    object.__setattr__(of, "plan", Plan.model_validate(plan))
    pq.write_table(pa.Table.from_pylist(rows), folder / "events.parquet")
    return analyse_in_place(of, "linked", folder, engine)


def refused(error, *args, **more):
    with pytest.raises(error) as refusal:
        analysed(*args, **more)
    return {(problem.code, problem.cause) for problem in refusal.value.problems}


def test_cases_are_counted_and_nothing_else_is(tmp_path):
    rows = [event(), event(seen=None), event("b", kind="M"), event("b", date(2012, 3, 20), "C"), event("c", kind="C")]
    made = analysed(tmp_path, rows)
    assert list(made.tables) == ["asked"]
    table = made.tables["asked"]
    assert {address: cell.count for address, cell in table.cells.items() if cell.count} == {
        **{"unseen": 1, "unseen-nothing-asks-it": 2, "closed": 1, "closed-nothing-asks-it": 2},
        **{"later-cannot-say": 3, "later-for-want-of-kind": 3, "total": 3},
    }
    assert table.base == 3
    assert any("where the events lie" in note for note in table.notes)
    assert "No file of sources.yaml records the events asked about by: Review." in table.notes
    assert json.loads(as_json(made))["in_place"] == {"source": "linked", "records": "events.parquet", "frozen": False}
    with pytest.raises(AnalysisRefused):
        made.members("asked", "unseen")


def test_every_word_that_nobody_explained_is_said_at_once_and_how_often(tmp_path):
    rows = [event(kind="X"), event(kind="X"), event(kind=""), event(seen="maybe")]
    assert refused(SourcesRefused, tmp_path, rows) == {
        ("event-kind-unknown", "column “TYPE” holds “X”, which is none of the kinds of practice.yaml (2 events)."),
        ("event-kind-unknown", "column “TYPE” says no kind (1 event)."),
        (
            "event-detail-unknown",
            "column “SEEN” holds “maybe”, which is none of the answers to “seen” of practice.yaml (1 event).",
        ),
    }


def test_of_very_many_unknown_words_the_most_frequent_are_shown(tmp_path):
    rows = [event(kind=f"X{number}") for number in range(25)]
    said = refused(SourcesRefused, tmp_path, rows)
    assert len(said) == meant.SHOWN + 1
    assert ("event-kind-unknown", "column “TYPE” holds 5 more entries that are not known.") in said


def test_a_column_of_texts_is_not_taken_for_one_of_words(tmp_path, monkeypatch):
    monkeypatch.setattr(meant, "MOST", 2)
    rows = [event(kind=kind) for kind in "VMC"]
    assert refused(SourcesRefused, tmp_path, rows) == {
        ("too-many-entries", "column “TYPE” holds more than 2 different entries (1 event).")
    }


def test_events_without_a_case_or_a_day_or_with_impossible_days_are_counted_and_refused(tmp_path):
    later = date(9999, 1, 1)
    days = {"END": None}
    rows = [
        event(None, **days),
        event(" ", **days),
        event(day=None, **days),
        event(END=date(2012, 2, 1)),
        event(day=later, **days),
    ]
    assert refused(SourcesRefused, tmp_path, rows, until="END") == {
        ("event-no-case", "2 events: column “ID” says no case."),
        ("event-no-date", "1 event: column “DAY” is empty, and an event without a date has no place in a chronology."),
        ("event-ends-before", "1 event: they end (column “END”) before they begin (column “DAY”)."),
        ("event-in-future", "1 event: their date has not come yet."),
    }


def test_dates_that_are_texts_are_read_as_sources_yaml_says(tmp_path):
    rows = [event(day="03/2012", kind="M"), event(day="20/04/2012", kind="C"), event("b", "1.2.12", "M")]
    said = refused(SourcesRefused, tmp_path, rows)
    assert said == {
        ("event-date-unreadable", "column “DAY” holds “1.2.12”, which is no date written as sources.yaml says (1 event).")
    }
    cells = analysed(tmp_path, rows, date_values={"1.2.12": "2012-02-01"}).tables["asked"].cells
    assert cells["closed-for-want-of-date"].count == 1


def test_columns_that_are_not_there_or_do_not_fit_are_named(tmp_path):
    rows = [event(BORN="2010")]
    more = {"what": "SAID", "born": "BORN", "until": "SEEN", "details": {"seen": "ID"}}
    assert refused(SourcesRefused, tmp_path, rows, **more) == {
        ("column-missing", "the records have no column “SAID”."),
        ("column-type", "column “BORN” holds texts; it is to be a day of birth."),
    }
    rows = [event(day=12, kind=["V"])]
    assert refused(SourcesRefused, tmp_path, rows) == {
        ("column-type", "column “TYPE” holds something else; it is to be a word of practice.yaml."),
        ("column-type", "column “DAY” holds numbers; it is to be a date."),
    }


def test_what_events_alone_cannot_answer_is_refused(tmp_path):
    by = {"chronologies": {"asked": {"title": "Asked", "by": "outcome"}}}
    assert refused(AnalysisRefused, tmp_path, [event()], plan=by) == {
        ("not-in-place", "“asked” asks what is recorded of the cases, and “linked” holds their events alone.")
    }
    assert refused(AnalysisRefused, tmp_path, [event()], plan={"tables": PLAN["tables"]}) == {
        ("not-in-place", "The plan asks nothing of chronologies, and “linked” holds nothing else.")
    }
    assert refused(AnalysisRefused, tmp_path, [event()], engine="postgres") == {
        ("not-in-place", "postgres does not ask chronologies where they lie.")
    }


def test_events_that_are_not_there_are_named(tmp_path):
    assert refused(SourcesRefused, tmp_path, [event()], file="others.parquet") == {
        ("source-missing", "there are no records “others.parquet”.")
    }
    assert refused(SourcesRefused, tmp_path, [event()], file=None, table="events") == {
        ("source-missing", "there are no records “events”.")
    }


def test_words_with_quotation_marks_and_signs_are_words(tmp_path):
    words = {"O'Brien's \\ “v'": "visit", "); DROP TABLE told; --": "closure"}
    rows = [event(kind=word, case=f"c{n}'; --") for n, word in enumerate(words)]
    cells = analysed(tmp_path, rows, event={"column": "TYPE", "values": words}).tables["asked"].cells
    assert cells["total"].count == 2
    assert cells["closed-cannot-say"].count == 1


def test_a_file_that_is_damaged_is_named(tmp_path):
    analysed(tmp_path, [event()])
    good = (tmp_path / "events.parquet").read_bytes()
    for place, bad in enumerate((b"no Parquet", good[:60] + good[90:], good[:4] + bytes(40) + good[44:])):
        (tmp_path / f"x{place}.parquet").write_bytes(bad)
        ((code, cause),) = refused(SourcesRefused, tmp_path, [event()], file=f"x{place}.parquet")
        assert code == "records-unreadable"
        assert cause.startswith("The records cannot be read: ")
