"""Events entered, mended and ended by hand: what stands then, what stays as it was, and what can be taken back."""

from dataclasses import replace

import pytest

from casereview.casebook import chronology
from casereview.casebook.acts import chronicling
from casereview.casebook.acts.events import EventRow, take_in_events, withdraw_events
from casereview.casebook.chronology import rulings, version_of
from casereview.casebook.freezing import freeze
from casereview.casebook.models import Case, Event, EventPair
from casereview.casebook.seen import Everything
from casereview.practice.integrated import Ruling
from casereview.study.entered import Typed, UnfitEvent
from casereview.study.happened import Happened
from casereview.study.intervals import spanned
from casereview.study.problems import ReleaseRefused, StudyRefused
from tests.casebooks import table, the_study

STUDY, SEEN = the_study(), Everything()
CALL = EventRow(
    "A", Happened(spanned("2001-02-03"), "", "police", "call", ("mother",), "A call.", {"seen": ["seen"]}), "p.csv, row 2"
)
VISIT = Typed("03/2001", agency="gp", kind="visit", people=["child"], what=" Seen \n at home. ", details={"seen": ["alone"]})
pytestmark = pytest.mark.usefixtures("book")


@pytest.fixture(autouse=True)
def case(book) -> Case:
    made = Case.objects.create(key="A", wave="w1")
    take_in_events(by="kim", source="police", rows=[CALL])
    return made


def says() -> list[tuple[str, str]]:
    """What stands, and the source of it, in a release."""
    return [(row["what"], row["source"]) for row in table(STUDY, "events")]


def mend(by: str, name: str, what: str, was: str | None = None) -> None:
    version = was or version_of(next(one.event for one in chronology.of_case(the_case(), SEEN) if one.event.name == name))
    chronicling.mend_event(
        by=by, study=STUDY, seen=SEEN, case="A", event=name, was=version, typed=replace(VISIT, date="03/02/2001", what=what)
    )


def the_case() -> Case:
    return Case.objects.get(key="A")


def the_call() -> str:
    return CALL.named("police")


def enter(by: str = "ann", **more: object) -> str:
    return chronicling.record_event(by=by, study=STUDY, case="A", typed=replace(VISIT, **more))


def end(by: str, name: str) -> None:
    (one,) = (one for one in chronology.of_case(the_case(), SEEN) if one.event.name == name)
    chronicling.end_event(by=by, seen=SEEN, case="A", event=name, was=version_of(one.event))


def test_an_event_that_is_entered_stands_with_its_date_as_it_was_typed():
    name = enter()
    (row,) = (row for row in table(STUDY, "events") if row["event"] == name)
    assert (row["first"], row["last"], row["what"], row["source"], row["row"]) == (
        "2001-03-01", "2001-03-31", "Seen\nat home.", "entered", ""
    )  # fmt: skip
    assert (row["people"], row["details"]) == ('["child"]', '{"seen": ["alone"]}')


FAULTS = {
    "date": {"date": "soon"},
    "until": {"until": "01/2001"},
    "agency": {"agency": "dentist"},
    "kind": {"kind": ""},
    "detail-seen": {"details": {"seen": ["alone", "seen"]}},
}


@pytest.mark.parametrize(("field", "typed"), FAULTS.items())
def test_what_is_no_event_is_refused_with_what_is_wrong_with_each_field(field, typed):
    with pytest.raises(UnfitEvent) as refused:
        enter(**typed)
    assert list(refused.value.faults) == [field]
    assert says() == [("A call.", "police")]


def test_an_event_in_the_future_or_without_a_date_is_refused():
    for typed, words in (({"date": "2999"}, "future"), ({"date": ""}, "Enter a date"), ({"until": "9999"}, "future")):
        with pytest.raises(UnfitEvent, match=words):
            enter(**typed)


def test_what_is_mended_stands_for_the_row_of_its_source_which_stays_as_it_was():
    mend("ann", the_call(), "Two calls.")
    assert says() == [("Two calls.", "police")]
    assert Event.objects.get(source="police", current=True).what == "A call."
    chronicling.undo_event(by="ann", case="A", event=the_call())
    assert says() == [("A call.", "police")]
    chronicling.undo_event(by="ann", case="A", event=the_call())
    assert says() == [("Two calls.", "police")]


def test_what_was_mended_goes_with_the_row_of_its_source():
    mend("ann", the_call(), "Two calls.")
    withdraw_events(by="kim", source="police", keys=[CALL.key])
    assert says() == []
    take_in_events(by="kim", source="police", rows=[CALL])
    assert says() == [("Two calls.", "police")]


def test_the_newest_of_what_two_people_mended_stands_and_each_takes_back_their_own():
    mend("ann", the_call(), "Ann's.")
    mend("bob", the_call(), "Bob's.")
    assert says() == [("Bob's.", "police")]
    chronicling.undo_event(by="ann", case="A", event=the_call())
    assert says() == [("Bob's.", "police")]
    chronicling.undo_event(by="bob", case="A", event=the_call())
    assert says() == [("A call.", "police")]


def test_ones_own_event_is_followed_by_what_it_becomes():
    name = enter()
    for what in ("Again.", "And again."):
        mend("ann", name, what)
    assert ("And again.", "entered") in says()
    assert Event.objects.filter(name=name).count() == 3
    chronicling.undo_event(by="ann", case="A", event=name)
    assert ("Again.", "entered") in says()


@pytest.mark.parametrize("own", [True, False])
def test_what_is_taken_out_can_be_put_back(own):
    name = enter() if own else the_call()
    before = says()
    end("ann", name)
    assert name not in [row["event"] for row in table(STUDY, "events")]
    assert [one.name for one in chronology.taken_out("ann", the_case())] == [name]
    chronicling.undo_event(by="ann", case="A", event=name)
    assert says() == before
    assert chronology.taken_out("ann", the_case()) == []


def test_nothing_is_saved_over_a_change_that_was_not_seen():
    (before,) = chronology.of_case(the_case(), SEEN)
    mend("ann", the_call(), "Two calls.")
    with pytest.raises(StudyRefused) as refused:
        mend("bob", the_call(), "Three calls.", version_of(before.event))
    assert [one.code for one in refused.value.problems] == ["event-changed"]
    end("ann", the_call())
    with pytest.raises(StudyRefused) as refused:
        mend("bob", the_call(), "Three calls.", version_of(before.event))
    assert [one.code for one in refused.value.problems] == ["event-gone"]


def test_saving_without_a_change_writes_nothing():
    name = enter()
    before = Event.objects.count()
    chronicling.mend_event(
        by="ann", study=STUDY, seen=SEEN, case="A", event=name, typed=VISIT, was=version_of(Event.objects.get(name=name))
    )
    assert Event.objects.count() == before


def test_what_is_said_of_two_events_is_taken_back_or_said_otherwise():
    at = {"by": "ann", "case": "A", "one": enter(), "other": the_call()}
    pair = tuple(sorted((at["one"], at["other"])))
    chronicling.join_events(**at, seen=SEEN, reason=" One call. ", settled={"date": the_call(), "time": "another"})
    assert rulings(EventPair.objects.filter(current=True)) == {pair: Ruling(True, {"date": the_call()})}
    chronicling.part_events(**at | {"by": "bob"}, seen=SEEN, reason="")
    assert rulings(EventPair.objects.filter(current=True)) == {pair: Ruling(None, {})}
    chronicling.unjudge_events(**at)
    assert rulings(EventPair.objects.filter(current=True)) == {pair: Ruling(False, {})}
    with pytest.raises(StudyRefused):
        chronicling.join_events(**at | {"other": at["one"]}, seen=SEEN, reason="")


def test_no_release_is_made_of_events_whose_words_practice_yaml_no_longer_has(tmp_path):
    without = replace(
        STUDY, folder=tmp_path, practice=STUDY.practice.model_copy(update={"kinds": {"visit": STUDY.practice.kinds["visit"]}})
    )
    with pytest.raises(ReleaseRefused) as refused:
        freeze(without, tmp_path / "releases")
    assert [one.code for one in refused.value.problems] == ["word-not-in-file"]
    mend("ann", the_call(), "A visit after all.")
    freeze(without, tmp_path / "releases")


@pytest.mark.parametrize(
    ("words", "lost"),
    [
        ({"agencies": {"gp": STUDY.practice.agencies["gp"]}}, "the agency “police”"),
        ({"people": {"child": STUDY.practice.people["child"]}}, "the role of people “mother”"),
        ({"details": {"action": STUDY.practice.details["action"]}}, "the detail “seen”"),
        (
            {"details": {"seen": STUDY.practice.details["accounts"].model_copy(update={"several": False})}},
            "the answer to “seen” “seen”",
        ),
    ],
)
def test_a_release_refuses_every_word_of_events_that_practice_yaml_has_lost(tmp_path, words, lost):
    without = replace(STUDY, folder=tmp_path, practice=STUDY.practice.model_copy(update=words))
    with pytest.raises(ReleaseRefused) as refused:
        freeze(without, tmp_path / "releases")
    (problem,) = refused.value.problems
    assert (problem.code, problem.cause) == (
        "word-not-in-file",
        f"An event has {lost}, which is not in the file. See case A.",
    )


def test_a_word_of_an_event_that_was_taken_out_is_not_missed(tmp_path):
    without = replace(STUDY, folder=tmp_path, practice=STUDY.practice.model_copy(update={"people": {}}))
    end("ann", the_call())
    freeze(without, tmp_path / "releases")
