"""Which events of a chronology stand, and how they cross into a release."""

import json
from datetime import date

import pytest

from casereview.casebook import chronology
from casereview.casebook.chronology import judged, standing
from casereview.casebook.models import Case, Event, EventPair
from casereview.casebook.seen import Everything
from tests.builders import a_study
from tests.casebooks import table

STUDY = a_study({"plan": {}})


def event(case: Case | None = None, name: str = "one", **said: object) -> Event:
    """An event as a row of the police's chronology has it, unless said otherwise."""
    given = {"source": "police", "key": "k", "row": "p.csv, row 2", "agency": "police", "kind": "call", "coder": ""}
    given |= {"first": date(2014, 3, 1), "last": date(2014, 3, 1), "time": "", "people": [], "what": "A call.", "details": {}}
    return Event(case=case, name=name, **given | said)


def mended(name: str = "one", coder: str = "ann", **said: object) -> Event:
    return event(name=name, source="entered", coder=coder, mended=True, **said)


def shown(*rows: Event) -> list[str]:
    for number, row in enumerate(rows):
        row.pk = number
    return [one.event.what for one in standing(rows)]


def test_what_was_mended_stands_in_the_place_of_what_the_source_says():
    (one,) = standing([event(), mended(what="Two calls.")])
    assert (one.event.what, one.of.source, one.of.row) == ("Two calls.", "police", "p.csv, row 2")


def test_the_newest_of_what_several_mended_stands():
    assert shown(mended(what="Ann's."), event(), mended(what="Bob's.", coder="bob")) == ["Bob's."]


def test_what_is_struck_does_not_stand():
    assert shown(event(), mended(struck=True)) == []


def test_nothing_stands_of_a_row_that_its_source_no_longer_holds():
    assert shown(mended(what="Two calls.")) == []


def test_events_stand_in_the_order_of_their_dates():
    month = {"first": date(2014, 3, 1), "last": date(2014, 3, 31)}
    rows = [event(name="c", what="later", first=date(2014, 4, 2), last=date(2014, 4, 2)), event(name="b", what="month", **month)]
    assert shown(*rows, event(what="day"), event(name="d", what="early", time="09:00")) == ["day", "early", "month", "later"]


def test_where_people_say_both_it_is_unclear_whether_two_events_are_the_same():
    yes, no = EventPair(same=True, settled={"date": "one"}), EventPair(same=False)
    assert (judged([yes]).same, judged([no]).same, judged([yes, no]).same) == ("yes", "no", "unclear")
    assert (judged([yes]).settled, judged([yes, no]).settled) == ({"date": "one"}, {})


@pytest.fixture
def cases(book) -> dict[str, Case]:
    """Out of their order, with a chronology each."""
    made = {key: Case.objects.create(key=key, wave="w1") for key in "BA"}
    for key, case in made.items():
        rows = [
            event(case, f"{key}2", people=["mother", "child"], details={"seen": ["alone"]}),
            event(case, f"{key}1", time="09:30"),
        ]
        Event.objects.bulk_create([*rows, event(case, f"{key}3", current=False)])
    Event.objects.bulk_create([event(made["A"], "A2", source="entered", coder="ann", mended=True, what="Mended.")])
    return made


def test_a_release_has_the_events_that_stand_in_their_order(cases):
    rows = table(STUDY, "events")
    assert [(row["case"], row["event"], row["what"]) for row in rows] == [
        ("A", "A1", "A call."), ("A", "A2", "Mended."), ("B", "B1", "A call."), ("B", "B2", "A call.")
    ]  # fmt: skip
    assert rows[0] | {"time": "09:30", "first": "2014-03-01", "row": "p.csv, row 2", "source": "police"} == rows[0]
    assert (rows[3]["time"], json.loads(rows[3]["people"]), json.loads(rows[3]["details"])) == (
        None, ["child", "mother"], {"seen": ["alone"]}
    )  # fmt: skip


def test_a_release_has_what_is_said_of_events_that_stand(cases):
    said = {"case": cases["A"], "one": "A1", "reason": ""}
    EventPair.objects.bulk_create([
        EventPair(**said, other="A2", same=True, settled={"date": "A1"}, coder="ann"),
        EventPair(**said, other="A3", same=True, coder="ann"),
        EventPair(case=cases["B"], one="B1", other="B2", same=True, coder="ann"),
        EventPair(case=cases["B"], one="B1", other="B2", same=False, coder="bob"),
    ])  # fmt: skip
    assert [tuple(row.values()) for row in table(STUDY, "event_pairs")] == [
        ("A1", "A2", "yes", '{"date": "A1"}'), ("B1", "B2", "unclear", "{}")
    ]  # fmt: skip


def test_what_was_recorded_of_a_case_stands_for_whoever_sees_everything(cases):
    assert [one.event.name for one in chronology.of_case(cases["B"], Everything())] == ["B2", "B1"]
