"""Finding passages: a query in an address, what it finds, its table cells, its file, and its name."""

import csv
import html
import io
import re

import pytest
from django.http import QueryDict

from casereview.casebook.acts.documents import NewDocument, take_in_documents
from casereview.casebook.models import Assignment, AuditEvent, Case, SavedQuery, TextVersion
from casereview.documents import text_of_sections
from casereview.workbench.find import forms
from casereview.workbench.find.asks import AnswerRow, CodeRow, EvidenceRow, Passages, PlaceRow
from casereview.workbench.find.names import Names
from casereview.workbench.find.sentences import sentence
from tests.casebooks import the_study
from tests.unit.workbench.conftest import member, signed_in
from tests.unit.workbench.test_reader_pages import marking, send

pytestmark = pytest.mark.usefixtures("served")

LISTENING = CodeRow(code="listening")
NAMES = Names(the_study(), the_study().themes)


def asked(*rows, among: str = "coded") -> str:
    return forms.address(Passages(rows=rows, among=among))


def found(client, *rows, among: str = "coded") -> list[str]:
    """The words of the passages on the first page."""
    answer = client.get(f"/find/?{asked(*rows, among=among)}")
    assert answer.status_code == 200
    return [html.unescape(one) for one in re.findall(r"<mark>(.*?)</mark>", answer.content.decode(), re.DOTALL)]


def test_a_query_finds_its_passages_once_each_with_their_codes():
    client = signed_in(member("coder"))
    assert found(client, LISTENING) == [
        "No agency spoke to him alone",
        "Nobody asked the older child",
        "The file was closed",
        "A health visitor called twice",
    ]
    assert found(client, CodeRow(code="practice", below=False)) == []
    assert len(found(client, CodeRow(code="practice"))) == 4
    assert send(client, "/coding/", marking("Nobody asked the older child", codes=["listening", "practice"])).status_code == 200
    assert found(client, CodeRow(code="practice"), PlaceRow(what="case", value="A")) == [
        "Nobody asked the older child",
        "The file was closed",
    ]
    page = client.get(f"/find/?{asked(CodeRow(code='practice', below=False))}").content.decode()
    assert "Practice</span> a-coder" in page
    assert "Listening to the child</span> kim" in page


def test_what_has_no_code_is_found_among_evidence():
    client = signed_in(member("reader"))
    assert found(client, EvidenceRow(variable="plan")) == []
    assert len(found(client, among="evidence")) == 3
    (one,) = found(client, EvidenceRow(variable="plan"), among="all")
    assert "Nobody answered the door." in one
    assert one not in found(client, CodeRow(negated=True), among="coded")
    assert found(client, CodeRow(negated=True), among="all") == [one]


def test_answers_absences_and_alternatives():
    client = signed_in(member("reader"))
    yes = AnswerRow(variable="plan", answers=("is:yes",))
    assert found(client, LISTENING, yes) == ["Nobody asked the older child", "The file was closed"]
    assert found(client, LISTENING, AnswerRow(variable="plan", answers=("absent:not-stated",))) == [
        "A health visitor called twice"
    ]
    alternative = AnswerRow(variable="sex", answers=("is:boy",), join="or")
    assert found(client, LISTENING, yes, alternative) == [
        "No agency spoke to him alone",
        "Nobody asked the older child",
        "The file was closed",
    ]
    assert found(client, LISTENING, AnswerRow(variable="visits", least="1", most="2")) == ["No agency spoke to him alone"]
    assert found(client, LISTENING, AnswerRow(variable="day", least="2001-03", most="2001")) == ["No agency spoke to him alone"]
    assert found(client, CodeRow(by="lou")) == ["A health visitor called twice"]
    assert found(client, LISTENING, PlaceRow(what="wave", value="w1", negated=True)) == ["A health visitor called twice"]


def test_the_query_is_said_in_english():
    rows = (
        LISTENING,
        CodeRow(code="practice", how="near", within=100, negated=True, by="kim"),
        AnswerRow(variable="plan", answers=("is:yes", "absent:not-stated")),
        PlaceRow(what="wave", value="w1", join="or"),
    )
    wave, plan = the_study().about.waves["w1"].label, the_study().variable("plan").label
    assert sentence(NAMES, Passages(rows=rows)).split("; and ") == [
        "Passages with a code that are coded “Listening to the child”",
        "that are not within 100 characters of a passage coded “Practice” or a code below it by kim",
        f"that either are of a case where “{plan}” is “Yes” or “Not stated”, or are of a case of {wave}.",
    ]


def test_the_address_of_a_query_asks_the_same_again():
    rows = (LISTENING, CodeRow(how="paragraphs", within=3, join="or", negated=True, below=False), EvidenceRow(variable="plan"))
    query = Passages(rows=(*rows, AnswerRow(variable="visits", least="1"), PlaceRow(what="case", value="A & B=1")), among="all")
    assert forms.passages(QueryDict(forms.address(query)), NAMES) == query


@pytest.mark.parametrize(
    "address",
    [
        "r0.what=code&r0.code=nothing",
        "r0.what=answer&r0.variable=plan&r0.answers=is:perhaps",
        "r0.what=answer&r0.variable=visits&r0.least=many",
        "r0.what=wave&r0.value=w9",
        "r0.what=code&r0.within=-7&r0.how=near",
        "r0.what=code&r0.how=sideways",
        "r0.what=sql&r0.code=x",
        "r0.what=code&r0.more=x",
        "among=everything",
        "add=answer-nothing",
        "&".join(f"r{one}.what=code" for one in range(31)),
    ],
)
def test_what_cannot_be_asked_is_refused_and_finds_nothing(address):
    answer = signed_in(member("reader")).get(f"/find/?{address}")
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert "<mark>" not in answer.content.decode()


def test_conditions_are_added_and_removed_without_script():
    client = signed_in(member("reader"))
    page = client.get("/find/?r0.what=code&add=answer-plan").content.decode()
    assert 'name="r1.answers" value="absent:not-stated"' in page
    page = client.get("/find/?r0.what=code&r1.what=answer&r1.variable=plan&remove=0").content.decode()
    assert 'name="r0.variable" value="plan"' in page
    assert "r1.what" not in page


def test_every_cell_counts_what_its_link_finds():
    client = signed_in(member("coder"))
    send(client, "/coding/", marking("asked the older child what she saw", "practice"))
    for address in (
        "together/?codes=practice&codes=listening",
        "together/?by=case&codes=practice&codes=listening",
        "by-answer/?variable=plan&count=passages",
        "by-answer/?variable=factors&count=passages&codes=listening",
    ):
        page = client.get(f"/find/{address}").content.decode()
        cells = re.findall(r'<td class="number"><a href="/find/\?([^"]*)">(\d+)', page)
        assert cells
        for query, count in cells if "case" not in address else ():
            told = client.get(f"/find/?{html.unescape(query)}").content.decode()
            assert f">{count} passage" in told, (address, query)
    page = client.get("/find/by-answer/?variable=plan&codes=listening").content.decode()
    for label, base in (("Not stated", 1), ("Yes", 1), ("No", 1)):
        assert f'<th scope="col">{label}</th>' in page
        assert f'<td class="number">{base}</td>' in page


def test_a_file_leaves_with_its_passages_and_its_event():
    checker, coder = signed_in(member("output-checker")), signed_in(member("coder"))
    send(coder, "/coding/", marking("Nobody asked the older child", codes=["listening", "practice"]))
    assert coder.post("/find/export/", {"asks": asked(LISTENING), "form": "csv"}).status_code == 403
    answer = checker.post("/find/export/", {"asks": asked(LISTENING), "form": "csv"})
    header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header[:3] == ["Case", "Period", "Document"]
    assert [row[4] for row in rows] == found(checker, LISTENING)
    (row,) = (one for one in rows if one[4] == "Nobody asked the older child")
    assert row[5] == "Listening to the child; Practice"
    acts = [(one.act, "words" in one.detail) for one in AuditEvent.objects.order_by("number")]
    assert acts[-3][0:1] == ("read-passages",)
    assert AuditEvent.objects.filter(act="let-out").count() == 1
    assert "Nobody" not in AuditEvent.objects.filter(act="let-out").get().detail
    workbook = checker.post("/find/export/", {"asks": asked(LISTENING), "form": "xlsx"})
    assert workbook.content.startswith(b"PK")
    assert checker.post("/find/export/", {"asks": "r0.what=code&r0.code=nothing", "form": "csv"}).status_code == 400


def test_the_passage_is_that_of_the_text_as_it_now_stands():
    client = signed_in(member("coder"))
    text = text_of_sections([("Text", "Another reading, in which nobody asked the older child.")])
    take_in_documents(by="kim", source="reviews", documents=[NewDocument("review-A", "A", "A", "9", text)])
    assert "Nobody asked the older child" not in found(client, LISTENING)
    send(client, "/coding/", marking("nobody asked the older child"))
    assert "nobody asked the older child" in found(client, LISTENING)


def test_showing_passages_is_reading_their_documents():
    client = signed_in(member("reader"))
    client.get("/find/together/")
    before = AuditEvent.objects.filter(act="read-passages").count()
    found(client, LISTENING, PlaceRow(what="case", value="A"))
    event = AuditEvent.objects.filter(act="read-passages").latest("number")
    assert AuditEvent.objects.filter(act="read-passages").count() == before + 1
    assert event.detail == '{"documents":["review-A"]}'


def test_a_blind_coder_finds_nothing_of_the_other_and_no_gap():
    one, other = member("coder", "One"), member("coder", "Other")
    case = Case.objects.get(key="A")
    for account, second in ((one, False), (other, True)):
        Assignment.objects.create(case=case, coder=account.handle, second=second)
    client = signed_in(one)
    pages = ["/find/?among=all", "/find/together/", "/find/by-answer/?variable=plan&count=passages", f"/find/?{asked(LISTENING)}"]

    def seen() -> list[str]:
        return [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(page).content.decode()) for page in pages]

    before = seen()
    other_client = signed_in(other)
    send(other_client, "/coding/", marking("Nobody asked the older child", "practice"))
    send(other_client, "/coding/", marking("she saw", "listening"))
    other_client.post("/find/save/", {"kind": "find-passages", "asks": asked(LISTENING), "name": "Mine", "shared": "on"})
    assert SavedQuery.objects.filter(coder=other.handle).count() == 1
    assert seen() == before
    assert "she saw" in found(other_client, LISTENING)


def test_words_are_found_with_what_stands_around_them():
    client = signed_in(member("reader"))
    page = client.get('/find/words/?words="older+child"').content.decode()
    assert "1 place in 1 document" in page
    text = TextVersion.objects.get(document__key="review-A", current=True).text
    at = text.index("older child")
    assert f"/documents/review-A/?at={at}-{at + 11}" in page
    assert "<mark>older child</mark> what she saw" in page
    assert AuditEvent.objects.latest("number").detail == '{"documents":["review-A"]}'
    assert "0 places" in client.get("/find/words/?words=nothingofthekind").content.decode()
    assert client.get("/find/words/?words=-older").status_code == 400
    assert "0 places" in client.get("/find/words/?words=older&wave=w2").content.decode()
    assert client.get("/find/words/?words=older&page=99").status_code == 200


def test_a_query_is_saved_opened_shared_renamed_and_ended():
    mine, theirs = signed_in(member("coder", "Kim K")), signed_in(member("reader", "Lou L"))
    for kind, asks in (
        ("find-passages", asked(LISTENING)),
        ("find-together", "by=case"),
        ("find-by-answer", "variable=plan"),
        ("find-words", "words=child"),
    ):
        saved = mine.post("/find/save/", {"kind": kind, "asks": asks, "name": "Who & what"}, follow=True)
        assert saved.status_code == 200
        assert "“Who &amp; what” is saved" in saved.content.decode()
    address = "/find/saved/?kind=find-passages&by=kim-k&name=Who+%26+what"
    assert mine.get(address)["Location"] == f"/find/?{asked(LISTENING)}"
    assert theirs.get(address).status_code == 404
    change = address.replace("saved/", "saved/change/")
    assert mine.post(change, {"name": "", "shared": "on"}).status_code == 400
    assert mine.post(change, {"name": "Heard", "shared": "on"}).status_code == 302
    renamed = address.replace("Who+%26+what", "Heard")
    assert theirs.get(renamed).status_code == 302
    assert theirs.get(renamed.replace("saved/", "saved/change/")).status_code == 404
    assert "shared by kim-k" in theirs.get("/find/").content.decode()
    assert mine.post(renamed.replace("saved/", "saved/change/"), {"end": "1"}).status_code == 302
    assert theirs.get(renamed).status_code == 404
    assert SavedQuery.objects.filter(kind="find-passages", current=True).count() == 0
    assert mine.post("/find/save/", {"kind": "nothing", "asks": "", "name": "x"}).status_code == 404
    refused = mine.post("/find/save/", {"kind": "find-passages", "asks": "r0.what=code&r0.code=gone", "name": "x"})
    assert refused.status_code == 302
    assert SavedQuery.objects.filter(name="x").count() == 0
