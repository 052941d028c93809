"""A coder's answers: taken as the codebook allows, never overwritten, and complete before a case is finished."""

from dataclasses import replace

import pytest

from casereview.casebook import audit
from casereview.casebook.acts import answering
from casereview.casebook.acts.adjudicating import NothingToSettle, OwnCoding, settle, stands
from casereview.casebook.acts.answering import (
    Changed,
    Finished,
    Incomplete,
    NotAssigned,
    add_person,
    clear_answer,
    finish,
    record_answer,
    remove_person,
)
from casereview.casebook.acts.assigning import HasFinished, assign, reopen, unassign
from casereview.casebook.acts.documents import NewDocument, take_in_documents
from casereview.casebook.acts.passages import Mark, mark_passages
from casereview.casebook.acts.records import RecordRow, take_in_cases, take_in_people
from casereview.casebook.differences import differences
from casereview.casebook.forms import form_of
from casereview.casebook.intake.withdrawing import withdraw_strangers
from casereview.casebook.models import Adjudication, Assignment, AuditEvent, Case, Evidence, Passage, Person, Value
from casereview.documents import find, text_of_sections
from casereview.study.given import Unfit
from tests.casebooks import the_study

pytestmark = pytest.mark.usefixtures("book")

STUDY = the_study(
    variables={
        "outcome": {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Serious harm"}},
        "cause": {"type": "nominal", "categories": {"fire": "Fire", "fall": "Fall"}, "asked_when": {"outcome": {"is": "fatal"}}},
        "plan": {"evidence": "required"},
        "factors": {"type": "multiple", "categories": {"alcohol": "Alcohol", "debt": "Debt"}},
        "day": {"type": "date"},
        "visits": {"type": "number", "absences": ["not-stated"]},
        "old": {"waves": {"first": "w2"}},
        "sex": {"type": "nominal", "unit": "child", "categories": {"girl": "Girl", "boy": "Boy"}},
    },
    sources={"s": {"kind": "rows", "file": "s.csv", "key": "id"}},
)
TEXT = text_of_sections([("Facts", "Nobody asked the child. A plan was made.")])
WHOLE = {"outcome": ["harm"], "factors": [], "day": ["2001-02"], "visits": ["3"], "plan": ["no"]}


@pytest.fixture(autouse=True)
def a_case(book):
    take_in_cases(by="kim", source="s", rows=[RecordRow("A", "w1", (("outcome", "fatal", None, "1"),)), RecordRow("B", "w1", ())])
    take_in_documents(by="kim", source="d", documents=[NewDocument("d", "A", "D", "0", TEXT)])
    mark_passages(by="kim", source="q", marks=[Mark("m", "0", "d", find(TEXT, "A plan was made"), "listening", "", ())])
    assign(by="lead", cases=["A"], coder="ann", second=False)
    assign(by="lead", cases=["A"], coder="bob", second=True)


def form(coder):
    return form_of(STUDY, Assignment.objects.select_related("case").get(coder=coder, current=True))


def entry(coder, variable):
    return form(coder).sheets[0].entries[variable]


def answer(coder, variable, *answers, absent="", unit="case", record="A", was=None, **more):
    sheet = next(one for one in form(coder).sheets if (one.record.unit, one.record.key) == (unit, record))
    was = sheet.entries[variable].version if was is None and variable in sheet.entries else was or 0
    given = {"unit": unit, "record": record, "variable": variable, "answers": answers, "absent": absent, "was": was}
    record_answer(by=coder, study=STUDY, case="A", **given, **more)


def answer_all(coder, **other):
    for variable, answers in (WHOLE | other).items():
        answer(coder, variable, *answers, added={Passage.objects.get().pk} if variable == "plan" else ())


def test_an_answer_takes_the_place_of_the_former_which_stays():
    answer("ann", "outcome", "fatal")
    answer("ann", "outcome", "harm")
    mine = Value.objects.filter(coder="ann").order_by("pk").values_list("value", "source", "current")
    assert list(mine) == [("fatal", "coded", False), ("harm", "coded", True)]
    assert Value.objects.get(source="s", variable="outcome").current  # what the source says stands beside it
    assert audit.verify() == []


def test_the_second_coder_records_beside_the_first():
    answer("bob", "outcome", "fatal")
    assert Value.objects.get(coder="bob").source == "double-coded"


def test_the_same_answer_again_writes_nothing():
    answer("ann", "outcome", "fatal")
    events = AuditEvent.objects.count()
    answer("ann", "outcome", "fatal")
    assert (AuditEvent.objects.count(), Value.objects.filter(coder="ann").count()) == (events, 1)


def test_an_answer_to_what_is_no_longer_shown_is_a_conflict():
    answer("ann", "outcome", "fatal")
    with pytest.raises(Changed):
        answer("ann", "outcome", "harm", was=0)
    assert entry("ann", "outcome").value == "fatal"


def test_the_version_rises_with_every_change_and_owes_nothing_to_others():
    versions = [entry("ann", "outcome").version]
    answer("bob", "outcome", "harm")
    for change in (("fatal",), ("harm",)):
        answer("ann", "outcome", *change)
        versions.append(entry("ann", "outcome").version)
    clear_answer(by="ann", study=STUDY, case="A", unit="case", record="A", variable="outcome", was=versions[-1])
    versions.append(entry("ann", "outcome").version)
    answer("ann", "outcome", "harm")
    assert [*versions, entry("ann", "outcome").version] == [0, 1, 3, 4, 5]


@pytest.mark.parametrize(
    ("variable", "answers", "absent"),
    [
        ("outcome", ["other"], ""),
        ("outcome", [], ""),
        ("outcome", ["fatal", "harm"], ""),
        ("outcome", ["fatal"], "unclear"),
        ("visits", ["many"], ""),
        ("visits", ["inf"], ""),
        ("visits", [], "unclear"),
        ("outcome", [], "not-collected"),
        ("day", ["2001-13"], ""),
        ("day", ["31/12/2001"], ""),
        ("factors", ["alcohol", "drugs"], ""),
        ("sex", ["girl"], ""),
        ("nothing", ["x"], ""),
    ],
)
def test_an_answer_outside_the_codebook_is_refused(variable, answers, absent):
    with pytest.raises(Unfit):
        answer("ann", variable, *answers, absent=absent)
    assert not Value.objects.filter(coder="ann").exists()


@pytest.mark.parametrize(
    ("variable", "answers", "stored"),
    [("visits", ["3.0"], "3"), ("day", ["2001-2-3"], "2001-02-03"), ("day", ["2001"], "2001"), ("factors", [], "[]")],
)
def test_an_answer_is_stored_as_intake_would_store_it(variable, answers, stored):
    answer("ann", variable, *answers)
    assert entry("ann", variable).value == stored


def test_factors_are_stored_in_the_codebooks_order():
    answer("ann", "factors", "debt", "alcohol")
    assert entry("ann", "factors").value == '["alcohol", "debt"]'


def test_nobody_answers_for_a_case_that_is_not_theirs():
    with pytest.raises(NotAssigned):
        record_answer(by="cy", study=STUDY, case="A", unit="case", record="A", variable="plan", answers=["no"], absent="", was=0)


def test_what_was_asked_follows_from_the_coders_own_answers():
    assert entry("ann", "cause").applies is None
    answer("ann", "outcome", "harm")
    assert entry("ann", "cause").applies is False
    assert entry("bob", "cause").applies is None
    assert "old" not in form("ann").sheets[0].entries  # not of this wave


def test_evidence_is_added_and_taken_away_by_passage():
    passage = Passage.objects.get().pk
    answer("ann", "plan", "yes", added=[passage])
    assert (entry("ann", "plan").passages, entry("bob", "plan").passages) == ({passage}, set())
    answer("ann", "plan", "yes", removed=[passage])
    assert entry("ann", "plan").passages == set()
    assert Evidence.objects.filter(coder="ann").count() == 1  # it stays, no longer current


def test_evidence_of_another_case_is_not_taken():
    take_in_documents(by="kim", source="d", documents=[NewDocument("e", "B", "E", "0", TEXT)])
    mark_passages(by="kim", source="q", marks=[Mark("n", "0", "e", find(TEXT, "Nobody asked"), "listening", "", ())])
    answer("ann", "plan", "yes", added=[Passage.objects.get(text__document__key="e").pk])
    assert entry("ann", "plan").passages == set()


def test_a_case_is_finished_only_when_nothing_is_lacking_and_all_is_said_at_once():
    answer("ann", "outcome", "fatal")
    answer("ann", "cause", "fire")
    answer("ann", "outcome", "harm")
    answer("ann", "plan", "yes")
    with pytest.raises(Incomplete) as refusal:
        finish(by="ann", study=STUDY, case="A")
    assert {(one.variable, one.why) for one in refusal.value.lacking} == {
        ("cause", "not-asked"),
        ("plan", "without-evidence"),
        ("factors", "unanswered"),
        ("day", "unanswered"),
        ("visits", "unanswered"),
    }


def test_an_absence_needs_no_evidence():
    answer_all("ann")
    answer("ann", "plan", absent="unclear", removed=[Passage.objects.get().pk])
    finish(by="ann", study=STUDY, case="A")
    assert form("ann").assignment.finished


def test_what_is_finished_is_changed_only_once_it_is_opened_again():
    answer_all("ann")
    finish(by="ann", study=STUDY, case="A")
    with pytest.raises(Finished):
        answer("ann", "outcome", "fatal")
    with pytest.raises(HasFinished):
        unassign(by="lead", case="A", coder="ann")
    reopen(by="lead", case="A", coder="ann")
    answer("ann", "visits", "4")
    assert entry("ann", "visits").value == "4"


def test_people_are_added_by_each_coder_for_themself():
    add_person(by="ann", study=STUDY, case="A", role="child", name="younger")
    assert [len(form(coder).sheets) for coder in ("ann", "bob")] == [2, 1]
    add_person(by="bob", study=STUDY, case="A", role="child", name="younger")  # says nothing of the other's
    assert Person.objects.get().key == "A/younger"
    answer("bob", "sex", "girl", unit="child", record="A/younger")
    remove_person(by="ann", case="A", role="child", person="A/younger")
    assert [len(form(coder).sheets) for coder in ("ann", "bob")] == [1, 2]
    remove_person(by="bob", case="A", role="child", person="A/younger")
    assert not Person.objects.get().current
    assert not Value.objects.filter(coder="bob", current=True).exists()


def test_people_of_sources_stay_and_intake_leaves_those_of_coders():
    take_in_people(by="kim", source="p", role="child", rows=[RecordRow("A/1", "A", ())])
    with pytest.raises(Unfit):
        add_person(by="ann", study=STUDY, case="A", role="child", name="1")
    with pytest.raises(Unfit):
        remove_person(by="ann", case="A", role="child", person="A/1")
    add_person(by="ann", study=STUDY, case="A", role="child", name="2")
    sources = {"children": {"kind": "rows", "file": "c.csv", "unit": "child", "key": "id", "case": "case"}}
    run = type("Run", (), {"study": replace(STUDY, sources=the_study(sources=sources).sources), "by": "kim"})
    withdraw_strangers(run)
    assert set(Person.objects.filter(current=True).values_list("key", flat=True)) == {"A/2"}


@pytest.mark.parametrize("name", ["", " ", "a/b", "x" * 61, "a\tb"])
def test_a_persons_name_is_short_and_plain(name):
    with pytest.raises(Unfit):
        add_person(by="ann", study=STUDY, case="A", role="child", name=name)


def test_a_case_is_given_to_one_first_and_one_second_coder():
    assert assign(by="lead", cases=["A", "B"], coder="cy", second=False) == {"A": "ann"}
    assert assign(by="lead", cases=["A", "B"], coder="ann", second=True) == {"A": "bob"}
    given = Assignment.objects.filter(current=True).order_by("case__key", "second").values_list("case__key", "coder", "second")
    assert list(given) == [("A", "ann", False), ("A", "bob", True), ("B", "cy", False), ("B", "ann", True)]


def test_who_loses_a_case_leaves_nothing_that_counts():
    answer_all("bob")
    unassign(by="lead", case="A", coder="bob")
    assert not Value.objects.filter(coder="bob", current=True).exists()
    assert not Evidence.objects.filter(coder="bob", current=True).exists()
    assert Value.objects.filter(coder="bob").exists()


def both_finish(**other):
    answer_all("ann")
    answer_all("bob", **other)
    for coder in ("ann", "bob"):
        finish(by=coder, study=STUDY, case="A")


def the_differences():
    return {one.variable: one for one in differences([Case.objects.get(key="A").pk])}


def settled(by, variable, choice, reason="As on page 3.", **more):
    was = stands(the_differences()[variable]) if variable in the_differences() else "0-0-0"
    given = {"unit": "case", "record": "A", "variable": variable, "choice": choice, "reason": reason, "was": was}
    settle(by=by, study=STUDY, case="A", **given, **more)


def test_differences_are_settled_by_a_third_person_and_both_originals_stay():
    both_finish(outcome=["fatal"], cause=["fire"], visits=["4"])
    assert set(the_differences()) == {"outcome", "cause", "visits"}
    settled("cy", "outcome", "second")
    settled("cy", "visits", "other", absent="not-stated")
    settled("cy", "cause", "first")  # who gave none, as it did not apply
    agreed = dict(Value.objects.filter(source="agreed", current=True).values_list("variable", "value"))
    assert agreed == {"outcome": "fatal", "visits": None, "cause": None}
    assert Value.objects.get(source="agreed", variable="cause").absent == "not-applicable"
    assert Adjudication.objects.get(value__variable="cause").first is None
    assert Value.objects.filter(coder__in=["ann", "bob"], current=True).count() == 11


def test_nobody_decides_on_their_own_coding_nor_before_both_have_finished():
    answer_all("ann")
    with pytest.raises(NothingToSettle):
        settled("cy", "visits", "first")
    reopened = {"outcome": ["fatal"], "cause": ["fire"]}
    answer_all("bob", **reopened)
    for coder in ("ann", "bob"):
        finish(by=coder, study=STUDY, case="A")
    for coder in ("ann", "bob"):
        with pytest.raises(OwnCoding):
            settled(coder, "outcome", "first")
    with pytest.raises(Unfit):
        settled("cy", "outcome", "first", reason=" ")
    with pytest.raises(NothingToSettle):
        settled("cy", "day", "first")  # they agree


def test_what_was_settled_is_open_again_once_a_coder_answers_otherwise():
    both_finish(visits=["4"])
    settled("cy", "visits", "first")
    reopen(by="lead", case="A", coder="bob")
    answer("bob", "visits", "5")
    finish(by="bob", study=STUDY, case="A")
    assert the_differences()["visits"].settled is None


def test_two_who_settle_at_once_do_not_overwrite_each_other():
    both_finish(visits=["4"])
    was = stands(the_differences()["visits"])
    settled("cy", "visits", "first")
    with pytest.raises(NothingToSettle):
        settle(by="di", study=STUDY, case="A", unit="case", record="A", variable="visits", choice="second", reason="r", was=was)


CHECKED = the_study(
    variables={"outcome": {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Serious harm"}}, "day": {"type": "date"}}
    | {"inquest": {}, "sex": {"type": "nominal", "unit": "child", "categories": {"girl": "Girl", "boy": "Boy"}}},
    sources={"s": {"kind": "rows", "file": "s.csv", "key": "id"}},
    checks={"no-death": {"when": {"outcome": {"is": "harm"}, "inquest": {"is": "yes"}}, "ask": "An inquest, and nobody died?"}},
)
AT = {"study": CHECKED, "case": "A", "unit": "case", "record": "A"}


def questioned(coder="ann"):
    return form_of(CHECKED, Assignment.objects.select_related("case").get(coder=coder, case__key="A")).questioned


def answer_both(inquest="yes", was=0):
    if not was:
        answering.record_answer(by="ann", variable="outcome", answers=["harm"], absent="", was=0, **AT)
    answering.record_answer(by="ann", variable="inquest", answers=[inquest], absent="", was=was, **AT)


def test_unlikely_answers_are_questioned_until_they_are_explained_or_answered_otherwise():
    answer_both()
    assert [(one.check, one.variable, one.because) for one in questioned()] == [("no-death", "inquest", "")]
    assert questioned("bob") == ()
    lacking = form_of(CHECKED, Assignment.objects.select_related("case").get(coder="ann")).lacking
    assert ("inquest", "questioned") in [(one.variable, one.why) for one in lacking]
    answering.explain(by="ann", check="no-death", because="It was opened in error.", **AT)
    assert [one.because for one in questioned()] == ["It was opened in error."]
    answer_both("no", was=1)
    assert questioned() == ()
    with pytest.raises(Unfit, match="no longer asked"):
        answering.explain(by="ann", check="no-death", because="Still.", **AT)


def test_an_explanation_says_something():
    answer_both()
    with pytest.raises(Unfit, match="why"):
        answering.explain(by="ann", check="no-death", because=" ", **AT)


def test_differences_are_of_four_kinds_and_both_originals_stay():
    study = the_study(variables={one: {} for one in ("value", "both", "evidence", "nothing", "alike")})
    texts = {"ann": "Nobody asked", "bob": "A plan was made"}
    for coder, words in texts.items():
        mark_passages(by=coder, source="q", marks=[Mark(coder, "0", "d", find(TEXT, words), "listening", "", ())])
    passages = {one.exact: one.pk for one in Passage.objects.all()}
    for coder, answers in {"ann": ("yes", "yes", "yes", "yes", "yes"), "bob": ("no", "no", "yes", None, "yes")}.items():
        for variable, said in zip(study.codebook.variables, answers, strict=True):
            at = {"study": study, "case": "A", "unit": "case", "record": "A", "variable": variable}
            rests = [passages[texts[coder]]] if variable in ("both", "evidence") else [passages["A plan was made"]]
            given = {"answers": [said] if said else [], "absent": "" if said else "unclear", "was": 0, "added": rests}
            answering.record_answer(by=coder, **at, **given)
    Assignment.objects.update(finished=True)
    found = {one.variable: one.kind for one in differences([Case.objects.get(key="A").pk])}
    assert found == {one: one for one in ("value", "both", "evidence", "nothing")}
    before = set(Value.objects.values_list("coder", "variable", "value"))
    one = next(one for one in differences([Case.objects.get(key="A").pk]) if one.kind == "evidence")
    at = {"study": study, "case": "A", "unit": "case", "record": "A", "variable": "evidence"}
    settle(by="judge", **at, choice="second", reason="Theirs says it.", was=stands(one))
    assert before < set(Value.objects.values_list("coder", "variable", "value"))
    assert Adjudication.objects.get().reason == "Theirs says it."
    assert {one.coder for one in (Adjudication.objects.get().first, Adjudication.objects.get().second)} == {"ann", "bob"}
