"""Themes, memos and the framework matrix in the browser, without script."""

import csv
import io
import json

import openpyxl
import pytest

from casereview.casebook import egress, tree_versions
from casereview.casebook.models import Assignment, AuditEvent, Case, Coding, Memo, Passage, Summary, ThemeVersion
from casereview.workbench.places import coding_of, place_of
from tests.casebooks import the_study
from tests.unit.workbench.conftest import member, signed_in

pytestmark = pytest.mark.usefixtures("served")
ROOMS = ("themes", "themes_again", "themes_changing", "memos", "matrix")


@pytest.fixture(autouse=True)
def studied(monkeypatch):
    for room in ROOMS:
        monkeypatch.setattr(f"casereview.workbench.pages.{room}.current", the_study)


def page(client, address, status=200, **posted):
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status, (address, answer.status_code, answer.content.decode()[:500])
    return answer.content.decode()


def labels():
    return {path[-1]: theme.label for path, theme in tree_versions.current(the_study()).walk()}


def test_the_tree_shows_words_and_counts():
    shown = page(signed_in(member("reader")), "/themes/")
    assert "Listening to the child" in shown
    assert "Add a code" not in shown


def test_a_code_is_added_with_a_short_name_of_its_own():
    coder = signed_in(member("coder"))
    page(coder, "/themes/new/", 302, label="Önly once!", under="practice", definition="Said once.")
    assert labels()["only-once"] == "Önly once!"
    said = page(coder, "/themes/new/", 400, label="Another", code="listening")
    assert "belongs to a code already" in said
    assert "Said once." in page(coder, "/themes/")


@pytest.mark.parametrize(
    ("deed", "posted", "told"),
    [
        ("words", {"label": "Heard", "definition": "Heard alone.", "seen": "0"}, "Heard alone."),
        ("move", {"under": ""}, "moved a code"),
        ("split", {"label-1": "At home", "label-2": "At school"}, "At school"),
        ("retire", {"why": "Too wide.", "since": "w2"}, "Too wide."),
    ],
)
def test_each_way_of_changing_a_code(deed, posted, told):
    coder = signed_in(member("coder"))
    assert "As it stands now" in page(coder, f"/themes/code/listening/{deed}/")
    page(coder, f"/themes/code/listening/{deed}/", 302, **posted)
    assert told in page(coder, "/themes/code/listening/")
    assert "a-coder" in page(coder, "/themes/history/")


def test_merging_moves_passages_and_undoing_brings_them_back():
    coder = signed_in(member("coder"))
    before = Coding.objects.filter(code="listening", current=True).count()
    page(coder, "/themes/new/", 302, label="Hearing")
    page(coder, "/themes/code/listening/merge/", 302, into="hearing", since="w2")
    assert Coding.objects.filter(code="hearing", current=True).count() == before
    page(coder, "/themes/undo/", 302, seen="2")
    assert Coding.objects.filter(code="listening", current=True).count() == before
    page(coder, "/themes/undo/", 302, seen="2")  # it was seen before somebody undid it
    assert ThemeVersion.objects.latest("number").number == 3


def test_passages_whose_code_changed_are_looked_at_again_and_their_reading_is_in_the_log():
    coder = signed_in(member("coder"))
    page(coder, "/themes/code/listening/retire/", 302, why="Too wide.", since="w2", use="practice")
    shown = page(coder, "/themes/look-again/")
    assert "Nobody asked the older child" in shown
    assert AuditEvent.objects.filter(act="read-passages", by="a-coder").exists()
    one, other, *rest = Coding.objects.filter(code="listening", current=True)
    page(coder, "/themes/look-again/", 302, coding=[coding_of(one)], verdict="keep")
    page(coder, "/themes/look-again/", 302, coding=[coding_of(other)], verdict="other", instead="practice")
    assert Coding.objects.get(current=True, code="practice").coder == "a-coder"
    left = tree_versions.to_look_at_again(Coding.objects.all())
    assert sorted(left.values_list("pk", flat=True)) == sorted(one.pk for one in rest)


def test_a_memo_is_written_changed_and_ended_and_the_log_does_not_hold_it():
    coder, other = signed_in(member("coder")), signed_in(member("coder", "Another Coder"))
    page(coder, "/memos/new/", 302, about="code", key="listening", text="A secret thought.", back="/themes/code/listening/")
    memo = Memo.objects.get()
    assert "A secret thought." in page(other, "/themes/code/listening/")
    page(other, f"/memos/{memo.pk}/", 404, text="Not mine.")
    page(coder, f"/memos/{memo.pk}/", 302, text="A better thought.")
    page(coder, f"/memos/{memo.pk}/", 400, text="Too late.")
    newest = Memo.objects.get(current=True)
    assert (newest.text, newest.follows_id) == ("A better thought.", memo.pk)
    assert "A secret thought." in page(coder, f"/memos/{newest.pk}/")
    assert "A better thought." in page(coder, "/memos/?q=better")
    page(coder, f"/memos/{newest.pk}/", 400, text=" \0 ")  # an empty one is refused
    page(coder, f"/memos/{newest.pk}/end/", 302, back="//elsewhere.example/")
    assert not Memo.objects.filter(current=True).exists()
    assert "thought" not in json.dumps(list(AuditEvent.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize(
    ("about", "key", "status"),
    [
        *(("case", "A", 302), ("case", "nowhere", 404), ("document", "review-A", 302), ("value", "case/plan/A", 302)),
        *(("value", "child/sex/A1", 302), ("value", "case/sex/A", 404), ("value", "child/sex/nobody", 404)),
        *(("passage", "x", 404), ("code", "nowhere", 404), ("team", "A", 404)),
    ],
)
def test_a_memo_is_about_something_that_is_there(about, key, status):
    page(signed_in(member("coder")), "/memos/new/", status, about=about, key=key, text="A note.")


def test_a_cell_of_the_matrix_rests_on_passages():
    coder = signed_in(member("coder"))
    assert "2 passages" in page(coder, "/matrix/")
    cell = page(coder, "/matrix/practice/A/")
    assert "Nobody asked the older child" in cell
    passage = Passage.objects.filter(text__document__key="review-A", codings__current=True).first()
    elsewhere = Passage.objects.filter(text__document__key="review-D").first()
    page(coder, "/matrix/practice/A/", 302, text="=Nobody asked her.", passage=[place_of(passage), place_of(elsewhere)], seen="")
    summary = Summary.objects.get()
    assert list(summary.passages.all()) == [passage]
    page(coder, "/matrix/practice/A/", 409, text="Too late.", seen="")
    page(coder, "/matrix/practice/A/", 409, text="\0", passage=["9" * 30, "x"], seen="9" * 30)
    page(coder, "/matrix/practice/A/", 302, text="", seen="1")
    assert not Summary.objects.filter(current=True).exists()


def test_the_matrix_is_narrowed_and_sorted():
    reader = signed_in(member("reader"))
    assert "2 cases." in page(reader, "/matrix/?which=all&wave=w1")
    only = page(reader, "/matrix/?theme=listening&which=passages&order=passages")
    assert only.index('/cases/A/"') < only.index('/cases/B/"')
    assert '/cases/C/"' not in only


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_matrix_leaves_by_the_one_exit(form):
    coder, checker = signed_in(member("coder")), signed_in(member("output-checker"))
    page(coder, "/matrix/practice/A/", 302, text="=Nobody asked her.", seen="")
    assert coder.post("/matrix/export/", {"form": form}).status_code == 403
    answer = checker.post("/matrix/export/", {"form": form})
    assert answer["Content-Disposition"] == f'attachment; filename="framework-matrix.{form}"'
    detail = json.loads(AuditEvent.objects.latest("number").detail)
    assert detail["sha256"] == egress.hashlib.sha256(answer.content).hexdigest()
    assert rows(form, answer.content)[1][2] == "'=Nobody asked her."


def rows(form, content):
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.values)


def test_a_blind_coder_sees_only_their_own():
    first, second = member("coder", "First Coder"), member("coder", "Second Coder")
    case = Case.objects.get(key="A")
    for coder, blind in ((first, False), (second, True)):
        Assignment.objects.create(case=case, coder=coder.handle, second=blind)
    one, other = signed_in(first), signed_in(second)
    passage = Passage.objects.filter(text__document__key="review-A").first()
    Coding.objects.create(passage=passage, code="practice", coder=first.handle, source="coded", row="", version=0)
    page(one, "/matrix/practice/A/", 302, text="What the first thinks.", seen="")
    page(one, "/memos/new/", 302, about="case", key="A", text="A note of the first.")
    page(one, "/themes/code/practice/words/", 302, label="Practice", definition="What was done.", seen="0")
    for address in ("/matrix/", "/matrix/practice/A/", "/memos/", "/themes/look-again/"):
        shown = page(other, address)
        assert "What the first thinks." not in shown
        assert "A note of the first." not in shown
        assert first.handle not in shown
    assert "What the first thinks." in page(one, "/matrix/")
    Assignment.objects.filter(case=case).update(finished=True)
    assert "What the first thinks." in page(other, "/matrix/")


def test_file_names_are_safe():
    assert egress.safe_name("../..\\évil\r\n name.csv") == "evil-name.csv"
    assert egress.safe_name(".csv") == "file.csv"
