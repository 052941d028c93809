"""The grid of cases and the page of a case: what they show, to whom, and that the two coders of a case learn nothing."""

import csv
import io
import re

import pytest
from django.http import QueryDict

from casereview.casebook.acts import answering, assigning
from casereview.casebook.acts.memos import write_memo
from casereview.casebook.acts.records import RecordRow, take_in_people
from casereview.casebook.acts.summaries import summarise
from casereview.casebook.models import AuditEvent, Passage, SavedQuery
from casereview.workbench.case_asked import asked, words
from casereview.workbench.case_grid import Grid
from casereview.workbench.visibility import Sight
from tests.casebooks import VARIABLES, the_study
from tests.unit.workbench.conftest import member, signed_in

pytestmark = pytest.mark.usefixtures("served")


@pytest.fixture
def lead():
    return signed_in(member("lead", "Lea"))


def found(address, handle="lea"):
    grid = Grid(the_study(), Sight(handle, frozenset()), asked(QueryDict(address), the_study()))
    return "".join(grid.cases().values_list("key", flat=True))


def cells(address, handle="lea"):
    grid = Grid(the_study(), Sight(handle, frozenset()), asked(QueryDict(address), the_study()))
    rows = grid.rows(list(grid.cases().values_list("pk", flat=True)))
    return {row.case.key: ["; ".join(f"{one.of} {one.words}".strip() for one in cell) for cell in row.cells] for row in rows}


@pytest.mark.parametrize(
    ("address", "keys"),
    [
        ("", "ABCD"),
        ("q=b", "B"),
        ("wave=w2", "CD"),
        ("documents=with", "ABCD"),
        ("documents=without", ""),
        ("is.outcome=harm", "B"),
        ("is.plan=yes", "A"),
        ("is.plan=~known", "AB"),
        ("is.plan=~unclear", "C"),
        ("is.plan=~not-stated", "D"),
        ("is.plan=~unclear&is.plan=no", "BC"),
        ("is.factors=debt&is.factors=violence", "AC"),
        ("is.factors=~not-recorded", "B"),
        ("from.visits=2", "A"),
        ("to.visits=2", "B"),
        ("from.visits=1&to.visits=2&is.visits=~not-stated", "BC"),
        ("from.visits=three", "ABCD"),
        ("from.day=2001-03", "BC"),
        ("to.day=2001", "AB"),
        ("from.day=2001-02-03&to.day=2001-02", "A"),
        ("has.note=SPRING", "A"),
        ("is.sex=boy", "B"),
        ("is.sex=~unclear", "B"),
        ("is.sex=girl&wave=w1", "A"),
        ("coding=none", "ABCD"),
        ("coding=mine", ""),
        ("order=-case", "DCBA"),
        ("order=visits", "BACD"),
        ("order=-visits", "ABCD"),
        ("order=day", "ABCD"),
        ("order=-day", "CBAD"),
        ("order=sex", "ABCD"),
        ("order=-wave", "CDAB"),
        ("order=nothing&is.nothing=x&wave=nothing", "ABCD"),
    ],
)
def test_the_cases_that_fit_in_their_order(address, keys):
    assert found(address) == keys


def test_each_absence_is_shown_as_what_it_is():
    assert cells("column=plan&column=factors&column=sex") == {
        "A": ["Yes", "Alcohol, Debt", "A1 Girl"],
        "B": ["No", "Not recorded yet", "B1 Boy; B2 Unclear"],
        "C": ["Unclear", "Violence", ""],
        "D": ["Not stated", "Not stated", "D1 Not recorded yet"],
    }


def test_all_that_is_asked_of_a_role_must_fit_one_person():
    study = the_study(variables=VARIABLES | {"seen": {"unit": "child"}})
    rows = [RecordRow(key, "B", (("seen", answer, None, answer),)) for key, answer in (("B1", "no"), ("B2", "yes"))]
    take_in_people(by="kim", source="visits", role="child", rows=rows)
    for answer, keys in (("no", ["B"]), ("yes", [])):
        what = asked(QueryDict(f"is.sex=boy&is.seen={answer}"), study)
        assert list(Grid(study, Sight("lea", frozenset()), what).cases().values_list("key", flat=True)) == keys
    assert words(what, study) == ["with at least one child of whom Sex is Boy and Seen is Yes"]


def test_the_sentence_says_what_is_shown():
    what = asked(QueryDict("wave=w1&is.outcome=fatal&is.outcome=harm&from.visits=1&is.visits=~unclear"), the_study())
    clauses = ["of the period W1", "Outcome is The child died or Serious harm", "Visits is from 1 or unclear"]
    assert words(what, the_study()) == clauses


def test_the_page_says_its_count_and_base_and_shows_what_was_typed_wrongly(lead):
    page = lead.get("/cases/?is.plan=yes&from.visits=three").content.decode()
    assert "1 of 4 cases" in page
    assert "“three” is no number" in page
    assert 'value="three"' in page
    assert 'aria-sort="descending"' in lead.get("/cases/?order=-outcome").content.decode()


def test_answers_that_differ_are_shown_as_such(lead):
    assigning.assign(by="lea", cases=["A"], coder="lea", second=False)
    where = {"study": the_study(), "case": "A", "unit": "case", "record": "A", "variable": "outcome"}
    answering.record_answer(by="lea", answers=["harm"], absent="", was=0, **where)
    page = lead.get("/cases/?column=outcome").content.decode()
    differing = (
        '<a class="differs" href="/cases/A/">Differs<span class="unseen"> in A</span>: cases: The child died; lea: Serious'
    )
    assert differing in page
    assert "They differ. A release would take: Serious harm." in lead.get("/cases/A/").content.decode()


def test_a_view_is_kept_by_name_shared_and_taken_away(lead):
    given = {"name": "Fatal", "asked": "is.outcome=fatal&order=-day&page=3", "shared": "on"}
    assert lead.post("/views/new/", given)["Location"] == "/cases/?is.outcome=fatal&order=-day&page=3"
    other = signed_in(member("coder", "Cy"))
    assert (
        '<a href="?is.outcome=fatal&amp;order=-day">Fatal</a> <span class="by">by lea</span>'
        in other.get("/cases/").content.decode()
    )
    other.post("/views/end/", {"name": "Fatal"})
    lead.post("/views/new/", given | {"asked": "wave=w1"})
    assert SavedQuery.objects.filter(current=True).count() == 1
    lead.post("/views/end/", {"name": "Fatal"})
    assert not SavedQuery.objects.filter(current=True).exists()
    assert lead.post("/views/new/", {"name": " ", "asked": ""}, follow=True).content.decode().count("The query has no name.") == 1


def test_what_leaves_is_what_is_shown(lead):
    checker = signed_in(member("output-checker"))
    file = checker.post("/views/export/?is.outcome=fatal&column=plan&column=sex&order=-case", {"form": "csv"})
    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert lines == [
        ["Case", "Plan", "child: Sex", "Said differently"],
        ["D", "Not stated", "D1: Not recorded yet", ""],
        ["C", "Unclear", "", ""],
        ["A", "Yes", "A1: Girl", ""],
    ]
    assert AuditEvent.objects.latest("number").act == "let-out"
    assert checker.post("/views/export/", {"form": "xlsx"}).content[:2] == b"PK"
    assert checker.post("/views/export/", {"form": "exe"}).status_code == 404


def test_a_case_shows_who_says_what_on_which_passages_and_the_reading_is_on_record(lead):
    write_memo(by="lea", about="value", key="case/plan/D", text="Ask again.\n\nSoon.")
    passage = Passage.objects.filter(text__document__key="review-D").first()
    summarise(by="lea", case="D", theme="listening", text="Nobody listened.", passages=[passage.pk], **seen())
    page = lead.get("/cases/D/").content.decode()
    for told in (
        "Nobody answered the door.",
        "Nobody listened.",
        "<p>Ask again.</p>",
        "None has been recorded.",
        "summed up a case",
    ):
        assert told in page
    assert re.search(r'href="/documents/review-D/\?at=\d+-\d+"', page)
    read = AuditEvent.objects.latest("number")
    assert (read.act, read.by, read.detail) == ("read-passages", "lea", '{"documents":["review-D"]}')


def test_two_incidents_children_are_kept_apart(lead):
    page = lead.get("/cases/B/").content.decode()
    assert re.findall(r'<h2 id="record-\d+-title">(.*?)</h2>', page) == ["child B1", "child B2"]
    assert "A1" not in page
    one = page[page.index('id="record-1"') : page.index('id="record-2"')]
    assert "Boy" in one
    assert "Unclear" not in one


def seen():
    return {"seen": 0}


@pytest.mark.parametrize(
    "address", ["", "is.outcome=harm", "is.outcome=fatal", "order=outcome", "order=-outcome", "coding=finished", "is.plan=~known"]
)
def test_a_blind_coder_learns_nothing_from_the_grid(address):
    ann, bob = signed_in(member("coder", "Ann")), member("coder", "Bob")
    for coder, second in (("ann", False), ("bob", True)):
        assigning.assign(by="lead", cases=["C"], coder=coder, second=second)
    address = f"/cases/?{address}&column=outcome&column=plan&column=coding&column=sex"
    before = without_tokens(ann.get(address)), without_tokens(ann.get("/cases/C/"))
    where = {"study": the_study(), "case": "C", "unit": "case", "record": "C"}
    answering.record_answer(by=bob.handle, variable="outcome", answers=["harm"], absent="", was=0, **where)
    answering.record_answer(by=bob.handle, variable="plan", answers=["yes"], absent="", was=0, **where)
    answering.add_person(by=bob.handle, study=the_study(), case="C", role="child", name="2")
    write_memo(by=bob.handle, about="case", key="C", text="I doubt it.")
    summarise(by=bob.handle, case="C", theme="listening", text="No.", passages=[], **seen())
    assert (without_tokens(ann.get(address)), without_tokens(ann.get("/cases/C/"))) == before


def without_tokens(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
