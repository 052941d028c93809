"""Questions of a chronology answered with evidence; and what is asked of each case, counted in a release."""

import json
from dataclasses import replace

import duckdb
import pyarrow.parquet as pq
import pytest

from casereview import casebook, release
from casereview.analysis import analyse
from casereview.casebook import chronology
from casereview.casebook.acts.events import EventRow, take_in_events
from casereview.casebook.acts.passages import anchored
from casereview.casebook.acts.practice import Replied, answer_question, version_of_answer
from casereview.casebook.models import AuditEvent, Case, PracticeAnswer, TextVersion
from casereview.casebook.seen import Everything
from casereview.documents import find
from casereview.study.happened import Happened
from casereview.study.intervals import spanned
from casereview.study.plan import Plan
from casereview.study.practice import Practice
from casereview.study.problems import AnalysisRefused, StudyRefused
from tests.casebooks import SOURCES, take, the_study, write_all

pytestmark = pytest.mark.usefixtures("book")

PRACTICE = Practice.model_validate(
    {
        "agencies": {"police": "Police"},
        "kinds": {"missed": "Missed", "closure": "Closed", "review": "Reviewed", "other": "Other"},
        "recommendations": {"review": "Review risk."},
        "questions": {
            "closed": {
                **{"label": "Closed", "ask": "Was risk looked at again?", "serves": "review", "when": {"kind": "closure"}},
                **{"given": {"kind": "missed", "before": "90 days"}, "unless": {"kind": "review", "since": "given"}},
            },
            "worded": {
                **{"label": "Worded", "ask": "Who was to bring the child?", "serves": "review"},
                **{"when": {"kind": "missed", "says": ["did not attend"]}},
            },
        },
    }
)
PLAN = Plan.model_validate({"chronologies": {"asked": {"title": "Asked", "by": "outcome"}}})
POLICE = {"kind": "events", "file": "police.csv", "case": "Case", "agency": "police", "date": "Date", "event": "Kind"}
TOLD = (
    ("A", "2012-01-10", "missed", "Did not attend."),
    ("A", "2012-02-10", "closure", "Closed."),
    ("B", "2012-01", "missed", ""),
    ("B", "2012-01-20", "closure", "Closed."),
    ("C", "2012-01-10", "other", "A call."),
)


@pytest.fixture
def study(tmp_path):
    """Three cases with chronologies, and one without."""
    made = replace(the_study(), practice=PRACTICE, plan=PLAN)
    (tmp_path / "data").mkdir()
    write_all(tmp_path / "data")
    take(made, tmp_path / "data")
    rows = [
        EventRow(case, Happened(spanned(day), "", "police", kind, (), what, {}), f"row {number}")
        for number, (case, day, kind, what) in enumerate(TOLD)
    ]
    take_in_events(by="kim", source="police", rows=rows)
    return replace(made, sources=the_study(SOURCES | {"police": POLICE}).sources)


def names(case: str) -> dict[str, str]:
    return {one.event.kind: one.event.name for one in chronology.of_case(Case.objects.get(key=case), Everything())}


def reply(study, text="Not before the summer.", was=0, **said) -> PracticeAnswer | None:
    closure = names("A")["closure"]
    replied = Replied(said.pop("answer", "partly"), text, said.pop("events", ()), said.pop("passages", ()))
    of = {"case": "A", "question": "closed", "event": closure} | said
    return answer_question(by="kim", study=study, seen=Everything(), replied=replied, was=was, **of)


def a_passage() -> int:
    text = TextVersion.objects.get(document__key="review-A", current=True)
    found = find(casebook_text(text), "The file was closed")
    return anchored(text, found).pk


def casebook_text(text: TextVersion):
    from casereview.documents import CanonicalText

    return CanonicalText("plain", text.text, (), text.text_sha256, text.sha256)


def test_an_answer_rests_on_events_and_passages_of_its_case(study):
    made = reply(study, events=[names("A")["missed"], names("B")["missed"], "no-such-one"], passages=[a_passage(), 10_000])
    assert made.events == [names("A")["missed"]]
    assert [one.exact for one in made.passages.all()] == ["The file was closed"]


def test_a_change_stands_in_the_place_of_what_was_said(study):
    first = reply(study)
    second = reply(study, "Not at all.", was=version(study))
    assert list(PracticeAnswer.objects.order_by("pk").values_list("current", flat=True)) == [False, True]
    assert second.follows == first
    assert reply(study, "Not at all.", was=version(study)) == second
    assert AuditEvent.objects.filter(act="answer-question").count() == 2


def version(study) -> int:
    return version_of_answer(Case.objects.get(key="A"), "closed", names("A")["closure"], "kim")


def test_it_can_be_taken_back_and_said_again(study):
    reply(study)
    assert reply(study, "", answer="", was=version(study)) is None
    assert not PracticeAnswer.objects.filter(current=True).exists()
    assert reply(study, was=version(study)).current


def test_what_was_changed_elsewhere_is_not_said_over(study):
    reply(study)
    with pytest.raises(StudyRefused) as refused:
        reply(study, "Another.", was=0)
    assert {one.code for one in refused.value.problems} == {"answer-changed"}


@pytest.mark.parametrize("said", [{"question": "opened"}, {"answer": "perhaps"}])
def test_what_practice_yaml_does_not_have_is_refused(study, said):
    with pytest.raises(StudyRefused) as refused:
        reply(study, **said)
    assert {one.code for one in refused.value.problems} == {"unknown-name"}


def test_the_log_holds_no_words_of_the_answer(study):
    reply(study, "Secret words.")
    assert "Secret" not in AuditEvent.objects.get(act="answer-question").detail


# In a release.


def test_a_release_says_of_each_case_what_is_asked_and_never_how_much(study, tmp_path):
    reply(study, events=[names("A")["missed"]], passages=[a_passage()])
    folder = casebook.freeze(study, tmp_path / "releases")
    rows = dict(duckdb.sql(f"SELECT \"case\", practice_rows FROM '{folder}/data/case.parquet'").fetchall())
    assert rows == {
        "A": ["closed", "worded"],
        "B": ["closed-cannot-say", "closed-for-want-of-date", "worded-cannot-say", "worded-for-want-of-text"],
        "C": ["closed-nothing-asks-it", "worded-nothing-asks-it"],
        "D": ["not-collected"],
    }
    (answer,) = duckdb.sql(f"SELECT * FROM '{folder}/data/practice_answers.parquet'").fetchall()
    closure = names("A")["closure"]
    said = ("closed", closure, "partly", "Not before the summer.", json.dumps([names("A")["missed"]]))
    assert answer == (f"A/closed/{closure}/kim", "A", *said, "kim")
    assert duckdb.sql(f"SELECT passage FROM '{folder}/data/practice_evidence.parquet'").fetchall() != []


def test_the_plan_counts_cases_with_their_base_and_leads_to_them(study, tmp_path):
    reply(study, passages=[a_passage()])
    analysis = analyse(study, release.opened(casebook.freeze(study, tmp_path / "releases")))
    table = analysis.tables["asked"]
    assert (table.base, table.records, table.absences) == (3, 4, {"not-collected": 1})
    assert {row: table.cells[f"{row}.total"].count for row in ("closed", "closed-cannot-say", "total")} == {
        "closed": 1, "closed-cannot-say": 1, "total": 3,
    }  # fmt: skip
    assert analysis.members("asked", "closed-cannot-say.total").cases == ["B"]
    assert [one.exact for one in analysis.passages("asked", "closed.total")] == [
        "Did not attend.",
        "Closed.",
        "The file was closed",
    ]
    assert "predicts nothing of any case" in table.notes[-1]


def test_a_release_says_of_which_events_each_question_is_asked_and_for_want_of_what_it_cannot_be(study, tmp_path):
    folder = casebook.freeze(study, tmp_path / "releases")
    missed, closure = names("A")["missed"], names("A")["closure"]
    wanting = names("B")
    rows = pq.read_table(folder / "data" / "asked.parquet").to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("closed", "A", closure, "asked", json.dumps([missed]), "[]"),
        ("closed", "B", wanting["closure"], "cannot-say", "[]", '["date"]'),
        ("worded", "A", missed, "asked", "[]", "[]"),
        ("worded", "B", wanting["missed"], "cannot-say", "[]", '["text"]'),
    ]
    described = {one["name"]: one for one in json.loads((folder / "datapackage.json").read_text())["resources"]}
    assert [one["name"] for one in described["asked"]["schema"]["fields"]] == list(rows[0])


def test_behind_a_figure_stand_the_events_it_rests_on_with_their_rows(study, tmp_path):
    analysis = analyse(study, release.opened(casebook.freeze(study, tmp_path / "releases")))
    found = analysis.passages("asked", "closed.total")
    assert [(one.case, one.document, one.title, one.exact) for one in found] == [
        ("A", "police", "Police, 10 January 2012: Missed, row 0", "Did not attend."),
        ("A", "police", "Police, 10 February 2012: Closed, row 1", "Closed."),
    ]
    assert [one.exact for one in analysis.passages("asked", "worded-for-want-of-text.total")] == ["Missed"]
    assert analysis.passages("asked", "closed-for-want-of-text.total") == []
    assert analysis.passages("asked", "closed-nothing-asks-it.total") == []


def test_a_release_without_chronologies_is_refused_what_it_does_not_hold(study, tmp_path):
    wordbook = PRACTICE.model_copy(update={"questions": {}})
    old = release.opened(casebook.freeze(replace(study, practice=wordbook), tmp_path / "releases"))
    assert analyse(replace(study, plan=Plan()), old).tables == {}
    with pytest.raises(AnalysisRefused) as refused:
        analyse(study, old)
    assert {one.code for one in refused.value.problems} == {"nothing-drawn"}
