"""The pages of findings and of recommendations: who sees and records what, and the file of a recommendation."""

import re
from pathlib import Path

import pytest

from casereview.casebook.models import AuditEvent, Recommendation, RecommendationStatus
from casereview.study import read
from casereview.study.recommendation_file import written
from casereview.workbench import studies
from tests.sound_study import Spoilt
from tests.unit.workbench.conftest import member, signed_in

pytestmark = pytest.mark.usefixtures("served")
NEW = {"title": "See at home", "change": "See each child at home.", "findings": ["seen"], "audience": ["police"]}
ONE = "/study/recommendations/see-at-home/"


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def lead():
    return signed_in(member("lead"))


def test_findings_show_what_they_rest_on_and_the_team_is_told_of_those_without_a_counter_example():
    page = signed_in(member("reader")).get("/study/findings/")
    said = text(page)
    assert "For the team: no counter-example is named Look for cases" in said
    assert said.index("Visits were not recorded") < said.index("Nobody asked the children")
    assert 'href="/themes/code/listening/"' in page.content.decode()
    assert 'href="/cases/?column=outcome"' in page.content.decode()
    assert re.search(r'href="/documents/review-A/\?at=\d+-\d+"', page.content.decode())
    assert AuditEvent.objects.filter(act="read-passages", by="a-reader").exists()


def test_the_register_is_narrowed_by_audience_and_status(lead):
    lead.post("/study/recommend/", NEW)
    lead.post("/study/recommendations/ask-alone/w2/", {"status": "under-way", "seen": "0"})
    page = text(lead.get("/study/recommendations/"))
    assert "Of 1 recommendation of earlier reviews, 1 is made again in W2, and 1 is not known to be done or dropped." in page
    for asked, there in {
        "audience=police": ("Ask the child", "See at home"),
        "audience=board": ("Ask the child",),
        "status=open": ("Ask the child",),
        "status=still": ("Ask the child",),
        "status=not-stated": ("See at home",),
        "status=done": (),
        "status=nonsense&audience=nobody": ("Ask the child", "See at home"),
    }.items():
        rows = re.findall(r'<th scope="row">.*?<a[^>]*>(.*?)</a>', lead.get(f"/study/recommendations/?{asked}").content.decode())
        assert tuple(rows) == there, asked


def test_the_lead_adds_changes_and_takes_back(lead):
    answer = lead.post("/study/recommend/", NEW | {"due": "2003-01-31"})
    assert answer["Location"] == ONE
    page = lead.get(ONE)
    assert "31 January 2003" in text(page)
    assert "the casebook, as see-at-home" in text(page)
    assert lead.post(f"{ONE}change/", NEW | {"title": "See alone", "seen": "1"}).status_code == 302
    stale = lead.post(f"{ONE}change/", NEW | {"title": "Mine", "seen": "1"})
    assert stale.status_code == 400
    assert "changed since you saw it" in text(stale)
    assert 'value="Mine"' in stale.content.decode()
    assert lead.post(f"{ONE}end/", {"seen": "2"})["Location"] == "/study/recommendations/"
    assert lead.get(ONE).status_code == 404
    assert Recommendation.objects.count() == 2


def test_what_cannot_be_is_said_beside_what_was_written(lead):
    answer = lead.post("/study/recommend/", NEW | {"slug": "ask", "title": "Again"})
    assert answer.status_code == 400
    assert "stands in a file and in the casebook" in text(answer)
    assert 'value="Again"' in answer.content.decode()
    empty = lead.post("/study/recommend/", {})
    assert empty.status_code == 400
    assert not Recommendation.objects.exists()


def test_a_status_is_recorded_of_a_recommendation_in_a_file_and_taken_back(lead):
    page = lead.get("/study/recommendations/ask/w2/")
    assert "What became of it in W2" in text(page)
    wrong = lead.post("/study/recommendations/ask/w2/", {"status": "under-way", "rests_on": "listning", "seen": "0"})
    assert "Did you mean “listening”?" in text(wrong)
    given = {"status": "under-way", "note": "Begun.", "rests_on": "listening\noutcomes.harm", "seen": "0"}
    assert lead.post("/study/recommendations/ask/w2/", given).status_code == 302
    said = text(lead.get("/study/recommendations/ask/"))
    assert "Under way Begun. a-lead" in said
    assert "Listening to the child" in said
    assert lead.post("/study/recommendations/ask/w2/clear/", {"seen": "1"}).status_code == 302
    assert not RecommendationStatus.objects.filter(current=True).exists()
    assert lead.get("/study/recommendations/ask-alone/w1/").status_code == 404  # before it was made


def test_only_the_lead_records(lead):
    lead.post("/study/recommend/", NEW)
    coder = signed_in(member("coder"))
    assert coder.get(ONE).status_code == 200
    assert "Add a recommendation" not in text(coder.get("/study/recommendations/"))
    assert "Take" not in text(coder.get(ONE))
    for address in ("/study/recommend/", f"{ONE}change/", f"{ONE}end/", f"{ONE}w2/", f"{ONE}w2/clear/", f"{ONE}file/"):
        assert coder.post(address, NEW).status_code == 403, address


def test_the_file_of_a_recommendation_leaves_through_the_one_exit_and_reads_as_it_was(lead, tmp_path):
    lead.post("/study/recommend/", NEW | {"due": "2003-01-31", "text": "Why: {{ outcomes base }}.\r\n\r\nAnd so."})
    answer = lead.post(f"{ONE}file/")
    assert answer["Content-Disposition"] == 'attachment; filename="see-at-home.md"'
    event = AuditEvent.objects.get(act="let-out")
    assert '"of":"recommendation"' in event.detail
    assert "See each child" not in event.detail
    assert answer.content.decode().endswith("---\n\nWhy: {{ outcomes base }}.\n\nAnd so.\n")


def test_a_file_says_what_its_recommendation_says(tmp_path: Path):
    folder = Spoilt(tmp_path / "study").folder
    before = read(folder).recommendations
    for one in before:
        (folder / "recommendations" / f"{one.slug}.md").write_text(written(one), encoding="utf-8")
    assert [(one.slug, one.head) for one in read(folder).recommendations] == [(one.slug, one.head) for one in before]


def test_a_changed_file_of_a_recommendation_is_read_again(tmp_path: Path, monkeypatch, settings):
    monkeypatch.undo()
    folder = Spoilt(tmp_path / "study").folder
    settings.STUDY = folder
    assert len(studies.current().recommendations) == 2
    (folder / "recommendations" / "ask.md").unlink()
    assert len(studies.current().recommendations) == 1


def test_a_recommendation_that_lacks_something_is_refused_with_what_it_lacks(lead):
    page = text(lead.post("/study/recommend/", {}))
    for said in ("Enter a title.", "Say what is to be done differently.", "Choose a finding that it rests on.", "Choose whom it"):
        assert said in page
    assert "This field" not in page
