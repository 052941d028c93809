"""Samples drawn from the casebook: three-valued frames, one sample from another, substitutes, and drawing again."""

import json

import pytest

from casereview.casebook import audit
from casereview.casebook.models import AuditEvent, Membership
from casereview.casebook.samples import draw
from casereview.study.problems import StudyRefused
from tests.casebooks import CASES, SOURCES, events, table, take, the_study, write_all, write_table

pytestmark = pytest.mark.usefixtures("sqlite_book")

SUBSTITUTE = {"case": "A", "by": "C", "why": "report withheld", "who": "The example team", "when": "2026-01-02"}


def drawn(study):
    return {report.slug: report for report in draw(study)}


@pytest.fixture
def filled(sqlite_book, data):
    take(the_study(), write_all(data))


@pytest.mark.usefixtures("filled")
def test_a_frame_takes_only_what_is_true():
    """C's plan is unclear, D's not stated: neither is "no", so neither is in the frame of those whose plan is not yes."""
    samples = {
        "planned": {"label": "P", "frame": {"plan": {"is": "yes"}}, "method": "all"},
        "unplanned": {"label": "U", "frame": {"not": {"plan": {"is": "yes"}}}, "method": "all", "compare": ["plan", "outcome"]},
        "unknown": {"label": "?", "frame": {"plan": {"known": False}}, "method": "all"},
        "debts": {"label": "D", "frame": {"factors": {"is": "debt"}}, "method": "all"},
        "later": {"label": "L", "frame": {"wave": {"is": "w2"}}, "method": "all"},
    }
    found = {slug: report.cases for slug, report in drawn(the_study(samples=samples)).items()}
    assert found == {"planned": ("A",), "unplanned": ("B",), "unknown": ("C", "D"), "debts": ("A",), "later": ("C", "D")}


@pytest.mark.usefixtures("filled")
def test_a_sample_drawn_from_one_before_it():
    samples = {
        "deaths": {"label": "D", "frame": {"outcome": {"is": "fatal"}}, "method": "all"},
        "one": {"label": "O", "frame": {"sample": {"is": "deaths"}}, "method": "random", "size": 1},
    }
    reports = drawn(the_study(samples=samples))
    assert reports["deaths"].cases == ("A", "C", "D")
    assert reports["one"].frame == 3
    assert set(reports["one"].cases) < {"A", "C", "D"}


@pytest.mark.usefixtures("filled")
def test_drawing_again_changes_nothing():
    study = the_study(samples={"s": {"label": "S", "method": "random", "size": 2, "seed": 4}})
    assert drawn(study)["s"].changed
    before, written = table(study, "samples"), events()
    again = drawn(study)["s"]
    assert not again.changed
    assert "as before" in again.summary()
    assert (table(study, "samples"), events()) == (before, written)


@pytest.mark.usefixtures("filled")
def test_a_changed_draw_takes_the_place_of_the_one_before_and_the_log_has_both():
    drawn(the_study(samples={"s": {"label": "S", "frame": {"plan": {"is": "yes"}}, "method": "all"}}))
    study = the_study(samples={"s": {"label": "S", "frame": {"plan": {"is": "no"}}, "method": "all"}})
    drawn(study)
    assert [row["case"] for row in table(study, "samples")] == ["B"]
    assert list(Membership.objects.order_by("id").values_list("case__key", "current")) == [("A", False), ("B", True)]
    detail = json.loads(AuditEvent.objects.latest("number").detail)
    assert [row[0] for row in detail["left"]] == ["A"]
    assert [row[0] for row in detail["joined"]] == ["B"]
    assert audit.verify() == []


@pytest.mark.usefixtures("filled")
def test_substitutes():
    fatal = {
        "label": "S",
        "frame": {"outcome": {"is": "fatal"}},
        "method": "maximum-variation",
        "size": 1,
        "spread_over": ["plan"],
    }
    study = the_study(samples={"s": fatal | {"substitutes": [SUBSTITUTE]}})
    report = drawn(study)["s"]
    assert report.cases == ("C",)
    assert table(study, "samples") == [
        {
            "sample": "s",
            "case": "A",
            "status": "replaced",
            "other": "C",
            "reason": "report withheld (The example team, 2026-01-02)",
        },
        {
            "sample": "s",
            "case": "C",
            "status": "substitute",
            "other": "A",
            "reason": "report withheld (The example team, 2026-01-02)",
        },
    ]
    assert "no: 0 drawn" in report.summary().replace("plan, ", "")


@pytest.mark.usefixtures("filled")
def test_substitutes_that_cannot_be_are_refused_together():
    unfit = [SUBSTITUTE | {"by": "Z"}, SUBSTITUTE | {"case": "Z"}]
    with pytest.raises(StudyRefused) as refused:
        draw(the_study(samples={"s": {"label": "S", "method": "all", "substitutes": unfit}}))
    assert [problem.code for problem in refused.value.problems] == ["substitute-unfit"] * 2


@pytest.mark.usefixtures("filled")
def test_a_sample_no_longer_named_is_ended():
    drawn(the_study(samples={"s": {"label": "S", "method": "all"}}))
    study = the_study()
    drawn(study)
    assert table(study, "samples") == []


def test_the_latest_source_with_a_known_answer_counts(data):
    write_all(data)
    write_table(data, "cases.csv", CASES)
    write_table(data, "more.csv", [["A", "w1", "no"], ["B", "w1", "unclear"], ["D", "w2", "yes"]], ["Case", "Wave", "Plan"])
    more = {"kind": "rows", "file": "more.csv", "key": "Case", "wave_column": "Wave", "columns": {"Plan": "plan"}}
    samples = {
        "yes": {"label": "Y", "frame": {"plan": {"is": "yes"}}, "method": "all"},
        "no": {"label": "N", "frame": {"plan": {"is": "no"}}, "method": "all"},
    }
    study = the_study(SOURCES | {"more": more}, samples)
    take(study, data)
    assert {slug: report.cases for slug, report in drawn(study).items()} == {"yes": ("D",), "no": ("A", "B")}


@pytest.mark.usefixtures("filled")
def test_a_draw_that_came_out_otherwise_says_who_came_and_went():
    drawn(the_study(samples={"s": {"label": "S", "frame": {"plan": {"is": "yes"}}, "method": "all"}}))
    study = the_study(samples={"s": {"label": "S", "frame": {"plan": {"is": "no"}}, "method": "all"}})
    assert "In: B. Out: A." in drawn(study)["s"].summary()
