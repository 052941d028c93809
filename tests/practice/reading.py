"""Read a drawn chronology, and make the page of the manual that shows them all."""

import calendar
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import dedent

from casereview import study
from casereview.practice.events import Dates, Event, Records, Timeline, ordered
from casereview.study.practice import Practice, named
from casereview.study.start import start
from tests.practice.drawn import CHRONOLOGIES

OPENING = """\
# The starter's questions, by example

Each question of the starter's `practice.yaml` with a chronology that makes it asked, one that does not, and one of which it
cannot be said, with what is lacking. Every one of them is a test; `make docs` makes this page from `tests/practice/`. All of
them are fictional. They begin on 1 January 2010 and, where nothing else is said, end on 1 January 2016. A line is date, kind of
event, details and what happened. `no` says what their source cannot record; `born`, `incident` and `disability` are what is
known of the case.

Each event asks by itself: no number is made of how many questions are asked of a case.
"""


@cache
def starter() -> Practice:
    """practice.yaml as a new study has it."""
    with tempfile.TemporaryDirectory() as folder:
        start(Path(folder) / "study")
        return study.read(Path(folder) / "study").practice


def timeline(picture: str) -> Timeline:
    """The chronology of a picture."""
    lines = [line.strip() for line in dedent(picture).strip().splitlines()]
    said = [line.split() for line in lines if "|" not in line]
    told = {word: rest for word, *rest in said if word != "no"}
    ends = dates(*told.get("ends", ["2016-01-01"]))
    events = [_event(place, line) for place, line in enumerate(lines) if "|" in line]
    edges = [
        Event(name, "case", one.first, one.last, "gp", "other", "file")
        for name, one in (("begins", dates("2010-01-01")), ("ends", ends))
    ]
    return Timeline(
        case="case",
        events=ordered([*events, *edges]),
        records={"file": _records([words[1] for words in said if words[0] == "no"])},
        born=tuple(None if word == "unknown" else dates(word) for word in told.get("born", [])),
        incident=dates(*told["incident"]) if "incident" in told else None,
        answers={"disability": told.get("disability", [None])[0]},
    )


def dates(written: str) -> Dates:
    """A day, a month or a year."""
    year, month, day = (int(part) for part in (*written.split("-"), "0", "0")[:3])
    last = day or calendar.monthrange(year, month or 12)[1]
    return Dates(date(year, month or 1, day or 1), date(year, month or 12, last))


def _event(place: int, line: str) -> Event:
    day, kind, details, what = (part.strip() for part in line.split("|"))
    given = [part.split(":", 1) for part in details.split(";") if part]
    answers = {name.strip(): tuple(one.strip() for one in said.split(",")) for name, said in given}
    return Event(f"{place}", "case", dates(day).first, dates(day).last, "gp", kind, "file", what=what, details=answers)


def _records(without: list[str]) -> Records:
    words = starter()
    return Records(frozenset(words.kinds) - {*without}, frozenset(words.details) - {*without})


def page() -> str:
    """docs/manual/questions.md."""
    parts = [OPENING]
    for slug, question in starter().questions.items():
        serves = " ".join(starter().recommendations[name].label for name in named(question.serves))
        asked, quiet, (cannot, lacks) = CHRONOLOGIES[slug]
        parts += [f"## {question.label}", f"`{slug}`. {question.ask}", f"It serves: {serves}"]
        parts += [
            "Asked:",
            _block(asked),
            "Not asked:",
            _block(quiet),
            f"It cannot be said, for want of `{lacks}`:",
            _block(cannot),
        ]
    return "\n\n".join(parts) + "\n"


def _block(picture: str) -> str:
    return f"```text\n{dedent(picture).strip()}\n```"
