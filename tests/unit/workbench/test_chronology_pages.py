"""The chronology of a case in the workbench: its table, its timeline, its forms and its file."""

import csv
import io
import re
from datetime import date, timedelta
from itertools import chain

import pytest
from lxml import html

from casereview.casebook.acts.events import EventRow, take_in_events
from casereview.casebook.models import AuditEvent, Event, EventEvidence, EventPair
from casereview.study.happened import Happened
from casereview.study.intervals import Interval, spanned
from tests.unit.workbench.conftest import member, signed_in

ADDRESS = "/cases/A/chronology/"


def row(agency: str, when: str, what: str, kind: str = "call", seen: str = "", time: str = "") -> EventRow:
    details = {"seen": [seen]} if seen else {}
    said = Happened(spanned(when), time, agency, kind, ("mother",), what, details)
    return EventRow("A", said, f"{agency}.csv, row 2")


CALL, TOLD = row("police", "2001-02-02", "A call.", seen="seen"), row("health-visiting", "2001-02-03", "Told.", seen="not-seen")
MONTH = row("gp", "2001-03", "Seen at the surgery.", kind="visit")


@pytest.fixture
def chronicled(served) -> None:
    for source, one in (("police", CALL), ("health", TOLD), ("gp", MONTH)):
        take_in_events(by="intake", source=source, rows=[one])


@pytest.fixture
def lead(served):
    return signed_in(member("lead"))


def text(answer) -> str:
    (main,) = html.fromstring(answer.content).xpath("//main")
    return re.sub(r"\s+([.:;,])", r"\1", " ".join(" ".join(main.itertext()).split()))


def marks(answer) -> list[str]:
    return html.fromstring(answer.content).xpath("//div[contains(@class, 'timeline-frame')]//a/@aria-label")


@pytest.mark.usefixtures("chronicled")
def test_each_event_stands_with_its_source_and_row_and_how_long_before_the_incident_it_was(lead):
    page = text(lead.get(ADDRESS))
    assert "2 February 2001 Police Call to the home – Mother A call. Child seen: Seen" in page
    assert "1 day before the incident police.csv, row 2" in page
    assert "March 2001 General practice Visit" in page


@pytest.mark.usefixtures("chronicled")
def test_what_may_be_the_same_and_what_contradicts_is_said_in_words(lead):
    page = text(lead.get(ADDRESS))
    assert "May be the same as 3 February 2001, Health visiting: Call to the home" in page
    when = "When: Police says 2 February 2001; Health visiting says 3 February 2001."
    assert f"If they are the same, a contradiction. {when}" in page
    assert "If they are the same, a contradiction. Child seen: Police says Seen; Health visiting says Not seen." in page
    assert not html.fromstring(lead.get(ADDRESS).content).xpath("//tr[contains(@class, 'differs')]")


@pytest.mark.usefixtures("chronicled")
def test_the_timeline_has_a_mark_for_each_event_that_leads_to_its_row(lead):
    answer = lead.get(ADDRESS)
    assert marks(answer) == [
        "2 February 2001, Police: Call to the home",
        "3 February 2001, Health visiting: Call to the home",
        "March 2001, General practice: Visit",
    ]
    page = html.fromstring(answer.content)
    ids = set(page.xpath("//tr/@id"))
    assert {address.removeprefix("#") for address in page.xpath("//div[contains(@class, 'timeline-frame')]//a/@href")} == ids
    assert len(page.xpath("//*[contains(@class, 'timeline-frame')]//rect[contains(@class, 'bar')]")) == 1


@pytest.mark.usefixtures("chronicled")
def test_an_early_event_does_not_crowd_the_others_and_is_shown_when_asked_for(lead):
    take_in_events(by="intake", source="archive", rows=[row("police", "1980", "A call to the mother’s parents.")])
    answer = lead.get(ADDRESS)
    assert len(marks(answer)) == 3
    assert "1 earlier event, of 1980, is not on this drawing" in text(answer)
    assert "A call to the mother’s parents." in text(answer)
    (address,) = html.fromstring(answer.content).xpath("//p[@id='left-out']/a/@href")
    whole = lead.get(ADDRESS + address.partition("#")[0])
    assert len(marks(whole)) == 4
    assert "not on this drawing" not in text(whole)
    assert "From 2 February 2001" in text(whole)


@pytest.mark.usefixtures("chronicled")
def test_a_late_event_does_not_crowd_the_others_either(lead):
    take_in_events(by="intake", source="archive", rows=[row("police", "2014", "A letter of the coroner’s.")])
    answer = lead.get(ADDRESS)
    assert len(marks(answer)) == 3
    assert "1 later event, of 2014, is not on this drawing" in text(answer)
    assert "A letter of the coroner’s." in text(answer)
    (address,) = html.fromstring(answer.content).xpath("//p[@id='left-out']/a/@href")
    whole = lead.get(ADDRESS + address.partition("#")[0])
    assert len(marks(whole)) == 4
    assert "Up to 31 March 2001" in text(whole)


def daily(number: int) -> None:
    days = [date(2001, 1, 1) + timedelta(one) for one in range(number)]
    rows = [EventRow("A", Happened(Interval(day, day), "", "police", "call", (), f"Call {day}.", {}), "p") for day in days]
    take_in_events(by="intake", source="police", rows=rows)


def calls(answer) -> list[str]:
    return re.findall(r"Call (\d{4}-\d\d-\d\d)\.", text(answer))


def test_a_long_chronology_is_shown_a_stretch_at_a_time_and_stands_whole_in_its_file(lead):
    daily(601)
    answer = lead.get(ADDRESS)
    shown = [calls(answer)]
    assert "Events 1 to 300 of 601: 1 January to 27 October 2001." in text(answer)
    while later := html.fromstring(answer.content).xpath("(//nav[@class='pages'])[1]/a[@rel='next']/@href"):
        answer = lead.get(ADDRESS + later[0].partition("#")[0])
        shown.append(calls(answer))
    assert [len(one) for one in shown] == [300, 300, 1]
    assert "Event 601 of 601: 24 August 2002." in text(answer)
    assert [*chain(*shown)] == [str(date(2001, 1, 1) + timedelta(one)) for one in range(601)]
    earlier = html.fromstring(answer.content).xpath("(//nav[@class='pages'])[2]/a/@href")
    assert [calls(lead.get(ADDRESS + one.partition("#")[0])) for one in earlier] == [shown[1]]
    file = lead.post(f"{ADDRESS}export/", {"form": "csv"}).content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(file)))) == 602


def test_each_mark_leads_to_its_row_and_what_is_narrowed_stays_so_on_the_pages_beside(lead):
    daily(700)
    assert "Events 1 to 300" not in text(lead.get(f"{ADDRESS}?to=2001-09"))
    answer = lead.get(f"{ADDRESS}?from=01/06/2001&agency=police")
    (later,) = html.fromstring(answer.content).xpath("(//nav[@class='pages'])[1]/a/@href")
    assert calls(lead.get(ADDRESS + later.partition("#")[0]))[0] == str(date(2001, 6, 1) + timedelta(300))
    many = lead.get(f"{ADDRESS}?row=event-nobody")
    assert calls(many) == calls(lead.get(ADDRESS))
    take_in_events(by="intake", source="gp", rows=[row("gp", "2002-12-30", "Seen at the surgery.", kind="visit")])
    (mark,) = html.fromstring(lead.get(ADDRESS).content).xpath("//a[contains(@aria-label, 'General practice: Visit')]/@href")
    address, _, name = mark.partition("#")
    assert html.fromstring(lead.get(ADDRESS + address).content).xpath(f"//tr[@id='{name}']")


NARROWED = [
    ("agency=gp", ["March 2001"]),
    ("kind=call", ["2 February 2001", "3 February 2001"]),
    ("person=child", []),
    ("from=02/2001&to=02/2001", ["2 February 2001", "3 February 2001"]),
    ("from=15/03/2001&to=20/03/2001", ["March 2001"]),
    ("which=differing", ["2 February 2001", "3 February 2001"]),
    ("agency=gp&kind=call", []),
    ("from=spring&agency=nobody", ["2 February 2001", "3 February 2001", "March 2001"]),
]


@pytest.mark.usefixtures("chronicled")
@pytest.mark.parametrize(("asked", "shown"), NARROWED)
def test_it_is_narrowed_by_what_its_address_asks(lead, asked, shown):
    page = html.fromstring(lead.get(f"{ADDRESS}?{asked}").content)
    assert [one.text_content() for one in page.xpath("//table[contains(@class, 'chronology')]//th[@scope='row']")] == shown


def test_a_case_without_a_chronology_says_how_to_bring_one_in(lead):
    assert "Take a chronology in as a source of kind: events" in text(lead.get(ADDRESS))
    assert "None has been recorded" in text(lead.get("/cases/A/"))


@pytest.mark.usefixtures("chronicled")
def test_the_page_of_the_case_says_what_there_is(lead):
    said = "3 events, 2 February 2001 to 31 March 2001, as recorded by: Police, Health visiting, General practice."
    assert said.replace("2 February 2001", "2 February") in text(lead.get("/cases/A/"))


def test_events_that_lie_together_become_one_mark_that_leads_closer(lead):
    days = [date(2001, 1, 1) + timedelta(number * 3) for number in range(250)]
    rows = [EventRow("A", Happened(Interval(day, day), "", "police", "call", (), f"Call {day}.", {}), "p") for day in days]
    take_in_events(by="intake", source="police", rows=rows)
    answer = lead.get(ADDRESS)
    assert len(marks(answer)) < 60
    together = [int(found[1]) for mark in marks(answer) if (found := re.match(r"(\d+) events, Police: look closer", mark))]
    assert sum(together) + sum("Call to the home" in mark for mark in marks(answer)) == 250
    page = html.fromstring(answer.content)
    closer = page.xpath("//div[contains(@class, 'timeline-frame')]//a[starts-with(@href, '?')]/@href")[0]
    assert any("Call to the home" in mark for mark in marks(lead.get(ADDRESS + closer)))


def test_an_event_is_entered_mended_taken_out_and_put_back(lead):
    typed = {"date": "03/2001", "agency": "gp", "kind": "visit", "person": ["child"], "what": "Seen.", "detail-seen": "alone"}
    refused = lead.post(ADDRESS + "events/new/", typed | {"date": "spring", "kind": ""})
    assert refused.status_code == 400
    assert html.fromstring(refused.content).xpath("//div[@role='alert']//a/@href") == ["#date", "#kind"]
    lead.post(ADDRESS + "events/new/", typed)
    event = ADDRESS + f"events/{Event.objects.get().name}/"
    assert "March 2001 General practice Visit – Child Seen. Child seen: Seen alone" in text(lead.get(ADDRESS))
    form = html.fromstring(lead.get(event + "mend/").content)
    assert form.xpath("//input[@name='date']/@value") == ["03/2001"]
    was = form.xpath("//input[@name='was']/@value")[0]
    lead.post(event + "mend/", typed | {"what": "Seen alone.", "was": was})
    again = lead.post(event + "mend/", typed | {"what": "Not seen.", "was": was})
    assert (again.status_code, "was changed since you opened it" in text(again)) == (400, True)
    assert "What it says now When March 2001" in text(again)
    assert "Seen alone." in text(lead.get(event))
    now = html.fromstring(lead.get(event).content).xpath("//form[contains(@action, '/end/')]//input[@name='was']/@value")[0]
    lead.post(event + "end/", {"was": now})
    assert "Taken out by you" in text(lead.get(ADDRESS))
    assert lead.get(event).status_code == 404
    lead.post(event + "undo/")
    assert "Seen alone." in text(lead.get(event))


@pytest.mark.usefixtures("chronicled")
def test_two_events_are_said_to_be_one_and_what_holds_is_settled(lead):
    one, other = sorted((CALL.named("police"), TOLD.named("health")))
    said = {"one": one, "other": other, "reason": "The same call.", "holds-date": CALL.named("police")}
    assert "If they are the same, a contradiction. When" in text(lead.get(ADDRESS + "doubles/"))
    lead.post(ADDRESS + "doubles/", said | {"deed": "same"})
    page = text(lead.get(ADDRESS))
    assert " Contradiction. When: Police says" in page
    assert html.fromstring(lead.get(ADDRESS).content).xpath("//tr[contains(@class, 'differs')]")
    assert "Health visiting has it on 3 February 2001: Call to the home – Mother Told." in page
    assert "Health visiting says 3 February 2001. Settled: Police holds." in page
    assert len(html.fromstring(lead.get(ADDRESS).content).xpath("//table[contains(@class, 'chronology')]/tbody/tr")) == 2
    lead.post(ADDRESS + "doubles/", said | {"deed": "undo"})
    assert not EventPair.objects.filter(current=True).exists()
    lead.post(ADDRESS + "doubles/", said | {"deed": "apart"})
    assert "May be the same as 3" not in text(lead.get(ADDRESS))


@pytest.mark.usefixtures("chronicled")
def test_passages_tell_of_an_event_and_are_on_record_as_read(lead):
    event = ADDRESS + f"events/{CALL.named('police')}/"
    place = html.fromstring(lead.get(event).content).xpath("//input[@name='passage']/@value")[0]
    lead.post(event + "evidence/", {"passage": place})
    assert EventEvidence.objects.get(current=True).event == CALL.named("police")
    read = AuditEvent.objects.filter(act="read-passages").count()
    assert "Nobody asked the older child" in text(signed_in(member("reader")).get(event))
    assert AuditEvent.objects.filter(act="read-passages").count() == read + 1
    lead.post(event + "evidence/", {"shown": place})
    assert not EventEvidence.objects.filter(current=True).exists()


@pytest.mark.usefixtures("chronicled")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_shown_leaves_through_the_one_exit(lead, form):
    answer = lead.post(f"{ADDRESS}export/?kind=call", {"form": form})
    assert AuditEvent.objects.latest("number").act == "let-out"
    if form == "csv":
        head, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
        rows = [dict(zip(head, line, strict=True)) for line in lines]
        assert [(one["Agency"], one["First day"], one["Child seen"], one["Source"]) for one in rows] == [
            ("Police", "2001-02-02", "Seen", "police.csv, row 2"),
            ("Health visiting", "2001-02-03", "Not seen", "health-visiting.csv, row 2"),
        ]
        assert rows[0]["May be the same as"] == "3 February 2001, Health visiting: Call to the home"
        assert "Health visiting says Not seen" in rows[0]["Contradicts"]


def test_the_log_holds_no_word_of_an_event(lead):
    lead.post(ADDRESS + "events/new/", {"date": "2001", "agency": "gp", "kind": "visit", "what": "Unmistakable words."})
    assert not AuditEvent.objects.filter(detail__icontains="unmistakable").exists()


@pytest.mark.usefixtures("chronicled")
@pytest.mark.parametrize(
    "time", ["to=9999", "from=9999", "from=1900&to=2199", "from=31/12/2199&to=01/01/1900", "from=2199", "to=2200"]
)
def test_a_chronology_is_shown_of_any_time_that_can_be_typed(lead, time):
    assert lead.get(f"{ADDRESS}?{time}").status_code == 200


def test_of_many_events_of_a_day_a_line_names_the_first_that_may_be_the_same_and_the_page_of_these_as_many_as_fit(lead, served):
    at = {"people": ("mother",), "what": "", "details": {}}
    said = [(time, agency) for agency in ("police", "gp") for time in range(9)]
    happened = [Happened(spanned("2001-02-02"), f"{time:02}:00", agency, "call", **at) for time, agency in said]
    take_in_events(by="kim", source="police", rows=[EventRow("A", one, "p.csv") for one in happened])
    chronology = html.fromstring(lead.get(ADDRESS).content)
    assert [len(row.xpath(".//p[@class='maybe']/a")) for row in chronology.xpath("//tbody/tr")] == [3] * 18
    assert "And as 6 more" in text(lead.get(ADDRESS))
    first = [row.xpath("string(.//p[@class='maybe'][1]/a)") for row in chronology.xpath("//tbody/tr")]
    assert [one.split(", ")[1] for one in first] == [f"{time:02}:00" for time in range(9) for _ in range(2)]
    page = html.fromstring(lead.get(ADDRESS + "doubles/").content)
    assert len(page.xpath("//section[@class='question']")) == 50
    assert "The first 50 of 81 pairs." in text(lead.get(ADDRESS + "doubles/"))
    (link,) = chronology.xpath("(//tbody/tr)[last()]//p[@class='maybe'][1]/a/@href")
    address, _, pair = link.partition("#")
    assert html.fromstring(lead.get(address).content).xpath("(//section[@class='question'])[1]/@id") == [pair]


def test_events_of_different_people_are_not_offered_as_the_same(lead, served):
    at = {"date": spanned("2001-02-02"), "time": "", "kind": "call", "what": "", "details": {}}
    happened = [Happened(agency=agency, people=people, **at) for agency, people in (("police", ("mother",)), ("gp", ("child",)))]
    take_in_events(by="kim", source="police", rows=[EventRow("A", one, "p.csv") for one in happened])
    assert "May be the same as 2" not in text(lead.get(ADDRESS))
