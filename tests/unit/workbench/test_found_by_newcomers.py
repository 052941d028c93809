"""What helps whoever is new: the help, where to begin, what stands beside a page, and lists in which nothing is chosen yet."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from casereview import workbench
from casereview.casebook.acts import assigning
from casereview.casebook.acts.memos import write_memo
from casereview.casebook.acts.releases import FROZE
from casereview.casebook.models import MapPart
from casereview.workbench.context import CASE_ROOMS
from casereview.workbench.practice.asked import WHOLE, OneAsked, QuestionShown
from casereview.workbench.telling import words_of
from tests.unit.workbench.conftest import member, signed_in

pytestmark = pytest.mark.usefixtures("served")
SOURCES = Path(workbench.__file__).parent.parent


@pytest.fixture
def lead():
    return signed_in(member("lead", "Lea"))


def shown(client, address):
    return html.fromstring(client.get(address).content)


def words(page) -> str:
    return " ".join(" ".join(page.xpath("//main")[0].itertext()).split())


def test_each_heading_of_the_help_can_be_gone_to_and_readers_have_it():
    page = shown(signed_in(member("reader")), "/help/")
    led_to = page.xpath("//nav[@aria-label='On this page']//a/@href")
    assert "#when-it-is-refused" in led_to
    assert [f"#{one}" for one in page.xpath("//h2/@id")] == led_to
    assert page.xpath("//header//a[@href='/help/']/@aria-current") == ["page"]


def test_a_lead_is_told_where_to_begin_until_cases_are_assigned(lead):
    assert "Where to begin" in words(shown(lead, "/"))
    assigning.assign(by="lea", cases=["A"], coder="ann", second=False)
    assert "Where to begin" not in words(shown(lead, "/"))
    assert "Nothing waits for you." in words(shown(lead, "/"))


def test_a_coder_for_whom_nothing_waits_learns_who_assigns_cases():
    said = words(shown(signed_in(member("coder", "Kim")), "/"))
    assert "Nothing waits for you. The study lead assigns cases" in said
    assert "Nothing waits for you" not in words(shown(signed_in(member("reader")), "/"))


def test_changes_in_a_row_that_read_alike_are_one_line(lead):
    for day in range(1, 4):
        write_memo(by="kim", about="case", key="A", text=f"Thought of on day {day}.")
    rows = shown(lead, "/").xpath("//table[contains(@class, 'changes')]/tbody/tr")
    assert [row.xpath("td[3]")[0].text for row in rows].count("wrote a memo") == 1
    assert len(rows) > 1


@pytest.mark.parametrize("address", ["", "chronology/", "questions/", "pathway/", "system/"])
def test_the_pages_of_a_case_stand_beside_one_another(lead, address):
    page = shown(lead, f"/cases/A/{address}")
    (nav,) = page.xpath("//nav[@aria-label='This case']")
    assert [one.text for one in nav.xpath(".//a")] == [label for _, label in CASE_ROOMS]
    assert nav.xpath(".//a[@aria-current='page']/@href") == [f"/cases/A/{address}"]


@pytest.mark.parametrize(
    ("address", "lists"),
    [
        ("/cases/A/pathway/", ["link-start", "link-end", "chance-of"]),
        ("/cases/A/system/", ["problem-start", "behind-end", "behind-start", "led-start", "led-end"]),
    ],
)
def test_nothing_is_chosen_for_whoever_draws(lead, address, lists):
    page = shown(lead, address)
    assert {page.xpath(f"//select[@id='{one}']//option")[0].text for one in lists} == {"Choose one"}


def test_a_link_of_which_nothing_was_chosen_is_refused_and_what_was_chosen_is_kept(lead):
    led = {"do": "draw", "kind": "led-to", "start": "caseload", "end": ""}
    answer = lead.post("/cases/A/system/", led)
    assert "It names no condition. Name a condition." in answer.content.decode()
    page = html.fromstring(answer.content)
    assert page.xpath("//select[@id='led-start']//option[@selected]/@value") == ["caseload"]
    assert not MapPart.objects.filter(kind="led-to").exists()


def test_a_question_of_what_no_source_records_is_folded_away_until_somebody_answers_it():
    of_all = OneAsked(WHOLE, None, (), ("No source here records such events: Assessment.",), ())
    of_one = replace(of_all, at="event-1")

    def folded(*several: OneAsked) -> bool:
        return QuestionShown("q", None, (), several).of_nothing

    assert folded(of_all)
    assert not folded(of_all, of_one)
    assert not folded(replace(of_all, answers=("an answer",)))


def test_the_form_names_the_documents_to_read(lead):
    assigning.assign(by="kim", cases=["A"], coder="lea", second=False)
    assert shown(lead, "/cases/A/form/").xpath("//main//p[starts-with(., 'To read:')]/a/@href") == ["/documents/review-A/"]


def test_the_log_has_words_for_every_act():
    named = {FROZE}
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "act":
                named.update(str(one.value) for one in node.args[:1] if isinstance(one, ast.Constant))
    assert {"settle-sample", "take-in-events", "invite"} <= named
    assert [one for one in sorted(named) if words_of(one) == one.replace("-", " ")] == []
