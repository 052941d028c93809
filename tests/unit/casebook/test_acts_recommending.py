"""Recommendations and statuses: the same record as in files, never saved over, and carried by the release."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from casereview.casebook.acts.recommending import (
    clear_status,
    end_recommendation,
    record_recommendation,
    record_status,
    status_versions,
    versions,
)
from casereview.casebook.long_tables import content
from casereview.casebook.models import AuditEvent, Recommendation
from casereview.casebook.recommendations import whole
from casereview.publish.recorded import with_release
from casereview.release.layout import CONTENT
from casereview.study.problems import StudyRefused
from casereview.study.register import register
from tests.casebooks import table, the_study

pytestmark = pytest.mark.usefixtures("book")
STUDY = the_study()
HEAD = {"title": "See at home", "change": "See each child at home.", "findings": ["seen"], "audience": ["police"]}


def record(slug="see", seen=0, text="", **head):
    return record_recommendation(by="kim", study=STUDY, slug=slug, head=HEAD | head, text=text, seen=seen)


def record_one(slug="see", wave="w2", status="done", seen=0, **more):
    return record_status(by="kim", study=STUDY, slug=slug, wave=wave, status=status, rests_on=[], seen=seen, **more)


def refusal(act, **given):
    before = AuditEvent.objects.count()
    with pytest.raises(StudyRefused) as refused:
        act(**given)
    assert AuditEvent.objects.count() == before
    return [problem.code for problem in refused.value.problems]


def test_what_is_recorded_stands_in_the_register_beside_the_files():
    record(due="2003-05-01", measure="Visits on record.", first_made="w1")
    record_one(note="All were.", slug="ask-alone")
    study, problems = whole(STUDY)
    assert problems == []
    lines = {line.first.slug: line for line in register(study)}
    assert [one.slug for one in lines["ask"].members] == ["ask", "ask-alone"]
    assert (lines["ask"].again, lines["ask"].now) == (("w2",), "done")
    assert (lines["see"].first_made, lines["see"].now) == ("w1", None)


def test_a_change_is_a_new_version_and_what_was_changed_since_is_not_saved_over():
    record()
    record(seen=1, title="See alone")
    assert list(Recommendation.objects.order_by("pk").values_list("title", "current")) == [
        ("See at home", False),
        ("See alone", True),
    ]
    assert refusal(record, seen=1, title="Mine") == ["recommendation-changed"]
    assert refusal(record_one, slug="see", seen=1) == ["recommendation-changed"]
    assert (versions("see"), status_versions("see", "w2")) == (2, 0)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ({"title": " "}, "missing-key"),
        ({"findings": []}, "bad-value"),
        ({"findings": ["sen"]}, "unknown-name"),
        ({"audience": ["polise"]}, "unknown-name"),
        ({"repeats": "ask-alone"}, "repeats-later"),
        ({"first_made": "w3"}, "unknown-name"),
        ({"due": "2001-01-01"}, "due-before-made"),
        ({"owner": "The example team"}, "person-as-owner"),
    ],
)
def test_what_goes_against_the_study_is_refused(head, code):
    assert refusal(record, **head) == [code]
    assert not Recommendation.objects.exists()


def test_a_name_stands_in_a_file_or_in_the_casebook_not_in_both():
    assert refusal(record, slug="ask") == ["recommendation-twice"]
    assert refusal(record, slug="Not a name") == ["bad-name"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"slug": "nobody"}, "unknown-name"),
        ({"slug": "ask-alone", "wave": "w1"}, "status-before-made"),
        ({"slug": "ask-alone", "status": "made-again"}, "made-again-at-first"),
        ({"slug": "ask-alone", "status": "begun"}, "not-a-choice"),
        ({"slug": "ask", "wave": "w2", "status": "done"}, "repeated-yet-settled"),
    ],
)
def test_a_status_that_cannot_be_is_refused(given, code):
    assert refusal(record_one, **given) == [code]


def test_what_is_taken_back_no_longer_stands_and_stays_on_record():
    record()
    record_one()
    clear_status(by="kim", slug="see", wave="w2", seen=1)
    assert register(whole(STUDY)[0])[1].now is None
    record_one(seen=1)
    end_recommendation(by="kim", slug="see", seen=1)
    assert [line.first.slug for line in register(whole(STUDY)[0])] == ["ask"]
    assert Recommendation.objects.count() == 1


def test_the_log_does_not_hold_what_they_say():
    record(text="Secret words.")
    record_one(note="Secret words.")
    assert not AuditEvent.objects.filter(detail__contains="Secret").exists()
    assert not AuditEvent.objects.filter(detail__contains="See at home").exists()


def test_a_release_carries_what_stands_and_a_publication_reads_it_again(tmp_path):
    record(due="2003-05-01", text="Why.\n\nTwo paragraphs.")
    record_one(note="All were.", slug="ask-alone")
    record(slug="ended")
    end_recommendation(by="kim", slug="ended", seen=1)
    (row,) = table(STUDY, "recommendations")
    assert (row["recommendation"], row["findings"], row["due"], row["measure"]) == ("see", '["seen"]', "2003-05-01", None)
    for name in ("recommendations", "recommendation_statuses"):
        pq.write_table(pa.Table.from_batches(content(STUDY)[name], CONTENT[name]), tmp_path / name)
    read = with_release(STUDY, AReleaseIn(tmp_path))
    assert read.recommendations == whole(STUDY)[0].recommendations


class AReleaseIn:
    """As much of a release as is asked of one."""

    def __init__(self, folder):
        self.folder, self.name, self.version = folder, "one", "1.0.0"

    def table(self, name):
        return self.folder / name
