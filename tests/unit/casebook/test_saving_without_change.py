"""What others got wrong: to save without a change, or to merge, must leave every row, and whose it is, as it was."""

import pytest

from casereview.casebook.acts import answering, assigning, memos, summaries
from casereview.casebook.acts import themes as trees
from casereview.casebook.acts.coding import code_passage
from casereview.casebook.acts.documents import NewDocument, take_in_documents
from casereview.casebook.acts.records import RecordRow, take_in_cases
from casereview.casebook.models import AuditEvent, Coding, Evidence, Memo, Passage, Summary, ThemeVersion, Value
from casereview.documents import text_of_sections
from tests.builders import a_study

pytestmark = pytest.mark.usefixtures("book")
STUDY = a_study({"plan": {}}, themes={"listening": {"label": "Listening"}, "seeing": {"label": "Seeing"}})
TEXT = text_of_sections([("Facts", "Nobody asked the child.")])
PLAN = {"study": STUDY, "case": "A", "unit": "case", "record": "A", "variable": "plan"}
END = len(TEXT.text)


def saved(was):
    """Everything that somebody can save, the same every time; a passage reaches to the very end of the text."""
    place = {"document": "d", "text_sha256": TEXT.text_sha256, "start": END - 6, "end": END, "exact": TEXT.text[END - 6 :]}
    code_passage(by="ann", study=STUDY, codes=["listening"], weight=None, **place)
    passage = Passage.objects.get().pk
    answering.record_answer(by="ann", answers=["yes"], absent="", was=was, added=[passage], **PLAN)
    memo = Memo.objects.first() or memos.write_memo(by="ann", about="case", key="A", text="A note.")
    memos.change_memo(by="ann", memo=memo.pk, text="A note.")
    summaries.summarise(by="ann", case="A", theme="listening", text="Nobody did.", passages=[passage], seen=was)
    trees.rename_code(by="ann", study=STUDY, code="seeing", label="Seeing")
    trees.move_code(by="ann", study=STUDY, code="seeing", under=None)
    trees.define_code(by="ann", study=STUDY, code="seeing", words={"definition": ""})


def rows():
    tables = (Passage, Coding, Value, Evidence, Memo, Summary, ThemeVersion, AuditEvent)
    return [list(table._default_manager.order_by("pk").values_list()) for table in tables]


@pytest.fixture(autouse=True)
def a_case(book):
    take_in_cases(by="kim", source="s", rows=[RecordRow("A", "w1", ())])
    take_in_documents(by="kim", source="d", documents=[NewDocument("d", "A", "D", "0", TEXT)])
    assigning.assign(by="lead", cases=["A"], coder="ann", second=False)


def test_saving_without_a_change_leaves_every_row_as_it_was():
    saved(was=0)
    before = rows()
    saved(was=1)
    assert rows() == before


def test_a_merge_and_its_undoing_leave_every_coding_its_author_and_its_words():
    saved(was=0)
    trees.merge_code(by="lead", study=STUDY, code="listening", into="seeing", since="w1")
    trees.undo_change(by="lead", study=STUDY, seen=ThemeVersion.objects.latest("number").number)
    said = Coding.objects.filter(current=True).values_list("code", "coder", "source", "passage__exact")
    assert list(said) == [("listening", "ann", "coded", TEXT.text[END - 6 :])]
    assert set(Coding.objects.values_list("coder", flat=True)) == {"ann"}
