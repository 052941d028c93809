"""What a chronology can record: what its files can, and what people enter beside them says no more than itself."""

from datetime import date

import pytest

from casereview import study as studies
from casereview.practice.events import Event
from casereview.practice.recording import recorded
from casereview.study.start import start

DAY = date(2020, 3, 1)


def event(source: str, kind: str) -> Event:
    return Event(f"{source}-{kind}", "A1", DAY, DAY, "police", kind, source)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """The starter, whose chronology writes two kinds only."""
    folder = tmp_path_factory.mktemp("recording") / "mine"
    start(folder)
    sources = folder / "sources.yaml"
    written = "    event: {column: Kind, values: {Shut: closure, Call: domestic-abuse}}\n"
    sources.write_text(sources.read_text().replace("    event: Kind\n", written))
    return studies.read(folder)


def test_who_adds_an_event_to_files_does_not_say_that_nothing_else_was_there(study):
    found = recorded(study, [event("chronology", "closure"), event("entered", "home-visit")])
    assert found["chronology"].kinds == {"closure", "domestic-abuse"}
    assert found["entered"].kinds == {"home-visit"}
    assert found["entered"].detail("reason")  # the form asks for it, and it was left out


def test_a_chronology_that_people_entered_whole_could_hold_anything(study):
    (found,) = recorded(study, [event("entered", "home-visit")]).values()
    assert found.kind("assessment")
