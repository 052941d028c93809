"""Every act writes one event in its own transaction, and there is no other way to write."""

import ast
import importlib
import inspect
import pkgutil
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction

from casereview import casebook
from casereview.casebook import acts, audit
from casereview.casebook.acts import answering, assigning, chronicling, recommending
from casereview.casebook.acts import themes as trees
from casereview.casebook.acts.adjudicating import settle, stands
from casereview.casebook.acts.areas import code_area, uncode_area
from casereview.casebook.acts.coding import code_passage, uncode
from casereview.casebook.acts.documents import NewDocument, take_in_documents, withdraw_documents
from casereview.casebook.acts.events import EventRow, take_in_events, withdraw_events
from casereview.casebook.acts.importing import Marked, Noted, take_in_marks, take_in_memos
from casereview.casebook.acts.maps import DrawnRow, draw_part, end_part, look_at, place_parts, take_in_maps, withdraw_maps
from casereview.casebook.acts.memos import change_memo, end_memo, write_memo
from casereview.casebook.acts.passages import Mark, mark_passages, withdraw_marks
from casereview.casebook.acts.practice import Replied, answer_question
from casereview.casebook.acts.queries import change_query, end_query, save_query
from casereview.casebook.acts.reading import read_document, read_passages
from casereview.casebook.acts.recoding import look_again
from casereview.casebook.acts.records import RecordRow, take_in_cases, take_in_people, withdraw_records
from casereview.casebook.acts.releases import record_release
from casereview.casebook.acts.samples import settle_sample
from casereview.casebook.acts.summaries import summarise
from casereview.casebook.chronology import version_of
from casereview.casebook.differences import differences
from casereview.casebook.models import (
    Adjudication,
    Area,
    AreaCoding,
    Assignment,
    AuditEvent,
    Case,
    Coding,
    Document,
    Event,
    EventEvidence,
    EventPair,
    Evidence,
    MapPart,
    Membership,
    Memo,
    Passage,
    Person,
    PracticeAnswer,
    PracticePassage,
    Recommendation,
    RecommendationStatus,
    SavedQuery,
    SecondLook,
    SourceRow,
    Summary,
    ThemeVersion,
    Value,
)
from casereview.casebook.parts import Part
from casereview.casebook.seen import Everything
from casereview.documents import CanonicalText, Page, find, text_of_sections
from casereview.sampling import Member
from casereview.study.entered import Typed
from casereview.study.happened import Happened
from casereview.study.intervals import spanned
from casereview.study.pathways import Pathways
from casereview.study.practice import Practice
from casereview.study.themes import Theme
from tests.builders import a_study

pytestmark = pytest.mark.usefixtures("book")

TEXT = text_of_sections([("Facts", "Nobody asked the child.")])
CODES = {"listening": {"label": "Listening"}, "seeing": {"label": "Seeing"}}
CHECKS = {"planned": {"when": {"plan": {"is": "no"}}, "ask": "Is there none?"}}
ASKED = {
    "findings": {"f": {"title": "Nobody asked", "theme": "listening"}},
    "audiences": {"board": "The board"},
}
STUDY = a_study({"plan": {}}, checks=CHECKS, themes=CODES, people=("child",), **ASKED)
NEW = {one: Theme(label=one) for one in ("alone", "at-home")}
ROW = RecordRow("A", "w1", (("plan", "yes", None, "Y"),))
PATHWAYS = Pathways.model_validate(
    {"factors": {one: {"label": one, "side": side} for one, side in (("drink", "risk"), ("death", "harm"))}}
)
DRAWING = replace(STUDY, pathways=PATHWAYS)
PRACTICE = Practice.model_validate(
    {
        "kinds": {"call": "A call"},
        "recommendations": {"ask": "Ask."},
        "questions": {
            "asked": {"label": "Asked", "ask": "Who asked?", "serves": "ask", "when": {"kind": "call", "says": ["call"]}}
        },
    }
)
A_QUESTION = {"study": replace(STUDY, practice=PRACTICE), "seen": Everything(), "case": "A", "question": "asked"}
A_LINK = Part("link", "drink", "death")
PLAN = {"study": STUDY, "case": "A", "unit": "case", "record": "A", "variable": "plan"}
ITS_RECORD = {key: PLAN[key] for key in ("study", "case", "unit", "record")}
ITS_PLAN = {"study": STUDY, "unit": "case", "record": "X", "variable": "plan"}
AREA_MARK = ("listening", 1, (10, 20, 30, 40))
A_PDF = NewDocument("p", "A", "P", "0", CanonicalText("pdf", "A page.", (Page(1, 0, 7),), "1" * 64, "2" * 64))
AN_AREA = {"document": "p", "text_sha256": "2" * 64, "page": 1, "box": (10, 20, 30, 40)}
A_CALL = EventRow("A", Happened(spanned("2001-03"), "", "police", "call", ("mother",), "A call.", {}), "e.csv, row 2")
CHRONICLED = replace(STUDY, practice=Practice.model_validate({"agencies": {"gp": "GP"}, "kinds": {"visit": "Visit"}}))
A_VISIT = Typed("03/2001", agency="gp", kind="visit", what="A visit.")
THE_CHILD = {"text_sha256": TEXT.text_sha256, "start": 19, "end": 28, "exact": "the child"}
ACTS = {
    take_in_cases: lambda: take_in_cases(by="kim", source="s", rows=[ROW]),
    take_in_people: lambda: take_in_people(by="kim", source="p", role="child", rows=[RecordRow("A1", "A", ())]),
    take_in_documents: lambda: take_in_documents(by="kim", source="d", documents=[NewDocument("d", "A", "D", "0", TEXT), A_PDF]),
    take_in_events: lambda: take_in_events(by="kim", source="e", rows=[A_CALL]),
    mark_passages: lambda: mark_passages(by="kim", source="q", marks=[a_mark()]),
    settle_sample: lambda: settle_sample(by="kim", sample="s", members=[Member("A", "drawn")], how={}),
    record_release: lambda: record_release(by="kim", release="1.0.0-0a", manifest="0a" * 32),
    write_memo: lambda: write_memo(by="kim", about="case", key="A", text="A note."),
    change_memo: lambda: change_memo(by="kim", memo=Memo.objects.get(current=True).pk, text="Another note."),
    end_memo: lambda: end_memo(by="kim", memo=Memo.objects.get(current=True).pk),
    summarise: lambda: summarise(by="kim", case="A", theme="listening", text="Nobody did.", passages=[], seen=0),
    trees.rename_code: lambda: trees.rename_code(by="kim", study=STUDY, code="seeing", label="Seen"),
    trees.move_code: lambda: trees.move_code(by="kim", study=STUDY, code="seeing", under="listening"),
    trees.undo_change: lambda: trees.undo_change(by="kim", study=STUDY, seen=2),
    trees.define_code: lambda: trees.define_code(by="kim", study=STUDY, code="listening", words={"definition": "Heard."}),
    look_again: lambda: look_again(by="kim", codings=[Coding.objects.get().pk], kept=True),
    trees.split_code: lambda: trees.split_code(by="kim", study=STUDY, code="seeing", into=NEW),
    trees.merge_code: lambda: trees.merge_code(by="kim", study=STUDY, code="alone", into="at-home", since="w1"),
    trees.retire_code: lambda: trees.retire_code(by="kim", study=STUDY, code="at-home", since="w1", why="Too rare."),
    trees.take_themes_file: lambda: trees.take_themes_file(by="kim", study=STUDY),
    trees.add_code: lambda: trees.add_code(by="kim", study=STUDY, code="asking", theme=Theme(label="Asking")),
    trees.add_codes: lambda: trees.add_codes(by="kim", study=STUDY, new=[("looking", Theme(label="Looking"), "asking")]),
    assigning.assign: lambda: assigning.assign(by="kim", cases=["A"], coder="kim", second=False),
    answering.record_answer: lambda: answering.record_answer(by="kim", answers=["no"], absent="", was=0, **PLAN),
    answering.cite: lambda: answering.cite(by="kim", added=[Passage.objects.get().pk], removed=[], **PLAN),
    answering.cite_words: lambda: answering.cite_words(by="kim", document="d", cited=True, **THE_CHILD, **PLAN),
    answering.explain: lambda: answering.explain(by="kim", check="planned", because="It is said.", **ITS_RECORD),
    answering.clear_answer: lambda: answering.clear_answer(by="kim", was=1, **PLAN),
    answering.add_person: lambda: answering.add_person(by="kim", study=STUDY, case="A", role="child", name="2"),
    answering.remove_person: lambda: answering.remove_person(by="kim", case="A", role="child", person="A/2"),
    assigning.unassign: lambda: assigning.unassign(by="kim", case="A", coder="kim"),
    assigning.reopen: lambda: assigning.reopen(by="kim", case="Z", coder="ann"),
    answering.finish: lambda: answering.finish(by="kim", study=STUDY, case="Y"),
    settle: lambda: settle(by="kim", case="X", choice="first", reason="Read again.", was=the_difference(), **ITS_PLAN),
    read_document: lambda: read_document(by="kim", key="d"),
    read_passages: lambda: read_passages(by="kim", documents=["d"]),
    save_query: lambda: save_query(by="kim", name="Drink", kind="passages", asks={}, shared=False),
    change_query: lambda: change_query(by="kim", query=SavedQuery.objects.get().pk, name="Alcohol", shared=True),
    end_query: lambda: end_query(by="kim", query=SavedQuery.objects.get(current=True).pk),
    code_passage: lambda: code_passage(by="kim", study=STUDY, document="d", codes=["listening"], **THE_CHILD),
    uncode: lambda: uncode(by="kim", document="d", text_sha256=TEXT.text_sha256, marks=[("listening", 19, 28)]),
    take_in_marks: lambda: take_in_marks(
        by="kim", marks=[Marked("d", 0, 6, (("looking", "ann"),), (("plan", "case", "A", "ann"),))]
    ),
    take_in_memos: lambda: take_in_memos(by="kim", memos=[Noted("passage", ("d", 0, 6), "ann", "Read elsewhere.", None)]),
    code_area: lambda: code_area(by="kim", study=STUDY, codes=["listening"], **AN_AREA),
    uncode_area: lambda: uncode_area(by="kim", document="p", text_sha256="2" * 64, marks=[AREA_MARK]),
    draw_part: lambda: draw_part(by="kim", study=DRAWING, case="A", part=A_LINK, quotes=[("d", find(TEXT, "Nobody asked"))]),
    end_part: lambda: end_part(by="kim", case="A", part=A_LINK),
    look_at: lambda: look_at(by="kim", case="A", what="pathway", looked=True),
    place_parts: lambda: place_parts(by="kim", case="A", names=["hurried", "tired"]),
    take_in_maps: lambda: take_in_maps(by="kim", source="l", rows=[DrawnRow("r", "0", "A", "ann", ((A_LINK, ""),))]),
    withdraw_maps: lambda: withdraw_maps(by="kim", source="l", keys=["r"]),
    chronicling.record_event: lambda: chronicling.record_event(by="kim", study=CHRONICLED, case="A", typed=A_VISIT),
    chronicling.mend_event: lambda: chronicling.mend_event(
        by="kim", study=CHRONICLED, typed=replace(A_VISIT, time="9:30"), was=version_of(the_call()), **of_the_call()
    ),
    chronicling.undo_event: lambda: chronicling.undo_event(by="kim", case="A", event=the_call().name),
    chronicling.cite_event: lambda: chronicling.cite_event(added=[Passage.objects.earliest("pk").pk], by="kim", **of_the_call()),
    chronicling.join_events: lambda: chronicling.join_events(reason="One call.", **the_two()),
    chronicling.part_events: lambda: chronicling.part_events(reason="Two visits.", **the_two()),
    chronicling.unjudge_events: lambda: chronicling.unjudge_events(**without_seen(the_two())),
    chronicling.end_event: lambda: chronicling.end_event(by="kim", was=version_of(the_call()), **of_the_call()),
    answer_question: lambda: answer_question(by="kim", event="", replied=Replied("no", "Nobody."), was=0, **A_QUESTION),
    withdraw_events: lambda: withdraw_events(by="kim", source="e", keys=[A_CALL.key]),
    recommending.record_recommendation: lambda: recommending.record_recommendation(
        by="kim",
        study=STUDY,
        slug="ask",
        head={"title": "Ask", "change": "Ask.", "findings": ["f"], "audience": ["board"]},
        seen=0,
    ),
    recommending.record_status: lambda: recommending.record_status(
        by="kim", study=STUDY, slug="ask", wave="w2", status="done", note="Done.", rests_on=["listening"], seen=0
    ),
    recommending.clear_status: lambda: recommending.clear_status(by="kim", slug="ask", wave="w2", seen=1),
    recommending.end_recommendation: lambda: recommending.end_recommendation(by="kim", slug="ask", seen=1),
    withdraw_marks: lambda: withdraw_marks(by="kim", source="q", keys=["m"]),
    withdraw_documents: lambda: withdraw_documents(by="kim", source="d", keys=["d"]),
    withdraw_records: lambda: withdraw_records(by="kim", source="s", unit="case", keys=["A"]),
}
"""Each act with something for it to do, in an order in which one can follow another."""

TABLES = (
    Case,
    Person,
    Document,
    Value,
    Coding,
    Area,
    AreaCoding,
    Evidence,
    MapPart,
    Membership,
    SourceRow,
    Event,
    EventPair,
    EventEvidence,
    PracticeAnswer,
    PracticePassage,
    Memo,
    Summary,
    ThemeVersion,
    SecondLook,
    Assignment,
    Adjudication,
    SavedQuery,
    Recommendation,
    RecommendationStatus,
    AuditEvent,
)


@pytest.fixture(autouse=True)
def work_of_others(book) -> None:
    """Three cases: in X two coders differ, Y waits to be finished, Z is finished."""
    coded = {"X": ("ann", "bob"), "Y": ("kim",), "Z": ("ann",)}
    for case, coders in coded.items():
        of = Case.objects.create(key=case, wave="w1")
        for second, coder in enumerate(coders):
            said = {"source": ("coded", "double-coded")[second], "value": ("yes", "no")[second], "recorded": "said"}
            Value.objects.create(case=of, variable="plan", coder=coder, **said)
            Assignment.objects.create(case=of, coder=coder, second=bool(second), finished=case != "Y")


def the_call() -> Event:
    return Event.objects.filter(source__in=("e", "entered"), name=A_CALL.named("e"), current=True).latest("pk")


def of_the_call() -> dict[str, object]:
    return {"seen": Everything(), "case": "A", "event": the_call().name}


def the_two() -> dict[str, object]:
    other = Event.objects.exclude(name=the_call().name).latest("pk")
    return {"by": "kim", "seen": Everything(), "case": "A", "one": the_call().name, "other": other.name}


def without_seen(given: dict[str, object]) -> dict[str, object]:
    return {name: one for name, one in given.items() if name != "seen"}


def the_difference() -> str:
    (one,) = differences([Case.objects.get(key="X").pk])
    return stands(one)


def a_mark() -> Mark:
    return Mark("m", "0", "d", find(TEXT, "Nobody asked"), "listening", "kim", (("plan", "case", "A"),))


def everything() -> list[list[tuple[object, ...]]]:
    return [list(model._default_manager.order_by("pk").values_list()) for model in TABLES]


def act_functions() -> set[object]:
    modules = [importlib.import_module(f"{acts.__name__}.{one.name}") for one in pkgutil.iter_modules(acts.__path__)]
    return {
        function
        for module in modules
        for _, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and "by" in inspect.signature(function).parameters
        and function.__name__ != "act"
    }


def test_every_act_is_tried_here():
    assert act_functions() == set(ACTS)


def test_acts_take_only_named_arguments():
    for function in act_functions():
        assert {one.kind for one in inspect.signature(function).parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}


def test_every_act_writes_one_event_in_its_transaction(monkeypatch):
    append = audit.append
    inside = []

    def watched(**event):
        inside.append(transaction.get_connection().in_atomic_block)
        append(**event)

    monkeypatch.setattr(audit, "append", watched)
    for number, act in enumerate(ACTS.values(), start=1):
        before = everything()
        act()
        assert AuditEvent.objects.count() == number
        assert AuditEvent.objects.latest("number").by == "kim"
        noted_alone = act in (ACTS[record_release], ACTS[read_document], ACTS[read_passages])
        assert (everything()[:-1] != before[:-1]) is not noted_alone
    assert inside == [True] * len(ACTS)
    assert audit.verify() == []


def test_an_act_whose_event_cannot_be_written_does_nothing(monkeypatch):
    append = audit.append
    for act in ACTS.values():
        before = everything()

        def failing(**event):
            append(**event)
            raise OSError("no room")

        monkeypatch.setattr(audit, "append", failing)
        with pytest.raises(OSError, match="no room"):
            act()
        assert everything() == before
        monkeypatch.setattr(audit, "append", append)
        act()


def test_an_act_with_nothing_to_do_writes_nothing():
    for repeated in (take_in_cases, settle_sample, record_release):
        ACTS[repeated]()
        before = everything()
        ACTS[repeated]()
        assert everything() == before


def test_an_event_outside_a_transaction_is_a_fault(monkeypatch):
    with pytest.raises(RuntimeError):
        audit.hold()


WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete", "executemany"}


def test_only_acts_write():
    """By their names; `update` also of dicts and hashes, so it is looked for only after `objects`."""
    room = Path(casebook.__file__).parent
    allowed = {room / "audit.py", *(room / "acts").glob("*.py"), *(room / "migrations").glob("*.py")}
    for path in sorted(set(room.rglob("*.py")) - allowed):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in WRITES, f"{path.name}:{node.lineno}"
                assert node.func.attr != "update" or ".objects" not in ast.unparse(node.func), f"{path.name}:{node.lineno}"


def test_an_anchor_must_stand_in_the_current_text():
    ACTS[take_in_cases]()
    ACTS[take_in_documents]()
    other = text_of_sections([("Facts", "Somebody asked the child.")])
    mark = Mark("m", "0", "d", find(other, "Somebody"), "listening", "", ())
    with pytest.raises(ValueError, match="current text"):
        mark_passages(by="kim", source="q", marks=[mark])
    assert Coding.objects.count() == 0
